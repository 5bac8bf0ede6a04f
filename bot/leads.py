"""Which lines of an answer speak of what was asked: the ones that a small screen shows first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.types import Block, BlockKind, Part
from knowledge.plain_words import bundled
from knowledge.render import has_said

MOST = 3
"""Lines that lead over all blocks of one question, beside its conclusion and the words of caution."""
ASKED_PART = 1.0
"""What a line of the part asked for (带什么, 多久 …) is worth; a pair of signs that no other line has is worth 1."""
WITH_NUMBER = 0.5
LEAST = 0.3
"""A line worth less has nothing of the question."""
CAUTION = re.compile(r"^这些?是.*(?:数|说法)[，,]|^这个数.*才用|冲突|不一致|以.{1,12}为准")
"""A figure that may no longer hold (knowledge/render.py, knowledge/shown.py), rules that differ: never out of sight of it."""
_ASKS_NUMBER = re.compile(r"多少|几|多久|多长|比例|标准|号码")
"""In plain words."""
_NUMBER = re.compile(r"\d")
_SIGNS = re.compile(r"[一-鿿]+|\d+|[a-z]+")


@dataclass(frozen=True, slots=True)
class _Line:
    """block: its place among the blocks. row: the place of the line in its block."""

    block: int
    row: int
    text: str
    kind: BlockKind
    marks: tuple[int, ...]

    @property
    def cautions(self) -> bool:
        return CAUTION.search(self.text) is not None


def with_leads(part: Part) -> Part:
    """The part whose drafts know their leading lines."""
    drafts = part.drafts
    rests_on = {c.number: c.basis.title for draft in drafts for c in draft.citations}
    blocks = with_leads_of([draft.block for draft in drafts], rests_on, part.typed or part.standalone, part.wanted)
    return replace(part, drafts=tuple(replace(draft, block=block) for draft, block in zip(drafts, blocks, strict=True)))


def with_leads_of(
    blocks: Sequence[Block], rests_on: Mapping[int, str], question: str = "", wanted: str | None = None
) -> list[Block]:
    """The same blocks, each with its leading lines (`leads`)."""
    rows = leads(blocks, rests_on, question, wanted)
    return [replace(block, leads=lines) for block, lines in zip(blocks, rows, strict=True)]


def leads(
    blocks: Sequence[Block], rests_on: Mapping[int, str], question: str = "", wanted: str | None = None
) -> list[tuple[int, ...]]:
    """Per block the places of its leading lines: those worth most, then the first ones, and what cautions of them.

    wanted: the part asked for, where the wording says so. rests_on: number of a source -> title of its document.
    """
    lines = [line for line in _lines(blocks) if line.kind is not BlockKind.CONCLUSION]
    said = {line.text for line in _lines(blocks) if line.kind is BlockKind.CONCLUSION}
    plain = [line for line in lines if not line.cautions]
    worth = _worth(blocks, question, wanted)
    best = sorted((line for line in plain if worth(line) >= LEAST), key=worth, reverse=True)
    first = [line for line in plain if line not in best]
    chosen = [*best, *first][:MOST]
    cautions = [line for line in lines if line.cautions and line.text not in said]
    told = [line for line in cautions if _concerns(line, chosen, rests_on)]
    kept = chosen + [line for line in told if not _told_beside(line, chosen, told)]
    return [tuple(sorted(line.row for line in kept if line.block == number)) for number in range(len(blocks))]


def _worth(blocks: Sequence[Block], question: str, wanted: str | None) -> Callable[[_Line], float]:
    """What a line has of the question: words that few other lines have, the part asked for, a number for 多少."""
    held_by = Counter(pair for line in _lines(blocks) for pair in set(pairs(line.text)))
    asked, number = set(pairs(question)), bool(_ASKS_NUMBER.search(bundled().read(question)))

    def worth(line: _Line) -> float:
        words = sum(1 / held_by[pair] for pair in asked & set(pairs(line.text)))
        named = ASKED_PART if line.kind.value == wanted else 0.0
        return words + named + (WITH_NUMBER if number and _NUMBER.search(line.text) else 0.0)

    return worth


def _concerns(caution: _Line, chosen: Sequence[_Line], rests_on: Mapping[int, str]) -> bool:
    """Whether it speaks of a chosen line: one of its block, or a figure that rests on the same document."""
    figures = [line for line in chosen if _NUMBER.search(line.text)]
    documents = {rests_on.get(mark) for mark in caution.marks}
    alike = any(documents & {rests_on.get(mark, "") for mark in line.marks} for line in figures)
    beside = chosen if not _NUMBER.search(caution.text) else figures
    return alike or any(line.block == caution.block for line in beside)


def _told_beside(caution: _Line, chosen: Sequence[_Line], told: Sequence[_Line]) -> bool:
    """Whether nothing of its block leads, and a caution of a block that does has said the same."""
    leading = {line.block for line in chosen}
    others = [line for line in told if line.block in leading]
    return caution.block not in leading and any(has_said(other.text, caution.text) for other in others)


def pairs(text: str) -> Iterator[str]:
    """Neighbouring signs; numbers and Latin words whole."""
    for run in _SIGNS.findall(text.lower()):
        yield from [run] if run.isascii() else [run[at : at + 2] for at in range(len(run) - 1)]


def _lines(blocks: Sequence[Block]) -> Iterator[_Line]:
    for number, block in enumerate(blocks):
        texts = [text for text in block.text.split("\n") if text]
        marks = block.marks if len(block.marks) == len(texts) else [block.citations] * len(texts)
        for row, text in enumerate(texts):
            yield _Line(number, row, text, block.kind, tuple(marks[row]))
