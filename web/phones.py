"""Phones as pages show them: each with what stands beside it, its hours or that nobody answers there."""

from __future__ import annotations

from collections.abc import Iterable

from knowledge.types import Hotline, Town
from web.library import ShownEntry
from web.views import ContactView


def hotline_view(line: Hotline, town: Town) -> ContactView:
    return ContactView(line.name, line.number, town.told(line), line.what, line.urgent)


def office_contacts(town: Town, offices: Iterable[str]) -> tuple[ContactView, ...]:
    """Offices that have a confirmed number; the others have nothing to dial."""
    known = [town.offices[name] for name in offices if name in town.offices]
    return tuple(
        ContactView(office.name, office.phone, town.told(office), office.what)
        for office in known
        if office.phone and office.confirmed_on
    )


def entry_phones(entry: ShownEntry, town: Town) -> tuple[ContactView, ...]:
    """Of the entry's hotlines and of its offices; those where nobody answers come last."""
    lines = [town.hotlines[number] for number in entry.hotlines if number in town.hotlines]
    views = (*(hotline_view(line, town) for line in lines), *office_contacts(town, entry.offices))
    return tuple(sorted(views, key=lambda view: view.phone in town.silent))
