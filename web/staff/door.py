"""Before any desk route runs: who is it, may they, does the form come from our own page."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.types import Message, Receive

from knowledge.database.staff_values import StaffAccount
from web.incidents import record
from web.protection import UNSAFE
from web.staff import cookies
from web.staff.csrf import FIELD, HEADER, fits, hash_of, new_secret, right_origin
from web.staff.desk import NOBODY, Desk
from web.staff.roles import Rule
from web.staff.views import SignInPage

Handle = Callable[[Request], Awaitable[Response]]
PASSWORD_PAGE = "/staff/password"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


class BodyTooLarge(Exception):
    """The body is longer than its route allows."""


async def enter(request: Request, rule: Rule, handle: Handle) -> Response:
    """Run the route for those who may; word every refusal and failure as a desk page."""
    if request.app.state.desk is None:
        raise HTTPException(404)
    request = Request(request.scope, _counted(request.receive, rule.max_body_bytes))
    try:
        return await (_anyone(request, handle) if rule.role is None else _somebody(request, rule, handle))
    except BodyTooLarge:
        return _desk(request, NOBODY, "").stop("内容太大，没有收。请减少一些，或者分几次。", 413)


async def _anyone(request: Request, handle: Handle) -> Response:
    """The sign-in page: its form is tied to a cookie of its own."""
    secure = cookies.is_secure(request, request.app.state.services.settings)
    held = cookies.read(request, cookies.DOOR, secure)
    desk = _desk(request, NOBODY, held or new_secret())
    if request.method in UNSAFE and not await _is_ours(request, desk, held):
        return desk.stop("没有登录成：这个表单过期了，或者浏览器没有存 cookie。请从登录页再来一次。", 403, SIGN_IN)
    response = await _run(desk, handle)
    if not held:
        cookies.put(response, cookies.DOOR, desk.secret, secure)
    return response


async def _somebody(request: Request, rule: Rule, handle: Handle) -> Response:
    secure = cookies.is_secure(request, request.app.state.services.settings)
    secret = cookies.read(request, cookies.NAME, secure)
    person = await _person(request, secret)
    desk = _desk(request, person or NOBODY, secret)
    unsafe = request.method in UNSAFE
    if person is None:
        return await (_keep_words(desk) if unsafe else _to_sign_in(request))
    if rule.role is not None and not desk.may(rule.role):
        return desk.stop("您的账号没有这个权限。要用的话，请找管理员。", 403)
    if unsafe and not await _is_ours(request, desk, secret):
        return desk.stop("没有做：这个表单过期了，或者不是从本页发出的。请返回，重新打开那一页再试。", 403)
    if person.must_change and not rule.unchanged:
        return RedirectResponse(PASSWORD_PAGE, 303)
    return await _run(desk, handle)


async def _run(desk: Desk, handle: Handle) -> Response:
    """The route; what breaks in it becomes a page with an incident number."""
    try:
        return await handle(desk.request)
    except RequestValidationError:
        return desk.stop("这个请求缺了东西，没有做。请返回，重新打开那一页再试。", 422)
    except HTTPException as error:
        if error.status_code == 404:
            return desk.stop("没有这一页，也许已经删了。", 404)
        return desk.stop("这个请求没有做成。", error.status_code)
    except BodyTooLarge:
        raise
    except Exception as error:
        incident = record(error, desk.request.url.path)
        return desk.stop(f"没有做成，不是您的问题。出错编号：{incident}。请再试一次，还不行就告诉管理员。", 500)


async def _person(request: Request, secret: str) -> StaffAccount | None:
    if not secret:
        return None
    records, now = request.app.state.desk.records, request.app.state.services.now()
    session = await asyncio.to_thread(records.session, hash_of(secret), now)
    return None if session is None else session.account


async def _is_ours(request: Request, desk: Desk, secret: str) -> bool:
    """Right Origin, and a token that belongs to this cookie. Raises BodyTooLarge."""
    if not right_origin(request.headers, desk.services.settings.public_url):
        return False
    given = request.headers.get(HEADER)
    if given is None:
        given = str((await _form(request)).get(FIELD, ""))
    return fits(secret, given)


async def _form(request: Request) -> FormData:
    """Read once; the route gets the same. Anything that is no form is empty."""
    if not request.headers.get("content-type", "").startswith(FORMS):
        return FormData()
    return await request.form(max_files=20, max_fields=2000)


async def _to_sign_in(request: Request) -> Response:
    wanted = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/staff/login?next={quote(wanted, safe='/')}", 303)


async def _keep_words(desk: Desk) -> Response:
    """A form that came after the session had ended: the sign-in page carries what was written."""
    kept: tuple[tuple[str, str], ...] = ()
    if await _is_ours(desk.request, desk, desk.secret):
        form = await _form(desk.request)
        kept = tuple(
            (name, value) for name, value in form.multi_items() if isinstance(value, str) and name != FIELD
        )
    fresh = _desk(desk.request, NOBODY, new_secret())
    view = SignInPage(fresh.frame("登录"), "", desk.request.url.path, kept)
    response = fresh.page(view, 401)
    secure = cookies.is_secure(desk.request, desk.services.settings)
    cookies.put(response, cookies.DOOR, fresh.secret, secure)
    return response


def _desk(request: Request, person: StaffAccount, secret: str) -> Desk:
    state = request.app.state
    desk = Desk(request, state.services, state.desk, state.desk_pages, state.desk_menu, person, secret)
    request.state.desk = desk
    return desk


def _counted(receive: Receive, most: int) -> Receive:
    """Stops reading as soon as the body is longer than allowed."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise BodyTooLarge
        return message

    return counted


SIGN_IN = ("去登录", "/staff/login")
