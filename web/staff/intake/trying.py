"""Trying a draft: the real pipeline over the library as it would be, and what would change by it."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.ports import Assistant
from bot.types import Answer, Channel, Question
from ingest.conflicts import Conflict, conflicts_of
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.settings import Settings
from knowledge.trial import TrialLibrary, trial_library
from knowledge.types import StoredVersion
from web.staff.intake.asked import TrialAssistant

MAX_KEPT = 2
MAX_RERUN = 400


@dataclass(frozen=True, slots=True)
class Changed:
    """A question whose answer would come from elsewhere. before, after: titles; '' where nothing answers."""

    question: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Rerun:
    """asked: how many questions were run again. kept: wordings that go on being answered by their own entry."""

    asked: int
    kept: int
    changed: tuple[Changed, ...]


class Trials:
    """Keeps the last trial libraries, so that trying a second question does not build everything again."""

    def __init__(self, assistant: TrialAssistant) -> None:
        self._assistant = assistant
        self._kept: dict[tuple[str, str, int], tuple[TrialLibrary, Assistant]] = {}
        self._lock = threading.Lock()

    def of(self, library: Library, version: StoredVersion, settings: Settings) -> tuple[TrialLibrary, Assistant]:
        """Raises IndexMissing before the library can answer."""
        key = (version.digest, version.document_id, library.shelf.snapshot.revision)
        with self._lock:
            if key not in self._kept:
                trial = trial_library(library, version)
                while len(self._kept) >= MAX_KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = (trial, self._assistant(settings, trial))
            return self._kept[key]


def ask(assistant: Assistant, question: str, on: date) -> Answer:
    """One answer as a villager would get it; channel staff, kept nowhere."""
    return assistant.answer(Question(question, on, Channel.STAFF, f"trial-{secrets.token_hex(8)}"))


def rerun(library: Library, trial: TrialLibrary, questions: Iterable[str], on: date) -> Rerun:
    """Every wording of every entry, and these questions: who answers them before and after."""
    before, after = library.shelf.snapshot, trial.shelf.snapshot
    changed = [
        Changed(before.entries[name].question, before.entries[name].question, "")
        for wording, name in before.exact.items()
        if after.exact.get(wording) != name
    ]
    asked = list(dict.fromkeys(questions))[:MAX_RERUN]
    for question in asked:
        old, new = _answered_by(library, question, on), _answered_by(trial, question, on)
        if old != new:
            changed.append(Changed(question, _title(library, old), _title(trial, new)))
    kept = sum(after.exact.get(wording) == name for wording, name in before.exact.items())
    return Rerun(len(before.exact) + len(asked), kept, tuple(changed))


def _answered_by(library: Library, question: str, on: date) -> str:
    hits = library.search(normalise(question), Scope(Moment.today(on)), top_k=1).hits
    return hits[0].document_id if hits else ""


def _title(library: Library, document_id: str) -> str:
    version = library.shelf.snapshot.versions.get(document_id)
    return version.title if version else ""


def approved_questions(library: Library, facts: Mapping[tuple[str, str], Mapping[str, Any]]) -> list[str]:
    """The questions that documents in use were tried with when they came in."""
    versions = library.shelf.snapshot.versions
    return [
        str(question)
        for (document_id, version), body in facts.items()
        if document_id in versions and versions[document_id].version == version
        for question in body.get("examples", ())
    ]


def conflicts(library: Library, version: StoredVersion, on: date) -> Sequence[Conflict]:
    snapshot = library.shelf.snapshot
    return conflicts_of(version, snapshot.parameters, snapshot.versions.values(), on)
