"""Whose request this is: the address behind listed proxies, and whether it came from our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers


def client_address(peer: str, headers: Headers, trusted: frozenset[str]) -> str:
    """The nearest address that is not a listed proxy; X-Forwarded-For counts only behind one."""
    if peer not in trusted:
        return peer
    hops = [hop.strip() for hop in headers.get("x-forwarded-for", "").split(",") if hop.strip()]
    return next((hop for hop in reversed(hops) if hop not in trusted), peer)


def foreign_origin(headers: Headers, public_url: str) -> bool:
    """True for an Origin that is not ours, `null` included; a missing one is a client without pages."""
    origin = headers.get("origin")
    if origin is None:
        return False
    ours = {headers.get("host", "").lower()}
    if public_url:
        ours.add(urlsplit(public_url).netloc.lower())
    parts = urlsplit(origin)
    return parts.scheme not in ("http", "https") or parts.netloc.lower() not in ours
