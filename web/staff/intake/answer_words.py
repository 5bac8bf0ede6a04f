"""What an answer says, line by line, and where two answers to one question first differ."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from os.path import commonprefix

from bot.types import Answer
from knowledge.library import Library

MAX_WORDS = 60
BEFORE_IT = 12
"""Characters shown before the place where two long lines part."""
NOT_THERE = "没有这一句"


@dataclass(frozen=True, slots=True)
class Said:
    """title: of what the answer is made of, '' where nothing answers. lines: its words, then whom to ring."""

    title: str = ""
    lines: tuple[str, ...] = ()


def said_by(answer: Answer, library: Library) -> Said:
    if not answer.documents or not answer.blocks:
        return Said()
    version = library.shelf.snapshot.versions.get(answer.documents[0])
    lines = [line for block in answer.blocks for line in block.text.split("\n")]
    rung = [" ".join(filter(None, (each.name, each.phone, each.hours))) for each in answer.contacts]
    return Said(version.title if version else answer.documents[0], (*lines, *rung))


def first_difference(old: Said, new: Said) -> tuple[str, str]:
    """The line of each that shows it, under the title; ('', '') where they say the same."""
    if old == new:
        return "", ""
    pairs = [*zip_longest(old.lines, new.lines, fillvalue="")]
    before, after = next((pair for pair in pairs if pair[0] != pair[1]), pairs[0])  # else the titles differ alone
    return _shown(old, before, after), _shown(new, after, before)


def _shown(said: Said, line: str, other: str) -> str:
    if not said.title:
        return ""
    start = len(commonprefix([line, other])) - BEFORE_IT
    cut = f"……{line[start:]}" if start + BEFORE_IT > MAX_WORDS // 2 else line
    return f"《{said.title}》{cut[:MAX_WORDS] or NOT_THERE}"
