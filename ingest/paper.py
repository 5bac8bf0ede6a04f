"""What an office file says, before it is cut: paragraphs and tables in reading order, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

MAX_CHARS = 2_000_000
"""More text than this is no notice; the file is refused."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """level: 1..6 where the file itself marks a heading, else None. page: from 1; 0 where there are no pages."""

    text: str
    level: int | None = None
    page: int = 0


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. rows: all of one length, merged cells filled. headers: rows at the top that the file marks as such."""

    rows: tuple[tuple[str, ...], ...]
    headers: int = 0
    page: int = 0
    name: str = ""
    """What the file itself calls it (a sheet's name); '' where it has none."""


Block = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Paper:
    """dropped: what no reader of the page would see, kind -> how often (`ingest.findings` words the kinds).

    pages: how many; 0 where the format has none. unread: pages that are pictures and wait for recognition.
    """

    blocks: tuple[Block, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    pages: int = 0
    unread: tuple[int, ...] = ()

    @property
    def chars(self) -> int:
        return sum(map(_size, self.blocks))


def _size(block: Block) -> int:
    if isinstance(block, Paragraph):
        return len(block.text)
    return sum(len(cell) for row in block.rows for cell in row)


def joined(papers: Iterable[Paper]) -> Paper:
    """Pages one after the other. unread is empty: whoever joins has read them."""
    papers = tuple(papers)
    dropped: Counter[str] = Counter()
    for paper in papers:
        dropped.update(paper.dropped)
    blocks = tuple(block for paper in papers for block in paper.blocks)
    return Paper(blocks, dict(dropped), sum(paper.pages for paper in papers))


def as_json(paper: Paper) -> dict[str, Any]:
    return {
        "blocks": [_block_json(block) for block in paper.blocks],
        "dropped": dict(paper.dropped),
        "pages": paper.pages,
        "unread": list(paper.unread),
    }


def _block_json(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"text": block.text, "level": block.level, "page": block.page}
    rows = [list(row) for row in block.rows]
    return {"rows": rows, "headers": block.headers, "page": block.page, "name": block.name}


def from_json(data: Mapping[str, Any]) -> Paper:
    """Raises KeyError, TypeError, ValueError for anything that `as_json` does not write."""
    return Paper(
        blocks=tuple(_block(each) for each in data["blocks"]),
        dropped={str(kind): int(count) for kind, count in data["dropped"].items()},
        pages=int(data["pages"]),
        unread=tuple(int(page) for page in data["unread"]),
    )


def _block(data: Mapping[str, Any]) -> Block:
    if "rows" in data:
        rows = tuple(tuple(str(cell) for cell in row) for row in data["rows"])
        return Grid(rows, int(data["headers"]), int(data["page"]), str(data["name"]))
    level = data["level"]
    return Paragraph(str(data["text"]), None if level is None else int(level), int(data["page"]))
