"""Versions as the desk reads them. Every function runs inside the caller's session."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, RowMapping, Text, cast, func, select

from knowledge.database.desk_steps import followers
from knowledge.database.desk_values import CitedAnswer, VersionRow
from knowledge.database.models import passages, versions
from knowledge.database.rows import passage_of, version_of
from knowledge.database.service_models import answers, daily_counts
from knowledge.database.states import VersionState
from knowledge.types import Passage, Period, StoredVersion

CITED_DAYS = timedelta(days=90)
SHOWN_ANSWERS = 10


def rows(connection: Connection, town: str, document_id: str = "") -> list[VersionRow]:
    """Every version (of one document, where named), oldest first, without its text."""
    columns = [column for column in versions.c if column.name not in ("content", "digest")]
    asked = select(*columns).where(versions.c.town == town)
    if document_id:
        asked = asked.where(versions.c.document_id == document_id)
    live = select(versions.c.document_id).where(
        versions.c.town == town, versions.c.state == VersionState.PUBLISHED.value
    )
    published = set(connection.execute(live).scalars())
    followed = {item.document_id for item in followers(connection, town) if item.successor_id in published}
    found = connection.execute(asked.order_by(versions.c.document_id, versions.c.ordinal)).mappings()
    return [_row(row, row["document_id"] in followed) for row in found]


def cited(connection: Connection, town: str, document_id: str, now: datetime) -> tuple[int, list[CitedAnswer]]:
    """How many answers of the last 90 days cited a document, and the newest of them."""
    named = cast(answers.c.body, Text).contains(f'"document_id": "{document_id}"', autoescape=True)
    those = (answers.c.town == town, answers.c.asked_at > now - CITED_DAYS, named)
    number = connection.execute(select(func.count()).select_from(answers).where(*those)).scalar() or 0
    newest = select(answers.c.asked_at, answers.c.question).where(*those).order_by(answers.c.asked_at.desc())
    shown = connection.execute(newest.limit(SHOWN_ANSWERS)).all()
    return number, [CitedAnswer(row.asked_at, row.question) for row in shown]


def state_of(connection: Connection, town: str, document_id: str, version: str) -> VersionState | None:
    found = connection.execute(select(versions.c.state).where(*same(town, document_id, version))).scalar()
    return None if found is None else VersionState(found)


def published_version(connection: Connection, town: str, document_id: str) -> StoredVersion | None:
    asked = select(versions.c.version).where(
        versions.c.town == town,
        versions.c.document_id == document_id,
        versions.c.state == VersionState.PUBLISHED.value,
    )
    found = connection.execute(asked).scalar()
    return None if found is None else stored_version(connection, town, document_id, found)


def cited_counts(connection: Connection, town: str, since: date) -> dict[str, int]:
    """Document -> how many answers since that day leaned on it first."""
    asked = (
        select(daily_counts.c.entry, func.sum(daily_counts.c.questions))
        .where(daily_counts.c.town == town, daily_counts.c.day >= since, daily_counts.c.entry != "")
        .group_by(daily_counts.c.entry)
    )
    return {row[0]: int(row[1]) for row in connection.execute(asked)}


def stored_version(connection: Connection, town: str, document_id: str, version: str) -> StoredVersion | None:
    row = connection.execute(select(versions).where(*same(town, document_id, version))).mappings().first()
    if row is None:
        return None
    return version_of(row, stored_passages(connection, town, document_id, version))


def stored_passages(connection: Connection, town: str, document_id: str, version: str) -> tuple[Passage, ...]:
    asked = select(passages).where(
        passages.c.town == town, passages.c.document_id == document_id, passages.c.version == version
    )
    return tuple(passage_of(row) for row in connection.execute(asked.order_by(passages.c.ordinal)).mappings())



def same(town: str, document_id: str, version: str) -> tuple[ColumnElement[bool], ...]:
    """The key of one version."""
    return (
        versions.c.town == town,
        versions.c.document_id == document_id,
        versions.c.version == version,
    )


def _row(row: RowMapping, followed: bool) -> VersionRow:
    names = VersionRow.__dataclass_fields__.keys() - {"period", "followed"}
    period = Period(row["effective_from"], row["effective_to"])
    return VersionRow(**{name: row[name] for name in names}, period=period, followed=followed)
