"""Store of one process's conversations and nothing else: for `pufa ask` and `pufa evaluate`, which keep nothing."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from bot.ports import StoreUnavailable
from bot.types import Answer, Handover, Question, Shared, Turn


class MemoryStore:
    """Turns by conversation, for the life of the object."""

    def __init__(self) -> None:
        self._turns: dict[str, list[Turn]] = defaultdict(list)

    def history(self, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
        return tuple(self._turns.get(conversation_id, ()))

    def save(self, question: Question, answer: Answer, turn: Turn | None, now: datetime) -> None:
        if turn is not None:
            self._turns[answer.conversation_id].append(turn)

    def answer(self, answer_id: str, now: datetime) -> Answer | None:
        return None

    def end(self, conversation_id: str) -> None:
        self._turns.pop(conversation_id, None)

    def feedback(self, answer_id: str, useful: bool, reason: str | None, words: str | None, now: datetime) -> bool:
        return False

    def counts(self, day: date) -> list[dict[str, object]]:
        return []

    def hand_over(self, question: str | None, answer_id: str | None, now: datetime) -> str | None:
        return None

    def handover(self, number: str, now: datetime) -> Handover | None:
        return None

    def share(self, answer: Answer, question: str, now: datetime) -> str:
        raise StoreUnavailable

    def shared(self, token: str, now: datetime) -> Shared | None:
        return None
