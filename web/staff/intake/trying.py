"""Trying a draft: the real pipeline over the library as it would be."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass
from datetime import date

from bot.ports import Assistant
from bot.types import Answer, Channel, Question
from knowledge.library import Library
from knowledge.settings import Settings
from knowledge.trial import Change, trial_library
from web.staff.intake.asked import TrialAssistant

MAX_KEPT = 3


@dataclass(frozen=True, slots=True)
class Bench:
    """A library and an assistant over it that keeps and counts nothing."""

    library: Library
    assistant: Assistant


class Trials:
    """Keeps the last trial libraries, so that trying a second question does not build everything again."""

    def __init__(self, assistant: TrialAssistant) -> None:
        self._assistant = assistant
        self._kept: dict[tuple[str, int], Bench] = {}
        self._present: Bench | None = None
        self._lock = threading.Lock()

    def of(self, library: Library, change: Change, settings: Settings) -> Bench:
        """As it would be with the change published. Raises IndexMissing before the library can answer."""
        key = (change.key, library.shelf.snapshot.revision)
        with self._lock:
            if key not in self._kept:
                trial = trial_library(library, change)
                while len(self._kept) >= MAX_KEPT:
                    self._kept.pop(next(iter(self._kept)))
                self._kept[key] = Bench(trial, self._assistant(settings, trial))
            return self._kept[key]

    def settled(self, library: Library, settings: Settings) -> Bench:
        """As it is now, with everything that is published found: also what the index has not taken in yet."""
        return self.of(library, Change(), settings) if library.lacking() else self.present(library, settings)

    def present(self, library: Library, settings: Settings) -> Bench:
        """As it is now; follows what is published by itself."""
        with self._lock:
            if self._present is None or self._present.library is not library:
                self._present = Bench(library, self._assistant(settings, library))
            return self._present


def ask(assistant: Assistant, question: str, on: date) -> Answer:
    """One answer as a villager would get it; channel staff, kept nowhere."""
    return assistant.answer(Question(question, on, Channel.STAFF, f"trial-{secrets.token_hex(8)}"))
