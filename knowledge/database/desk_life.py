"""The life of a version, step by step. Every function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, select, update

from knowledge.database.desk_closing import close, end_document
from knowledge.database.desk_reading import published_version, same, state_of, stored_passages, stored_version
from knowledge.database.desk_steps import add_step, drop_succession, followers, submitter
from knowledge.database.desk_values import UNDO, Closing, Outcome
from knowledge.database.letterheads import forget
from knowledge.database.models import documents, passages, versions
from knowledge.database.publishing import close_published, raise_revision
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState


def submit(connection: Connection, town: str, document_id: str, version: str, deed: Deed) -> Outcome:
    """草稿 -> 待复审."""
    if not stored_passages(connection, town, document_id, version):
        return Outcome.EMPTY
    if not _move(connection, town, document_id, version, VersionState.DRAFT, VersionState.IN_REVIEW):
        return Outcome.GONE
    add_step(connection, town, document_id, version, "submit", deed)
    return Outcome.DONE


def send_back(connection: Connection, town: str, document_id: str, version: str, deed: Deed) -> Outcome:
    """待复审 -> 草稿, with the reason why."""
    if not _move(connection, town, document_id, version, VersionState.IN_REVIEW, VersionState.DRAFT):
        return Outcome.GONE
    add_step(connection, town, document_id, version, "send_back", deed)
    return Outcome.DONE


def delete_draft(connection: Connection, town: str, document_id: str, version: str, deed: Deed) -> Outcome:
    """A draft goes for good, and with its last version the document."""
    if state_of(connection, town, document_id, version) is not VersionState.DRAFT:
        return Outcome.GONE
    connection.execute(
        delete(passages).where(
            passages.c.town == town, passages.c.document_id == document_id, passages.c.version == version
        )
    )
    connection.execute(delete(versions).where(*same(town, document_id, version)))
    forget(connection, town, document_id, version)
    left = select(versions.c.version).where(versions.c.town == town, versions.c.document_id == document_id)
    if connection.execute(left).first() is None:
        drop_succession(connection, town, document_id)
        connection.execute(delete(documents).where(documents.c.town == town, documents.c.id == document_id))
    return Outcome.DONE


def publish(
    connection: Connection,
    town: str,
    document_id: str,
    version: str,
    deed: Deed,
    today: date,
    *,
    two_person: bool,
    closings: Sequence[Closing] = (),
) -> Outcome:
    """待复审 -> 已发布 (a draft too where one person is enough), in place of what is published.

    Where the document follows another one, that one ends on the day of the change, in the same transaction; so do
    the older documents and figures of `closings`. Raises CannotEnd, on which the caller's transaction must not commit.
    """
    fault = _why_not(connection, town, document_id, version, deed.who, two_person)
    new = stored_version(connection, town, document_id, version)
    if fault is not Outcome.DONE or new is None:
        return fault if new is not None else Outcome.GONE
    old = published_version(connection, town, document_id)
    if old is not None and old.period.covers(today) and new.period.start is not None and new.period.start > today:
        return Outcome.GAP
    for plan in followers(connection, town):
        if plan.successor_id == document_id:
            end_document(connection, town, plan.document_id, plan.since, deed)
    for closing in closings:
        close(connection, town, closing, deed)
    if close_published(connection, town, document_id, VersionState.REPLACED, deed.at, deed.who, deed.why or None):
        assert old is not None
        add_step(connection, town, document_id, old.version, "replace", deed)
    _set(
        connection,
        town,
        document_id,
        version,
        state=VersionState.PUBLISHED.value,
        published_at=deed.at,
        reviewed_by=deed.who,
        reviewed_on=today,
    )
    add_step(connection, town, document_id, version, "publish", deed)
    raise_revision(connection, town, deed.at)
    return Outcome.DONE


def withdraw(connection: Connection, town: str, document_id: str, deed: Deed) -> Outcome:
    """已发布 -> 已撤回: out of every answer as soon as the transaction ends."""
    old = published_version(connection, town, document_id)
    if old is None:
        return Outcome.GONE
    close_published(connection, town, document_id, VersionState.WITHDRAWN, deed.at, deed.who, deed.why)
    add_step(connection, town, document_id, old.version, "withdraw", deed)
    raise_revision(connection, town, deed.at)
    return Outcome.DONE


def restore(connection: Connection, town: str, document_id: str, version: str, deed: Deed) -> Outcome:
    """Within a day: a withdrawn version is published again, or the one that a new version replaced.

    The version that had replaced it is withdrawn; one document never has two published versions.
    """
    row = connection.execute(select(versions).where(*same(town, document_id, version))).mappings().first()
    if row is None or row["state"] not in (VersionState.WITHDRAWN.value, VersionState.REPLACED.value):
        return Outcome.GONE
    if row["closed_at"] is None or deed.at - row["closed_at"] >= UNDO:
        return Outcome.TOO_LATE
    present = published_version(connection, town, document_id)
    if present is not None and row["state"] == VersionState.WITHDRAWN.value:
        return Outcome.GONE
    if present is not None:
        close_published(connection, town, document_id, VersionState.WITHDRAWN, deed.at, deed.who, deed.why)
        add_step(connection, town, document_id, present.version, "withdraw", deed)
    _set(
        connection,
        town,
        document_id,
        version,
        state=VersionState.PUBLISHED.value,
        closed_at=None,
        closed_by=None,
        reason=None,
    )
    add_step(connection, town, document_id, version, "restore", deed)
    raise_revision(connection, town, deed.at)
    return Outcome.DONE


# -- steps within a step


def _why_not(
    connection: Connection, town: str, document_id: str, version: str, who: str, two_person: bool
) -> Outcome:
    """DONE when this person may publish this version now."""
    state = state_of(connection, town, document_id, version)
    if state not in (VersionState.DRAFT, VersionState.IN_REVIEW):
        return Outcome.GONE
    stored = stored_version(connection, town, document_id, version)
    if stored is None or not stored.passages:
        return Outcome.EMPTY
    if not two_person:
        return Outcome.DONE
    if state is VersionState.DRAFT:
        return Outcome.NOT_SUBMITTED
    first = {stored.written_by, submitter(connection, town, document_id, version)}
    return Outcome.SAME_PERSON if who in first else Outcome.DONE


def _move(
    connection: Connection, town: str, document_id: str, version: str, old: VersionState, new: VersionState
) -> bool:
    changed = connection.execute(
        update(versions)
        .where(*same(town, document_id, version), versions.c.state == old.value)
        .values(state=new.value)
    )
    return changed.rowcount > 0


def _set(connection: Connection, town: str, document_id: str, version: str, **values: object) -> None:
    connection.execute(update(versions).where(*same(town, document_id, version)).values(**values))
