"""Recognised pages put back among the pages that had text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from ingest.outline import read_line
from ingest.paper import Block, Grid, Paper, Paragraph
from ingest.placed import PAGE_NUMBER

_ENDS = tuple("。！？；：:;!?）)”")


def with_read_pages(paper: Paper, read: Mapping[int, Paper], failed: int) -> Paper:
    """read: page number (from 0) -> what was recognised on it. failed: pages that could not be read."""
    held = {number: [block for block in paper.blocks if block.page == number + 1] for number in range(paper.pages)}
    edges = Counter(key for page in read.values() for key in {_key(block) for block in _edge(page.blocks)})
    least = max(2, (len(read) + 1) // 2)
    dropped = Counter(paper.dropped)
    blocks: list[Block] = []
    for number in range(paper.pages):
        page = list(read[number].blocks) if number in read else held[number]
        if number in read:
            kept = [block for block in page if not _is_furniture(block, page, edges, least)]
            dropped["furniture"] += len(page) - len(kept)
            dropped.update(read[number].dropped)
            page = kept
        blocks += _joined(blocks, page)
    if failed:
        dropped["unreadable"] += failed
    return Paper(tuple(blocks), {kind: count for kind, count in dropped.items() if count}, paper.pages)


def _edge(blocks: tuple[Block, ...]) -> list[Paragraph]:
    return [block for block in (*blocks[:1], *blocks[-1:]) if isinstance(block, Paragraph)]


def _key(block: Paragraph) -> str:
    return re.sub(r"\d+", "#", block.text)


def _is_furniture(block: Block, page: list[Block], edges: Counter[str], least: int) -> bool:
    if isinstance(block, Grid) or block not in (page[0], page[-1]):
        return False
    repeats = len(block.text) <= 40 and edges[_key(block)] >= least
    return repeats or bool(PAGE_NUMBER.fullmatch(block.text))


def _joined(before: list[Block], page: list[Block]) -> list[Block]:
    """The page's blocks; its first grows into the last of the page before where that breaks off."""
    last = before[-1] if before else None
    if not page or not isinstance(last, Paragraph) or not isinstance(page[0], Paragraph):
        return page
    breaks_off = len(last.text) > 20 and not last.text.endswith(_ENDS)
    if not breaks_off or read_line(page[0].text).rank is not None:
        return page
    before[-1] = replace(last, text=last.text + page[0].text)
    return page[1:]
