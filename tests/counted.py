"""Counts put straight into a database, and the slow way of adding them up again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import Engine, delete, insert, select

from knowledge.database.counts_values import CountRow, Event, EventKind
from knowledge.database.engine import reading, writing
from knowledge.database.service_models import daily_counts
from tests.fakes import NOW, ON

OWN = "0" * 32


@dataclass(frozen=True)
class Counted:
    """One row of the table with its key."""

    day: date
    installation: str
    row: CountRow


def a_count(
    questions: int = 7,
    sessions: int = 3,
    *,
    day: date = ON,
    channel: str = "phone",
    event: str = "",
    topic: str = "dibao",
    entry: str = "",
    status: str = "answered",
    installation: str = OWN,
) -> Counted:
    return Counted(day, installation, CountRow(channel, event, topic, entry, status, questions, sessions))


def an_event(name: str = "fair-1", day: date = ON, present: int | None = 120, at: datetime = NOW) -> Event:
    return Event(name, f"活动{name}", EventKind.FAIR, day, "镇街上", present, "bian", at)


def put_counts(engine: Engine, town: str, counted: Sequence[Counted]) -> None:
    """In place of all that is there."""
    with writing(engine) as connection:
        connection.execute(delete(daily_counts).where(daily_counts.c.town == town))
        rows = [{"town": town, "installation": each.installation, "day": each.day, **asdict(each.row)} for each in counted]
        if rows:
            connection.execute(insert(daily_counts), rows)


def recount(engine: Engine, town: str, first: date, end: date, key: Callable[[CountRow], str]) -> Counter[str]:
    """Questions of [first, end) by a name, row by row from the table itself."""
    found: Counter[str] = Counter()
    with reading(engine) as connection:
        for held in connection.execute(select(daily_counts)).mappings():
            if held["town"] == town and first <= held["day"] < end:
                found[key(CountRow(**{name: held[name] for name in CountRow.__slots__}))] += held["questions"]
    return found
