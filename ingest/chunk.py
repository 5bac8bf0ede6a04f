"""Body lines to passages: along the outline, list items together with what introduces them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ingest.document import Cut
from ingest.outline import Line, Piece, Rank

MAX_JOINED_CHARS = 400
"""Paragraphs and short items are joined up to here; longer paragraphs are cut at 一是…二是…."""
MAX_CHARS = 800
"""A stretch longer than this is cut at the ends of sentences."""
SHORT_ITEM_CHARS = 40

_HAN_ORDER = "一二三四五六七八九十"
_POINT = re.compile(rf"(?:^|(?<=[。；;，,：:\s]))(?=([{_HAN_ORDER}])是)")
_SENTENCE_END = re.compile(r"(?<=[。！？；\n])")


def chunk(pieces: Iterable[Piece], prefix: str = "p", first: int = 1) -> tuple[Cut, ...]:
    """Passages in order, parts `p1`, `p2` …; headings go into the heading paths only."""
    cuts: list[Cut] = []
    open_lines: list[str] = []
    open_above: tuple[str, ...] = ()

    def close() -> None:
        for text in _shortened(open_lines):
            cuts.append(Cut(f"{prefix}{first + len(cuts)}", open_above, text))
        open_lines.clear()

    for piece in pieces:
        if piece.is_heading:
            close()
            continue
        if open_lines and not (piece.above == open_above and _joins(piece.line, open_lines)):
            close()
        open_above = piece.above
        open_lines.append(piece.line.text)
    close()
    return tuple(cuts)


def _joins(line: Line, before: list[str]) -> bool:
    if sum(map(len, before)) + len(line.text) > MAX_JOINED_CHARS:
        return False
    is_item = line.rank is not None and line.rank >= Rank.HAN_BRACKET and len(line.text) <= SHORT_ITEM_CHARS
    return line.rank is None or is_item


def _shortened(lines: list[str]) -> list[str]:
    """One text for joined lines; several for one long paragraph."""
    if not lines:
        return []
    whole = "\n".join(lines)
    if len(whole) <= MAX_JOINED_CHARS:
        return [whole]
    return [text for point in split_points(whole) for text in _sentences(point)]


def split_points(paragraph: str) -> list[str]:
    """Cut before 一是, 二是, … where they come in order; [paragraph] where they do not."""
    places: list[int] = []
    expected = 0
    for match in _POINT.finditer(paragraph):
        position = _HAN_ORDER.index(match[1])
        if position in (0, expected):
            places.append(match.start())
            expected = position + 1
    if len(places) < 2:
        return [paragraph]
    bounds = [0, *(place for place in places if place), len(paragraph)]
    return [paragraph[start:end] for start, end in pairwise(bounds)]


def _sentences(text: str) -> list[str]:
    """Stretches of whole sentences, each near MAX_JOINED_CHARS, for a text that is too long."""
    if len(text) <= MAX_CHARS:
        return [text]
    found = [""]
    for sentence in _SENTENCE_END.split(text):
        if found[-1] and len(found[-1]) + len(sentence) > MAX_JOINED_CHARS:
            found.append("")
        found[-1] += sentence
    return [item.strip("\n") for item in found if item.strip()]
