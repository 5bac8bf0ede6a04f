"""One form for offices and hotlines: what is typed is checked, confirmed by a clerk, and kept with its paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from knowledge.overlay_values import TownRecord
from knowledge.types import Office
from web.staff.desk import Desk
from web.staff.holdings.papers import GivenPaper, papers_of, with_paper
from web.staff.holdings.phone_marks import phone_view
from web.staff.holdings.phone_shapes import phone_of
from web.staff.holdings.present import holdings_of, town_of
from web.staff.holdings.record_books import Record, RecordBook, open_words, title_of
from web.staff.holdings.record_views import RecordFieldView, RecordPage, RecordRowView, RecordsPage
from web.staff.names import names_of
from web.staff.views import FieldError

LABELS = {
    "phone": ("电话", "座机写成“区号-号码”；个人手机号要本人同意。"),
    "address": ("地址", "写到门牌，村民照着找得到。"),
    "hours": ("上班时间", "比如：周一到周五 9:00-12:00、14:00-18:00，赶集日照常。"),
    "what": ("管什么", "一句大白话，村民看得懂。"),
}
MAX_CHARS = 80
DONE = {
    "confirmed": "确认了，约 1 分钟内所有页面都用新的。",
    "silent": "标上了，约 1 分钟内这个号码旁边都写着没打通。",
    "answers": "取消了，约 1 分钟内所有页面都不再写没打通。",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """fields: name -> value. without: fields ticked as 没有."""

    fields: Mapping[str, str]
    without: tuple[str, ...]


def held_of(record: Record, book: RecordBook) -> Typed:
    """What is known now."""
    fields = {name: str(getattr(record, name)) for name in book.fields}
    return Typed(fields, record.without if isinstance(record, Office) else ())


def read_record(form: FormData, book: RecordBook) -> Typed:
    fields = {name: " ".join(str(form.get(name, "")).split())[: MAX_CHARS + 1] for name in book.fields}
    ticked = {str(name) for name in form.getlist("without")}
    return Typed(fields, tuple(name for name in book.can_lack if name in ticked))


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


def keep(desk: Desk, book: RecordBook, subject: str, typed: Typed, given: GivenPaper | None) -> None:
    """Confirm it, as of today; the caller has looked for faults."""
    fields = dict(typed.fields)
    if "phone" in fields:
        fields["phone"] = phone_of(fields["phone"]) or ""
    record = TownRecord(book.kind, subject, fields, typed.without, desk.today(), desk.person.id, desk.now())
    shown = {name: value for name, value in fields.items() if value}
    deed = desk.deed(f"confirm_{book.kind.value}", subject, **shown)
    with_paper(desk, given, lambda paper: holdings_of(desk).records.confirm(record, deed, paper))
    desk.parts.wake()


def list_of(desk: Desk, book: RecordBook) -> RecordsPage:
    town = town_of(desk)
    rows = tuple(
        RecordRowView(
            title_of(record),
            f"{book.here}/{name}",
            "　".join(filter(None, (str(getattr(record, field)) for field in book.listed))),
            record.confirmed_on,
            open_words(record, town),
        )
        for name, record in book.records(town).items()
    )
    return RecordsPage(desk.frame(book.title, book.here, done=DONE), book.intro, rows)


def page_of(
    desk: Desk, book: RecordBook, subject: str, typed: Typed | None = None, errors: tuple[FieldError, ...] = ()
) -> RecordPage:
    """Raises 404."""
    town = town_of(desk)
    record = book.record(town, subject)
    shown = typed or held_of(record, book)
    return RecordPage(
        frame=desk.frame(title_of(record), book.here, done=DONE, errors=errors),
        url=f"{book.here}/{subject}",
        back=book.here,
        confirmed=_confirmed(desk, book, subject),
        fields=tuple(
            RecordFieldView(name, *LABELS[name], value, name in book.can_lack, name in shown.without)
            for name, value in shown.fields.items()
        ),
        papers=papers_of(desk, book.kind, subject),
        button=book.button,
        phone=phone_view(desk, record, town),
    )


def _confirmed(desk: Desk, book: RecordBook, subject: str) -> str:
    names = names_of(desk)
    for record in holdings_of(desk).records.records():
        if record.kind is book.kind and record.id == subject:
            return f"{names.get(record.who, record.who)}，{record.confirmed_on}"
    return ""
