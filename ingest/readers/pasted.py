"""Plain text, Markdown and pasted text: lines as they are, tables of Markdown or of tabs as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ingest.encoding import decode
from ingest.paper import Block, Grid, Paper, Paragraph
from knowledge.normalise import clean

_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
_RULE = re.compile(r"[|\s:-]*-[|\s:-]*")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_MARK = re.compile(r"^(?:>\s*|[-*+]\s+)+")
_EMPHASIS = re.compile(r"\*\*|__")
_LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")


def read_text_file(data: bytes, name: str) -> Paper:
    """Raises UnreadableEncoding."""
    return read_pasted(decode(data, name))


def read_pasted(text: str) -> Paper:
    """What was pasted from Word, Excel or a web page keeps its lines and tabs; Markdown's marks are read."""
    cleaned = clean(text)
    visible, comments = _COMMENT.subn("", cleaned.text)
    dropped = {kind: count for kind, count in (("hidden", cleaned.stripped), ("comment", comments)) if count}
    return Paper(tuple(_blocks(visible.split("\n"))), dropped)


def _blocks(lines: list[str]) -> Iterator[Block]:
    for kind, group in groupby(lines, key=_kind):
        rows = [_cells(line, kind) for line in group if not (kind == "pipes" and _RULE.fullmatch(line))]
        width = max((len(row) for row in rows), default=0)
        if kind != "line" and len(rows) > 1 and width > 1:
            yield Grid(tuple((*row, *[""] * (width - len(row))) for row in rows), headers=int(kind == "pipes"))
        else:
            yield from (_paragraph(" ".join(row)) for row in rows if any(row))


def _kind(line: str) -> str:
    bare = line.strip()
    if bare.startswith("|") and bare.endswith("|") and len(bare) > 2:
        return "pipes"
    return "tabs" if "\t" in bare else "line"


def _cells(line: str, kind: str) -> tuple[str, ...]:
    if kind == "line":
        return (line.strip(),)
    cells = line.strip().strip("|").split("|") if kind == "pipes" else line.strip("\n").split("\t")
    return tuple(_plain(cell) for cell in cells)


def _paragraph(line: str) -> Paragraph:
    heading = _HEADING.fullmatch(line)
    if heading:
        return Paragraph(_plain(heading[2]), len(heading[1]))
    return Paragraph(_plain(_MARK.sub("", line)))


def _plain(text: str) -> str:
    """Words of a link with its address beside it, so that an outside link is seen and highlighted."""
    shown = _LINK.sub(lambda match: f"{match[1]}（{match[2]}）" if match[2] else match[1], text)
    return _EMPHASIS.sub("", shown).strip()
