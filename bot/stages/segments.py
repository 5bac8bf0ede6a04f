"""Sentences and clauses of a text with their figures masked, and how alike two of them are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.mentions import FigureKind, Mention

_SENTENCE_END = re.compile(r"[。；;！？!?\n]")
_CLAUSE_END = re.compile(r"[，,、：:（）()。；;！？!?\n]")
_NOT_LETTER = re.compile(r"[^\w#]|_")


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence or clause with its figures masked by #."""

    masked: str
    pairs: frozenset[str]
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Cut:
    """A text, or several, in sentences and in clauses."""

    sentences: tuple[Segment, ...]
    clauses: tuple[Segment, ...]


def cut(text: str, mentions: Sequence[Mention]) -> Cut:
    figures = tuple(mentions)
    return Cut(tuple(_cut(text, figures, _SENTENCE_END)), tuple(_cut(text, figures, _CLAUSE_END)))


def joined(cuts: Iterable[Cut]) -> Cut:
    several = tuple(cuts)
    return Cut(
        tuple(segment for each in several for segment in each.sentences),
        tuple(segment for each in several for segment in each.clauses),
    )


def _cut(text: str, mentions: tuple[Mention, ...], end: re.Pattern[str]) -> Iterator[Segment]:
    inside = {i for mention in mentions for i in range(mention.start, mention.end)}
    ends = [match.start() for match in end.finditer(text) if match.start() not in inside]
    start = 0
    for stop in (*ends, len(text)):
        own = tuple(m for m in mentions if start <= m.start < stop and m.kind is not FigureKind.GRADE)
        masked = _mask(text, start, stop, own)
        if len(masked) >= 2:
            yield Segment(masked, _pairs(masked), own)
        start = stop + 1


def _mask(text: str, start: int, stop: int, mentions: tuple[Mention, ...]) -> str:
    pieces, at = [], start
    for mention in mentions:
        pieces += [text[at : mention.start], "#"]
        at = mention.end
    return _NOT_LETTER.sub("", "".join((*pieces, text[min(at, stop) : stop])))


@lru_cache(maxsize=4096)
def _pairs(masked: str) -> frozenset[str]:
    return frozenset(masked[i : i + 2] for i in range(len(masked) - 1)) or frozenset({masked})


def likeness(left: frozenset[str], right: frozenset[str]) -> float:
    """Dice coefficient, 0..1."""
    return 2 * len(left & right) / (len(left) + len(right))


def contained(left: str, right: str) -> float:
    """How much of the shorter label stands in the other, 0..1; a label is the wording without its figures."""
    a, b = _label(left), _label(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=4096)
def _label(masked: str) -> frozenset[str]:
    return frozenset(words[i : i + 2] for words in masked.split("#") for i in range(len(words) - 1))
