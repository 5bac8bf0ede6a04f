"""The zip around DOCX and XLSX: counted and weighed before anything inside is unpacked."""

from __future__ import annotations

import io
import lzma
import re
import zipfile
import zlib

from ingest.errors import UnsupportedDocument

MAX_ENTRIES = 2_000
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
SMALL_BYTES = 1024 * 1024
"""Parts below this may be packed tighter than MAX_RATIO: a page of blanks is no bomb."""

UNSOUND = (
    zipfile.BadZipFile,  # no directory, or a part is not what its checksum says
    EOFError,  # a part ends before the length that the directory gives
    zlib.error,  # a packed part is damaged: deflate,
    lzma.LZMAError,  # LZMA,
    OSError,  # and bzip2, which says it so; nothing here comes from a disk
    ValueError,  # offsets before the file, names and texts that are no text
    OverflowError,  # lengths that no number here can hold
    NotImplementedError,  # packed in a way that zipfile does not know
)
"""What zipfile raises of an archive that is cut, forged or damaged, and nothing else: all become one sentence."""
_RESAVE = "在 Word 或 WPS 里打开，另存一份新的再传"
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE|<!\s*ENTITY", re.I)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """A sound archive within the limits, without DOCTYPE in any part. Raises UnsupportedDocument."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        _weigh(archive, name)
        _refuse_doctype(archive, name)
    except UNSOUND as error:
        raise UnsupportedDocument(name, "文件坏了，打不开", _RESAVE) from error
    return archive


def _weigh(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    if len(parts) > MAX_ENTRIES:
        raise UnsupportedDocument(name, "文件里塞的东西太多", _RESAVE)
    if len({part.filename for part in parts}) != len(parts):
        raise UnsupportedDocument(name, "文件里有重名的内容，不敢读", _RESAVE)
    if any(part.flag_bits & 1 for part in parts):
        raise UnsupportedDocument(name, "文件加了密码", "去掉密码，另存一份再传")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES or any(map(_is_bomb, parts)):
        raise UnsupportedDocument(name, "文件展开后太大", "删掉大图片和空白的行列，另存一份再传")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > SMALL_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1)


def _refuse_doctype(archive: zipfile.ZipFile, name: str) -> None:
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(part) as file:
                text = file.read(MAX_UNPACKED_BYTES + 1)
            # UTF-16 hides the sign between zero bytes
            if _DOCTYPE.search(text) or _DOCTYPE.search(text[:4096].replace(b"\0", b"")):
                raise UnsupportedDocument(name, "文件里有不该有的内容（外部引用），不敢读", _RESAVE)
