"""What kind of file this is, by its first bytes and its name; what we do not take is refused with a way on."""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath

from ingest.errors import UnsupportedDocument

MAX_FILE_BYTES = 20 * 1024 * 1024
HEAD_BYTES = 4096


class FileKind(StrEnum):
    """How a file is read. OFFICE: DOCX or XLSX, told apart inside the child. LEGACY: DOC or XLS."""

    PDF = "pdf"
    OFFICE = "office"
    LEGACY = "legacy"
    IMAGE = "image"
    HTML = "html"
    TEXT = "text"


_WPS = "在 WPS 里点“文件”→“另存为”，类型选“Word 文件（.docx）”或“Excel 文件（.xlsx）”，再传一次"
_OFD = "用 OFD 阅读器打开，点“文件”→“导出”（或“打印”选“另存为 PDF”），存成 PDF 再传一次"
_PICTURE = "用手机或电脑把图片存成 JPG 或 PNG，再传一次；iPhone 可以在“设置”→“相机”→“格式”里选“兼容性最佳”"
_UNPACK = "先解压，把里面的文件一份一份传"
_OTHER = "请传 PDF、Word（.docx）、表格（.xlsx）、照片（JPG、PNG）、网页（.html）或纯文本（.txt）"

_TAKEN = (
    (b"%PDF", FileKind.PDF),
    (b"PK\x03\x04", FileKind.OFFICE),
    (b"\x89PNG", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"\xd0\xcf\x11\xe0", FileKind.LEGACY),
)
_REFUSED = (
    (b"Rar!", "这是压缩文件", _UNPACK),
    (b"7z\xbc\xaf", "这是压缩文件", _UNPACK),
    (b"\x1f\x8b", "这是压缩文件", _UNPACK),
    (b"PK\x05\x06", "这是空的压缩文件", _OTHER),
    (b"GIF8", "这种图片不能读", _PICTURE),
    (b"BM", "这种图片不能读", _PICTURE),
    (b"II*\0", "这种图片不能读", _PICTURE),
    (b"MM\0*", "这种图片不能读", _PICTURE),
    (b"RIFF", "这种图片或视频不能读", _PICTURE),
    (b"\0\0\1\0", "这种图片不能读", _PICTURE),
    (b"MZ", "这是程序，不是文件", _OTHER),
    (b"\x7fELF", "这是程序，不是文件", _OTHER),
    (b"{\\rtf", "这是 RTF 文件", "用 Word 或 WPS 打开，“另存为”时类型选 .docx，再传一次"),
)
_BY_NAME = {
    ".wps": ("这是 WPS 文字的老格式", _WPS),
    ".et": ("这是 WPS 表格的老格式", _WPS),
    ".dps": ("这是演示文稿", _OTHER),
    ".ofd": ("这是 OFD 版式文件", _OFD),
    ".ppt": ("这是演示文稿", _OTHER),
    ".pptx": ("这是演示文稿", _OTHER),
    ".heic": ("这种照片格式不能读", _PICTURE),
    ".svg": ("这种图片不能读", _PICTURE),
}
_WEB_NAMES = (".html", ".htm", ".mht", ".xhtml")


def kind_of(head: bytes, name: str) -> FileKind:
    """head: the first HEAD_BYTES or all. name: as shown to people. Raises UnsupportedDocument."""
    suffix = PurePath(name).suffix.lower()
    if not head:
        raise UnsupportedDocument(name, "文件是空的", "检查是不是传错了文件")
    if suffix in _BY_NAME:
        raise UnsupportedDocument(name, *_BY_NAME[suffix])
    if head[4:8] == b"ftyp":
        raise UnsupportedDocument(name, "这是视频，或者不能读的照片格式", _PICTURE)
    for signature, kind in _TAKEN:
        if head.startswith(signature):
            return kind
    for signature, reason, remedy in _REFUSED:
        if head.startswith(signature):
            raise UnsupportedDocument(name, reason, remedy)
    if suffix in (".pdf", ".docx", ".xlsx", ".png", ".jpg", ".jpeg"):
        raise UnsupportedDocument(name, "文件坏了，或者名字和内容对不上", "在原来的软件里打开看看，重新存一份再传")
    return FileKind.HTML if suffix in _WEB_NAMES or _looks_like_web(head) else FileKind.TEXT


def _looks_like_web(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body"))
