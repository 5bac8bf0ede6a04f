"""An uploaded or named file as a document, for the operator's command: unknown dates stay unknown."""

from __future__ import annotations

import tempfile
from pathlib import PurePath

from ingest.cutting import cut_paper
from ingest.document import ReadDocument
from ingest.effective import effective_from
from ingest.errors import UnsupportedDocument
from ingest.read_file import read_file
from ingest.slugs import slug_of
from knowledge.types import DocumentKind, Period


def read_office_document(data: bytes, path: str) -> ReadDocument:
    """PDF, DOCX, XLSX, HTML or a picture. path: as shown to people. Raises UnsupportedDocument."""
    name = PurePath(path).stem
    with tempfile.TemporaryFile() as file:
        file.write(data)
        paper = read_file(file, path)
    cut = cut_paper(paper, name)
    if not cut.cuts:
        raise UnsupportedDocument(path, "文件里没有文字", "检查是不是传错了文件")
    is_law = any(part.part[0].isdigit() for part in cut.cuts)
    is_report = cut.title.endswith("报告")
    kind = DocumentKind.STATUTE if is_law else DocumentKind.REPORT if is_report else DocumentKind.POLICY
    return ReadDocument(
        id=slug_of(name),
        kind=kind,
        topic="report" if is_report else "",
        title=cut.title,
        content="\n".join(cut.lines),
        cuts=cut.cuts,
        period=Period(start=effective_from(cut.lines)) if is_law else Period(),
    )
