"""Free texts, TXT or Markdown: notices, guides, reports, cut along their outline."""

from __future__ import annotations

from pathlib import PurePath

from ingest.chunk import chunk
from ingest.document import ReadDocument
from ingest.errors import UnsupportedDocument
from ingest.outline import Line, is_headline, read_line, walk
from ingest.shown_text import lines_of
from ingest.slugs import slug_of
from knowledge.types import DocumentKind


def read_plain(text: str, path: str) -> ReadDocument:
    """Title: the first heading, else the file's name. Dates are unknown.

    Raises UnsupportedDocument when empty.
    """
    lines = [read_line(line) for line in lines_of(text)]
    title, body = take_title(lines, PurePath(path).stem)
    cuts = chunk(walk(body, title))
    if not cuts:
        raise UnsupportedDocument(path, "文件里没有文字", "检查是不是传错了文件")
    is_report = title.endswith("报告")
    return ReadDocument(
        id=slug_of(PurePath(path).stem),
        kind=DocumentKind.REPORT if is_report else DocumentKind.POLICY,
        topic="report" if is_report else "",
        title=title,
        content="\n".join(line.text for line in lines),
        cuts=cuts,
    )


def take_title(lines: list[Line], otherwise: str) -> tuple[str, list[Line]]:
    """The title and what follows it. Titles may run over several lines, all of one kind."""
    first = lines[0] if lines else None
    if first is None or not _is_title(first) or len(lines) == 1:
        return otherwise, lines
    title, count = first.text, 1
    while count < len(lines) - 1 and _continues(first, title, lines[count]):
        title += (" " if first.is_markdown else "") + lines[count].text
        count += 1
    return title, lines[count:]


def _continues(first: Line, title: str, line: Line) -> bool:
    if first.is_markdown:
        return line.is_markdown and line.rank == first.rank == 1
    wraps = title.endswith(("关于", "适用")) or line.text.startswith(("关于", "《"))
    return wraps and not line.is_markdown and line.rank is None and is_headline(line.text)


def _is_title(line: Line) -> bool:
    return line.is_markdown or (line.rank is None and is_headline(line.text))
