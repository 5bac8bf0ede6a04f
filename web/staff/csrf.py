"""Tokens for forms, derived from the cookie they belong to, and the Origin a desk form must come from."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import Headers

from web.addresses import foreign_origin

FIELD = "csrf"
HEADER = "x-csrf-token"


def new_secret() -> str:
    """256 random bits for a cookie."""
    return secrets.token_urlsafe(32)


def hash_of(secret: str) -> str:
    """What the database keeps of a cookie: sha256, hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> str:
    """The token of every form shown to the browser with this cookie."""
    return hmac.new(secret.encode(), b"desk form", hashlib.sha256).hexdigest()


def fits(secret: str, given: str) -> bool:
    return bool(secret) and hmac.compare_digest(token_of(secret).encode(), given.encode())


def right_origin(headers: Headers, public_url: str) -> bool:
    """Desk forms must say where they come from; a missing Origin is refused too."""
    return headers.get("origin") is not None and not foreign_origin(headers, public_url)
