"""Counts of another installation, brought in by file. Every function runs inside the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from knowledge.database import events
from knowledge.database.counts_reading import own_id
from knowledge.database.counts_values import CountImport, CountRow, DayCounts, SentCounts, Taken
from knowledge.database.service_models import count_imports, daily_counts

_C = count_imports.c


def take(connection: Connection, town: str, sent: SentCounts, who: str, at: datetime) -> Taken:
    """Put its days in place of those it sent before, and add the events that are not known here.

    An older file than the newest one taken is refused: its last day may be half a day.
    """
    if sent.installation == own_id(connection, town):
        return Taken.OWN
    if not sent.days:
        return Taken.EMPTY
    asked = select(_C.digest, _C.made_at).where(_C.town == town, _C.installation == sent.installation)
    before = connection.execute(asked).all()
    if any(row.digest == sent.digest for row in before):
        return Taken.SAME
    if any(row.made_at >= sent.made_at for row in before):
        return Taken.OLDER
    for day in sent.days:
        _replace(connection, town, sent.installation, day)
    events.add_unknown(connection, town, (replace(event, made_by=who, made_at=at) for event in sent.events))
    _note(connection, town, sent, who, at)
    return Taken.DONE


def imports(connection: Connection, town: str) -> list[CountImport]:
    """What was brought in, the last one first."""
    asked = select(*(_C[name] for name in CountImport.__slots__)).where(_C.town == town)
    return [CountImport(*row) for row in connection.execute(asked.order_by(_C.taken_at.desc(), _C.digest))]


def _replace(connection: Connection, town: str, source: str, day: DayCounts) -> None:
    same = (daily_counts.c.town == town, daily_counts.c.installation == source, daily_counts.c.day == day.day)
    connection.execute(delete(daily_counts).where(*same))
    key = {"town": town, "installation": source, "day": day.day}
    connection.execute(insert(daily_counts), [key | _values(row) for row in day.rows])


def _values(row: CountRow) -> dict[str, object]:
    return {name: getattr(row, name) for name in CountRow.__slots__}


def _note(connection: Connection, town: str, sent: SentCounts, who: str, at: datetime) -> None:
    days = [day.day for day in sent.days]
    row = {
        "town": town,
        "installation": sent.installation,
        "digest": sent.digest,
        "made_at": sent.made_at,
        "first_day": min(days),
        "last_day": max(days),
        "questions": sent.questions,
        "sessions": sent.sessions,
        "taken_by": who,
        "taken_at": at,
    }
    connection.execute(insert(count_imports), row)
