"""The port of truth on SQLAlchemy: what is published, and the writing that ingest and desk do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection, Engine, RowMapping, select

from knowledge.database.added_wordings import approved_by_document
from knowledge.database.desk_gone import gone
from knowledge.database.desk_records import kept_digests, records_in
from knowledge.database.engine import reading, writing
from knowledge.database.figures import instruments_in, parameters_in, put_figures, put_parameter
from knowledge.database.letterheads import letterheads
from knowledge.database.models import passages, versions
from knowledge.database.publishing import (
    add_version,
    close_published,
    publish_version,
    raise_revision,
    revision_in,
)
from knowledge.database.rows import passage_of, version_of
from knowledge.database.states import HeldDocument, HeldVersion, VersionState
from knowledge.overlay_values import TownRecord
from knowledge.types import DocumentOrigin, Gone, Instrument, Parameter, Passage, StoredVersion


def _nothing() -> None:
    return None


class SqlTruth:
    """Knowledge of one town. Every call is one short session; objects may be shared by threads."""

    def __init__(self, engine: Engine, town: str) -> None:
        self.engine = engine
        self.town = town

    # -- reading: knowledge.ports.Truth

    def revision(self) -> int:
        """Grows with every change of what is published; 0 before the first."""
        with reading(self.engine) as connection:
            return revision_in(connection, self.town)

    def published(self) -> tuple[StoredVersion, ...]:
        """Every published version with its passages, by document id; seen at one moment."""
        with reading(self.engine) as connection:
            asked = select(versions).where(
                versions.c.town == self.town, versions.c.state == VersionState.PUBLISHED.value
            )
            rows = connection.execute(asked.order_by(versions.c.document_id)).mappings().all()
            parts = self._published_passages(connection)
            heads = letterheads(connection, self.town)
            added = approved_by_document(connection, self.town)
        keys = [(row["document_id"], row["version"]) for row in rows]
        found = (version_of(row, tuple(parts[key]), heads.get(key)) for row, key in zip(rows, keys, strict=True))
        return tuple(replace(version, also_asked=added.get(version.document_id, ())) for version in found)

    def parameters(self) -> dict[str, Parameter]:
        with reading(self.engine) as connection:
            return parameters_in(connection, self.town)

    def instruments(self) -> dict[str, Instrument]:
        with reading(self.engine) as connection:
            return instruments_in(connection, self.town)

    def gone(self, document_id: str, on: date) -> Gone | None:
        """What became of a document that is not shown that day; None for what never was."""
        with reading(self.engine) as connection:
            return gone(connection, self.town, document_id, on)

    # -- reading: for ingest, desk and doctor

    def version(self, document_id: str, version: str) -> StoredVersion | None:
        """Any stored version, published or not."""
        same = (versions.c.town == self.town, versions.c.document_id == document_id)
        with reading(self.engine) as connection:
            one = select(versions).where(*same, versions.c.version == version)
            row = connection.execute(one).mappings().first()
            if row is None:
                return None
            asked = select(passages).where(
                passages.c.town == self.town,
                passages.c.document_id == document_id,
                passages.c.version == version,
            )
            found = connection.execute(asked.order_by(passages.c.ordinal)).mappings().all()
        return version_of(row, tuple(passage_of(part) for part in found))

    def held(self) -> dict[str, HeldDocument]:
        """Every document with its versions in short."""
        columns = versions.c
        asked = select(
            columns.document_id,
            columns.version,
            columns.ordinal,
            columns.state,
            columns.origin,
            columns.digest,
            columns.closed_by,
        ).where(columns.town == self.town)
        found: defaultdict[str, list[HeldVersion]] = defaultdict(list)
        with reading(self.engine) as connection:
            for row in connection.execute(asked.order_by(columns.document_id, columns.ordinal)).mappings():
                found[row["document_id"]].append(_held_version(row))
        return {key: HeldDocument(key, tuple(items)) for key, items in found.items()}

    def original_digests(self) -> set[str]:
        """sha256 of every original that some version, paper or waiting parcel of any town names."""
        with reading(self.engine) as connection:
            named = set(connection.execute(select(versions.c.original_sha256).distinct()).scalars())
            return (named | kept_digests(connection)) - {""}

    def town_records(self) -> list[TownRecord]:
        """What the desk has confirmed of offices and hotlines."""
        with reading(self.engine) as connection:
            return records_in(connection, self.town)

    # -- writing: one transaction each

    def add(
        self,
        version: StoredVersion,
        state: VersionState,
        now: datetime,
        *,
        reason: str | None = None,
        half_written: Callable[[], None] = _nothing,
        before_commit: Callable[[], None] = _nothing,
    ) -> None:
        """Store a version; as published it replaces the published one.

        The callbacks run inside the transaction: after the version's row, and before the end.
        """
        with writing(self.engine) as connection:
            add_version(connection, self.town, version, state, now, half_written, reason)
            before_commit()

    def publish(self, document_id: str, version: str, now: datetime, *, by: str) -> bool:
        """Publish a stored draft or reviewed version; False when it is in no such state."""
        with writing(self.engine) as connection:
            return publish_version(connection, self.town, document_id, version, now, by)

    def withdraw(
        self,
        document_id: str,
        now: datetime,
        *,
        by: str,
        reason: str,
        before_commit: Callable[[], None] = _nothing,
    ) -> bool:
        """Take a document out of every answer; False when nothing of it is published."""
        with writing(self.engine) as connection:
            closed = close_published(
                connection, self.town, document_id, VersionState.WITHDRAWN, now, by, reason
            )
            if closed:
                raise_revision(connection, self.town, now)
            before_commit()
        return closed

    def put_figures(
        self,
        wanted: Mapping[str, Parameter],
        resting_on: Mapping[str, Instrument],
        now: datetime,
        *,
        before_commit: Callable[[], None] = _nothing,
    ) -> bool:
        """Make bundled figures and instruments what the folder says; False when they were so already.

        Figures that the desk wrote are left alone. Bundled figures no longer wanted are removed.
        """
        with writing(self.engine) as connection:
            if not put_figures(connection, self.town, wanted, resting_on):
                return False
            raise_revision(connection, self.town, now)
            before_commit()
        return True

    def put_parameter(self, parameter: Parameter, origin: DocumentOrigin, now: datetime) -> None:
        """Write one figure (the desk's way)."""
        with writing(self.engine) as connection:
            put_parameter(connection, self.town, parameter, origin)
            raise_revision(connection, self.town, now)

    # -- inside a session

    def _published_passages(self, connection: Connection) -> defaultdict[tuple[str, str], list[Passage]]:
        same = (
            (versions.c.town == passages.c.town)
            & (versions.c.document_id == passages.c.document_id)
            & (versions.c.version == passages.c.version)
        )
        asked = (
            select(passages)
            .join(versions, same)
            .where(passages.c.town == self.town, versions.c.state == VersionState.PUBLISHED.value)
            .order_by(passages.c.document_id, passages.c.ordinal)
        )
        found: defaultdict[tuple[str, str], list[Passage]] = defaultdict(list)
        for row in connection.execute(asked).mappings():
            found[row["document_id"], row["version"]].append(passage_of(row))
        return found


def _held_version(row: RowMapping) -> HeldVersion:
    return HeldVersion(
        document_id=row["document_id"],
        version=row["version"],
        ordinal=row["ordinal"],
        state=VersionState(row["state"]),
        origin=DocumentOrigin(row["origin"]),
        digest=row["digest"],
        closed_by=row["closed_by"],
    )
