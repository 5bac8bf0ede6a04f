"""What of a card stands open on a small screen; the rest is folded under a line that says what is in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

from bot.types import BlockKind
from bot.wording import Wording
from web.views import BlockView, CardView, LineView, PartView, SourceView

SHORT_FORM = (BlockKind.WHERE, BlockKind.MATERIALS)
"""Where to go and what to take: their first line stands open, whatever was asked."""
NEVER = (BlockKind.CONCLUSION, BlockKind.CHOICES, BlockKind.DANGER)
"""Kinds of blocks that are not folded."""


def marked(kind: BlockKind, lines: Sequence[LineView], leads: Sequence[int] | None) -> tuple[LineView, ...]:
    """The lines of one block, those folded that neither lead nor are its short form. leads: None where nobody chose."""
    if leads is None or kind in NEVER:
        return tuple(lines)
    opened = {*leads, *((0,) if kind in SHORT_FORM else ())}
    return tuple(replace(line, folded=row not in opened) for row, line in enumerate(lines))


def with_folds(card: CardView, wording: Wording) -> CardView:
    """The card with its parts and sources told apart. Beside danger nothing is folded, nor are sources of what stands open."""
    parts = (PartView(card.blocks),) if card.danger else _parts(card.blocks, wording)
    rest = _idle(card, parts) if any(part.folded for part in parts) else ()
    return replace(card, parts=parts, folded_sources=rest, sources_summary=_sources_summary(len(rest), wording))


def _parts(blocks: Iterable[BlockView], wording: Wording) -> tuple[PartView, ...]:
    """One part for each question: a conclusion among the blocks begins the next one."""
    parts: list[list[BlockView]] = [[]]
    for block in blocks:
        if block.kind == BlockKind.CONCLUSION.value and parts[-1]:
            parts.append([])
        parts[-1].append(block)
    return tuple(_part(part, wording) for part in parts if part)


def _part(blocks: Sequence[BlockView], wording: Wording) -> PartView:
    rest = _some(blocks, folded=True)
    return PartView(_some(blocks, folded=False), rest, _summary(rest, wording) if rest else "")


def _some(blocks: Sequence[BlockView], *, folded: bool) -> tuple[BlockView, ...]:
    """The blocks with only their folded lines, or only the others; without those of which nothing is left.

    The anchor of a block that is torn in two stays with its open lines.
    """
    found = []
    for block in blocks:
        kept = tuple(line for line in block.lines if line.folded is folded)
        torn = folded and len(kept) < len(block.lines)
        found.append(replace(block, lines=kept, anchor="" if torn else block.anchor))
    return tuple(block for block in found if block.lines)


def _summary(rest: Sequence[BlockView], wording: Wording) -> str:
    """「还有 5 条说明：条件、带什么」"""
    count = sum(len(block.lines) for block in rest)
    headings = "、".join(dict.fromkeys(block.heading for block in rest if block.heading))
    return wording.words("page", "more_lines", number=count) + (f"：{headings}" if headings else "")


def _idle(card: CardView, parts: Iterable[PartView]) -> tuple[SourceView, ...]:
    """Sources on which no conclusion rests, but those that cannot be relied on for an open line; one always stands open."""
    opened = [block for part in parts for block in part.open]
    said = _marks(line for block in opened if block.kind == BlockKind.CONCLUSION.value for line in block.lines)
    first = {*card.heading_marks, *_marks(card.more), *said}
    cited = _marks(line for block in opened for line in block.lines)

    def stands(source: SourceView) -> bool:
        numbers = set(source.numbers)
        return bool(first & numbers) or (bool(cited & numbers) and (source.tone != "ok" or bool(source.secondhand)))

    rest = tuple(source for source in card.sources if not stands(source))
    return rest[1:] if len(rest) == len(card.sources) else rest


def _marks(lines: Iterable[LineView]) -> set[int]:
    return set(chain.from_iterable(line.marks for line in lines))


def _sources_summary(count: int, wording: Wording) -> str:
    """「还有 3 条依据」"""
    return wording.words("page", "more_sources", number=count) if count else ""
