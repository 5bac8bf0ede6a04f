"""One form for offices and hotlines: what is typed is checked, confirmed by a clerk, and kept with its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from knowledge.overlay_values import RecordKind, TownRecord
from knowledge.types import Hotline, Office
from web.staff.desk import Desk
from web.staff.holdings.papers import GivenPaper, papers_of, with_paper
from web.staff.holdings.phone_shapes import phone_of
from web.staff.holdings.present import holdings_of
from web.staff.holdings.record_views import RecordFieldView, RecordPage
from web.staff.names import names_of
from web.staff.views import FieldError

PLACES = {RecordKind.OFFICE: "/staff/offices", RecordKind.HOTLINE: "/staff/hotlines"}
LABELS = {
    "phone": ("电话", "座机写成“区号-号码”；个人手机号要本人同意。"),
    "address": ("地址", "写到门牌，村民照着找得到。"),
    "hours": ("上班时间", "比如：周一到周五 9:00-12:00、14:00-18:00，赶集日照常。"),
    "what": ("管什么", "一句大白话，村民看得懂。"),
}
MAX_CHARS = 80
FIELDS = {RecordKind.OFFICE: ("phone", "address", "hours", "what"), RecordKind.HOTLINE: ("hours", "what")}
CAN_LACK = ("phone", "address", "hours")


@dataclass(frozen=True, slots=True)
class Typed:
    """fields: name -> value. without: fields ticked as 没有."""

    fields: Mapping[str, str]
    without: tuple[str, ...]


def held_of(record: Office | Hotline, kind: RecordKind) -> Typed:
    """What is known now."""
    fields = {name: str(getattr(record, name)) for name in FIELDS[kind]}
    return Typed(fields, record.without if isinstance(record, Office) else ())


def read_record(form: FormData, kind: RecordKind) -> Typed:
    fields = {name: " ".join(str(form.get(name, "")).split())[: MAX_CHARS + 1] for name in FIELDS[kind]}
    ticked = {str(name) for name in form.getlist("without")} if kind is RecordKind.OFFICE else set()
    return Typed(fields, tuple(name for name in CAN_LACK if name in ticked))


def faults_of(typed: Typed) -> tuple[FieldError, ...]:
    errors = []
    for name, value in typed.fields.items():
        if value and name in typed.without:
            errors.append(FieldError(name, f"{LABELS[name][0]}填了，又勾了“没有”，只能是一样。"))
        if len(value) > MAX_CHARS:
            errors.append(FieldError(name, f"太长了，{LABELS[name][0]}最多 {MAX_CHARS} 个字。"))
    if phone_of(typed.fields.get("phone", "")) is None:
        errors.append(FieldError("phone", "这不像电话号码。座机写成“区号-号码”，不要写姓名和别的字。"))
    return tuple(errors)


def keep(desk: Desk, kind: RecordKind, subject: str, typed: Typed, given: GivenPaper | None) -> None:
    """Confirm it, as of today; the caller has looked for faults."""
    fields = dict(typed.fields)
    if "phone" in fields:
        fields["phone"] = phone_of(fields["phone"]) or ""
    record = TownRecord(kind, subject, fields, typed.without, desk.today(), desk.person.id, desk.now())
    shown = {name: value for name, value in fields.items() if value}
    deed = desk.deed(f"confirm_{kind.value}", subject, **shown)
    with_paper(desk, given, lambda paper: holdings_of(desk).records.confirm(record, deed, paper))
    desk.parts.wake()


def page_of(
    desk: Desk, kind: RecordKind, subject: str, title: str, typed: Typed, errors: tuple[FieldError, ...], done: Mapping[str, str]
) -> RecordPage:
    return RecordPage(
        frame=desk.frame(title, PLACES[kind], done=done, errors=errors),
        url=f"{PLACES[kind]}/{subject}",
        back=PLACES[kind],
        confirmed=_confirmed(desk, kind, subject),
        fields=tuple(
            RecordFieldView(
                name, *LABELS[name], value, kind is RecordKind.OFFICE and name in CAN_LACK, name in typed.without
            )
            for name, value in typed.fields.items()
        ),
        papers=papers_of(desk, kind, subject),
        button="问准了，确认" if kind is RecordKind.OFFICE else "打过了，通，确认",
    )


def _confirmed(desk: Desk, kind: RecordKind, subject: str) -> str:
    names = names_of(desk)
    for record in holdings_of(desk).records.records():
        if record.kind is kind and record.id == subject:
            return f"{names.get(record.who, record.who)}，{record.confirmed_on}"
    return ""
