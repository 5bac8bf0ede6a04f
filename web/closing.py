"""When the desk has switched something off: which questions still go on, and the page that is left."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi import Request
from starlette.requests import Request as AnyRequest
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from web.services import Services
from web.standing import Standing

STAYS = ("/staff", "/static/", "/healthz", "/readyz", "/hotlines", "/api/hotlines", "/manifest", "/sw.js")
"""Addresses that stay when everything is off: the desk itself, the phones, and what pages are made of."""
ASKING = frozenset({("POST", "/"), ("POST", "/api/chat")})
"""These hear danger in the text first; `admit_question` refuses them."""
CALCULATORS = "/calculate/"
Respond = Callable[[AnyRequest, Exception], Awaitable[Response]]


class Closed(Exception):
    """Everything is switched off."""


class TypedOff(Exception):
    """Only ready questions are answered now."""


def admit_question(services: Services, request: Request, text: str) -> None:
    """Raises Closed, or TypedOff for words of one's own; a ready question and a calculator go on."""
    stand = services.standing.now()
    if not stand.open:
        raise Closed
    if stand.typed or request.url.path.startswith(CALCULATORS):
        return
    ready = services.library.questions(services.today())
    if text.strip() not in {link.question for links in ready.values() for link in links}:
        raise TypedOff


class ClosedDoor:
    """Before every route: nothing but STAYS is served while everything is off."""

    def __init__(self, app: ASGIApp, standing: Standing, respond: Respond) -> None:
        self.app = app
        self._standing = standing
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._standing.now().open or _stays(scope):
            await self.app(scope, receive, send)
            return
        response = await self._respond(AnyRequest(scope), Closed())
        await response(scope, receive, send)


def _stays(scope: Scope) -> bool:
    return scope["path"].startswith(STAYS) or (scope["method"], scope["path"]) in ASKING
