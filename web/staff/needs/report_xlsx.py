"""A report as XLSX: the sentences on the first sheet, then one sheet for each table."""

from __future__ import annotations

import io

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped]

from web.staff.needs.report import Report
from web.staff.needs.tables import Cell, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (36, 16)
"""Of the first column and of the others, in characters."""
TEXT_WIDTH = 100


def xlsx_of(report: Report) -> bytes:
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    _words(first, report)
    for section in report.sections:
        for table in section.tables:
            _table(book.create_sheet(table.caption[:31]), table, report.label)
    book.properties.title, book.properties.creator = report.title, report.operator
    book.properties.description = report.closing
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _words(sheet: Worksheet, report: Report) -> None:
    sheet.title = "报告"
    sheet.column_dimensions["A"].width = TEXT_WIDTH
    lines = [(report.title, True), (report.label, False), (f"填报单位：{report.operator}", False)]
    for section in report.sections:
        lines.append((section.title, True))
        lines += [
            (f"{number}. {line}" if section.numbered else line, False) for number, line in enumerate(section.lines, 1)
        ]
    lines.append((report.closing, False))
    for number, (line, is_head) in enumerate(lines, 1):
        _put(sheet, number, 1, line, bold=is_head)


def _table(sheet: Worksheet, table: Table, label: str) -> None:
    """The label stands above every table: a sheet is copied alone."""
    _put(sheet, 1, 1, table.caption, bold=True)
    _put(sheet, 2, 1, label)
    for place, head in enumerate(table.heads, 1):
        _put(sheet, 3, place, head, bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[min(place, len(WIDTHS)) - 1]
    for number, row in enumerate(table.rows, 4):
        for place, value in enumerate(row, 1):
            _put(sheet, number, place, value)
    sheet.freeze_panes = "A4"


def _put(sheet: Worksheet, row: int, column: int, value: Cell, *, bold: bool = False) -> None:
    """Words are words, also those that begin like a formula."""
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font = Font(bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
