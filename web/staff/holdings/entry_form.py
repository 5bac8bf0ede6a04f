"""The form of an entry: what was typed, and the entry it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from starlette.datastructures import FormData

from knowledge.entries import claim_of
from knowledge.entry_writing import spell_claim
from knowledge.types import (
    PART_HEADINGS,
    Basis,
    Confidence,
    Entry,
    EntryPart,
    Instrument,
    PartKind,
)
from web.staff.holdings.instrument_form import NewInstrument, named_instrument, read_new_instrument, title_of
from web.staff.views import FieldError

SPARE_ROWS = 2
MAX_ROWS = 26
MAX_CHARS = 4000
KINDS = tuple(PART_HEADINGS.values())


@dataclass(frozen=True, slots=True)
class BasisForm:
    """One row of the bases as typed. instrument: a title, or an id where titles are not unique."""

    key: str
    instrument: str = ""
    article: str = ""
    confidence: str = Confidence.VERIFIED.value
    checked_on: str = ""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """All fields as typed; lists one item a line. parts: kind -> text, one bullet a line with its 〔marks〕."""

    id: str
    topic: str = ""
    question: str = ""
    yes_no: bool = False
    region: str = "00"
    examples: str = ""
    also_asked: str = ""
    offices: tuple[str, ...] = ()
    hotlines: tuple[str, ...] = ()
    related: str = ""
    facts: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    bases: tuple[BasisForm, ...] = ()
    new: NewInstrument = NewInstrument()


def form_of(entry: Entry, instruments: Mapping[str, Instrument]) -> EntryForm:
    """The form filled with what is written now."""
    return EntryForm(
        id=entry.id,
        topic=entry.topic,
        question=entry.question,
        yes_no=entry.yes_no,
        region=entry.region,
        examples="\n".join(entry.examples),
        also_asked="\n".join(entry.also_asked),
        offices=entry.offices,
        hotlines=entry.hotlines,
        related="\n".join(entry.related),
        facts=entry.facts,
        parts={part.kind.value: "\n".join(spell_claim(claim) for claim in part.claims) for part in entry.parts},
        bases=tuple(_basis_form(key, basis, instruments) for key, basis in entry.bases.items()),
    )


def read_form(form: FormData, held: EntryForm) -> EntryForm:
    """held: what the form was filled with; ids and facts come from there, all else from what was typed."""

    def said(name: str) -> str:
        return str(form.get(name, ""))[:MAX_CHARS].replace("\r\n", "\n").strip()

    keys = [str(key) for key in form.getlist("basis")][:MAX_ROWS]
    return replace(
        held,
        topic=said("topic"),
        question=said("question"),
        yes_no=said("yes_no") == "1",
        region=said("region"),
        examples=said("examples"),
        also_asked=said("also_asked"),
        offices=tuple(str(item) for item in form.getlist("offices")),
        hotlines=tuple(str(item) for item in form.getlist("hotlines")),
        related=said("related"),
        parts={kind.value: said(f"part-{kind.value}") for kind in KINDS},
        bases=tuple(
            BasisForm(key, *(said(f"{field}-{key}") for field in ("instrument", "article", "confidence", "checked_on")))
            for key in keys
            if key.isascii() and key.isalnum()
        ),
        new=read_new_instrument(form),
    )


def entry_of(
    form: EntryForm, instruments: Mapping[str, Instrument], author: str, today: date
) -> tuple[Entry, tuple[FieldError, ...]]:
    """The entry, as far as it can be made, and what is wrong with single fields of the form itself."""
    errors: list[FieldError] = []
    bases: dict[str, Basis] = {}
    for row in form.bases:
        made = _basis(row, instruments, today)
        if isinstance(made, Basis):
            bases[row.key] = made
        elif made:
            errors.append(FieldError(f"instrument-{row.key}", made))
    if not form.question:
        errors.append(FieldError("question", "请写标准问法，一句话。"))
    entry = Entry(
        id=form.id,
        topic=form.topic,
        question=_one_line(form.question) or "？",
        parts=tuple(_parts(form)),
        bases=bases,
        yes_no=form.yes_no,
        region=form.region,
        examples=lines_of(form.examples),
        also_asked=lines_of(form.also_asked),
        offices=form.offices,
        hotlines=form.hotlines,
        related=lines_of(form.related),
        facts=form.facts,
        author=author,
        written_on=today,
    )
    return entry, tuple(errors)


def lines_of(text: str) -> tuple[str, ...]:
    return tuple(line for raw in text.split("\n") if (line := _one_line(raw)))


def with_spare_rows(form: EntryForm) -> EntryForm:
    """Free rows for more bases, under letters that are not used yet."""
    used = {row.key for row in form.bases}
    free = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if letter not in used][:SPARE_ROWS]
    empty = sum(not row.instrument for row in form.bases)
    return replace(form, bases=(*form.bases, *(BasisForm(key) for key in free[: max(0, SPARE_ROWS - empty)])))


def _parts(form: EntryForm) -> list[EntryPart]:
    found = []
    for kind in KINDS:
        claims = tuple(claim_of(line.removeprefix("- ")) for line in lines_of(form.parts.get(kind.value, "")))
        if claims:
            found.append(EntryPart(PartKind(kind), claims))
    return found


def _basis(row: BasisForm, instruments: Mapping[str, Instrument], today: date) -> Basis | str:
    """The basis; '' for an empty row; or what is wrong with it."""
    if not row.instrument:
        return f"依据 {row.key} 写了条号，没写是哪份文件。" if row.article else ""
    instrument = named_instrument(row.instrument, instruments)
    if instrument is None:
        return f"没有《{row.instrument}》这份文件。从下拉里选一份，或者在下面“新文件”里写上它。"
    try:
        confidence = Confidence(row.confidence)
        checked_on = date.fromisoformat(row.checked_on) if row.checked_on else today
    except ValueError:
        return f"依据 {row.key} 的核对日期要写成 2024-09-01 这样。"
    return Basis(instrument, row.article or None, confidence, checked_on)


def _basis_form(key: str, basis: Basis, instruments: Mapping[str, Instrument]) -> BasisForm:
    return BasisForm(
        key,
        title_of(basis.instrument, instruments),
        basis.article or "",
        basis.confidence.value,
        basis.checked_on.isoformat(),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
