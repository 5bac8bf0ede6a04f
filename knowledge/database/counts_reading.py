"""Sums over `daily_counts`. Every function runs inside the caller's session; all installations count."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, func, select

from knowledge.database.counts_values import Choice, CountRow, DayCounts
from knowledge.database.service_models import daily_counts, installation

_C = daily_counts.c
_KEYS = (_C.channel, _C.event, _C.topic, _C.entry, _C.status)


def sums(connection: Connection, town: str, first: date, end: date, choice: Choice) -> list[CountRow]:
    """Counts of [first, end), added up over days and installations."""
    asked = (
        select(*_KEYS, func.sum(_C.questions), func.sum(_C.sessions))
        .where(*_those(town, choice), _C.day >= first, _C.day < end)
        .group_by(*_KEYS)
        .order_by(*_KEYS)
    )
    return [CountRow(*row[:5], int(row[5]), int(row[6])) for row in connection.execute(asked)]


def by_day(
    connection: Connection, town: str, first: date, end: date, choice: Choice
) -> list[tuple[date, int, int]]:
    """(day, questions, sessions) of each day of [first, end) that has any, in order."""
    asked = (
        select(_C.day, func.sum(_C.questions), func.sum(_C.sessions))
        .where(*_those(town, choice), _C.day >= first, _C.day < end)
        .group_by(_C.day)
        .order_by(_C.day)
    )
    return [(row[0], int(row[1]), int(row[2])) for row in connection.execute(asked)]


def own_id(connection: Connection, town: str) -> str | None:
    """Who this installation is; None before its first count."""
    found: str | None = connection.execute(select(installation.c.id).where(installation.c.town == town)).scalar()
    return found


def own_days(connection: Connection, town: str, own: str) -> tuple[DayCounts, ...]:
    """What this installation itself counted, by day; what others brought here stays here."""
    asked = select(_C.day, *_KEYS, _C.questions, _C.sessions).where(_C.town == town, _C.installation == own)
    rows = connection.execute(asked.order_by(_C.day, *_KEYS)).all()
    return tuple(
        DayCounts(day, tuple(CountRow(*row[1:]) for row in held)) for day, held in groupby(rows, lambda row: row[0])
    )


def _those(town: str, choice: Choice) -> list[ColumnElement[bool]]:
    wanted = {_C.channel: choice.channel, _C.event: choice.event, _C.topic: choice.topic}
    return [_C.town == town, *(column == value for column, value in wanted.items() if value is not None)]
