"""ZIPs of text files on their way into the knowledge; every call is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from knowledge.database import staff_log
from knowledge.database.desk_closing import CannotEnd, close
from knowledge.database.desk_figures import put_over
from knowledge.database.desk_records import put_record
from knowledge.database.desk_steps import add_step
from knowledge.database.desk_values import Closing, Outcome
from knowledge.database.engine import reading, writing
from knowledge.database.figures import put_instruments
from knowledge.database.publishing import add_version, raise_revision, revision_in
from knowledge.database.record_models import parcels
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.overlay_values import Parcel, TownRecord
from knowledge.types import Instrument, Parameter, StoredVersion

_C = parcels.c


class ParcelStore:
    """Objects may be shared by threads."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    def parcels(self) -> list[Parcel]:
        """Those that wait, newest first."""
        asked = select(parcels).where(_C.town == self._town, _C.state == "waiting").order_by(_C.made_at.desc(), _C.id)
        with reading(self._engine) as connection:
            return [_parcel(row) for row in connection.execute(asked).mappings()]

    def add(self, parcel: Parcel, deed: Deed) -> None:
        with writing(self._engine) as connection:
            row = {name: getattr(parcel, name) for name in Parcel.__slots__} | {"town": self._town}
            connection.execute(insert(parcels), row)
            staff_log.append(connection, self._town, deed)

    def drop(self, parcel_id: str, deed: Deed) -> Outcome:
        return self._do(parcel_id, "dropped", deed, lambda connection: Outcome.DONE)

    def take(
        self,
        parcel_id: str,
        versions: Sequence[StoredVersion],
        parameters: Sequence[Parameter],
        instruments: Sequence[Instrument],
        records: Sequence[TownRecord],
        deed: Deed,
        *,
        two_person: bool,
        closings: Sequence[Closing] = (),
        seen: int | None = None,
    ) -> Outcome:
        """Publish all of it at once, and end the older figures of `closings`. seen: the revision that was looked at.

        SAME_PERSON where who brought it in would also take it over, MOVED where something was published since.
        """
        brought = next((each.made_by for each in self.parcels() if each.id == parcel_id), "")
        if two_person and brought == deed.who:
            return Outcome.SAME_PERSON

        def act(connection: Connection) -> Outcome:
            if seen is not None and revision_in(connection, self._town) != seen:
                return Outcome.MOVED
            put_instruments(connection, self._town, {item.id: item for item in instruments})
            for parameter in parameters:
                put_over(connection, self._town, parameter)
            for record in records:
                put_record(connection, self._town, record)
            for closing in closings:
                close(connection, self._town, closing, deed)
            for version in versions:
                add_version(connection, self._town, version, VersionState.PUBLISHED, deed.at)
                add_step(connection, self._town, version.document_id, version.version, "publish", deed)
            raise_revision(connection, self._town, deed.at)
            return Outcome.DONE

        try:
            return self._do(parcel_id, "taken", deed, act)
        except CannotEnd:  # nothing of it was kept
            return Outcome.WRONG_DAY

    def _do(self, parcel_id: str, state: str, deed: Deed, act: Callable[[Connection], Outcome]) -> Outcome:
        def change(connection: Connection) -> Outcome:
            changed = connection.execute(
                update(parcels)
                .where(_C.town == self._town, _C.id == parcel_id, _C.state == "waiting")
                .values(state=state)
            )
            return act(connection) if changed.rowcount else Outcome.GONE

        return staff_log.logged(self._engine, self._town, deed, change, Outcome.DONE)


def _parcel(row: RowMapping) -> Parcel:
    return Parcel(**{name: row[name] for name in Parcel.__slots__})
