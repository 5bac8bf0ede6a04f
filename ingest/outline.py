"""The outline of Chinese official texts: 第X编 章 节 条, 一、 （一） 1. （1）, and Markdown headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.numerals import DIGITS

_NUMBER = rf"[{DIGITS}十百千两0-9]{{1,7}}"
_HAN = rf"[{DIGITS}十百]{{1,5}}"
MAX_HEADING_CHARS = 40
_MARKDOWN = re.compile(r"(#{1,6})\s+(.+)")
_SPREAD = re.compile(r"(?:(?<=\s)|^)([\u4e00-\u9fff]) ([\u4e00-\u9fff])$")
_ENDS_A_SENTENCE = tuple("。；;，,：:！!？?…、")


class Rank(IntEnum):
    """Deeper is larger. Markdown headings are 1..6 by their number of `#`, above all of these."""

    PART = 11
    SUBPART = 12
    CHAPTER = 13
    SECTION = 14
    ARTICLE = 15
    HAN_COMMA = 16
    HAN_BRACKET = 17
    DIGIT_POINT = 18
    DIGIT_BRACKET = 19


_MARKERS = (
    (Rank.PART, re.compile(rf"第{_NUMBER}编(?=\s|$)")),
    (Rank.SUBPART, re.compile(rf"第{_NUMBER}分编(?=\s|$)")),
    (Rank.CHAPTER, re.compile(rf"第{_NUMBER}章(?=\s|$)")),
    (Rank.SECTION, re.compile(rf"第{_NUMBER}节(?=\s|$)")),
    (Rank.ARTICLE, re.compile(rf"第{_NUMBER}条(?:之{_NUMBER})?(?=\s|$)")),
    (Rank.HAN_COMMA, re.compile(rf"{_HAN}、(?!{_HAN})")),
    (Rank.HAN_BRACKET, re.compile(rf"[（(]{_HAN}[）)]")),
    (Rank.DIGIT_POINT, re.compile(r"\d{1,3}(?:[.．](?!\d)|、)")),
    (Rank.DIGIT_BRACKET, re.compile(r"[（(]\d{1,3}[）)]|\d{1,3}[）)]|[①-⑳]")),
)
_MAY_HEAD = (Rank.PART, Rank.SUBPART, Rank.CHAPTER, Rank.SECTION, Rank.HAN_COMMA, Rank.HAN_BRACKET)


@dataclass(frozen=True, slots=True)
class Line:
    """One line. rank: of its marker or its `#`; None for plain text. text: without `#`."""

    text: str
    rank: int | None
    is_markdown: bool = False

    @property
    def may_head(self) -> bool:
        """Whether it looks like a heading, seen alone."""
        if self.is_markdown:
            return True
        return self.rank in _MAY_HEAD and is_headline(self.text)


@dataclass(frozen=True, slots=True)
class Piece:
    """A line of the body, or a heading, with the headings above it (title first)."""

    line: Line
    above: tuple[str, ...]
    is_heading: bool


def read_line(text: str) -> Line:
    """Classify one line. Headings set wide (总 则) are closed up."""
    markdown = _MARKDOWN.fullmatch(text)
    if markdown:
        return Line(_SPREAD.sub(r"\1\2", markdown[2].strip(" #")), len(markdown[1]), is_markdown=True)
    rank = next((rank for rank, marker in _MARKERS if marker.match(text)), None)
    return Line(_SPREAD.sub(r"\1\2", text), rank)


def is_headline(text: str) -> bool:
    """Short, and not a sentence."""
    return len(text) <= MAX_HEADING_CHARS and not text.endswith(_ENDS_A_SENTENCE) and "。" not in text


def walk(lines: Sequence[Line], title: str) -> list[Piece]:
    """Each line with its heading path. A heading with nothing below it counts as text, so that it is kept."""
    pieces: list[Piece] = []
    stack: list[tuple[int, str]] = []
    for number, line in enumerate(lines):
        below = lines[number + 1] if number + 1 < len(lines) else None
        if line.rank is not None:
            stack = [item for item in stack if item[0] < line.rank]
        above = (title, *(text for _, text in stack))
        heads = line.may_head and _is_above(line, below)
        pieces.append(Piece(line, above, heads))
        if heads and line.rank is not None:
            stack.append((line.rank, line.text))
    return pieces


def _is_above(line: Line, below: Line | None) -> bool:
    if below is None:
        return False
    return below.rank is None or (line.rank is not None and below.rank > line.rank)
