"""Word files: paragraphs with the level of their heading and their automatic number, tables with merged cells filled."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.ns import qn

from ingest.errors import UnsupportedDocument
from ingest.paper import Block, Grid, Paper, Paragraph
from ingest.readers.docx_numbers import Numbers
from ingest.readers.docx_runs import Styles, text_of

_TITLE_STYLES = ("title", "标题")
_BROKEN = ("Word 文件坏了，打不开", "在 Word 或 WPS 里打开，另存一份新的再传")


def read_docx(data: bytes, name: str) -> Paper:
    """Headers, footers and comments are no part of the text. Raises UnsupportedDocument."""
    try:
        document = Document(io.BytesIO(data))
    except (KeyError, ValueError, AttributeError) as error:  # parts missing, of another type, without a root
        raise UnsupportedDocument(name, *_BROKEN) from error
    reader = _Reader(document)
    blocks = tuple(reader.blocks(document.element.body))
    if comments := _count_comments(document):
        reader.dropped["comment"] += comments
    return Paper(blocks, dict(reader.dropped))


def _count_comments(document: Any) -> int:
    parts = (part for part in document.part.package.iter_parts() if str(part.partname).endswith("/comments.xml"))
    return sum(part.blob.count(b"<w:comment ") for part in parts)


class _Reader:
    """Walks the body once; keeps the counters of automatic numbers and of what was left out."""

    def __init__(self, document: Any) -> None:
        self.styles = Styles(document.styles.element)
        self.numbers = Numbers(document)
        self.dropped: Counter[str] = Counter()

    def blocks(self, body: Any) -> Iterator[Block]:
        for element in body:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self._table(element)
            elif element.tag == qn("w:sdt"):
                for content in element.findall(qn("w:sdtContent")):
                    yield from self.blocks(content)

    def _paragraph(self, element: Any) -> Iterator[Paragraph]:
        text = text_of(element, self.styles, self.dropped)
        number = self.numbers.of(element, self.styles.of(element))
        level = self._level(element)
        for line in text.split("\n"):
            if line.strip():
                yield Paragraph(number + line.strip(), level)
                number = ""
        for box in element.iter(qn("w:txbxContent")):
            # The same box stands twice: for new programs and, as a fallback, for old ones.
            if not any(parent.tag.endswith("}Fallback") for parent in box.iterancestors()):
                yield from (block for block in self.blocks(box) if isinstance(block, Paragraph))

    def _level(self, element: Any) -> int | None:
        """1..6 for headings; None for text. A title counts as 1."""
        style = self.styles.name(element).lower()
        if style in _TITLE_STYLES:
            return 1
        outline = self.styles.outline(element)
        return outline + 1 if outline is not None and outline < 6 else None

    def _table(self, table: Any) -> Iterator[Block]:
        rows = [self._row(row) for row in table.findall(qn("w:tr"))]
        width = max((len(row) for row in rows), default=0)
        if width == 1:
            for row in rows:
                yield from (Paragraph(line) for line in (row[0] or "").split("\n") if line)
        elif rows:
            filled = _filled([row + [""] * (width - len(row)) for row in rows])
            marked = sum(1 for row in table.findall(qn("w:tr")) if row.find(f".//{qn('w:tblHeader')}") is not None)
            yield Grid(tuple(tuple(row) for row in filled), marked)

    def _row(self, row: Any) -> list[str | None]:
        """Cells of the grid; None continues the cell above."""
        cells: list[str | None] = []
        for cell in row.iter(qn("w:tc")):
            if cell.getparent() is not row and cell.getparent().getparent() is not row:
                continue  # a table in a table: its words are in the outer cell
            span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            goes_on = merge is not None and merge.get(qn("w:val")) != "restart"
            words = None if goes_on else self._cell_text(cell)
            cells += [words] * (int(span.get(qn("w:val"))) if span is not None else 1)
        return cells

    def _cell_text(self, cell: Any) -> str:
        texts = []
        for paragraph in cell.iter(qn("w:p")):
            number = self.numbers.of(paragraph, self.styles.of(paragraph))
            text = text_of(paragraph, self.styles, self.dropped).strip()
            texts += [number + text] if text else []
        return "\n".join(texts)


def _filled(rows: list[list[str | None]]) -> list[list[str]]:
    whole: list[list[str]] = []
    for row in rows:
        above = whole[-1] if whole else [""] * len(row)
        whole.append([above[place] if cell is None else cell for place, cell in enumerate(row)])
    return whole
