"""Document ids: ASCII, the same for the same file name, frozen once published (posters carry them)."""

from __future__ import annotations

import hashlib
import re

from pypinyin import lazy_pinyin

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_MAX_CHARS = 60


def slug_of(name: str) -> str:
    """A slug stays itself; other names become pinyin with a short digest, so that two never meet."""
    if _SLUG.match(name) and len(name) <= _MAX_CHARS:
        return name
    words = re.findall(r"[a-z0-9]+", " ".join(lazy_pinyin(name)).lower())
    digest = hashlib.sha256(name.encode()).hexdigest()[:6]
    kept = "-".join(words)[:_MAX_CHARS].strip("-")
    return f"{kept}-{digest}" if kept else f"doc-{digest}"
