"""The child that reads one file, or one page of it: bytes on stdin, one JSON object on stdout.

Started by `ingest.child` as `python -I -c …`; whatever it meets, it ends by itself or by its limits.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

from ingest.child_limits import confine
from ingest.errors import UnsupportedDocument
from ingest.paper import MAX_CHARS, Paper, as_json

TOO_MUCH = ("文件太大、太复杂，读到一半停下了", "删掉用不着的图片和表格，或者拆成几份再传")
BROKEN = ("文件坏了，读不出来", "在原来的软件里打开看看，重新存一份再传")


def main() -> None:
    """Argument: JSON with reader, name, memory_mib, cpu_s, and what the reader wants to know besides."""
    asked = json.loads(sys.argv[1])
    confine(asked["memory_mib"], asked["cpu_s"])
    answer = _answer(asked, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())
    sys.stdout.buffer.flush()


def _answer(asked: Mapping[str, Any], data: bytes) -> dict[str, Any]:
    try:
        paper = read(asked["reader"], data, asked["name"], int(asked.get("page") or 0))
    except UnsupportedDocument as refused:
        return {"refused": [refused.reason, refused.remedy]}
    except MemoryError:
        return {"refused": TOO_MUCH}
    except Exception as error:  # foreign parsers raise anything; the file is broken, and the parent says so
        return {"refused": BROKEN, "error": type(error).__name__}
    if paper.chars > MAX_CHARS:
        return {"refused": TOO_MUCH}
    return {"paper": as_json(paper)}


def read(reader: str, data: bytes, name: str, page: int) -> Paper:
    """Each reader is imported when it is wanted: none pays for the others' libraries."""
    if reader == "office":
        from ingest.readers.office import read_office

        return read_office(data, name)
    if reader == "pdf":
        from ingest.readers.pdf import read_pdf

        return read_pdf(data, name)
    if reader == "html":
        from ingest.readers.html import read_html

        return read_html(data, name)
    if reader == "pdf-page":
        from ingest.readers.scan import read_scanned_page

        return read_scanned_page(data, page)
    if reader == "image":
        from ingest.readers.image import read_image

        return read_image(data, name)
    from ingest.readers.pasted import read_text_file

    return read_text_file(data, name)
