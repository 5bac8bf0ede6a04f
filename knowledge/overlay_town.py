"""The town as the desk has it: offices and hotlines of the town file with what the clerks have confirmed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Generic, TypeVar

from knowledge.overlay_values import RecordKind, TownRecord
from knowledge.silent_phones import silent_in
from knowledge.types import Hotline, Office, Town

_Record = TypeVar("_Record")
OFFICE_FIELDS = ("what", "phone", "address", "hours")


def offices_with(town: Town, records: Iterable[TownRecord]) -> dict[str, Office]:
    """Offices by id in the order of the file. A record of an office that the file lacks is left aside."""
    told = {record.id: record for record in records if record.kind is RecordKind.OFFICE}
    return {name: _office(office, told.get(name)) for name, office in town.offices.items()}


def hotlines_with(town: Town, records: Iterable[TownRecord]) -> dict[str, Hotline]:
    """Hotlines by number. Hours are given only where somebody has confirmed them (decisions.md 10)."""
    told = {record.id: record for record in records if record.kind is RecordKind.HOTLINE}
    return {number: _hotline(line, told.get(number)) for number, line in town.hotlines.items()}


def with_records(town: Town, records: Iterable[TownRecord]) -> Town:
    held = tuple(records)
    told = replace(town, offices=offices_with(town, held), hotlines=hotlines_with(town, held))
    return replace(told, silent=silent_in(told, held))


def _office(office: Office, told: TownRecord | None) -> Office:
    if told is None:
        return office
    said = {name: told.fields[name] for name in OFFICE_FIELDS if name in told.fields}
    return replace(office, **said, confirmed_on=told.confirmed_on.isoformat(), without=told.without)


def _hotline(line: Hotline, told: TownRecord | None) -> Hotline:
    if told is None:
        return line if line.confirmed_on else replace(line, hours="")
    what, hours = told.fields.get("what", line.what), told.fields.get("hours", "")
    return replace(line, what=what, hours=hours, confirmed_on=told.confirmed_on.isoformat())


class Following(Mapping[str, _Record], Generic[_Record]):
    """A mapping whose content is swapped as a whole, so that whoever holds the town sees what holds now."""

    def __init__(self, held: Mapping[str, _Record]) -> None:
        self._held = held

    def swap(self, held: Mapping[str, _Record]) -> None:
        self._held = held

    def __getitem__(self, key: str) -> _Record:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


class FollowedTown:
    """town: the value to hand around; `look` brings its offices, hotlines and silent phones up to what the desk has."""

    def __init__(self, filed: Town, records: Callable[[], Iterable[TownRecord]]) -> None:
        """Reads nothing yet: until the first look the town is as in its file."""
        self._filed = filed
        self._records = records
        self._offices: Following[Office] = Following(filed.offices)
        self._hotlines: Following[Hotline] = Following(hotlines_with(filed, ()))
        self._silent: Following[str] = Following({})
        self.town = replace(filed, offices=self._offices, hotlines=self._hotlines, silent=self._silent)

    def look(self) -> None:
        town = with_records(self._filed, self._records())
        self._offices.swap(town.offices)
        self._hotlines.swap(town.hotlines)
        self._silent.swap(town.silent)
