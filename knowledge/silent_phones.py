"""Phones that a clerk rang in vain: what is said beside the number, until it answers or is confirmed anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.overlay_values import RecordKind, TownRecord
from knowledge.types import Hotline, Office, Town

NEVER_DOUBTED = frozenset({"110", "119", "120", "122"})
"""Never shown with a hedge (decisions.md 10)."""
ANYTHING = "12345"
"""The number for everything, where the town has it."""
SILENT, ANSWERS = "silent", "answers"


def number_of(record: Office | Hotline) -> str:
    """The number that villagers see of it; '' where none is shown."""
    if isinstance(record, Hotline):
        return record.number
    return record.phone if record.confirmed_on else ""


def marks_in(records: Iterable[TownRecord]) -> dict[str, TownRecord]:
    """Number -> the ring in vain, where nothing has been heard since. Numbers that are never doubted have none."""
    rung = {record.id: record for record in records if record.kind is RecordKind.PHONE}
    return {
        number: mark
        for number, mark in rung.items()
        if mark.fields.get("state") == SILENT and number not in NEVER_DOUBTED
    }


def silent_in(town: Town, records: Iterable[TownRecord]) -> Mapping[str, str]:
    """Number -> what stands beside it. town: with the records in it; who confirms one later has rung it."""
    held = tuple(records)
    marks = marks_in(held)
    for number, confirmed in _confirmed(town, held):
        if number in marks and confirmed.at > marks[number].at:
            del marks[number]
    return {number: _sentence(number, mark.confirmed_on, town, marks) for number, mark in marks.items()}


def _confirmed(town: Town, records: Iterable[TownRecord]) -> Iterable[tuple[str, TownRecord]]:
    """Every record of an office or hotline with its number."""
    held: dict[RecordKind, Mapping[str, Office | Hotline]]
    held = {RecordKind.OFFICE: town.offices, RecordKind.HOTLINE: town.hotlines}
    for record in records:
        found = held.get(record.kind, {}).get(record.id)
        if found is not None:
            yield number_of(found), record


def _sentence(number: str, day: date, town: Town, marks: Mapping[str, TownRecord]) -> str:
    other = ANYTHING in town.hotlines and ANYTHING not in marks and number != ANYTHING
    return f"{day.month}月{day.day}日打过，没打通，{f'请改打{ANYTHING}' if other else '过后再打'}"
