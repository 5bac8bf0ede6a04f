"""The normalised form in which a free document's text is kept and shown."""

from __future__ import annotations

import re
import unicodedata

from knowledge.normalise import clean

# Chinese punctuation and signs whose meaning NFKC would change (² is not 2, ① is no 1) stay as they are.
_KEPT = frozenset(
    "，。：；！？（）～…—、＂＇“”‘’«»〈〉《》【】〔〕￥²³℃㎡½¼¾" + "".join(map(chr, range(0x2460, 0x2500)))
)
_BLANKS = re.compile(r"[^\S\n]+")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_RULE = re.compile(r"[-*_=\s|:]*")
_LEADING_MARK = re.compile(r"(?:>\s*|[-*+]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__")


def normalise_text(text: str) -> str:
    """NFKC with Chinese punctuation kept, radicals repaired, hidden characters gone, one blank at most."""
    cleaned = clean(_COMMENT.sub("", text)).text
    folded = "".join(sign if sign in _KEPT else unicodedata.normalize("NFKC", sign) for sign in cleaned)
    return _BLANKS.sub(" ", folded)


def lines_of(text: str) -> list[str]:
    """Normalised lines that say something; Markdown's marks are gone but for `#` of headings."""
    lines = (_without_marks(line.strip()) for line in normalise_text(text).split("\n"))
    return [line for line in lines if line and not _RULE.fullmatch(line)]


def _without_marks(line: str) -> str:
    bare = _EMPHASIS.sub("", _LEADING_MARK.sub("", line, count=1)).strip()
    return bare.strip("| ") if bare.startswith("|") and bare.endswith("|") else bare
