"""Accounts: admins make, disable and reset them, give roles and name deputies."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Annotated

from fastapi import Form, HTTPException
from starlette.responses import Response

from knowledge.database.staff_values import Role, StaffAccount
from web.staff.desk import ROLE_WORDS, Desk, DeskDep
from web.staff.names import LOGIN_NAME, NAME_RULE
from web.staff.passwords import new_password
from web.staff.people_views import AccountPage, AccountsPage, AccountView, GivenPasswordPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
HERE = "/staff/accounts"
MENU = (MenuItem("账号", HERE, Role.ADMIN, order=80),)
ROLES = tuple((role.value, words) for role, words in ROLE_WORDS.items())
MAX_DEPUTY = timedelta(days=92)
DONE = {
    "disabled": "账号停用了，马上不能再登录。",
    "enabled": "账号恢复了。",
    "role": "权限改了。",
    "deputy": "代办人定好了。",
    "no-deputy": "代办取消了。",
}
LAST_ADMIN = "没有做：要留至少一个能登录的管理员。先给另一个人管理员权限。"
Text = Annotated[str, Form()]


@router.get("/accounts")
@allow(Role.ADMIN)
async def account_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk))


@router.post("/accounts")
@allow(Role.ADMIN)
async def add_account(desk: DeskDep, id: Text = "", name: Text = "", role: Text = "editor") -> Response:
    """A new account with a password made here, shown once and to be changed at the first sign-in."""
    account_id, shown = id.strip().lower(), name.strip()
    errors = _errors(account_id, shown, role)
    if errors:
        return desk.wrong(await asyncio.to_thread(_list, desk, errors, id, name, role))
    account = StaffAccount(account_id, shown, Role(role), must_change=True)
    password = new_password()

    def add() -> bool:
        deed = desk.deed("add_account", account_id, name=shown, role=role)
        return desk.parts.records.add_account(account, desk.parts.passwords.hash(password), deed)

    if not await asyncio.to_thread(add):
        taken = (FieldError("id", "这个登录名已经有人用了，换一个。"),)
        return desk.wrong(await asyncio.to_thread(_list, desk, taken, id, name, role))
    return desk.page(GivenPasswordPage(desk.frame("账号建好了", HERE), account, password))


@router.get("/accounts/{account_id}")
@allow(Role.ADMIN)
async def account_page(account_id: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_one, desk, account_id))


@router.post("/accounts/{account_id}/reset")
@allow(Role.ADMIN)
async def reset(account_id: str, desk: DeskDep) -> Response:
    """Another password; every session of the account ends."""
    account, password = await asyncio.to_thread(_account, desk, account_id), new_password()

    def change() -> bool:
        deed = desk.deed("reset_password", account_id)
        hashed = desk.parts.passwords.hash(password)
        return desk.parts.records.set_password(account_id, hashed, True, deed)

    await asyncio.to_thread(change)
    desk.parts.throttle.succeeded(account_id)
    return desk.page(GivenPasswordPage(desk.frame("密码重设好了", HERE), account, password))


@router.post("/accounts/{account_id}/disable")
@allow(Role.ADMIN)
async def disable(account_id: str, desk: DeskDep) -> Response:
    await asyncio.to_thread(_account, desk, account_id)
    deed = desk.deed("disable_account", account_id)
    if not await asyncio.to_thread(desk.parts.records.set_disabled, account_id, True, deed):
        return desk.stop(LAST_ADMIN, 409, ("回账号列表", HERE))
    return desk.go(f"{HERE}/{account_id}", "disabled")


@router.post("/accounts/{account_id}/enable")
@allow(Role.ADMIN)
async def enable(account_id: str, desk: DeskDep) -> Response:
    await asyncio.to_thread(_account, desk, account_id)
    deed = desk.deed("enable_account", account_id)
    await asyncio.to_thread(desk.parts.records.set_disabled, account_id, False, deed)
    return desk.go(f"{HERE}/{account_id}", "enabled")


@router.post("/accounts/{account_id}/role")
@allow(Role.ADMIN)
async def set_role(account_id: str, desk: DeskDep, role: Text = "") -> Response:
    await asyncio.to_thread(_account, desk, account_id)
    if role not in {slug for slug, _ in ROLES}:
        raise HTTPException(422)
    deed = desk.deed("set_role", account_id, role=role)
    if not await asyncio.to_thread(desk.parts.records.set_role, account_id, Role(role), deed):
        return desk.stop(LAST_ADMIN, 409, ("回账号列表", HERE))
    return desk.go(f"{HERE}/{account_id}", "role")


@router.post("/accounts/{account_id}/deputy")
@allow(Role.ADMIN)
async def set_deputy(account_id: str, desk: DeskDep, until: Text = "") -> Response:
    """An editor may review in a reviewer's place up to and including a day; an empty day ends it."""
    await asyncio.to_thread(_account, desk, account_id)
    day, sentence = _deputy_day(until.strip(), desk.today())
    if sentence:
        error = FieldError("until", sentence)
        return desk.wrong(await asyncio.to_thread(_one, desk, account_id, (error,)))
    deed = desk.deed("set_deputy" if day else "end_deputy", account_id, until=until.strip())
    await asyncio.to_thread(desk.parts.records.set_deputy, account_id, day, deed)
    return desk.go(f"{HERE}/{account_id}", "deputy" if day else "no-deputy")


def _errors(account_id: str, shown: str, role: str) -> tuple[FieldError, ...]:
    found = []
    if not LOGIN_NAME.fullmatch(account_id):
        found.append(FieldError("id", NAME_RULE))
    if not 1 <= len(shown) <= 20:
        found.append(FieldError("name", "写上姓名，最多 20 个字，发布的时候会显示。"))
    if role not in {slug for slug, _ in ROLES}:
        found.append(FieldError("role", "请选一种权限。"))
    return tuple(found)


def _deputy_day(text: str, today: date) -> tuple[date | None, str]:
    """(last day or None to end it, what is wrong with it)."""
    if not text:
        return None, ""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None, "日期要写成 2024-09-01 这样。"
    if day < today:
        return None, "这一天已经过了。"
    return (day, "") if day - today <= MAX_DEPUTY else (None, "代办最多定三个月，到期可以再定。")


def _account(desk: Desk, account_id: str) -> StaffAccount:
    """Raises 404."""
    found = desk.parts.records.account(account_id)
    if found is None:
        raise HTTPException(404)
    return found[0]


def _list(
    desk: Desk, errors: tuple[FieldError, ...] = (), id: str = "", name: str = "", role: str = "editor"
) -> AccountsPage:
    views = tuple(
        AccountView(account, ROLE_WORDS[account.role], account.id == desk.person.id)
        for account in desk.parts.records.accounts()
    )
    return AccountsPage(desk.frame("账号", HERE, errors=errors), views, ROLES, id[:60], name[:60], role)


def _one(desk: Desk, account_id: str, errors: tuple[FieldError, ...] = ()) -> AccountPage:
    account = _account(desk, account_id)
    return AccountPage(
        frame=desk.frame(f"账号：{account.name}", HERE, done=DONE, errors=errors),
        account=account,
        role=ROLE_WORDS[account.role],
        is_self=account.id == desk.person.id,
        roles=ROLES,
        today=desk.today().isoformat(),
    )
