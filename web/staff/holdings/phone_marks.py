"""A phone that a clerk rang in vain: marked, shown beside it to everybody, taken back when it answers."""

from __future__ import annotations

from knowledge.overlay_values import RecordKind, TownRecord
from knowledge.silent_phones import ANSWERS, NEVER_DOUBTED, SILENT, marks_in, number_of
from knowledge.types import Hotline, Office, Town
from web.staff.desk import Desk
from web.staff.holdings.present import holdings_of
from web.staff.holdings.record_views import PhoneMarkView
from web.staff.names import names_of


def phone_view(desk: Desk, record: Office | Hotline, town: Town) -> PhoneMarkView | None:
    """None where villagers see no number of it, or one that is never doubted."""
    number = number_of(record)
    if not number or number in NEVER_DOUBTED:
        return None
    mark = marks_in(holdings_of(desk).records.records()).get(number)
    if mark is None or number not in town.silent:
        return PhoneMarkView(number)
    return PhoneMarkView(number, town.silent[number], f"{names_of(desk).get(mark.who, mark.who)}，{mark.confirmed_on}")


def mark_phone(desk: Desk, number: str, silent: bool) -> None:
    """Rung today: in vain, or it answers."""
    state = SILENT if silent else ANSWERS
    record = TownRecord(
        RecordKind.PHONE, number, {"state": state}, (), desk.today(), desk.person.id, desk.now()
    )
    holdings_of(desk).records.confirm(record, desk.deed(f"phone_{state}", number))
    desk.parts.wake()
