"""Counts of a day, kept for good: how many questions on what, never who or in which words."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import Connection, Date, bindparam, insert, select, text

from bot.types import Answer, BlockKind, Channel, Question
from knowledge.database.service_models import daily_counts, installation

NEVER_COUNTED = (Channel.STAFF, Channel.CLI)
DANGER = "danger"
"""`status` of the row a danger card adds to; that row says the topic and the day and nothing else."""

# Spoken by SQLite and PostgreSQL alike.
_ADD = text(
    "INSERT INTO daily_counts"
    " (town, installation, day, channel, event, topic, entry, status, questions, sessions)"
    " VALUES (:town, :installation, :day, :channel, :event, :topic, :entry, :status, 1, :sessions)"
    " ON CONFLICT (town, installation, day, channel, event, topic, entry, status) DO UPDATE SET"
    " questions = daily_counts.questions + 1, sessions = daily_counts.sessions + excluded.sessions"
).bindparams(bindparam("day", type_=Date))


def is_danger(answer: Answer) -> bool:
    return bool(answer.blocks) and answer.blocks[0].kind is BlockKind.DANGER


def add_count(
    connection: Connection,
    town: str,
    question: Question,
    answer: Answer,
    now: datetime,
    *,
    new_session: bool,
) -> None:
    """One question more in the row of its day, channel, event, topic, entry and status."""
    row = {
        "town": town,
        "installation": installation_id(connection, town, now),
        "day": question.on,
        "channel": question.channel.value,
        "event": (question.event or "")[:60],
        "topic": answer.topic or "",
        "entry": answer.documents[0] if answer.documents else "",
        "status": answer.status.value,
        "sessions": int(new_session),
    }
    if is_danger(answer):
        row |= {"channel": "", "event": "", "entry": "", "status": DANGER}
    connection.execute(_ADD, row)


def installation_id(connection: Connection, town: str, now: datetime) -> str:
    """Who this installation is (made up at the first call); counts of others stand beside its own."""
    known = connection.execute(select(installation.c.id).where(installation.c.town == town)).scalar()
    if known is None:
        known = secrets.token_hex(16)
        connection.execute(insert(installation), {"town": town, "id": known, "created_at": now})
    return known


def counts_of(connection: Connection, town: str, day: date) -> list[dict[str, object]]:
    """Rows of one day, all installations."""
    asked = select(daily_counts).where(daily_counts.c.town == town, daily_counts.c.day == day)
    return [dict(row) for row in connection.execute(asked).mappings()]
