"""Which entries say something else once a change is published: by their own text, by a figure, by an office's phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from knowledge.library import Library
from knowledge.render import Moment
from knowledge.shown import show_entry


def touched(before: Library, after: Library, days: Sequence[date]) -> dict[str, date]:
    """Entries in use by id -> the first of the days on which what they say, or whom they name, is not as before."""
    found: dict[str, date] = {}
    for name in before.shelf.snapshot.entries.keys() & after.shelf.snapshot.entries.keys():
        first = next((day for day in days if _said(before, name, day) != _said(after, name, day)), None)
        if first is not None:
            found[name] = first
    return dict(sorted(found.items()))


def _said(library: Library, name: str, day: date) -> tuple[object, ...]:
    snapshot, town = library.shelf.snapshot, library.town
    shown = show_entry(snapshot.entries[name], snapshot, library.renderer, Moment.today(day))
    offices = [town.offices.get(office) for office in shown.offices]
    hotlines = [town.hotlines.get(number) for number in shown.hotlines]
    return [(part.kind, part.text) for part in shown.parts], offices, hotlines
