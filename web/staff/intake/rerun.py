"""The question set asked again with a new text in its place: whose answers would change."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.evaluation.rows import read_rows
from bot.types import Answer
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.tokens import tokenise
from web.staff.intake.trying import Bench, ask

LOOKED_AT = 3
"""Hits that decide which documents an answer is made of."""
SETS_S = 22.0
"""How long the repository's questions may take; those given at the desk are all asked."""
MAX_WORDS = 60
Told = Callable[[int, int], None]
"""(questions asked, questions in all)."""


@dataclass(frozen=True, slots=True)
class Changed:
    """before, after: title and first words of the answer; '' where nothing answers."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """asked: how many wordings, kept: how many are answered as before. changed: the others, own ones left out.

    own: (answered from the new text, in all) of the questions that came with it.
    """

    asked: int
    kept: int
    changed: tuple[Changed, ...]
    own: tuple[int, int] = (0, 0)

    @property
    def mark(self) -> str:
        """The same for the same changes: who publishes says with it what was looked at."""
        said = "\x1f".join(f"{one.question}\x1e{one.before}\x1e{one.after}" for one in self.changed)
        return hashlib.sha256(said.encode()).hexdigest()[:16] if self.changed else ""


@dataclass(frozen=True, slots=True)
class Questions:
    """own: those that came with the text. given: approved at the desk. sets: the repository's, where present."""

    own: Sequence[str]
    given: Sequence[str]
    sets: Sequence[str] = ()


def rerun(before: Bench, after: Bench, document_id: str, questions: Questions, on: date, told: Told) -> Rerun:
    """Every wording of every entry by its table, the others by search, and by whole answers where search differs."""
    total = len(questions.own) + len(questions.given) + len(questions.sets)
    told(0, total)
    tables = _of_tables(before.library, after.library)
    own = sum(document_id in ask(after.assistant, question, on).documents for question in questions.own)
    changed, number = list(tables), 0
    words = frozenset(token for text in _texts(after.library, document_id) for token in tokenise(normalise(text)))
    for number, question in enumerate(_in_time(questions, words), start=1):
        found = _compared(before, after, question, on)
        if found is not None:
            changed.append(found)
        told(len(questions.own) + number, total)
    asked = len(before.library.shelf.snapshot.exact) + number
    return Rerun(asked, asked - len(changed), tuple(changed), (own, len(questions.own)))


def _texts(library: Library, document_id: str) -> list[str]:
    return [passage.text for passage in library.shelf.snapshot.versions[document_id].passages]


def _in_time(questions: Questions, words: Set[str]) -> Iterator[str]:
    """What the desk has approved; then the repository's questions, those most in the words of the new text first,
    as many as there is time for.
    """
    given = dict.fromkeys(questions.given)
    yield from given
    until = time.monotonic() + SETS_S
    for question in sorted(set(questions.sets) - given.keys(), key=lambda each: (-_shared(each, words), each)):
        if time.monotonic() >= until:
            return
        yield question


def _shared(question: str, words: Set[str]) -> float:
    """Share of the tokens of a question that the new text has."""
    tokens = set(tokenise(normalise(question)))
    return len(tokens & words) / max(1, len(tokens))


def _of_tables(before: Library, after: Library) -> Iterator[Changed]:
    """Wordings of entries that no longer lead to the same entry with the same words."""
    old, new = before.shelf.snapshot, after.shelf.snapshot
    for wording, name in old.exact.items():
        other = new.exact.get(wording, "")
        if other != name:
            question = old.entries[name].question
            yield Changed(question, question, new.entries[other].question if other else "")


def _compared(before: Bench, after: Bench, question: str, on: date) -> Changed | None:
    if _hits(before.library, question, on) == _hits(after.library, question, on):
        return None
    old, new = (_words(ask(bench.assistant, question, on), bench.library) for bench in (before, after))
    return Changed(question, old, new) if old != new else None


def _hits(library: Library, question: str, on: date) -> list[tuple[str, str]]:
    """By text, since a new version of a document has other passage ids."""
    passages = library.shelf.snapshot.passages
    hits = library.search(normalise(question), Scope(Moment.today(on)), top_k=LOOKED_AT).hits
    return [(hit.document_id, passages[hit.passage_id].text if hit.passage_id else "") for hit in hits]


def _words(answer: Answer, library: Library) -> str:
    if not answer.documents or not answer.blocks:
        return ""
    version = library.shelf.snapshot.versions.get(answer.documents[0])
    words = answer.blocks[0].text
    return f"{version.title if version else answer.documents[0]}：{words[:MAX_WORDS]}"


def approved_questions(library: Library, facts: Mapping[tuple[str, str], Mapping[str, Any]]) -> list[str]:
    """The questions that documents in use were tried with when they came in."""
    versions = library.shelf.snapshot.versions
    return [
        str(question)
        for (document_id, version), body in facts.items()
        if document_id in versions and versions[document_id].version == version
        for question in body.get("examples", ())
    ]


def questions_of_sets(folder: Path) -> list[str]:
    """Single questions of the development sets; those that nobody may look at are left alone. [] without a folder."""
    files = sorted({*folder.glob("dev*.jsonl"), *folder.glob("fresh*.jsonl"), *folder.glob("*_dev.jsonl")})
    return _single(row.turns for row in read_rows(files))


def _single(conversations: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(turns[0] for turns in conversations if len(turns) == 1))
