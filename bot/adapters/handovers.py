"""Questions given to the staff: a 6-digit number under which the reply, never the question, is read."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select, update

from bot.types import Handover
from knowledge.database.service_models import answers, handovers

LIFE = timedelta(days=90)
FIRST, NUMBERS = 100_000, 900_000


def give(connection: Connection, town: str, question: str, answer_id: str | None, now: datetime) -> str:
    """Keep a masked question and give its number; the same answer given twice keeps its number."""
    if answer_id is not None:
        same = (handovers.c.town == town, handovers.c.answer_id == answer_id)
        known = connection.execute(select(handovers.c.number).where(*same)).scalar()
        if known is not None:
            return str(known)
    number = _unused(connection, town)
    row = {"number": number, "answer_id": answer_id, "question": question, "given_at": now}
    connection.execute(insert(handovers), {"town": town, **row})
    return number


def question_of(connection: Connection, town: str, answer_id: str) -> str | None:
    """What was asked (masked) for a stored answer."""
    asked = select(answers.c.question).where(answers.c.town == town, answers.c.id == answer_id)
    return connection.execute(asked).scalar()


def read(connection: Connection, town: str, number: str, now: datetime) -> Handover | None:
    """What may be shown under a number; None when it was never given or is over."""
    asked = select(handovers.c.given_at, handovers.c.reply, handovers.c.replied_at).where(
        handovers.c.town == town, handovers.c.number == number, handovers.c.given_at > now - LIFE
    )
    row = connection.execute(asked).first()
    return None if row is None else Handover(row.given_at, row.reply, row.replied_at)


def reply(connection: Connection, town: str, number: str, words: str, now: datetime) -> bool:
    """Put the staff's reply under a living number; False where there is none."""
    living = (handovers.c.town == town, handovers.c.number == number, handovers.c.given_at > now - LIFE)
    changed = connection.execute(update(handovers).where(*living).values(reply=words, replied_at=now))
    return bool(changed.rowcount)


def forget_old(connection: Connection, town: str, now: datetime) -> None:
    """The words go, the number stays taken."""
    old = (handovers.c.town == town, handovers.c.given_at <= now - LIFE)
    connection.execute(
        update(handovers).where(*old).values(question=None, reply=None, answer_id=None, replied_at=None)
    )


def _unused(connection: Connection, town: str) -> str:
    while True:
        number = str(FIRST + secrets.randbelow(NUMBERS))
        same = (handovers.c.town == town, handovers.c.number == number)
        if connection.execute(select(handovers.c.number).where(*same)).first() is None:
            return number
