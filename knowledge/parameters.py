"""Typed, dated figures: `parameters/*.yaml`, and which value holds for the time asked about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from knowledge.instruments import day_of
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Basis, Confidence, FigureState, Instrument, Parameter, ParameterValue, Period
from knowledge.yaml_files import line_of, read_yaml_folder


@dataclass(frozen=True, slots=True)
class UsedFigure:
    """One value of one parameter as shown: its state relative to the asking day."""

    parameter: Parameter
    value: ParameterValue
    state: FigureState


def resolve(parameter: Parameter, about: Period, on: date, about_said: bool) -> tuple[UsedFigure, ...]:
    """The values that hold in the time asked about, oldest first; () when none is known (state `unknown`).

    on: the asking day, to which `last_known`, `superseded`, `not_yet` relate. Without a time in the
    question an expired figure still shows as last known; with one, only what holds in it. A time that lies
    wholly ahead has no figure yet where the one of now is to be looked up anew by then.
    """
    values = [value for value in parameter.values if value.period.overlaps(about)]
    if about_said and about.start is not None and about.start > on:
        values = [value for value in values if not renewed_by(value, about.start)]
    if not values and not about_said:
        past = [value for value in parameter.values if value.period.start and value.period.start <= on]
        return tuple(UsedFigure(parameter, value, FigureState.LAST_KNOWN) for value in past[-1:])
    return tuple(UsedFigure(parameter, value, state_of(value, on)) for value in values)


def month_of(name: str) -> tuple[str, date | None]:
    """A placeholder's id, and the first day of the month that it names (``dibao-rural@2025-06``), None for none."""
    parameter_id, _, month = name.partition("@")
    return parameter_id, date.fromisoformat(f"{month}-01") if month else None


def parameter_named(name: str, parameters: Mapping[str, Parameter]) -> Parameter:
    """The figure that a placeholder names; of one month, with only the value that held on its first day.

    Raises KeyError where no figure has that id.
    """
    parameter_id, day = month_of(name)
    found = parameters[parameter_id]
    if day is None:
        return found
    return replace(found, values=tuple(value for value in found.values if value.period.covers(day)))


def parameters_named(names: Iterable[str], parameters: Mapping[str, Parameter]) -> list[Parameter]:
    """Those of placeholders, in their order; what is no figure (a phone) is passed over."""
    return [parameter_named(name, parameters) for name in names if month_of(name)[0] in parameters]


def renewed_by(value: ParameterValue, day: date) -> bool:
    """Whether a value without an end will have been looked up anew by a day: nobody knows that it holds then."""
    return value.period.end is None and value.recheck_on is not None and value.recheck_on <= day


def state_of(value: ParameterValue, on: date) -> FigureState:
    """What a value is worth on a day."""
    if value.period.start is not None and value.period.start > on:
        return FigureState.NOT_YET
    if value.period.end is not None and value.period.end <= on:
        return FigureState.SUPERSEDED
    if value.basis.confidence is not Confidence.VERIFIED or (value.recheck_on and value.recheck_on <= on):
        return FigureState.LAST_KNOWN
    return FigureState.IN_FORCE


def name_of(parameter: Parameter) -> str:
    """``农村低保标准``: for whom, then what; words that the second has already are not said twice."""
    return "".join(word for word in parameter.audience.values() if word not in parameter.what) + parameter.what


def due_for_recheck(parameters: Mapping[str, Parameter], on: date) -> list[tuple[Parameter, ParameterValue]]:
    """Current values whose re-check date has come, by id."""
    return [
        (parameter, value)
        for parameter in parameters.values()
        for value in parameter.values
        if value.period.covers(on) and value.recheck_on is not None and value.recheck_on <= on
    ]


def load_parameters(folder: Path, instruments: Mapping[str, Instrument]) -> dict[str, Parameter]:
    """Every parameter by id. Raises KnowledgeError with all faults found."""
    found: dict[str, Parameter] = {}
    problems: list[Problem] = []
    for path, rows in read_yaml_folder(folder):
        source = Path(path).read_text(encoding="utf-8")
        for row in rows:
            line = line_of(source, f"id: {row.get('id')}")
            try:
                parameter = parameter_of(row, instruments)
            except (KeyError, TypeError, ValueError, InvalidOperation) as error:
                problems.append(Problem(path, line, f"参数 {row.get('id')} 读不出来：{error}", "照 docs/entry-format.md 改"))
                continue
            if parameter.id in found:
                problems.append(Problem(path, line, f"参数 {parameter.id} 写了两次", "留一个"))
            problems += [Problem(path, line, what, remedy) for what, remedy in faults(parameter)]
            found[parameter.id] = parameter
    if problems:
        raise KnowledgeError(problems)
    return found


def parameter_of(row: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> Parameter:
    """One parameter from its mapping, values in order of start. Raises KeyError, ValueError."""
    values = sorted(
        (value_of(item, instruments) for item in row["values"]), key=lambda value: value.period.start or date.min
    )
    return Parameter(
        id=str(row["id"]),
        what=str(row["what"]),
        audience={str(key): str(word) for key, word in (row.get("for") or {}).items()},
        unit=str(row["unit"]),
        per=None if row.get("period") is None else str(row["period"]),
        values=tuple(values),
        recheck_month=row.get("recheck_month"),
        ask=tuple(str(item) for item in row.get("ask") or ()),
    )


def value_of(item: Mapping[str, Any], instruments: Mapping[str, Instrument]) -> ParameterValue:
    """One dated value from its mapping. Raises KeyError, ValueError, decimal.InvalidOperation."""
    if item["instrument"] not in instruments:
        raise ValueError(f"没有文件 {item['instrument']}")
    checked_on = day_of(item["checked_on"])
    if checked_on is None:
        raise ValueError("checked_on 没写")
    return ParameterValue(
        value=Decimal(str(item["value"])),
        period=Period(day_of(item["from"]), day_of(item.get("to"))),
        basis=Basis(
            instruments[item["instrument"]], item.get("article"), Confidence(item["confidence"]), checked_on
        ),
        recheck_on=day_of(item.get("recheck_on")),
        facts=tuple(item.get("facts") or ()),
    )


def faults(parameter: Parameter) -> list[tuple[str, str]]:
    """(what, remedy) for each thing that a parameter must not be."""
    found = []
    for earlier, later in zip(parameter.values, parameter.values[1:], strict=False):
        if earlier.period.overlaps(later.period):
            found.append((f"参数 {parameter.id} 的有效期重叠", "把前一个的 to 写成后一个的 from"))
    for value in parameter.values:
        if value.basis.confidence is Confidence.UNKNOWN:
            found.append((f"参数 {parameter.id} 的依据是 unknown", "没核实的数字不能写成参数，删掉"))
        if value.period.end and value.period.start and value.period.end <= value.period.start:
            found.append((f"参数 {parameter.id} 的 to 不晚于 from", "检查两个日期"))
    if not parameter.ask:
        found.append((f"参数 {parameter.id} 没写 ask", "写上没把握时该问的电话或窗口"))
    return found
