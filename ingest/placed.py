"""Lines of text with their place on a page, made into paragraphs again: PDF and pictures know no paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from ingest.outline import read_line
from ingest.paper import Block, Grid, Paragraph

MARGIN_SHARE = 0.12
"""Furniture (heads, feet, page numbers) stands in this share of a page's height, at its top or bottom."""
PAGE_NUMBER = re.compile(r"[-—–·.\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／共，,]\s*(?:共\s*)?\d{1,4}\s*页?)?[-—–·.\s]*")
_ENDS = tuple("。！？；：:;!?")
_LATIN_BREAK = re.compile(r"([A-Za-z]{2,})-$")


@dataclass(frozen=True, slots=True)
class Placed:
    """One line. left .. bottom: shares of the page's width and height, 0..1, top < bottom. grid: a table instead."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int
    grid: Grid | None = None

    @property
    def height(self) -> float:
        return self.bottom - self.top


def without_furniture(pages: Sequence[Sequence[Placed]]) -> tuple[list[list[Placed]], int]:
    """Pages without what repeats at their edges and without page numbers; how many lines went."""
    edges = Counter(
        key for page in pages for key in {_key(line) for line in page if line.grid is None and _at_edge(line)}
    )
    least = max(2, (len(pages) + 1) // 2)
    kept = [[line for line in page if not _is_furniture(line, edges, least)] for page in pages]
    return kept, sum(map(len, pages)) - sum(map(len, kept))


def _key(line: Placed) -> str:
    return re.sub(r"\d+", "#", re.sub(r"\s", "", line.text))


def _at_edge(line: Placed) -> bool:
    return line.bottom < MARGIN_SHARE or line.top > 1 - MARGIN_SHARE


def _is_furniture(line: Placed, edges: Counter[str], least: int) -> bool:
    if line.grid is not None or not _at_edge(line):
        return False
    return bool(PAGE_NUMBER.fullmatch(line.text)) or edges[_key(line)] >= least


def blocks_of(pages: Sequence[Sequence[Placed]]) -> tuple[Block, ...]:
    """Paragraphs and tables in reading order; a paragraph or table may run over the end of a page."""
    lines = [line for page in pages for line in page]
    if not lines:
        return ()
    texts = [line for line in lines if line.grid is None]
    edges = _edges(texts)
    found: list[Block] = []
    last: Placed | None = None
    for line in lines:
        before = found[-1] if found else None
        if line.grid is not None:
            found[-1:] = _with_table(before, line.grid)
        elif isinstance(before, Paragraph) and last is not None and _goes_on(last, line, edges):
            found[-1] = replace(before, text=_run_on(before.text, line.text))
        else:
            found.append(Paragraph(line.text, page=line.page))
        last = line if line.grid is None else None
    return tuple(found)


def _edges(lines: Sequence[Placed]) -> tuple[float, float]:
    """Where lines begin and where full lines end: near the far left and right of what is written."""
    starts, ends = sorted(line.left for line in lines), sorted(line.right for line in lines)
    return (starts[len(starts) // 10], ends[int(0.9 * (len(ends) - 1))]) if lines else (0.0, 1.0)


def _goes_on(last: Placed, line: Placed, edges: tuple[float, float]) -> bool:
    """A full line, followed by one that starts at the margin and opens nothing of its own."""
    sign = max(last.height, line.height)
    set_right = last.left > edges[0] + 6 * _sign_width(last)
    full = last.right > edges[1] - 2.2 * _sign_width(last) and not set_right
    new = read_line(line.text).rank is not None or line.left > last.left + 1.4 * _sign_width(line)
    apart = line.page == last.page and line.top - last.bottom > 1.8 * sign
    differ = abs(last.height - line.height) > 0.45 * sign
    ended = last.text.endswith(_ENDS) and line.left > last.left + 0.7 * _sign_width(line)
    return full and not new and not apart and not differ and not ended


def _sign_width(line: Placed) -> float:
    wide = sum(1.0 if sign > "\u2e7f" else 0.5 for sign in line.text) or 1.0
    return (line.right - line.left) / wide


def _run_on(before: str, text: str) -> str:
    """Chinese joins without a blank; a Latin word that was broken at the end of the line is whole again."""
    if _LATIN_BREAK.search(before) and text[:1].islower():
        return before[:-1] + text
    both_latin = before[-1:].isascii() and text[:1].isascii() and before[-1:].isalpha() and text[:1].isalpha()
    return f"{before} {text}" if both_latin else before + text


def _with_table(before: Block | None, grid: Grid) -> list[Block]:
    """The table after the block, or grown into it where it goes on from the page before."""
    if before is None:
        return [grid]
    if isinstance(before, Grid) and before.page == grid.page - 1 and len(before.rows[0]) == len(grid.rows[0]):
        rows = grid.rows[1:] if grid.rows[0] == before.rows[0] else grid.rows
        return [replace(before, rows=before.rows + rows, page=grid.page)]
    return [before, grid]


def rows_of(lines: Sequence[Placed]) -> list[list[Placed]]:
    """Lines side by side, top to bottom, each row left to right."""
    rows: list[list[Placed]] = []
    for line in sorted(lines, key=lambda each: (each.top + each.bottom) / 2):
        middle = (line.top + line.bottom) / 2
        if rows and abs(middle - _middle(rows[-1])) < 0.5 * min(line.height, rows[-1][0].height):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda each: each.left) for row in rows]


def _middle(row: Sequence[Placed]) -> float:
    return median((line.top + line.bottom) / 2 for line in row)


def side_by_side(lines: Sequence[Placed]) -> Iterator[Placed]:
    """Pieces of one row joined into one line; three rows or more of the same columns become a table."""
    rows = rows_of(lines)
    at = 0
    while at < len(rows):
        end = at
        while end < len(rows) and len(rows[end]) == len(rows[at]) >= 2 and _same_columns(rows[at], rows[end]):
            end += 1
        if end - at >= 3:
            yield _table(rows[at:end])
            at = end
        else:
            yield _one(rows[at])
            at += 1


def _same_columns(one: Sequence[Placed], other: Sequence[Placed]) -> bool:
    return all(a.left < b.right and b.left < a.right for a, b in zip(one, other, strict=True))


def _table(rows: Sequence[Sequence[Placed]]) -> Placed:
    cells = tuple(tuple(piece.text for piece in row) for row in rows)
    whole = [piece for row in rows for piece in row]
    return replace(_around(whole), grid=Grid(cells, page=whole[0].page))


def _one(row: Sequence[Placed]) -> Placed:
    text = row[0].text
    for before, piece in zip(row, row[1:], strict=False):
        gap = piece.left - before.right
        text += (" " if gap > 0.8 * _sign_width(before) else "") + piece.text
    return replace(_around(row), text=text)


def _around(pieces: Sequence[Placed]) -> Placed:
    return Placed(
        "",
        min(piece.left for piece in pieces),
        min(piece.top for piece in pieces),
        max(piece.right for piece in pieces),
        max(piece.bottom for piece in pieces),
        pieces[0].page,
    )
