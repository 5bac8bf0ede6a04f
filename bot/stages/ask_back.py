"""Two texts fit equally well and differ in one fact that was not said -> one question back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.types import AnswerStatus, Inquiry, Part
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.types import Hit
from knowledge.yaml_files import read_yaml

EQUAL = 0.8
"""Share of the best score from which another entry fits as well."""


@dataclass(frozen=True, slots=True)
class Decider:
    """A fact that decides. tells: choice -> words in the standard question of an entry that say so.

    among, unless: normalised words of which one must, or none may, stand in the question.
    """

    fact: str
    question: str
    among: tuple[str, ...]
    unless: tuple[str, ...]
    tells: Mapping[str, tuple[str, ...]]

    def is_open(self, text: str) -> bool:
        return any(word in text for word in self.among) and not any(word in text for word in self.unless)

    def choice_of(self, question: str) -> str | None:
        """The one choice that an entry's question names."""
        found = [choice for choice, words in self.tells.items() if any(word in question for word in words)]
        return found[0] if len(found) == 1 else None


def ask_back(
    inquiry: Inquiry, *, library: Library, deciders: Sequence[Decider], is_question: Callable[[str], bool]
) -> Inquiry:
    """End with ASK_BACK where a fact decides; after a question back show all that fit. Never two questions at once.

    is_question: what is only told is not asked about.
    """
    if inquiry.history and inquiry.history[-1].pending is not None:
        return replace(inquiry, parts=tuple(_side_by_side(part, library, deciders) for part in inquiry.parts))
    parts: list[Part] = []
    for part in inquiry.parts:
        told = not is_question(part.typed)
        asked = any(other.status is AnswerStatus.ASK_BACK for other in (*inquiry.parts, *parts))
        parts.append(part if told or asked else _ask(part, library, deciders))
    return replace(inquiry, parts=tuple(parts))


def _ask(part: Part, library: Library, deciders: Sequence[Decider]) -> Part:
    if part.status is not None or part.drafts or len(part.hits) < 2 or part.hits[0].matched:
        return part
    rivals = [hit for hit in part.hits if hit.score >= EQUAL * part.hits[0].score]
    for decider in deciders:
        if decider.is_open(part.standalone) and _decides(decider, rivals, library):
            ending = part.end(AnswerStatus.ASK_BACK, f"ask:{decider.question}")
            rule = f"ask-back:{decider.fact}"
            return replace(ending, rule=rule, pending=part.standalone, choices=tuple(decider.tells))
    return part


def _side_by_side(part: Part, library: Library, deciders: Sequence[Decider]) -> Part:
    if part.status is not None or part.drafts or len(part.hits) < 2 or part.hits[0].matched:
        return part
    rivals = [hit for hit in part.hits if hit.score >= EQUAL * part.hits[0].score]
    several = any(d.is_open(part.standalone) and _decides(d, rivals, library) for d in deciders)
    return replace(part, beside=tuple(hit.document_id for hit in rivals[1:])) if several else part


def _decides(decider: Decider, rivals: Sequence[Hit], library: Library) -> bool:
    entries = library.shelf.snapshot.entries
    told = [decider.choice_of(entries[hit.document_id].question) for hit in rivals if hit.document_id in entries]
    return bool(told) and told[0] is not None and len({choice for choice in told if choice}) > 1


def load_deciders(folder: Path) -> tuple[Decider, ...]:
    """`ask_back.yaml` of the lexicon folder; none where there is no such file."""
    path = folder / "ask_back.yaml"
    rows = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else []
    return tuple(
        Decider(
            str(row["fact"]),
            str(row["question"]),
            tuple(normalise(word) for word in row["among"]),
            tuple(normalise(word) for word in row["unless"]),
            {str(choice): tuple(words) for choice, words in row["tells"].items()},
        )
        for row in rows or ()
    )
