"""The form of a figure: a value from a day on, and what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from starlette.datastructures import FormData

from knowledge.overlay_figures import held_on, with_value
from knowledge.parameters import faults
from knowledge.types import Basis, Confidence, Instrument, Parameter, ParameterValue, Period
from web.staff.holdings.instrument_form import NewInstrument, named_instrument, read_new_instrument, title_of
from web.staff.views import FieldError

MAX_DIGITS = 12
DAYS = {"since": "从哪天起", "until": "到哪天止", "recheck_on": "哪天再核实"}


@dataclass(frozen=True, slots=True)
class FigureForm:
    """All as typed. until: the first day on which it does not hold any more, '' for no end."""

    value: str = ""
    since: str = ""
    until: str = ""
    recheck_on: str = ""
    instrument: str = ""
    article: str = ""
    confidence: str = Confidence.VERIFIED.value
    why: str = ""
    new: NewInstrument = NewInstrument()


def form_of(parameter: Parameter, instruments: Mapping[str, Instrument], on: date) -> FigureForm:
    """The value of today, to be confirmed or changed; empty where none is known."""
    held = held_on(parameter, on)
    if held is None:
        return FigureForm(recheck_on=next_recheck(parameter, on))
    return FigureForm(
        value=f"{held.value:f}",
        since=_spell(held.period.start),
        until=_spell(held.period.end),
        recheck_on=next_recheck(parameter, on),
        instrument=title_of(held.basis.instrument, instruments),
        article=held.basis.article or "",
    )


def next_recheck(parameter: Parameter, on: date) -> str:
    """The first day of the month in which it may change, after today; '' where no month is known."""
    if parameter.recheck_month is None:
        return ""
    this_year = date(on.year, parameter.recheck_month, 1)
    return (this_year if this_year > on else this_year.replace(year=on.year + 1)).isoformat()


def read_form(form: FormData) -> FigureForm:
    def said(name: str, most: int = 200) -> str:
        return " ".join(str(form.get(name, "")).split())[:most]

    names = ("value", "since", "until", "recheck_on", "instrument", "article", "confidence", "why")
    typed = {name: said(name) for name in names}
    return FigureForm(**typed, new=read_new_instrument(form))


def value_of_form(
    form: FigureForm, parameter: Parameter, instruments: Mapping[str, Instrument], on: date
) -> tuple[ParameterValue | None, tuple[FieldError, ...]]:
    """The dated value, or what is wrong with each field; the figure with it must hold the checks of `pufa check`."""
    errors: list[FieldError] = []
    number = _number(form.value)
    if number is None:
        errors.append(FieldError("value", f"只写数，不写单位（单位是“{parameter.unit}”），比如 630 或 0.5。"))
    days: dict[str, date | None] = {}
    for name, words in DAYS.items():
        days[name] = _day(getattr(form, name))
        if getattr(form, name) and days[name] is None:
            errors.append(FieldError(name, f"“{words}”要写成 2024-09-01 这样。"))
    if not form.since:
        errors.append(FieldError("since", "请写这个数从哪天起用。"))
    if days["recheck_on"] is not None and days["recheck_on"] <= on:
        errors.append(FieldError("recheck_on", "再核实的日子要在今天以后。"))
    instrument = named_instrument(form.instrument, instruments)
    if instrument is None:
        what = f"没有《{form.instrument}》这份文件。" if form.instrument else "请写依据哪份文件。"
        errors.append(FieldError("instrument", f"{what}从下拉里选一份，或者在下面“新文件”里写上它。"))
    if form.confidence not in (Confidence.VERIFIED.value, Confidence.SECONDHAND.value):
        errors.append(FieldError("confidence", "请选见过原文没有。"))
    if errors or number is None or instrument is None:
        return None, tuple(errors)
    basis = Basis(instrument, form.article or None, Confidence(form.confidence), on)
    value = ParameterValue(number, Period(days["since"], days["until"]), basis, days["recheck_on"])
    wrong = faults(with_value(parameter, value))
    return (None if wrong else value), tuple(FieldError("until", f"{what}：{remedy}。") for what, remedy in wrong)


def _number(text: str) -> Decimal | None:
    """A plain decimal of at most MAX_DIGITS digits, not below zero."""
    try:
        number = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    fits = number.is_finite() and number >= 0 and len(number.as_tuple().digits) <= MAX_DIGITS
    return number if fits and abs(number.adjusted()) <= MAX_DIGITS else None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _spell(day: date | None) -> str:
    return day.isoformat() if day else ""
