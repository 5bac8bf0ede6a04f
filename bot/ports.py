"""What the pipeline asks of the outside: a store of conversations and answers, and an optional generator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.types import Answer, Event, Handover, Question, Shared, Turn


class GeneratorUnavailable(Exception):
    """The model did not answer in time or in form. kind: a fixed slug for logs, never shown."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Prompt:
    system: str
    user: str
    digest: str


@dataclass(frozen=True, slots=True)
class Reply:
    text: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0


class Generator(Protocol):
    def generate(self, prompt: Prompt) -> Reply:
        """One whole reply. Raises GeneratorUnavailable."""
        ...


class StoreUnavailable(Exception):
    """The store cannot be read or written now; answers go on without it."""


class Store(Protocol):
    """Conversations, answers and counts. Texts given to it are masked already."""

    def history(self, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
        """Earlier turns, oldest first; () when unknown or older than 30 minutes."""
        ...

    def save(self, question: Question, answer: Answer, turn: Turn | None, now: datetime) -> None:
        """Store answer, turn (None: nothing may be remembered) and counts in one transaction."""
        ...

    def answer(self, answer_id: str, now: datetime) -> Answer | None:
        """A stored answer while its own page lives (30 minutes), else None."""
        ...

    def end(self, conversation_id: str) -> None: ...

    def feedback(self, answer_id: str, useful: bool, reason: str | None, words: str | None, now: datetime) -> bool:
        """True when the answer is known and the feedback was stored (replacing an earlier one)."""
        ...

    def counts(self, day: date) -> list[dict[str, object]]:
        """Rows of daily_counts of one day."""
        ...

    def hand_over(self, question: str | None, answer_id: str | None, now: datetime) -> str | None:
        """A 6-digit number for a masked question, or for that of a stored answer; None: no such answer."""
        ...

    def handover(self, number: str, now: datetime) -> Handover | None:
        """What may be read under a number for 90 days, else None."""
        ...

    def share(self, answer: Answer, question: str, now: datetime) -> str:
        """A token (128 random bits) under which the answer can be read for 30 days."""
        ...

    def shared(self, token: str, now: datetime) -> Shared | None:
        """None for a token that was never given."""
        ...


class Assistant(Protocol):
    """What the pages talk to."""

    def ask(self, question: Question) -> Iterator[Event]:
        """Started, StageReached*, BlockReady*, Finished. Never raises for a person's input."""
        ...

    def answer(self, question: Question) -> Answer: ...
