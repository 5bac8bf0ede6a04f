"""Documents as the desk handles them: lists, steps, publishing, withdrawing; every call is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from knowledge.database import desk_life, desk_reading, desk_steps, staff_log
from knowledge.database.desk_closing import CannotEnd
from knowledge.database.desk_values import CitedAnswer, Closing, Outcome, Step, Succession, VersionRow
from knowledge.database.engine import reading
from knowledge.database.publishing import revision_in
from knowledge.database.staff_values import Deed
from knowledge.types import StoredVersion


class DeskShelf:
    """Reading, and actions that are logged in the same transaction when they end with DONE."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def rows(self, document_id: str = "") -> list[VersionRow]:
        """Every version (of one document, where named), oldest first, without its text."""
        with reading(self._engine) as connection:
            return desk_reading.rows(connection, self._town, document_id)

    def version(self, document_id: str, version: str) -> StoredVersion | None:
        with reading(self._engine) as connection:
            return desk_reading.stored_version(connection, self._town, document_id, version)

    def published(self, document_id: str) -> StoredVersion | None:
        with reading(self._engine) as connection:
            return desk_reading.published_version(connection, self._town, document_id)

    def steps(self, document_id: str, version: str) -> list[Step]:
        with reading(self._engine) as connection:
            return desk_steps.steps_of(connection, self._town, document_id, version)

    def cited(self, document_id: str, now: datetime) -> tuple[int, list[CitedAnswer]]:
        """How many answers of the last 90 days cited it, and the newest."""
        with reading(self._engine) as connection:
            return desk_reading.cited(connection, self._town, document_id, now)

    def cited_counts(self, since: date) -> dict[str, int]:
        """Document -> how many answers since that day leaned on it first."""
        with reading(self._engine) as connection:
            return desk_reading.cited_counts(connection, self._town, since)

    def successions(self) -> list[Succession]:
        with reading(self._engine) as connection:
            return desk_steps.followers(connection, self._town)

    def submit(self, document_id: str, version: str, deed: Deed) -> Outcome:
        return self._do(deed, lambda held: desk_life.submit(held, self._town, document_id, version, deed))

    def send_back(self, document_id: str, version: str, deed: Deed) -> Outcome:
        return self._do(deed, lambda held: desk_life.send_back(held, self._town, document_id, version, deed))

    def delete_draft(self, document_id: str, version: str, deed: Deed) -> Outcome:
        return self._do(deed, lambda held: desk_life.delete_draft(held, self._town, document_id, version, deed))

    def publish(
        self,
        document_id: str,
        version: str,
        deed: Deed,
        today: date,
        *,
        two_person: bool,
        closings: Sequence[Closing] = (),
        seen: int | None = None,
    ) -> Outcome:
        """Replaces what is published of the document; ends the one it follows, and the older ones of `closings`.

        seen: the revision that was looked at for contradictions; MOVED where something was published since.
        """

        def change(held: Connection) -> Outcome:
            if seen is not None and revision_in(held, self._town) != seen:
                return Outcome.MOVED
            return desk_life.publish(
                held, self._town, document_id, version, deed, today, two_person=two_person, closings=closings
            )

        try:
            return self._do(deed, change)
        except CannotEnd:  # nothing of it was kept
            return Outcome.WRONG_DAY

    def withdraw(self, document_id: str, deed: Deed) -> Outcome:
        return self._do(deed, lambda held: desk_life.withdraw(held, self._town, document_id, deed))

    def restore(self, document_id: str, version: str, deed: Deed) -> Outcome:
        return self._do(deed, lambda held: desk_life.restore(held, self._town, document_id, version, deed))

    def plan_succession(self, plan: Succession, deed: Deed) -> Outcome:
        """Before publishing: `successor_id` is to take over from `document_id` on a day."""

        def change(held: Connection) -> Outcome:
            if desk_reading.published_version(held, self._town, plan.document_id) is None:
                return Outcome.GONE
            desk_steps.plan_succession(held, self._town, plan)
            return Outcome.DONE

        return self._do(deed, change)

    def drop_succession(self, successor_id: str, deed: Deed) -> Outcome:
        def change(held: Connection) -> Outcome:
            desk_steps.drop_succession(held, self._town, successor_id)
            return Outcome.DONE

        return self._do(deed, change)

    def _do(self, deed: Deed, change: Callable[[Connection], Outcome]) -> Outcome:
        return staff_log.logged(self._engine, self._town, deed, change, Outcome.DONE)
