"""Extractive drafts -> the same drafts in plainer words, where a model manages it under strict rules.

The model rewords line by line and can only lose: a line that drops its citation or a figure, or a block that
`verify` would stop, leaves the extractive block as it was.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.ports import Generator, GeneratorUnavailable
from bot.prompting import TOKEN, PromptTemplate, token, without_tokens
from bot.types import BlockKind, Draft, Inquiry, Origin, Part
from knowledge.figures import figures_in
from knowledge.passages import HEADING_OF
from knowledge.types import FigureState, PartKind

REWORDED = (BlockKind.CONCLUSION, BlockKind.CONDITIONS, BlockKind.STEPS)
GROWTH, SPARE = 1.5, 10
"""A line may become at most this many times as long, plus a few characters."""
Passes = Callable[[Draft, Part, Inquiry], bool]
Lines = list[tuple[str, tuple[int, ...]]]
log = logging.getLogger("pufa.model")
_OPENINGS = ("要看情况", "不可以", "可以", "不能", "可能", "能")
_DENIAL = re.compile(r"[不没别未无非]")
_HEADING = {HEADING_OF[PartKind(kind.value)]: kind for kind in REWORDED}


def compose_with_model(
    inquiry: Inquiry, *, generator: Generator, prompt: PromptTemplate, passes: Passes
) -> Inquiry:
    """Reword the drafts of every open part; whatever fails leaves them, and a danger is never kept waiting.

    passes: whether a draft would be shown (`verify` and what follows it).
    """
    if inquiry.danger or inquiry.status is not None:
        return inquiry
    parts = tuple(_part(part, inquiry, generator, prompt, passes) for part in inquiry.parts)
    return replace(inquiry, parts=parts)


def _part(part: Part, inquiry: Inquiry, generator: Generator, prompt: PromptTemplate, passes: Passes) -> Part:
    chosen = [draft for draft in part.drafts if may_be_reworded(draft)]
    if part.status is not None or not chosen:
        return part
    question = without_tokens(part.standalone)
    try:
        reply = generator.generate(
            prompt.fill(question=question, drafts=_drafts(chosen), passages=_passages(chosen))
        )
    except GeneratorUnavailable as error:
        log.warning("model left out: %s", error.kind)
        return replace(part, note=f"model:{error.kind}")
    said = read_reply(reply.text)
    reworded: dict[BlockKind, Draft] = {}
    for draft in chosen:
        new = _reworded(draft, said.get(draft.block.kind, []))
        if new is not None and passes(new, part, inquiry):
            reworded[draft.block.kind] = new
    drafts = tuple(reworded.get(draft.block.kind, draft) for draft in part.drafts)
    return replace(part, drafts=drafts, note=f"model:{len(reworded)}/{len(chosen)}")


def may_be_reworded(draft: Draft) -> bool:
    """Conclusion, conditions or steps of our own picking, every line cited, nothing in it to be hedged."""
    block = draft.block
    cited = len(block.marks) == len(block.text.split("\n")) and all(block.marks)
    settled = all(citation.state is FigureState.IN_FORCE for citation in draft.citations)
    return block.kind in REWORDED and not block.title and block.origin is Origin.EXTRACT and cited and settled


def read_reply(text: str) -> dict[BlockKind, Lines]:
    """Blocks of a reply: lines without tokens, and the numbers of these. A foreign heading ends a block."""
    found: dict[BlockKind, Lines] = {}
    kind: BlockKind | None = None
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if line.startswith("#"):
            kind = _HEADING.get(line.lstrip("# ").strip())
        elif kind is not None:
            numbers = tuple(dict.fromkeys(int(number) for number in TOKEN.findall(line)))
            words = re.sub(r"^[-•]\s*", "", TOKEN.sub("", line)).strip()
            found.setdefault(kind, []).append((words, numbers))
    return found


def _reworded(draft: Draft, lines: Lines) -> Draft | None:
    """The draft in the model's words, None where they must not stand for it."""
    block = draft.block
    before = block.text.split("\n")
    if len(lines) != len(before):
        return None
    words, numbers = [line for line, _ in lines], [found for _, found in lines]
    marks = [tuple(n for n in new if n in old) for new, old in zip(numbers, block.marks, strict=True)]
    if not all(marks) or not all(_stands_for(new, old) for new, old in zip(words, before, strict=True)):
        return None
    used = tuple(dict.fromkeys(number for line in marks for number in line))
    text = "\n".join(words)
    return Draft(
        replace(block, text=text, citations=used, origin=Origin.MODEL, marks=tuple(marks)),
        tuple(citation for citation in draft.citations if citation.number in used),
    )


def _stands_for(new: str, old: str) -> bool:
    """Not empty, not much longer, as often denied, opened alike, and with the very figures of the line before."""
    if not 0 < len(new) <= GROWTH * len(old) + SPARE or _figures(new) != _figures(old):
        return False
    opening = next((word for word in _OPENINGS if old.startswith(word)), "")
    return new.startswith(opening) and len(_DENIAL.findall(new)) == len(_DENIAL.findall(old))


def _figures(text: str) -> list[tuple[str, str, Decimal, str]]:
    """By kind, key, value and unit, as often as they stand."""
    return sorted((found.kind.value, found.key, found.value, found.unit) for found in figures_in(text))


def _drafts(drafts: Sequence[Draft]) -> str:
    return "\n\n".join(_draft(draft) for draft in drafts)


def _draft(draft: Draft) -> str:
    block = draft.block
    heading = "## " + HEADING_OF[PartKind(block.kind.value)]
    rows = zip(block.text.split("\n"), block.marks, strict=True)
    return "\n".join([heading, *(without_tokens(line) + "".join(map(token, marks)) for line, marks in rows)])


def _passages(drafts: Sequence[Draft]) -> str:
    quotes = {citation.number: citation.passage.quote for draft in drafts for citation in draft.citations}
    return "\n".join(f"{token(number)}\n{without_tokens(quote)}" for number, quote in sorted(quotes.items()))
