"""What a new value of a figure stands against: other figures of its type, documents in use, gaps, great leaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from ingest.conflicts import conflicts_of
from knowledge.overlay_figures import changed, held_on, is_whole, new_values, with_value
from knowledge.parameters import value_of
from knowledge.snapshot import Snapshot, is_entry
from knowledge.types import Instrument, Parameter, ParameterValue
from web.staff.holdings.figure_words import told

LEAP = 3
"""A value this many times the one before, or this small a part of it, is pointed out."""
MAX_SHOWN = 20


def warnings_of(parameter: Parameter, value: ParameterValue, snapshot: Snapshot, on: date) -> tuple[str, ...]:
    """Sentences for the one who publishes; none of them stops it."""
    found = [*_before(parameter, value), *_gap(parameter, value, on)]
    found += [*_same_type(parameter, value, snapshot), *_documents(parameter, value, snapshot, on)]
    return tuple(dict.fromkeys(found))[:MAX_SHOWN]


def warnings_of_change(
    parameter: Parameter, body: Mapping[str, Any], known: Mapping[str, Instrument], snapshot: Snapshot, on: date
) -> tuple[str, ...]:
    """Of a change that waits. body: `FigureChange.body`."""
    if is_whole(body):
        return warnings_of_whole(parameter, changed(parameter, body, known), snapshot, on)
    return warnings_of(parameter, value_of(body, known), snapshot, on)


def warnings_of_whole(old: Parameter | None, new: Parameter, snapshot: Snapshot, on: date) -> tuple[str, ...]:
    """The same of a figure that is replaced as a whole. old: None where there was none."""
    base = old or replace(new, values=())
    found = [each for value in new_values(old, new) for each in warnings_of(base, value, snapshot, on)]
    return tuple(dict.fromkeys(found))[:MAX_SHOWN]


def _before(parameter: Parameter, value: ParameterValue) -> Iterator[str]:
    start = value.period.start
    same = next((each for each in parameter.values if each.period.start == start), None)
    if same is not None and same.value != value.value:
        yield f"这是更正：从 {start} 起原来写的是 {told(parameter, same)}，换成 {told(parameter, value)}。"
    old = same or (held_on(parameter, start) if start else None)
    if old is None or not old.value or not value.value:
        return
    ratio = value.value / old.value
    if ratio >= LEAP or ratio * LEAP <= 1:
        yield f"和前一个数（{told(parameter, old)}）差得很多，请对一对有没有多写、少写一位。"


def _gap(parameter: Parameter, value: ParameterValue, on: date) -> Iterator[str]:
    start = value.period.start
    if start is not None and start > on and held_on(parameter, on) is None:
        yield f"从今天到 {start} 之前没有数，这段时间村民问，只能叫他打电话问。"
    earlier = [each.period.end for each in parameter.values if each.period.start and start and each.period.start < start]
    if start is not None and earlier and None not in earlier and max(day for day in earlier if day) < start:
        yield "和前一个数之间空了一段，那段时间没有数。"


def _same_type(parameter: Parameter, value: ParameterValue, snapshot: Snapshot) -> Iterator[str]:
    mine = (parameter.what, dict(parameter.audience), parameter.unit, parameter.per)
    for other in snapshot.parameters.values():
        if other.id == parameter.id or (other.what, dict(other.audience), other.unit, other.per) != mine:
            continue
        against = held_on(other, value.period.start) if value.period.start else None
        if against is not None and against.value != value.value:
            yield f"另一处登记的同一个数（{other.id}）是 {told(other, against)}，两处要一样。"


def _documents(parameter: Parameter, value: ParameterValue, snapshot: Snapshot, on: date) -> Iterator[str]:
    new = {parameter.id: with_value(parameter, value)}
    day = max(on, value.period.start) if value.period.start else on
    for version in snapshot.versions.values():
        if is_entry(version) or not version.period.covers(day):
            continue
        for clash in conflicts_of(version, new, (), day):
            yield f"《{version.title}》里写的是 {clash.new_value}：“{clash.new}”。是不是要把那份文件也换下来？"


def entries_using(name: str, snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """(question, address) of the entries that show a figure, today's or that of a month."""
    placeholders = ("{" + name + "}", "{" + name + "@")
    return tuple(
        sorted(
            (version.title, f"/staff/entries/{slug}")
            for slug, version in snapshot.versions.items()
            if slug in snapshot.entries and any(each in version.content for each in placeholders)
        )
    )
