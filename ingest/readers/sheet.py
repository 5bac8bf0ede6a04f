"""XLSX: each sheet a table, merged cells filled, figures written as the sheet shows them; hidden ones left out."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import column_index_from_string  # type: ignore[import-untyped]

from ingest.errors import UnsupportedDocument
from ingest.paper import Block, Grid, Paper, Paragraph
from ingest.readers.archive import open_archive

MAX_CELLS = 200_000
_TINY_POINTS = 4
_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_MERGE = re.compile(rb"<(?:\w+:)?mergeCell[^>]*\bref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_DECIMALS = re.compile(r"0\.(0+)")


def read_sheet(data: bytes, name: str) -> Paper:
    """Raises UnsupportedDocument."""
    _refuse_too_many(data, name)
    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError) as error:  # openpyxl trusts what it reads
        raise UnsupportedDocument(name, "表格坏了，打不开", "在 Excel 或 WPS 里打开，另存一份新的再传") from error
    dropped: Counter[str] = Counter()
    blocks: list[Block] = []
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            dropped["hidden"] += 1
        else:
            blocks += _blocks(sheet, dropped)
    return Paper(tuple(blocks), dict(dropped))


def _refuse_too_many(data: bytes, name: str) -> None:
    archive = open_archive(data, name)
    cells = 0
    for part in archive.namelist():
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            text = archive.read(part)
            cells += len(_CELL.findall(text))
            if any(_size(*match.groups()) > MAX_CELLS for match in _MERGE.finditer(text)):
                raise UnsupportedDocument(name, "表格里有一处合并了几十万个格子", "取消那一处合并，另存一份再传")
    if cells > MAX_CELLS:
        raise UnsupportedDocument(name, "表格的格子超过20万个", "只留要公布的那几张表，另存一份再传")


def _size(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """Cells of a range such as A10:XFD1048000."""
    columns = column_index_from_string(right.decode()) - column_index_from_string(left.decode()) + 1
    return int(abs(columns) * abs(int(bottom) - int(top) + 1))


def _blocks(sheet: Any, dropped: Counter[str]) -> Iterator[Block]:
    """Lines of one cell above and below are paragraphs; what lies between is the table."""
    rows = list(_rows(sheet, dropped))
    first = next((n for n, row in enumerate(rows) if _width(row) > 1), len(rows))
    last = next((n for n in range(len(rows), first, -1) if _width(rows[n - 1]) > 1), first)
    yield from _paragraphs(rows[:first])
    if last > first:
        used = [n for n in range(len(rows[first])) if any(row[n] for row in rows[first:last])]
        cells = tuple(tuple(row[n] for n in used) for row in rows[first:last])
        yield Grid(cells, name=sheet.title)
    yield from _paragraphs(rows[last:])


def _paragraphs(rows: list[list[str]]) -> Iterator[Paragraph]:
    for row in rows:
        yield from (Paragraph(cell) for cell in dict.fromkeys(cell for cell in row if cell))


def _width(row: list[str]) -> int:
    """Cells that say something different; a title merged over the table counts once."""
    return len({cell for cell in row if cell})


def _rows(sheet: Any, dropped: Counter[str]) -> Iterator[list[str]]:
    merged = _merged(sheet)
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if sheet.row_dimensions[number].hidden:
            dropped["hidden"] += any(cell.value is not None for cell in row)
            continue
        texts = [_text(merged.get((cell.row, cell.column), cell), sheet, dropped) for cell in row]
        if any(texts):
            yield texts


def _merged(sheet: Any) -> dict[tuple[int, int], Any]:
    """Each place of a merged range -> its first cell."""
    found = {}
    for area in sheet.merged_cells.ranges:
        first = sheet.cell(area.min_row, area.min_col)
        for row in range(area.min_row, min(area.max_row, sheet.max_row) + 1):
            for column in range(area.min_col, min(area.max_col, sheet.max_column) + 1):
                found[row, column] = first
    return found


def _text(cell: Any, sheet: Any, dropped: Counter[str]) -> str:
    if cell.comment is not None:
        dropped["comment"] += 1
    text = shown_value(cell.value, cell.number_format or "")
    if text and (reason := _unseen(cell, sheet)):
        dropped[reason] += 1
        return ""
    return text


def _unseen(cell: Any, sheet: Any) -> str | None:
    column = sheet.column_dimensions.get(cell.column_letter)
    if column is not None and column.hidden:
        return "hidden"
    if cell.number_format == ";;;":
        return "hidden"
    font = cell.font
    if font.sz is not None and font.sz <= _TINY_POINTS:
        return "tiny"
    colour = font.color.rgb if font.color is not None and font.color.type == "rgb" else None
    plain = cell.fill is None or cell.fill.fill_type is None
    if isinstance(colour, str) and re.fullmatch("(?:FF|00)?F[0-9A-F]F[0-9A-F]F[0-9A-F]", colour, re.I) and plain:
        return "white"
    return None


def shown_value(value: object, form: str) -> str:
    """A cell as the sheet shows it: 0.45 in a percent format is 45%. value: as openpyxl gives it."""
    if value is None or isinstance(value, bool):
        return {None: "", True: "是", False: "否"}[value]
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return _number(value, form)
    return "\n".join(line.strip() for line in str(value).strip().split("\n") if line.strip())


def _number(value: int | float, form: str) -> str:
    exact = Decimal(repr(value))
    percent = "%" in form
    if percent:
        exact *= 100
    places = _DECIMALS.search(form)
    digits = len(places[1]) if places else (0 if form.startswith("0") else None)
    if digits is not None:
        exact = exact.quantize(Decimal(1).scaleb(-digits))
    text = f"{exact.normalize():f}" if digits is None or exact == exact.to_integral() else f"{exact:f}"
    return text + ("%" if percent else "")
