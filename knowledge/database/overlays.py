"""Texts that the desk writes over entries; every call is one transaction, logged when it ends with DONE."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import Connection, Engine, select, update

from knowledge.database import desk_life, staff_log
from knowledge.database.desk_reading import same
from knowledge.database.desk_steps import add_step
from knowledge.database.desk_values import Outcome
from knowledge.database.figures import put_instruments
from knowledge.database.models import versions
from knowledge.database.publishing import add_version, raise_revision
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.types import DocumentOrigin, Instrument, StoredVersion

_OPEN = (VersionState.DRAFT.value, VersionState.IN_REVIEW.value)
SET_ASIDE = "对照过了，没有换上"


class OverlayStore:
    """Objects may be shared by threads."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def save(
        self, version: StoredVersion, over: str, deed: Deed, instrument: Instrument | None = None, aside: str = ""
    ) -> Outcome:
        """Keep a text as the draft of its entry. over: the draft it takes the place of, '' where there was none.

        instrument: a new one that the text rests on. aside: a bundled version that this text answers.
        GONE where the open draft is another one by now, or waits for the second look.
        """

        def act(connection: Connection) -> Outcome:
            if _open_version(connection, self._town, version.document_id) != (over, VersionState.DRAFT.value if over else ""):
                return Outcome.GONE
            if instrument is not None:
                put_instruments(connection, self._town, {instrument.id: instrument})
            if over and version.version != over:
                desk_life.delete_draft(connection, self._town, version.document_id, over, deed)
            if version.version != over:
                add_version(connection, self._town, version, VersionState.DRAFT, deed.at)
            if aside:
                _set_aside(connection, self._town, version.document_id, aside, deed)
            return Outcome.DONE

        return self._do(deed, act)

    def approve(self, document_id: str, version: str, deed: Deed, today: date) -> Outcome:
        """The published text stands as it is, and somebody of the town has read it."""

        def act(connection: Connection) -> Outcome:
            changed = connection.execute(
                update(versions)
                .where(
                    *same(self._town, document_id, version),
                    versions.c.state == VersionState.PUBLISHED.value,
                    versions.c.reviewed_by.is_(None),
                    versions.c.written_by != deed.who,
                )
                .values(reviewed_by=deed.who, reviewed_on=today)
            )
            if not changed.rowcount:
                return Outcome.GONE
            add_step(connection, self._town, document_id, version, "approve", deed)
            raise_revision(connection, self._town, deed.at)
            return Outcome.DONE

        return self._do(deed, act)

    def set_aside(self, document_id: str, version: str, deed: Deed) -> Outcome:
        """The bundled text that came with an upgrade is not taken; the desk's stays."""
        return self._do(deed, lambda held: _set_aside(held, self._town, document_id, version, deed))

    def _do(self, deed: Deed, act: Callable[[Connection], Outcome]) -> Outcome:
        return staff_log.logged(self._engine, self._town, deed, act, Outcome.DONE)


def _open_version(connection: Connection, town: str, document_id: str) -> tuple[str, str]:
    """(version, state) of the text that the desk is working on; ('', '') where there is none."""
    asked = select(versions.c.version, versions.c.state).where(
        versions.c.town == town,
        versions.c.document_id == document_id,
        versions.c.state.in_(_OPEN),
        versions.c.origin != DocumentOrigin.BUNDLED.value,
    )
    row = connection.execute(asked.order_by(versions.c.ordinal.desc())).first()
    return ("", "") if row is None else (row.version, row.state)


def _set_aside(connection: Connection, town: str, document_id: str, version: str, deed: Deed) -> Outcome:
    """Closed without a moment of closing: it was never in use, so there is nothing that an undo could bring back."""
    changed = connection.execute(
        update(versions)
        .where(
            *same(town, document_id, version),
            versions.c.state == VersionState.IN_REVIEW.value,
            versions.c.origin == DocumentOrigin.BUNDLED.value,
        )
        .values(state=VersionState.REPLACED.value, closed_by=deed.who, reason=deed.why or SET_ASIDE)
    )
    if not changed.rowcount:
        return Outcome.GONE
    add_step(connection, town, document_id, version, "set_aside", deed)
    return Outcome.DONE
