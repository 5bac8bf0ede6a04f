"""Counts added up by what is asked of them. Pure: rows in, numbers out, nothing hidden yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.database.counts_values import CountRow

ANSWERED = "answered"
PARTIAL = "partial"
UNANSWERED = frozenset({"no_basis", "withheld"})
HELPED = frozenset({ANSWERED, PARTIAL})
PERSON = "needs_person"
DANGER = "danger"
OUTCOMES = {
    ANSWERED: "答上了",
    PARTIAL: "答了一部分",
    "no_basis": "没答上",
    "withheld": "没答上",
    "ask_back": "要再问一句情况",
    PERSON: "要当面问",
    "out_of_scope": "不归这里管",
    "declined": "不能帮的",
    "greeting": "打招呼",
    DANGER: "有危险，先给了电话",
}
OTHER_OUTCOME = "别的"


@dataclass(frozen=True, slots=True)
class Figures:
    """questions: 问题数. sessions: 人次, a conversation of one day counts once. The rest: name -> questions.

    channel_sessions, event_sessions: name -> 人次 (a conversation has one channel and one event, but many topics).
    helped: entry -> questions it answered. missed: topic -> questions nobody could answer, or not wholly.
    """

    questions: int
    sessions: int
    outcomes: Mapping[str, int]
    topics: Mapping[str, int]
    channels: Mapping[str, int]
    events: Mapping[str, int]
    channel_sessions: Mapping[str, int]
    event_sessions: Mapping[str, int]
    helped: Mapping[str, int]
    missed: Mapping[str, int]
    statuses: Mapping[str, int]

    @property
    def unanswered(self) -> int:
        return sum(self.statuses.get(status, 0) for status in UNANSWERED)

    @property
    def answerable(self) -> int:
        """Questions that wanted an answer out of the texts: answered, wholly or in part, or not."""
        return sum(self.statuses.get(status, 0) for status in HELPED | UNANSWERED)


def figures(rows: Sequence[CountRow]) -> Figures:
    """Names are the stored slugs, but for outcomes, which are the words of OUTCOMES."""
    return Figures(
        questions=sum(row.questions for row in rows),
        sessions=sum(row.sessions for row in rows),
        outcomes=_tally(rows, lambda row: OUTCOMES.get(row.status, OTHER_OUTCOME)),
        topics=_tally(rows, lambda row: row.topic),
        channels=_tally(rows, lambda row: row.channel),
        events=_tally(rows, lambda row: row.event),
        channel_sessions=_tally(rows, lambda row: row.channel, lambda row: row.sessions),
        event_sessions=_tally(rows, lambda row: row.event, lambda row: row.sessions),
        helped=_tally((row for row in rows if row.status in HELPED and row.entry), lambda row: row.entry),
        missed=_tally((row for row in rows if row.status in UNANSWERED | {PARTIAL}), lambda row: row.topic),
        statuses=_tally(rows, lambda row: row.status),
    )


def _questions(row: CountRow) -> int:
    return row.questions


def _tally(
    rows: Iterable[CountRow],
    key: Callable[[CountRow], str],
    weight: Callable[[CountRow], int] = _questions,
) -> Counter[str]:
    found: Counter[str] = Counter()
    for row in rows:
        found[key(row)] += weight(row)
    return found
