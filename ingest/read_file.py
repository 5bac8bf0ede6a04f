"""One uploaded file to what it says: its kind, its reader in a child, and one child more for each scanned page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ingest.child import PAGE_LIMITS, read_in_child
from ingest.errors import UnsupportedDocument
from ingest.paper import Paper
from ingest.placed_pages import with_read_pages
from ingest.signatures import HEAD_BYTES, MAX_FILE_BYTES, FileKind, kind_of

Pages = Callable[[int, int], None]
"""(pages read, pages in all), told as each page of a scan is done."""

_CONVERT_S = 90
_NO_CONVERTER = (
    "这是老格式的 Word 或表格文件",
    "在 Word 或 WPS 里点“文件”→“另存为”，类型选 .docx（文字）或 .xlsx（表格），再传一次",
)
_EMPTY = ("文件里没有读到文字", "检查是不是传错了文件；照片请拍清楚、拍正，再传一次")


def read_file(file: IO[bytes], name: str, pages: Pages = lambda done, total: None) -> Paper:
    """file: a real one, open for reading. name: as shown to people. Raises UnsupportedDocument."""
    if file.seek(0, 2) > MAX_FILE_BYTES:
        raise UnsupportedDocument(name, "文件超过20 MB", "拆成几份，或者把图片调小再传")
    file.seek(0)
    kind = kind_of(file.read(HEAD_BYTES), name)
    if kind is FileKind.LEGACY:
        with _converted(file, name) as newer:
            return _checked(read_in_child("office", newer, name), name)
    if kind is FileKind.IMAGE:
        pages(0, 1)
        paper = read_in_child("image", file, name, limits=PAGE_LIMITS)
        pages(1, 1)
        return _checked(paper, name)
    paper = read_in_child(kind.value, file, name)
    return _checked(_with_scans(paper, file, name, pages) if paper.unread else paper, name)


def _with_scans(paper: Paper, file: IO[bytes], name: str, pages: Pages) -> Paper:
    """A page that cannot be read is left empty and counted; the file is refused only if none can be."""
    read: dict[int, Paper] = {}
    failed = 0
    for done, number in enumerate(paper.unread):
        pages(done, len(paper.unread))
        try:
            read[number] = read_in_child("pdf-page", file, name, page=number, limits=PAGE_LIMITS)
        except UnsupportedDocument:
            failed += 1
            if failed == len(paper.unread):
                raise
    pages(len(paper.unread), len(paper.unread))
    return with_read_pages(paper, read, failed)


def _checked(paper: Paper, name: str) -> Paper:
    if not paper.chars:
        raise UnsupportedDocument(name, *_EMPTY)
    return paper


def converter() -> str | None:
    """The LibreOffice program, where one is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


@contextmanager
def _converted(file: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """The file in its newer format. Raises UnsupportedDocument without LibreOffice, or where it fails."""
    program = converter()
    wanted = _newer_format(file, name)
    if program is None:
        raise UnsupportedDocument(name, *_NO_CONVERTER)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.bin"
        file.seek(0)
        with source.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        command = [program, "--headless", "--norestore", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", wanted, "--outdir", folder, str(source)]
        try:
            subprocess.run(command, timeout=_CONVERT_S, capture_output=True, check=False, env={"HOME": folder})
            newer = (Path(folder) / f"in.{wanted}").open("rb")
        except (subprocess.TimeoutExpired, OSError) as error:
            raise UnsupportedDocument(name, *_NO_CONVERTER) from error
        with newer:
            yield newer


def _newer_format(file: IO[bytes], name: str) -> str:
    """docx or xlsx. Raises UnsupportedDocument for what else comes in this container."""
    file.seek(0)
    data = file.read(MAX_FILE_BYTES)
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnsupportedDocument(name, "文件加了密码", "去掉密码，另存一份再传")
    if "WordDocument".encode("utf-16-le") in data:
        return "docx"
    if "Workbook".encode("utf-16-le") in data:
        return "xlsx"
    raise UnsupportedDocument(name, *_NO_CONVERTER)
