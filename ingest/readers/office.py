"""A zip of Office parts: which kind it is, and its reader."""

from __future__ import annotations

from ingest.errors import UnsupportedDocument
from ingest.paper import Paper
from ingest.readers.archive import open_archive

_SAVE_AS = "用原来的软件打开，点“文件”→“另存为”，类型选 .docx（文字）或 .xlsx（表格），再传一次"


def read_office(data: bytes, name: str) -> Paper:
    """Raises UnsupportedDocument."""
    parts = set(open_archive(data, name).namelist())
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise UnsupportedDocument(name, "文件里有宏程序", "另存为不带宏的 .docx 或 .xlsx，再传一次")
    if "word/document.xml" in parts:
        from ingest.readers.docx import read_docx

        return read_docx(data, name)
    if "xl/workbook.xml" in parts:
        from ingest.readers.sheet import read_sheet

        return read_sheet(data, name)
    if "OFD.xml" in parts:
        raise UnsupportedDocument(name, "这是 OFD 版式文件", "用 OFD 阅读器打开，导出（或打印）成 PDF 再传一次")
    if any(part.startswith("ppt/") for part in parts):
        raise UnsupportedDocument(name, "这是演示文稿", "把要用的文字复制到 Word 里，存成 .docx 再传")
    if "content.xml" in parts:
        raise UnsupportedDocument(name, "这是别的办公软件的格式", _SAVE_AS)
    raise UnsupportedDocument(name, "这是压缩文件，不是 Word 或表格", "先解压，把里面的文件一份一份传")
