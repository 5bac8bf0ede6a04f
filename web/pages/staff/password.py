"""One's own password: everybody changes the one that was given to them."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Form
from starlette.responses import Response

from knowledge.database.staff_values import Role
from web.staff import cookies
from web.staff.desk import Desk, DeskDep
from web.staff.passwords import fault_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, PasswordPage

router = desk_router()


@router.get("/password")
@allow(Role.EDITOR, unchanged=True)
async def password_page(desk: DeskDep) -> Response:
    return desk.page(PasswordPage(desk.frame("改密码"), desk.person.must_change))


@router.post("/password")
@allow(Role.EDITOR, unchanged=True)
async def change_password(
    desk: DeskDep,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Every session of the account ends, this one too."""
    error = await asyncio.to_thread(_error, desk, old, new, again)
    if error is not None:
        return desk.wrong(PasswordPage(desk.frame("改密码", errors=(error,)), desk.person.must_change))
    await asyncio.to_thread(_change, desk, new)
    response = desk.go("/staff/login", done="changed")
    cookies.drop(response, cookies.NAME, cookies.is_secure(desk.request, desk.services.settings))
    return response


def _error(desk: Desk, old: str, new: str, again: str) -> FieldError | None:
    person = desk.person
    wait_s = desk.parts.throttle.wait_s(person.id, "")
    if wait_s:
        return FieldError("old", f"试的次数太多了，请等 {wait_s} 秒再试。")
    found = desk.parts.records.account(person.id)
    if not desk.parts.passwords.fits(old, found[1] if found else None):
        desk.parts.throttle.failed(person.id, "")
        return FieldError("old", "现在的密码不对。")
    fault = fault_of(new, person.id)
    if fault:
        return FieldError("new", fault)
    if new == old:
        return FieldError("new", "新密码和现在的一样，请换一个。")
    return None if new == again else FieldError("again", "两次写的新密码不一样。")


def _change(desk: Desk, new: str) -> None:
    hashed = desk.parts.passwords.hash(new)
    deed = desk.deed("change_password", desk.person.id)
    desk.parts.records.set_password(desk.person.id, hashed, False, deed)
