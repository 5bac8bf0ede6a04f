"""Figures as rows of `parameters/*.yaml` and back, and what a new value does to the older ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from knowledge.parameters import parameter_of, value_of
from knowledge.types import Instrument, Parameter, ParameterValue, Period


def row_of(parameter: Parameter) -> dict[str, Any]:
    """The mapping that `knowledge.parameters.parameter_of` reads; dates and numbers as text, newest value first."""
    return {
        "id": parameter.id,
        "what": parameter.what,
        "for": dict(parameter.audience),
        "unit": parameter.unit,
        "period": parameter.per,
        "recheck_month": parameter.recheck_month,
        "ask": list(parameter.ask),
        "values": [value_row(value) for value in reversed(parameter.values)],
    }


def value_row(value: ParameterValue) -> dict[str, Any]:
    return {
        "value": str(value.value),
        "from": _day(value.period.start),
        "to": _day(value.period.end),
        "recheck_on": _day(value.recheck_on),
        "confidence": value.basis.confidence.value,
        "checked_on": _day(value.basis.checked_on),
        "instrument": value.basis.instrument.id,
        "article": value.basis.article,
        "facts": list(value.facts),
    }


def instrument_row(instrument: Instrument) -> dict[str, Any]:
    """The mapping that `knowledge.instruments.instrument_of` reads; what is empty is left out."""
    held: dict[str, Any] = {
        "id": instrument.id,
        "title": instrument.title,
        "document_number": instrument.document_number,
        "issuer": instrument.issuer,
        "level": instrument.level,
        "effective_from": _day(instrument.effective_from),
        "date_precision": instrument.date_precision,
        "effective_to": _day(instrument.effective_to),
        "published_at": instrument.published_at,
        "source_note": instrument.source_note,
    }
    if instrument.text_files:
        held["text_files"] = list(instrument.text_files)
    elif instrument.text_file:
        held["text_file"] = instrument.text_file
    return {name: value for name, value in held.items() if value}


def with_value(parameter: Parameter, new: ParameterValue) -> Parameter:
    """The new value holds from its first day. The one that held on that day ends there; one that began on the same
    day is replaced. Without an own end it lasts until the next value begins.
    """
    first = new.period.start
    kept = [_ended(value, first) for value in parameter.values if value.period.start != first]
    later = [value.period.start for value in kept if value.period.start and first and value.period.start > first]
    end = new.period.end or min(later, default=None)
    values = [*kept, replace(new, period=Period(first, end))]
    return replace(parameter, values=tuple(sorted(values, key=lambda value: value.period.start or date.min)))


def changed(parameter: Parameter, body: Mapping[str, Any], known: Mapping[str, Instrument]) -> Parameter:
    """The figure after a change (`FigureChange.body`): one value more, or all of it anew."""
    return parameter_of(body, known) if is_whole(body) else with_value(parameter, value_of(body, known))


def is_whole(body: Mapping[str, Any]) -> bool:
    """Whether a change is of the whole figure, as in `parameters/*.yaml`, and not of one value."""
    return "values" in body


def new_values(old: Parameter | None, new: Parameter) -> tuple[ParameterValue, ...]:
    """The values of a figure that it did not have in just this form, oldest first."""
    return tuple(value for value in new.values if old is None or value not in old.values)


def held_on(parameter: Parameter, day: date) -> ParameterValue | None:
    """The value that holds on a day."""
    return next((value for value in parameter.values if value.period.covers(day)), None)


def _ended(value: ParameterValue, day: date | None) -> ParameterValue:
    """The value, up to the day where it would go on past it."""
    if day is None or not value.period.covers(day):
        return value
    return replace(value, period=Period(value.period.start, day))


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
