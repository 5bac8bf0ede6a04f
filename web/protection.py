"""Around every request: security headers, our own Origin on every POST, and small bodies only."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.addresses import foreign_origin

MAX_BODY_BYTES = 16 * 1024
Respond = Callable[[Request, Exception], Awaitable[Response]]
DESK = "/staff/"
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class TooLarge(Exception):
    """The body is longer than MAX_BODY_BYTES."""


class ForeignOrigin(Exception):
    """A browser sent this from another site's page."""


class SecurityHeaders:
    """Adds the policy and its companions to every response."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self._headers = {
            "content-security-policy": policy,
            "referrer-policy": "same-origin",
            "x-content-type-options": "nosniff",
            "cross-origin-opener-policy": "same-origin",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class Guard:
    """Refuses foreign origins and large bodies before a route sees them, and words every failure below it.

    respond: failure -> response. Nothing is raised to the server, whose log would quote the error.
    """

    def __init__(self, app: ASGIApp, public_url: str, respond: Respond) -> None:
        self.app = app
        self._public_url = public_url
        self._respond = respond

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            if scope["method"] in UNSAFE:
                receive = await self._checked(scope, receive)
            await self.app(scope, receive, noted)
        except Exception as error:
            response = await self._respond(Request(scope), error)
            if not started:
                await response(scope, receive, send)

    async def _checked(self, scope: Scope, receive: Receive) -> Receive:
        """The request's body, read whole and replayed. Raises ForeignOrigin, TooLarge."""
        headers = Headers(scope=scope)
        if foreign_origin(headers, self._public_url):
            raise ForeignOrigin
        if scope["path"].startswith(DESK):
            return receive  # its door counts each route's own limit, and reads nothing of a stranger's
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MAX_BODY_BYTES:
            raise TooLarge
        return replay(await read_small(receive), receive)


async def read_small(receive: Receive) -> bytes:
    """The body, which may come without a length. Raises TooLarge as soon as it is longer than allowed."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BODY_BYTES:
            raise TooLarge
    return body


def replay(body: bytes, receive: Receive) -> Receive:
    """Gives the body once, then whatever the connection says (its end)."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
