"""Signing in and out."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Annotated

from fastapi import Form
from starlette.responses import RedirectResponse, Response

from knowledge.database.staff_values import Deed, Role, StaffAccount
from web.asking import address_of
from web.staff import cookies
from web.staff.csrf import hash_of, new_secret, token_of
from web.staff.desk import Desk, DeskDep
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, KeptPage, SignInPage

router = desk_router()
OURS = re.compile(r"/staff(/[A-Za-z0-9_.@:/-]*)?(\?[A-Za-z0-9_.=&%-]*)?")
KEPT = "kept-"
WRONG = "账号或密码不对。忘了密码请找管理员重设。"
log = logging.getLogger("pufa.security")
DONE = {"out": "已经退出。", "changed": "密码改好了，请用新密码登录。"}


@router.get("/login")
@allow(None)
async def sign_in_page(desk: DeskDep, next: str = "") -> Response:
    return desk.page(SignInPage(desk.frame("登录", done=DONE), "", _ours(next)))


@router.post("/login")
@allow(None)
async def sign_in(
    desk: DeskDep,
    account: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "",
) -> Response:
    """A new session under a new id; every failure has one wording and takes the same time."""
    account = account.strip()[:60]
    address = address_of(desk.services, desk.request)
    wait_s = desk.parts.throttle.wait_s(account, address)
    if wait_s:
        return await _again(desk, account, next, f"试的次数太多了，请等 {wait_s} 秒再试。", 429)
    person = await asyncio.to_thread(_checked, desk, account, password)
    if person is None:
        desk.parts.throttle.failed(account, address)
        log.warning("sign-in refused from %s", address)
        return await _again(desk, account, next, WRONG, 401)
    desk.parts.throttle.succeeded(account)
    log.info("sign-in of %s from %s", person.id, address)
    return await _welcome(desk, person, _ours(next))


@router.post("/stay")
@allow(Role.EDITOR, unchanged=True)
async def stay(desk: DeskDep) -> Response:
    """The script's way to keep the session: coming here was a visit."""
    return Response(status_code=204)


@router.post("/logout")
@allow(Role.EDITOR, unchanged=True)
async def sign_out(desk: DeskDep) -> Response:
    await asyncio.to_thread(desk.parts.records.log, desk.deed("sign_out", desk.person.id))
    await asyncio.to_thread(desk.parts.records.end_session, hash_of(desk.secret))
    response = desk.go("/staff/login", done="out")
    cookies.drop(response, cookies.NAME, cookies.is_secure(desk.request, desk.services.settings))
    return response


def _checked(desk: Desk, account: str, password: str) -> StaffAccount | None:
    """The account, when the password fits and it is not disabled. In a worker thread."""
    found = desk.parts.records.account(account)
    usable = found is not None and not found[0].disabled
    hashed = found[1] if found is not None and usable else None
    fits = desk.parts.passwords.fits(password, hashed)
    return found[0] if found is not None and fits else None


async def _again(desk: Desk, account: str, next: str, sentence: str, status: int) -> Response:
    error = FieldError("account", sentence)
    view = SignInPage(desk.frame("登录", errors=(error,)), account, _ours(next), await _kept(desk))
    return desk.page(view, status)


async def _welcome(desk: Desk, person: StaffAccount, next: str) -> Response:
    secret = new_secret()
    deed = Deed(person.id, "sign_in", person.id, desk.now())
    await asyncio.to_thread(desk.parts.records.open_session, person.id, hash_of(secret), deed)
    kept = await _kept(desk)
    if kept and not person.must_change:
        response = desk.page(KeptPage(desk.frame("您写的还在"), next, token_of(secret), kept))
    else:
        response = RedirectResponse(next, 303)
    secure = cookies.is_secure(desk.request, desk.services.settings)
    cookies.put(response, cookies.NAME, secret, secure)
    cookies.drop(response, cookies.DOOR, secure)
    return response


async def _kept(desk: Desk) -> tuple[tuple[str, str], ...]:
    """What a form held whose session had ended, carried through the sign-in page."""
    form = await desk.request.form()
    return tuple(
        (name.removeprefix(KEPT), value)
        for name, value in form.multi_items()
        if name.startswith(KEPT) and isinstance(value, str)
    )


def _ours(next: str) -> str:
    """Only pages of the desk are gone to."""
    return next if OURS.fullmatch(next) and ".." not in next and "//" not in next else "/staff"
