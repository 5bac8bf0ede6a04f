"""Offices and hotlines of a parcel: what is wrong with them, and the records they would become."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from knowledge.overlay_import import TOWN, Brought, ImportPlan
from knowledge.overlay_values import RecordKind, TownRecord
from knowledge.problems import Problem
from knowledge.types import Hotline, Office
from web.staff.desk import Desk
from web.staff.holdings.phone_shapes import phone_of
from web.staff.holdings.record_pages import Typed, faults_of

FIELDS = ("what", "phone", "address", "hours")


def records_of(desk: Desk, brought: Brought, plan: ImportPlan) -> list[TownRecord]:
    """What would be on record of offices and hotlines."""
    return [
        *(_office_record(desk, brought.offices[name]) for name in plan.offices),
        *(_hotline_record(desk, brought.hotlines[name]) for name in plan.hotlines),
    ]


def wrong_records(records: Iterable[Office | Hotline]) -> list[Problem]:
    """The faults that the form of an office or a hotline would find."""
    return [
        Problem(TOWN, 1, f"{record.name}：{fault.sentence.rstrip('。')}", "在 town.toml 里改好")
        for record in records
        for fault in faults_of(_typed(record))
    ]


def _typed(record: Office | Hotline) -> Typed:
    fields = {name: str(value) for name in FIELDS if (value := getattr(record, name, ""))}
    return Typed(fields, record.without if isinstance(record, Office) else ())


def _office_record(desk: Desk, office: Office) -> TownRecord:
    fields = {name: getattr(office, name) for name in FIELDS} | {"phone": phone_of(office.phone) or ""}
    return TownRecord(
        RecordKind.OFFICE, office.id, fields, office.without, _day(office.confirmed_on), desk.person.id, desk.now()
    )


def _hotline_record(desk: Desk, line: Hotline) -> TownRecord:
    fields = {"what": line.what, "hours": line.hours}
    return TownRecord(RecordKind.HOTLINE, line.number, fields, (), _day(line.confirmed_on), desk.person.id, desk.now())


def _day(text: str) -> date:
    return date.fromisoformat(text)
