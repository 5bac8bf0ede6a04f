"""ZIPs of text files on their way into the knowledge; every call is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, RowMapping, insert, select, update

from knowledge.database import staff_log
from knowledge.database.desk_figures import put_over
from knowledge.database.desk_records import put_record
from knowledge.database.desk_values import Outcome
from knowledge.database.engine import reading, writing
from knowledge.database.figures import put_instruments
from knowledge.database.publishing import add_version, raise_revision
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
        return self._do(parcel_id, "dropped", deed, lambda connection: None)

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
    ) -> Outcome:
        """Publish all of it at once. SAME_PERSON where who brought it in would also take it over."""
        brought = next((each.made_by for each in self.parcels() if each.id == parcel_id), "")
        if two_person and brought == deed.who:
            return Outcome.SAME_PERSON

        def act(connection: Connection) -> None:
            put_instruments(connection, self._town, {item.id: item for item in instruments})
            for parameter in parameters:
                put_over(connection, self._town, parameter)
            for record in records:
                put_record(connection, self._town, record)
            for version in versions:
                add_version(connection, self._town, version, VersionState.PUBLISHED, deed.at)
            raise_revision(connection, self._town, deed.at)

        return self._do(parcel_id, "taken", deed, act)

    def _do(self, parcel_id: str, state: str, deed: Deed, act: Callable[[Connection], None]) -> Outcome:
        with writing(self._engine) as connection:
            changed = connection.execute(
                update(parcels)
                .where(_C.town == self._town, _C.id == parcel_id, _C.state == "waiting")
                .values(state=state)
            )
            if not changed.rowcount:
                return Outcome.GONE
            act(connection)
            staff_log.append(connection, self._town, deed)
        return Outcome.DONE


def _parcel(row: RowMapping) -> Parcel:
    return Parcel(**{name: row[name] for name in Parcel.__slots__})
