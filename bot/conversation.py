"""What earlier turns leave for the next one: a pure function of the turns (decisions.md 13).

A thread is the run of turns about one thing. A new thing starts a new thread and nothing is carried over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

from bot.types import AnswerStatus, Turn
from knowledge.normalise import matching_key, normalise
from knowledge.qualifier_words import SELECTORS, Vocabulary
from knowledge.types import Period
from knowledge.yaml_files import read_yaml

PASSED_BY = frozenset({AnswerStatus.GREETING, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.DECLINED, AnswerStatus.WITHHELD})
"""Turns that leave nothing: small talk, and what must not be remembered."""
REACH = 4
"""Earlier turns whose words a follow-up may take along."""
_VOCABULARY = Vocabulary()
_YEAR = re.compile(r"(?:19|20)\d\d年度?(?!\d*月)")
_TIME = re.compile(r"(?:19|20)\d\d年|[今去前明]年|现在|目前")


class Lean(Enum):
    """Whether a question goes on from the thread: surely, perhaps (only when it is nothing by itself), not."""

    YES = "yes"
    PERHAPS = "perhaps"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Thread:
    """texts: the words of its turns, oldest first. subjects: what they name. asked: was the last one a question?"""

    texts: tuple[str, ...] = ()
    subjects: frozenset[str] = frozenset()
    document_id: str | None = None
    about: Period | None = None
    asked: bool = False
    closed: bool = False
    waiting: bool = False
    """The last turn was asked back and waits for a fact."""


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How people go on asking: lists of `followups.yaml` and the words of `subjects.yaml`.

    short: length of a matching key up to which a sentence without a subject of its own goes on from the thread.
    """

    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    second: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    short: int = 0
    subjects: Mapping[str, tuple[str, ...]] | None = None

    def subjects_in(self, text: str) -> frozenset[str]:
        named = self.subjects or {}
        return frozenset(subject for subject, words in named.items() if any(word in text for word in words))

    def is_question(self, text: str) -> bool:
        return text.rstrip().endswith("?") or any(word in text for word in self.asks)

    def is_unsure(self, text: str) -> bool:
        return any(word in text for word in self.unsure)

    def points(self, text: str) -> bool:
        """Whether it begins or ends as people do who go on from what was said (那…, …呢)."""
        key = matching_key(text, particles="")
        return key.startswith(self.starts) or key.endswith(self.ends)

    def lean(self, text: str, thread: Thread) -> Lean:
        """Does a normalised text go on from the thread?"""
        if not thread.texts:
            return Lean.NO
        if thread.waiting:
            return Lean.YES
        key = matching_key(text, particles="")
        subjects, short = self.subjects_in(text), len(matching_key(text)) <= self.short
        other = bool(subjects and thread.subjects and not subjects & thread.subjects)
        pointing = self.points(text)
        if not thread.asked and not (thread.closed and other):
            return Lean.YES
        if other:
            return Lean.YES if pointing and short else Lean.NO
        told = short and not self.is_question(text)
        if pointing or told or (not subjects and (short or any(word in key for word in self.mentions))):
            return Lean.YES
        return Lean.PERHAPS

    def context(self, text: str, thread: Thread) -> str:
        """The thread's words that still hold beside a new text: what was said otherwise later is left out."""
        kept: list[str] = []
        for number, said in enumerate(thread.texts):
            for later in (*thread.texts[number + 1 :], text):
                said = self._still_holds(said, later)
            kept += [said] if said else []
        return "，".join(kept)

    def _still_holds(self, said: str, text: str) -> str:
        new = self.subjects_in(text)
        if new and self.subjects_in(said) and not new & self.subjects_in(said):
            said = _without(said, [word for words in (self.subjects or {}).values() for word in words])
        if _TIME.search(text):
            said = _YEAR.sub("", said)
        return without_replaced(said, text)


def thread_of(history: Sequence[Turn], follow_ups: FollowUps) -> Thread:
    """The thread that the last turn belongs to."""
    thread = Thread()
    for turn in history:
        if turn.status not in PASSED_BY:
            thread = _after(thread, turn, follow_ups)
    return thread


def _after(thread: Thread, turn: Turn, follow_ups: FollowUps) -> Thread:
    text = normalise(turn.text)
    goes_on = follow_ups.lean(text, thread) is not Lean.NO and not _starts_anew(text, thread, follow_ups)
    before = thread if goes_on else Thread()
    return replace(
        before,
        texts=(*before.texts, text)[-REACH:],
        subjects=follow_ups.subjects_in(text) or before.subjects,
        document_id=turn.document_id or before.document_id,
        about=turn.figures_about or before.about,
        asked=follow_ups.is_question(text),
        closed=any(word in text for word in follow_ups.closings),
        waiting=turn.pending is not None,
    )


def _starts_anew(text: str, thread: Thread, follow_ups: FollowUps) -> bool:
    """A whole question that names its subject needs nothing of what was asked before."""
    perhaps = follow_ups.lean(text, thread) is Lean.PERHAPS
    return perhaps and bool(follow_ups.subjects_in(text)) and follow_ups.is_question(text)


def without_replaced(said: str, text: str) -> str:
    """said less its words of a category (农村/城市, 一档/二档, 医院等级 …) for which text names another."""
    new: dict[str, set[str]] = {}
    for token in _VOCABULARY.tokens(text):
        new.setdefault(token.category, set()).add(token.word)
    gone = [
        token
        for token in _VOCABULARY.tokens(said)
        if token.category in SELECTORS and token.category in new and token.word not in new[token.category]
    ]
    for token in sorted(gone, key=lambda token: -token.start):
        said = said[: token.start] + said[token.end :]
    return said


def _without(said: str, words: Sequence[str]) -> str:
    for word in words:
        said = said.replace(word, "")
    return said


def load_follow_ups(folder: Path) -> FollowUps:
    """`followups.yaml` and `subjects.yaml` of the lexicon folder; empty lists where they are not there."""
    data, subjects = _read(folder / "followups.yaml"), _read(folder / "subjects.yaml")
    names = ("starts", "ends", "mentions", "asks", "closings", "second", "unsure")
    lists = {name: tuple(normalise(word) for word in data.get(name) or ()) for name in names}
    named = {subject: tuple(normalise(word) for word in words) for subject, words in subjects.items()}
    return FollowUps(**lists, short=int(data.get("short", 0)), subjects=named)


def _read(path: Path) -> dict[str, Any]:
    return (read_yaml(path.read_text(encoding="utf-8"), str(path)) or {}) if path.is_file() else {}
