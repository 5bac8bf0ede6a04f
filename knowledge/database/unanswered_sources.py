"""Stored answers, feedback and handovers that left a need open and stand in no group yet. All words are masked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, RowMapping, exists, literal, select

from knowledge.database.service_models import answers, feedback, handovers
from knowledge.database.unanswered_models import question_sources
from knowledge.database.unanswered_values import HANDED_OVER, OPINION, UNHELPFUL
from knowledge.normalise import normalise

LEFT_OPEN = ("no_basis", "partial", "withheld", "needs_person")
"""Statuses of answers that left something open."""
NOT_COUNTED = ("staff", "cli")
MAX_AT_ONCE = 2000
_CHINA = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """ref: `question_sources`. why: a status of LEFT_OPEN, UNHELPFUL or HANDED_OVER."""

    ref: str
    text: str
    at: datetime
    day: date
    channel: str
    why: str


def handover_ref(number: str) -> str:
    return f"handover:{number}"


def open_questions(connection: Connection, town: str) -> list[OpenQuestion]:
    """Oldest first; each answer once, however many of these reasons it has."""
    found: dict[str, OpenQuestion] = {}
    for question in (*_answers(connection, town), *_handovers(connection, town)):
        found.setdefault(question.ref, question)
    return sorted(found.values(), key=lambda question: (question.at, question.ref))[:MAX_AT_ONCE]


def _not_taken(town: str, ref: ColumnElement[str]) -> ColumnElement[bool]:
    """It stands in no group yet."""
    sources = question_sources.c
    return ~exists().where(sources.town == town, sources.ref == ref)


def _answers(connection: Connection, town: str) -> list[OpenQuestion]:
    """Of answers: those that left something open, those that did not help, those that were handed over."""
    unhelpful = select(feedback.c.answer_id).where(feedback.c.town == town, feedback.c.useful.is_(False))
    handed = select(handovers.c.answer_id).where(handovers.c.town == town, handovers.c.answer_id.is_not(None))
    reasons = (
        (None, answers.c.status.in_(LEFT_OPEN)),
        (UNHELPFUL, answers.c.id.in_(unhelpful)),
        (HANDED_OVER, answers.c.id.in_(handed)),
    )
    found = []
    for why, condition in reasons:
        asked = select(answers).where(
            answers.c.town == town,
            answers.c.channel.not_in(NOT_COUNTED),
            condition,
            _not_taken(town, answers.c.id),
        )
        oldest = asked.order_by(answers.c.asked_at, answers.c.id).limit(MAX_AT_ONCE)
        for row in connection.execute(oldest).mappings():
            words = asked_alone(row["question"], row["body"])
            found.append(OpenQuestion(row["id"], words, row["asked_at"], row["day"], row["channel"], why or row["status"]))
    return found


def _handovers(connection: Connection, town: str) -> list[OpenQuestion]:
    """Questions given to the staff without an answer of ours."""
    asked = select(handovers).where(
        handovers.c.town == town,
        handovers.c.answer_id.is_(None),
        handovers.c.question.is_not(None),
        handovers.c.question.not_like(f"{OPINION}%"),
        _not_taken(town, literal(handover_ref("")) + handovers.c.number),
    )
    return [_handover(row) for row in connection.execute(asked).mappings()]


def _handover(row: RowMapping) -> OpenQuestion:
    at = row["given_at"]
    day = at.astimezone(_CHINA).date()
    return OpenQuestion(handover_ref(row["number"]), row["question"], at, day, "", HANDED_OVER)


def asked_alone(question: str, body: Mapping[str, Any]) -> str:
    """The question with the words of the conversation that it goes on from, where it does."""
    understood, said = str(body.get("understood") or ""), normalise(question)
    return understood if understood != said and understood.endswith(said) else question
