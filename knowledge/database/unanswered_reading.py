"""Groups, handed-over questions and feedback as the desk reads them. Every function runs inside the caller's session."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from knowledge.database.service_models import answers, feedback, handovers
from knowledge.database.unanswered_models import (
    feedback_seen,
    question_counts,
    question_groups,
    question_sources,
    question_wordings,
)
from knowledge.database.unanswered_sources import asked_alone, handover_ref
from knowledge.database.unanswered_values import (
    GivenFeedback,
    GroupState,
    HandedOver,
    QuestionGroup,
    QuestionWording,
)

MAX_FEEDBACK = 500


def groups(connection: Connection, town: str, group_id: str = "") -> list[QuestionGroup]:
    """Every group (or the one named), the most asked first, then the latest."""
    asked = select(question_groups).where(question_groups.c.town == town)
    if group_id:
        asked = asked.where(question_groups.c.id == group_id)
    rows = connection.execute(asked).mappings().all()
    channels, reasons = _counts(connection, town)
    words = _wordings(connection, town)
    found = [_group(row, channels[row["id"]], reasons[row["id"]], words[row["id"]]) for row in rows]
    return sorted(found, key=lambda group: (-group.questions, -group.last_at.timestamp(), group.id))


def group_of_wording(connection: Connection, town: str, key: str) -> str:
    """Id of the group that has the wording now; '' for none."""
    words = question_wordings.c
    asked = select(words.group_id).where(words.town == town, words.key == key)
    return connection.execute(asked).scalar() or ""


def _counts(connection: Connection, town: str) -> tuple[defaultdict[str, Counter[str]], defaultdict[str, Counter[str]]]:
    channels: defaultdict[str, Counter[str]] = defaultdict(Counter)
    reasons: defaultdict[str, Counter[str]] = defaultdict(Counter)
    asked = select(question_counts).where(question_counts.c.town == town)
    for row in connection.execute(asked).mappings():
        channels[row["group_id"]][row["channel"]] += row["questions"]
        reasons[row["group_id"]][row["why"]] += row["questions"]
    return channels, reasons


def _wordings(connection: Connection, town: str) -> defaultdict[str, list[QuestionWording]]:
    words = question_wordings.c
    asked = select(question_wordings).where(words.town == town)
    found: defaultdict[str, list[QuestionWording]] = defaultdict(list)
    for row in connection.execute(asked.order_by(words.times.desc(), words.first_at, words.key)).mappings():
        found[row["group_id"]].append(QuestionWording(row["key"], row["text"], row["times"], row["last_at"]))
    return found


def _group(
    row: RowMapping, channels: Counter[str], reasons: Counter[str], words: list[QuestionWording]
) -> QuestionGroup:
    return QuestionGroup(
        id=row["id"],
        state=GroupState(row["state"]),
        opened_at=row["opened_at"],
        last_at=row["last_at"],
        owner=row["owner"],
        document_id=row["document_id"],
        why=row["why"],
        changed_by=row["changed_by"],
        changed_at=row["changed_at"],
        revision=row["revision"],
        questions=sum(reasons.values()),
        channels=dict(channels),
        reasons=dict(reasons),
        wordings=tuple(words),
        draft=row["draft"],
    )


def handed_over(connection: Connection, town: str, since: datetime) -> list[HandedOver]:
    """Questions and opinions under living numbers, those without a reply first, then the oldest first."""
    asked = select(handovers).where(
        handovers.c.town == town, handovers.c.question.is_not(None), handovers.c.given_at > since
    )
    rows = connection.execute(asked.order_by(handovers.c.given_at)).mappings().all()
    placed = _places(connection, town)
    found = [_handed_over(row, placed) for row in rows]
    return sorted(found, key=lambda item: (item.replied_at is not None, item.given_at))


def _handed_over(row: RowMapping, placed: Mapping[str, str]) -> HandedOver:
    group = placed.get(handover_ref(row["number"])) or placed.get(row["answer_id"] or "", "")
    return HandedOver(
        row["number"], row["question"], row["given_at"], row["reply"] or "", row["replied_at"], group
    )


def _places(connection: Connection, town: str) -> dict[str, str]:
    """ref -> group."""
    asked = select(question_sources.c.ref, question_sources.c.group_id).where(question_sources.c.town == town)
    return {row.ref: row.group_id for row in connection.execute(asked)}


def given_feedback(connection: Connection, town: str, answer_id: str = "") -> list[GivenFeedback]:
    """没帮上 first, of them those that nobody has looked at, then the newest."""
    asked = (
        select(feedback, answers.c.question, answers.c.asked_at, answers.c.body, feedback_seen.c.who)
        .join(answers, (answers.c.town == feedback.c.town) & (answers.c.id == feedback.c.answer_id))
        .outerjoin(
            feedback_seen,
            (feedback_seen.c.town == feedback.c.town) & (feedback_seen.c.answer_id == feedback.c.answer_id),
        )
        .where(feedback.c.town == town)
    )
    if answer_id:
        asked = asked.where(feedback.c.answer_id == answer_id)
    rows = connection.execute(asked.order_by(feedback.c.given_at.desc(), feedback.c.answer_id)).mappings().all()
    placed = _places(connection, town)
    found = [_feedback(row, placed) for row in rows]
    found.sort(key=lambda item: (item.useful, bool(item.seen_by)))
    return found[:MAX_FEEDBACK]


def _feedback(row: RowMapping, placed: Mapping[str, str]) -> GivenFeedback:
    return GivenFeedback(
        answer_id=row["answer_id"],
        useful=bool(row["useful"]),
        reason=row["reason"] or "",
        words=row["words"] or "",
        given_at=row["given_at"],
        asked_at=row["asked_at"],
        question=asked_alone(row["question"], row["body"]),
        body=row["body"],
        seen_by=row["who"] or "",
        group_id=placed.get(row["answer_id"], ""),
    )
