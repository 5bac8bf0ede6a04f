"""A report as DOCX: headings, paragraphs and plain tables, so that it can be pasted into the town's own."""

from __future__ import annotations

import io

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from web.staff.needs.report import Report, Section
from web.staff.needs.tables import Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_BODY, _HEADING = "宋体", "黑体"


def docx_of(report: Report) -> bytes:
    document = Document()
    _fonts(document)
    properties = document.core_properties
    properties.title, properties.author = report.title, report.operator
    properties.comments, properties.created = report.closing, report.made_at.replace(tzinfo=None)
    document.add_heading(report.title, 0)
    document.add_paragraph(report.label)
    document.add_paragraph(f"填报单位：{report.operator}")
    for section in report.sections:
        _section(document, section)
    document.add_paragraph(report.closing)
    document.sections[0].footer.paragraphs[0].text = f"{report.label}　{report.closing}"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _section(document: Opened, section: Section) -> None:
    document.add_heading(section.title, 1)
    for number, line in enumerate(section.lines, 1):
        document.add_paragraph(f"{number}. {line}" if section.numbered else line)
    for table in section.tables:
        _table(document, table)


def _table(document: Opened, table: Table) -> None:
    document.add_heading(table.caption, 2)
    if not table.rows:
        document.add_paragraph("没有。")
        return
    made = document.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    for place, head in enumerate(table.heads):
        made.rows[0].cells[place].paragraphs[0].add_run(head).bold = True
    for row in table.rows:
        cells = made.add_row().cells
        for place, value in enumerate(row):
            cells[place].text = str(value)
    document.add_paragraph()


def _fonts(document: Opened) -> None:
    """Chinese faces by name (the default template names none), black headings."""
    for name, face, size in (
        ("Normal", _BODY, 12), ("Title", _HEADING, 18), ("Heading 1", _HEADING, 15), ("Heading 2", _HEADING, 12),
    ):  # fmt: skip
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("ascii", "hAnsi", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), face)
