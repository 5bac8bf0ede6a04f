"""How older texts and figures end when a new text takes their place. Every function runs inside the caller's transaction."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, select, update

from knowledge.database.desk_figures import put_over
from knowledge.database.desk_reading import published_version, same
from knowledge.database.desk_steps import add_step
from knowledge.database.desk_values import Closing
from knowledge.database.digests import digest_of_version
from knowledge.database.figures import parameters_in
from knowledge.database.letterheads import carry_over
from knowledge.database.models import versions
from knowledge.database.publishing import add_version
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.overlay_figures import held_on
from knowledge.passages import passage_id
from knowledge.types import DocumentOrigin, Period, StoredVersion


class CannotEnd(Exception):
    """The older text or figure does not hold before that day, so there is nothing that could end on it."""


def close(connection: Connection, town: str, closing: Closing, deed: Deed) -> None:
    """Raises CannotEnd."""
    if closing.document_id:
        end_document(connection, town, closing.document_id, closing.since, deed)
    if closing.parameter_id:
        end_figure(connection, town, closing.parameter_id, closing.since)


def end_document(connection: Connection, town: str, document_id: str, since: date, deed: Deed) -> None:
    """The document gets a version that ends on the day. Nothing where it has ended by then. Raises CannotEnd."""
    old = published_version(connection, town, document_id)
    if old is None or (old.period.end is not None and old.period.end <= since):
        return
    if old.period.start is not None and since <= old.period.start:
        raise CannotEnd
    ended = ended_version(old, since, _free_name(connection, town, old))
    add_version(connection, town, ended, VersionState.PUBLISHED, deed.at)
    carry_over(connection, town, old.document_id, old.version, ended.version)
    connection.execute(update(versions).where(*same(town, old.document_id, old.version)).values(closed_by=deed.who))
    add_step(connection, town, old.document_id, old.version, "replace", deed)
    add_step(connection, town, old.document_id, ended.version, "take_over", deed)


def end_figure(connection: Connection, town: str, parameter_id: str, since: date) -> None:
    """The value that holds on the day holds up to it; the figure is the desk's from now on. Raises CannotEnd."""
    figure = parameters_in(connection, town).get(parameter_id)
    value = held_on(figure, since) if figure is not None else None
    if figure is None or value is None:
        return
    if value.period.start is not None and since <= value.period.start:
        raise CannotEnd
    ended = replace(value, period=Period(value.period.start, since))
    put_over(connection, town, replace(figure, values=tuple(ended if one is value else one for one in figure.values)))


def ended_version(old: StoredVersion, end: date, name: str) -> StoredVersion:
    """The same text under a new version name, with a last day. It is the desk's: an upgrade must not bring it back."""
    parts = tuple(
        replace(part, id=passage_id(old.document_id, name, part.part), version=name) for part in old.passages
    )
    period = Period(old.period.start, end)
    new = replace(old, version=name, origin=DocumentOrigin.DESK, period=period, passages=parts)
    return replace(new, digest=digest_of_version(new))


def _free_name(connection: Connection, town: str, old: StoredVersion) -> str:
    asked = select(versions.c.version).where(versions.c.town == town, versions.c.document_id == old.document_id)
    taken = set(connection.execute(asked).scalars())
    number = len(taken) + 1
    while f"v{number}-end" in taken:
        number += 1
    return f"v{number}-end"
