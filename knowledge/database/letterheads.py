"""What the intake noted of a paper beside its text. Every function runs inside the caller's session."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from knowledge.database.draft_models import version_facts
from knowledge.types import Letterhead

_C = version_facts.c


def letterhead_of(body: Mapping[str, Any]) -> Letterhead:
    """body: as `ingest.draft_version.facts_of` made it. A day that cannot be read is left out."""
    return Letterhead(
        document_number=str(body.get("document_number", "")),
        issuer=str(body.get("issuer", "")),
        level=str(body.get("level", "")),
        issued_on=_day(str(body.get("issued_on", ""))),
    )


def letterheads(connection: Connection, town: str) -> dict[tuple[str, str], Letterhead]:
    """(document, version) -> its letterhead, of all that came through the intake."""
    asked = select(version_facts).where(_C.town == town)
    return {
        (row["document_id"], row["version"]): letterhead_of(row["body"]) for row in connection.execute(asked).mappings()
    }


def carry_over(connection: Connection, town: str, document_id: str, old: str, new: str) -> None:
    """The same text under a new version name keeps what was noted of it."""
    asked = select(_C.body).where(_C.town == town, _C.document_id == document_id, _C.version == old)
    body = connection.execute(asked).scalar()
    if body is not None:
        note(connection, town, document_id, new, body)


def note(connection: Connection, town: str, document_id: str, version: str, body: Mapping[str, Any]) -> None:
    """Keep what is known of a version beside its text."""
    row = {"town": town, "document_id": document_id, "version": version, "body": dict(body)}
    connection.execute(insert(version_facts), row)


def forget(connection: Connection, town: str, document_id: str, version: str) -> None:
    """With the version itself: the same text may come in again."""
    connection.execute(delete(version_facts).filter_by(town=town, document_id=document_id, version=version))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
