"""Wordings given at the desk to an entry or staff answer. Every function runs inside the caller's session."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from knowledge.database.models import versions
from knowledge.database.publishing import raise_revision
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.unanswered_models import added_wordings
from knowledge.database.unanswered_values import AddedWording, Ending, WordingState
from knowledge.normalise import matching_key

_C = added_wordings.c


def wording_key(text: str) -> str:
    """sha256 (hex) of the form in which two questions count as the same."""
    return hashlib.sha256(matching_key(text).encode()).hexdigest()


def approved_by_document(connection: Connection, town: str) -> dict[str, tuple[str, ...]]:
    """Document -> its approved wordings, in order of their keys."""
    asked = select(_C.document_id, _C.wording).where(_C.town == town, _C.state == WordingState.APPROVED.value)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in connection.execute(asked.order_by(_C.key)):
        found[row.document_id].append(row.wording)
    return {name: tuple(words) for name, words in found.items()}


def wordings(connection: Connection, town: str, document_id: str = "") -> list[AddedWording]:
    """Newest first; of one document, where named."""
    asked = select(added_wordings).where(_C.town == town)
    if document_id:
        asked = asked.where(_C.document_id == document_id)
    return [_wording(row) for row in connection.execute(asked.order_by(_C.made_at.desc(), _C.key)).mappings()]


def add(
    connection: Connection, town: str, document_id: str, texts: Sequence[str], group_id: str, deed: Deed
) -> Ending:
    """They wait for the second look. GONE: the document is not published; TAKEN: one belongs to another one."""
    if not _is_published(connection, town, document_id):
        return Ending.GONE
    given = {wording_key(text): text for text in texts}
    asked = select(added_wordings).where(_C.town == town, _C.key.in_(given))
    held = {row["key"]: row for row in connection.execute(asked).mappings()}
    if any(row["document_id"] != document_id and row["state"] != "withdrawn" for row in held.values()):
        return Ending.TAKEN
    new = {key: text for key, text in given.items() if key not in held or held[key]["state"] == "withdrawn"}
    connection.execute(delete(added_wordings).where(_C.town == town, _C.key.in_(new)))
    for key, text in new.items():
        row = {"key": key, "wording": text, "state": WordingState.IN_REVIEW.value, "group_id": group_id}
        made = {"town": town, "document_id": document_id, "made_by": deed.who, "made_at": deed.at}
        connection.execute(insert(added_wordings), row | made)
    return Ending.DONE


def approve(
    connection: Connection, town: str, group_id: str, keys: Sequence[str], deed: Deed, *, two_person: bool
) -> Ending:
    """From now on the questions are answered from the document. Of the keys those that wait count; the others, which
    are in use already or withdrawn, stay as they are. GONE where none of them waits, or one is of another group.
    """
    if not _are_of(connection, town, group_id, keys):
        return Ending.GONE
    asked = select(added_wordings).where(
        _C.town == town, _C.key.in_(keys), _C.state == WordingState.IN_REVIEW.value
    )
    waiting = [_wording(row) for row in connection.execute(asked).mappings()]
    if not waiting:
        return Ending.GONE
    if two_person and any(item.made_by == deed.who for item in waiting):
        return Ending.SAME_PERSON
    _set(connection, town, [item.key for item in waiting], WordingState.APPROVED, deed)
    raise_revision(connection, town, deed.at)
    return Ending.DONE


def withdraw(connection: Connection, town: str, group_id: str, keys: Sequence[str], deed: Deed) -> Ending:
    """One person is enough; also the way to turn a wording down."""
    asked = select(_C.key).where(
        _C.town == town, _C.group_id == group_id, _C.key.in_(keys), _C.state != WordingState.WITHDRAWN.value
    )
    if len(connection.execute(asked).all()) != len(set(keys)) or not keys:
        return Ending.GONE
    _set(connection, town, keys, WordingState.WITHDRAWN, deed)
    raise_revision(connection, town, deed.at)
    return Ending.DONE


def _are_of(connection: Connection, town: str, group_id: str, keys: Sequence[str]) -> bool:
    """Each of the keys was given from this group."""
    asked = select(_C.key).where(_C.town == town, _C.group_id == group_id, _C.key.in_(keys))
    return len(connection.execute(asked).all()) == len(set(keys))


def _set(connection: Connection, town: str, keys: Sequence[str], state: WordingState, deed: Deed) -> None:
    connection.execute(
        update(added_wordings)
        .where(_C.town == town, _C.key.in_(keys))
        .values(state=state.value, reviewed_by=deed.who, reviewed_at=deed.at)
    )


def _is_published(connection: Connection, town: str, document_id: str) -> bool:
    asked = select(versions.c.version).where(
        versions.c.town == town,
        versions.c.document_id == document_id,
        versions.c.state == VersionState.PUBLISHED.value,
    )
    return connection.execute(asked).first() is not None


def _wording(row: RowMapping) -> AddedWording:
    held = {name: row[name] for name in AddedWording.__slots__ if name != "state"}
    return AddedWording(state=WordingState(row["state"]), **held)
