"""Bytes to text: UTF-8 with or without mark, else GB18030, else a named error."""

from __future__ import annotations

import unicodedata

from ingest.errors import UnreadableEncoding

_ALLOWED_CONTROLS = "\t\n\r\f\v"
_NEVER_IN_TEXT = ("Cc", "Co", "Cn", "Cs")


def decode(data: bytes, path: str) -> str:
    """Text with \\n line ends and no byte order mark. Raises UnreadableEncoding."""
    text = _utf8(data)
    if text is None:
        text = _gb18030(data)
    if text is None:
        raise UnreadableEncoding(path)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _utf8(data: bytes) -> str | None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _gb18030(data: bytes) -> str | None:
    # Nearly any bytes decode as GB18030; what was no Chinese text then holds control or unassigned signs.
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    strange = (
        character not in _ALLOWED_CONTROLS and unicodedata.category(character) in _NEVER_IN_TEXT
        for character in text
    )
    return None if any(strange) else text
