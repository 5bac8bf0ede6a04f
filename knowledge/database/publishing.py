"""Writing versions. Each function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from knowledge.database.models import documents, passages, revisions, versions
from knowledge.database.rows import passage_row, version_row
from knowledge.database.states import VersionState
from knowledge.types import StoredVersion


def add_version(
    connection: Connection,
    town: str,
    version: StoredVersion,
    state: VersionState,
    now: datetime,
    half_written: Callable[[], None] = lambda: None,
    reason: str | None = None,
) -> None:
    """Write a version with its passages, and its document if that is new. half_written: called in between.

    A version added as published replaces the published one and raises the revision.
    """
    _add_document(connection, town, version, now)
    if state is VersionState.PUBLISHED:
        close_published(
            connection, town, version.document_id, VersionState.REPLACED, now, by=version.written_by
        )
    row = version_row(town, version, _next_ordinal(connection, town, version.document_id), state.value, now)
    row["published_at"] = now if state is VersionState.PUBLISHED else None
    row["reason"] = reason
    connection.execute(insert(versions), row)
    half_written()
    if version.passages:
        rows = [passage_row(town, passage, number) for number, passage in enumerate(version.passages)]
        connection.execute(insert(passages), rows)
    if state is VersionState.PUBLISHED:
        raise_revision(connection, town, now)


def publish_version(
    connection: Connection, town: str, document_id: str, version: str, now: datetime, by: str
) -> bool:
    """Publish a stored draft or reviewed version; False when it is in no such state."""
    waiting = select(versions.c.version).where(
        versions.c.town == town,
        versions.c.document_id == document_id,
        versions.c.version == version,
        versions.c.state.in_([VersionState.DRAFT, VersionState.IN_REVIEW]),
    )
    if connection.execute(waiting).first() is None:
        return False
    close_published(connection, town, document_id, VersionState.REPLACED, now, by=by)
    connection.execute(
        update(versions)
        .where(versions.c.town == town, versions.c.document_id == document_id, versions.c.version == version)
        .values(state=VersionState.PUBLISHED.value, published_at=now)
    )
    raise_revision(connection, town, now)
    return True


def close_published(
    connection: Connection,
    town: str,
    document_id: str,
    state: VersionState,
    now: datetime,
    by: str,
    reason: str | None = None,
) -> bool:
    """End the published version of a document, if any; the caller raises the revision."""
    found = connection.execute(
        update(versions)
        .where(
            versions.c.town == town,
            versions.c.document_id == document_id,
            versions.c.state == VersionState.PUBLISHED.value,
        )
        .values(state=state.value, closed_at=now, closed_by=by, reason=reason)
    )
    return found.rowcount > 0


def revision_in(connection: Connection, town: str) -> int:
    """Grows with every change of what is published; 0 before the first."""
    return connection.execute(select(revisions.c.revision).where(revisions.c.town == town)).scalar() or 0


def raise_revision(connection: Connection, town: str, now: datetime) -> None:
    """Say that what is published has changed."""
    raised = connection.execute(
        update(revisions)
        .where(revisions.c.town == town)
        .values(revision=revisions.c.revision + 1, changed_at=now)
    )
    if raised.rowcount == 0:
        connection.execute(insert(revisions), {"town": town, "revision": 1, "changed_at": now})


def _add_document(connection: Connection, town: str, version: StoredVersion, now: datetime) -> None:
    same = (documents.c.town == town, documents.c.id == version.document_id)
    if connection.execute(select(documents.c.id).where(*same)).first() is None:
        connection.execute(
            insert(documents),
            {
                "town": town,
                "id": version.document_id,
                "kind": version.kind.value,
                "origin": version.origin.value,
                "created_at": now,
            },
        )


def _next_ordinal(connection: Connection, town: str, document_id: str) -> int:
    last = select(func.max(versions.c.ordinal)).where(
        versions.c.town == town, versions.c.document_id == document_id
    )
    return (connection.execute(last).scalar() or 0) + 1
