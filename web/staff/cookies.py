"""The desk's cookie: `__Host-` and Secure over https, a plain name where the town has only http."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request
from starlette.responses import Response

from knowledge.settings import Settings

NAME = "pufa-desk"
DOOR = "pufa-door"
"""Before sign-in: ties the form of the sign-in page to the browser that was given it."""


def is_secure(request: Request, settings: Settings) -> bool:
    """Whether the browser speaks https to us, or to a proxy of ours."""
    if request.url.scheme == "https":
        return True
    public = urlsplit(settings.public_url)
    if public.scheme == "https" and public.netloc.lower() == request.headers.get("host", "").lower():
        return True
    trusted = {name.strip() for name in settings.trusted_proxies.split(",") if name.strip()}
    peer = request.client.host if request.client else ""
    return peer in trusted and request.headers.get("x-forwarded-proto", "").lower() == "https"


def read(request: Request, name: str, secure: bool) -> str:
    return request.cookies.get(_named(name, secure), "")


def put(response: Response, name: str, value: str, secure: bool) -> None:
    """A cookie of this browser session: scripts cannot read it, other sites cannot send it."""
    response.set_cookie(_named(name, secure), value, path="/", secure=secure, httponly=True, samesite="strict")


def drop(response: Response, name: str, secure: bool) -> None:
    response.delete_cookie(_named(name, secure), path="/", secure=secure, httponly=True, samesite="strict")


def _named(name: str, secure: bool) -> str:
    return f"__Host-{name}" if secure else name
