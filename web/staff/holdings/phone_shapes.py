"""Whether what was typed can be a phone number, and how we write it."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = re.compile(r"[\s()（）]+")
_DASHES = re.compile(r"[‐-―－—~]+")
_LANDLINE = re.compile(r"(01\d|02\d|0[3-9]\d{2})-?([2-9]\d{6,7}|[1-9]\d{7})(?:(?:-|转|-转)(\d{1,6}))?")
_LONG = re.compile(r"(?:1[3-9]\d{9}|400-?\d{3}-?\d{4}|800-?\d{3}-?\d{4})")
_SHORT = re.compile(r"(?:1\d{2,5}|9\d{4,5})")


def phone_of(typed: str) -> str | None:
    """The number as it is dialled and shown; None where the shape is wrong. '' stays ''."""
    text = _DASHES.sub("-", _SIGNS.sub("", unicodedata.normalize("NFKC", typed)))
    if not text:
        return ""
    landline = _LANDLINE.fullmatch(text)
    if landline:
        return "-".join(part for part in landline.groups() if part)
    return text if _LONG.fullmatch(text) or _SHORT.fullmatch(text) else None
