"""Tables drawn with lines: pdfplumber finds the cells, pdfium's characters fill them (merged cells too)."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pdfplumber

from ingest.paper import Grid
from ingest.readers.pdf_signs import Sign, lines_of_signs

Box = tuple[float, float, float, float]
_NEAR = 2.0
MIN_CELLS = 4


@dataclass(frozen=True, slots=True)
class Ruled:
    """frame, cells: left, bottom, right, top in points from the lower left corner."""

    frame: Box
    cells: tuple[Box, ...]

    def holds(self, sign: Sign) -> bool:
        return _inside(self.frame, sign)

    def grid(self, signs: Sequence[Sign], page: int) -> Grid | None:
        """The table with its words; every place of a merged cell says what the cell says."""
        texts = {cell: _text([sign for sign in signs if _inside(cell, sign)]) for cell in self.cells}
        columns = _edges([edge for cell in self.cells for edge in (cell[0], cell[2])])
        lines = _edges([edge for cell in self.cells for edge in (cell[1], cell[3])])[::-1]
        rows = []
        for top, bottom in zip(lines, lines[1:], strict=False):
            middle = (top + bottom) / 2
            row = [
                next((texts[cell] for cell in self.cells if _covers(cell, (left + right) / 2, middle)), "")
                for left, right in zip(columns, columns[1:], strict=False)
            ]
            rows.append(tuple(row))
        kept = tuple(row for row in rows if any(row))
        return Grid(kept, page=page) if kept and len(kept[0]) > 1 else None


def ruled_tables(data: bytes, pages: Sequence[int]) -> dict[int, list[Ruled]]:
    """Page number (from 0) -> its tables; pages without one are left out."""
    found: dict[int, list[Ruled]] = {}
    if not pages:
        return found
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1 for number in pages]) as document:
        for page in document.pages:
            height = float(page.height)
            tables = [
                Ruled(_upright(table.bbox, height), tuple(_upright(cell, height) for cell in table.cells))
                for table in page.find_tables()
                if len(table.cells) >= MIN_CELLS
            ]
            if tables:
                found[page.page_number - 1] = tables
            page.close()
    return found


def _upright(box: Sequence[float], height: float) -> Box:
    """pdfplumber measures from the top of the page, pdfium from the bottom."""
    left, top, right, bottom = map(float, box)
    return left, height - bottom, right, height - top


def _inside(box: Box, sign: Sign) -> bool:
    return box[0] <= (sign.left + sign.right) / 2 <= box[2] and box[1] <= sign.middle <= box[3]


def _covers(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _edges(values: Sequence[float]) -> list[float]:
    """Ascending, those nearer than _NEAR points counted as one."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _NEAR:
            edges.append(value)
    return edges


def _text(signs: Sequence[Sign]) -> str:
    return "".join(text for text, _ in lines_of_signs(signs))
