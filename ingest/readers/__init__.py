"""Readers: bytes to a document. Which one is chosen by what stands in the file, not by its name."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.document import ReadDocument
from ingest.encoding import decode
from ingest.errors import UnsupportedDocument
from ingest.listed import as_listed
from ingest.readers.entry import looks_like_entry, read_entry
from ingest.readers.plain import read_plain
from ingest.readers.statute import looks_like_statute, read_statute
from knowledge.types import Instrument

_SIGNATURES = (
    (b"%PDF", "这是 PDF 文件", "请在工作人员页面上传，或者另存为 TXT"),
    (b"PK\x03\x04", "这是 Word、表格或压缩文件", "请在工作人员页面上传，或者另存为 TXT"),
    (b"\xd0\xcf\x11\xe0", "这是旧版 Word 或表格文件", "请另存为 DOCX 后在工作人员页面上传，或者另存为 TXT"),
    (b"\x89PNG", "这是图片", "请在工作人员页面上传"),
    (b"\xff\xd8\xff", "这是图片", "请在工作人员页面上传"),
)


def read_document(
    data: bytes, path: str, instruments: Mapping[str, Instrument], regions: Mapping[str, str]
) -> ReadDocument:
    """path: as shown to people. regions: level name -> code, for listed laws and notices.

    Raises UnsupportedDocument, KnowledgeError (an entry with faults).
    """
    for signature, reason, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise UnsupportedDocument(path, reason, remedy)
    text = decode(data, path)
    if looks_like_entry(text):
        return read_entry(text, path, instruments)
    document = read_statute(text, path) if looks_like_statute(text) else read_plain(text, path)
    return as_listed(document, path, instruments, regions)
