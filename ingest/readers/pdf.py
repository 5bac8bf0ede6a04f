"""PDF with text: visible characters as pdfium sees them, lines and paragraphs by place, tables by their ruled lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from ingest.errors import UnsupportedDocument
from ingest.paper import Paper
from ingest.placed import Placed, blocks_of, without_furniture
from ingest.readers.pdf_signs import Sign, lines_of_signs, visible_signs
from ingest.readers.pdf_tables import Ruled, ruled_tables

MAX_PAGES = 500
MAX_TABLE_PAGES = 60
"""Ruled lines are looked for on so many pages; it is the slow part."""
SCAN_SIGNS = 16
"""A page with a picture over it and fewer visible signs than this is a scan."""
SCAN_SHARE = 0.5
"""… where the picture covers at least this share of the page."""


def read_pdf(data: bytes, name: str) -> Paper:
    """Pages that are pictures are named in `unread`. Raises UnsupportedDocument."""
    document = open_pdf(data, name)
    dropped: Counter[str] = Counter()
    pages: list[list[Placed]] = []
    unread: list[int] = []
    drawn: list[int] = []
    for number in range(len(document)):
        page = document[number]
        signs = visible_signs(page, number, dropped)
        if _is_scan(page, signs):
            unread.append(number)
            signs = []
        elif _draws_lines(page):
            drawn.append(number)
        pages.append(_lines(signs, number, page.get_size()))
        page.close()
    for number, tables in ruled_tables(data, drawn[:MAX_TABLE_PAGES]).items():
        page = document[number]
        signs = visible_signs(page, number, Counter())
        pages[number] = _around_tables(signs, tables, number, page.get_size())
        page.close()
    kept, furniture = without_furniture(pages)
    if furniture:
        dropped["furniture"] += furniture
    return Paper(blocks_of(kept), dict(dropped), len(document), tuple(unread))


def open_pdf(data: bytes, name: str) -> pypdfium2.PdfDocument:
    """Raises UnsupportedDocument: locked, broken, too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnsupportedDocument(name, "PDF 加了密码", "去掉密码，另存一份再传") from error
        raise UnsupportedDocument(name, "PDF 坏了，打不开", "在原来的软件里重新导出一份再传") from error
    if not 0 < len(document) <= MAX_PAGES:
        raise UnsupportedDocument(name, f"PDF 超过{MAX_PAGES}页，或者一页也没有", "只留要公布的那几页再传")
    return document


def _is_scan(page: Any, signs: Sequence[Sign]) -> bool:
    """Most of the page is a picture. A layer of invisible text over it does not count as text."""
    width, height = page.get_size()
    if len(signs) >= SCAN_SIGNS or not width * height:
        return False
    covered = 0.0
    for thing in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        covered += max(0.0, right - left) * max(0.0, top - bottom)
    return bool(covered >= SCAN_SHARE * width * height)


def _draws_lines(page: Any) -> bool:
    paths = 0
    for _ in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        paths += 1
        if paths >= 4:
            return True
    return False


def _lines(signs: Sequence[Sign], number: int, size: tuple[float, float]) -> list[Placed]:
    return [_placed(text, box, number, size) for text, box in lines_of_signs(signs)]


def _placed(text: str, box: tuple[float, float, float, float], number: int, size: tuple[float, float]) -> Placed:
    """box: left, bottom, right, top in points from the lower left corner."""
    width, height = size
    left, bottom, right, top = box
    return Placed(text, left / width, 1 - top / height, right / width, 1 - bottom / height, number + 1)


def _around_tables(
    signs: Sequence[Sign], tables: Sequence[Ruled], number: int, size: tuple[float, float]
) -> list[Placed]:
    """Lines outside of the tables, and the tables, from top to bottom."""
    outside = [sign for sign in signs if not any(table.holds(sign) for table in tables)]
    lines = _lines(outside, number, size)
    for table in tables:
        grid = table.grid(signs, number + 1)
        if grid is not None:
            frame = _placed("", table.frame, number, size)
            lines.append(Placed("", frame.left, frame.top, frame.right, frame.bottom, number + 1, grid))
    return sorted(lines, key=lambda line: line.top)
