"""The ZIP around the text files: written whole, opened within limits."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from ingest.errors import UnsupportedDocument
from ingest.readers.archive import UNSOUND, open_archive
from knowledge.overlay_import import has_references, is_ours

MAX_TEXT_BYTES = 2 * 1024 * 1024
_FIXED = (2020, 1, 1, 0, 0, 0)
_REMEDY = "请用工作台导出的压缩包，只改里面的文字"


def packed(files: Mapping[str, str]) -> bytes:
    """The same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _FIXED), files[name].encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def unpacked(data: bytes, name: str) -> dict[str, str]:
    """Path -> text; a folder that is around all of it is left out. Raises UnsupportedDocument."""
    with open_archive(data, name) as archive:
        parts = [part for part in archive.infolist() if not part.is_dir()]
        around = _folder_around([part.filename for part in parts])
        files: dict[str, str] = {}
        for part in parts:
            path = part.filename.removeprefix(around)
            if not is_ours(path):
                files[path] = ""
                continue
            if part.file_size > MAX_TEXT_BYTES:
                raise UnsupportedDocument(name, f"里面的 {path} 太大", _REMEDY)
            files[path] = _text(archive, part, name)
    if not any(map(is_ours, files)):
        raise UnsupportedDocument(name, "里面没有条目，也没有数字", _REMEDY)
    return files


def _text(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> str:
    try:
        with archive.open(part) as file:
            text = file.read(MAX_TEXT_BYTES + 1).decode("utf-8")
    except UNSOUND as error:
        raise UnsupportedDocument(name, f"里面的 {part.filename[:80]} 读不出来", _REMEDY) from error
    head = text.split("\n---\n")[0] if part.filename.endswith(".md") else text
    if not part.filename.endswith(".toml") and has_references(head.removeprefix("---\n")):
        raise UnsupportedDocument(name, f"里面的 {part.filename[:80]} 有不该有的写法（& 和 *）", _REMEDY)
    return text


def _folder_around(names: list[str]) -> str:
    """``knowledge/`` where every file lies below it and none of them is ours without it."""
    first = {name.partition("/")[0] for name in names}
    return f"{first.pop()}/" if len(first) == 1 and not any(map(is_ours, names)) else ""
