"""The characters of a PDF page that a reader of the paper would see, and the lines they stand in."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

TINY_POINTS = 4.0
BRIGHT = 190
"""A colour whose darkest part is above this may be unseen on paper; then the drawn page decides."""
LEAST_CONTRAST = 24
BELOW = 0.15
"""Share of a sign's height that lies under the line it stands on."""
_INVISIBLE = (3, 7)  # text render modes: neither filled nor stroked; clip only


@dataclass(frozen=True, slots=True)
class Sign:
    """left .. top: points from the lower left corner of the page. ahead: a blank stood before it."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    ahead: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def visible_signs(page: Any, number: int, dropped: Counter[str]) -> list[Sign]:
    """In the order of the page's own text. dropped: one for each stretch of unseen signs of a kind."""
    width, height = page.get_size()
    look = _Look(page)
    text_page = page.get_textpage()
    found: list[Sign] = []
    reasons: list[str | None] = []
    blank = False
    for place in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page, place)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if not sign.strip():
            blank = True
            continue
        box = _box(text_page, place)
        reason = _unseen(text_page, place, box, (width, height), look)
        reasons.append(reason)
        if reason is None:
            found.append(Sign(sign, *box, ahead=blank))
        blank = False
    text_page.close()
    for reason, _ in groupby(reasons):
        if reason is not None:
            dropped[reason] += 1
    return found


def _box(text_page: Any, place: int) -> tuple[float, float, float, float]:
    """Sides as drawn; height from the size of the font, since 一 and 。 are drawn low."""
    rect, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    pdfium.FPDFText_GetLooseCharBox(text_page, place, rect)
    pdfium.FPDFText_GetMatrix(text_page, place, matrix)
    size = pdfium.FPDFText_GetFontSize(text_page, place) * math.hypot(matrix.b, matrix.d)
    return rect.left, matrix.f - BELOW * size, rect.right, matrix.f + (1 - BELOW) * size


def _unseen(
    text_page: Any,
    place: int,
    box: tuple[float, float, float, float],
    size: tuple[float, float],
    look: _Look,
) -> str | None:
    left, bottom, right, top = box
    if right < 0 or top < 0 or left > size[0] or bottom > size[1]:
        return "hidden"
    if pdfium.FPDFTextObj_GetTextRenderMode(pdfium.FPDFText_GetTextObject(text_page, place)) in _INVISIBLE:
        return "hidden"
    if 0 < top - bottom < TINY_POINTS:
        return "tiny"
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pdfium.FPDFText_GetFillColor(text_page, place, red, green, blue, alpha)
    pale = min(red.value, green.value, blue.value) > BRIGHT or alpha.value < 60
    return "white" if pale and not look.shows(box) else None


class _Look:
    """The page as drawn, made when first asked for."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._picture: Any = None

    def shows(self, box: tuple[float, float, float, float]) -> bool:
        """Is there anything but one flat ground where the sign should be?"""
        if self._picture is None:
            self._picture = self._page.render(scale=1, grayscale=True).to_numpy()
        height, width = self._picture.shape[:2]
        left, bottom, right, top = box
        rows = slice(max(0, int(height - top)), max(1, int(height - bottom) + 1))
        columns = slice(max(0, int(left)), max(1, int(right) + 1))
        piece = self._picture[rows, columns]
        return bool(piece.size) and int(piece.max()) - int(piece.min()) >= LEAST_CONTRAST and width > 0


Line = tuple[str, tuple[float, float, float, float]]


def lines_of_signs(signs: Sequence[Sign]) -> list[Line]:
    """(text, box) from top to bottom; signs on one height make one line, read from the left."""
    return [_line(row) for row in _rows(signs)]


def _rows(signs: Sequence[Sign]) -> Iterator[list[Sign]]:
    rows: list[list[Sign]] = []
    for sign in sorted(signs, key=lambda each: -each.middle):
        tall = sign.top - sign.bottom
        last = rows[-1] if rows else None
        if last is not None and abs(median(each.middle for each in last[-5:]) - sign.middle) < 0.45 * max(tall, 1.0):
            last.append(sign)
        else:
            rows.append([sign])
    for row in rows:
        yield sorted(row, key=lambda each: each.left)


def _line(row: Sequence[Sign]) -> Line:
    text = row[0].text
    for before, sign in zip(row, row[1:], strict=False):
        gap, wide = sign.left - before.right, max(sign.right - sign.left, before.right - before.left)
        text += (" " if _apart(before, sign, gap, wide) else "") + sign.text
    box = (
        min(each.left for each in row),
        min(each.bottom for each in row),
        max(each.right for each in row),
        max(each.top for each in row),
    )
    return text, box


def _apart(before: Sign, sign: Sign, gap: float, wide: float) -> bool:
    """A blank between two words; none inside Chinese text set wide."""
    if before.text.isascii() and sign.text.isascii():
        return sign.ahead or gap > 0.5 * wide
    return gap > 1.2 * wide
