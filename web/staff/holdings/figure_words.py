"""A dated figure in words, for the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from knowledge.overlay_figures import is_whole
from knowledge.parameters import state_of
from knowledge.render import plain_number
from knowledge.types import Confidence, FigureState, Parameter, ParameterValue
from web.staff.holdings.entry_words import SEEN
from web.staff.life_views import StateView

STATES = {
    FigureState.IN_FORCE: StateView("现在用，核实过", "ok"),
    FigureState.LAST_KNOWN: StateView("现在用，要核实", "warn"),
    FigureState.NOT_YET: StateView("还没到日子", "warn"),
    FigureState.SUPERSEDED: StateView("过去的数", "plain"),
    FigureState.UNKNOWN: StateView("没有", "danger"),
}


def unit_of(parameter: Parameter) -> str:
    """``元，每月``."""
    return f"{parameter.unit}，每{parameter.per}" if parameter.per else parameter.unit


def state_view(value: ParameterValue | None, on: date) -> StateView:
    return STATES[state_of(value, on) if value is not None else FigureState.UNKNOWN]


def value_words(row: Mapping[str, Any], unit: str) -> str:
    """A value of `parameters/*.yaml` in one line."""
    until = f"，到 {row['to']} 止" if row.get("to") else ""
    seen = SEEN[Confidence(row["confidence"])]
    return f"{plain_number(Decimal(str(row['value'])))}{unit}{until}（{seen}）"


def body_words(body: Mapping[str, Any], unit: str) -> str:
    """A change (`FigureChange.body`) in one line."""
    if is_whole(body):
        return "换成程序新带来的：" + "；".join(f"从 {day or '以前'} 起 {said}" for day, said in words_by_start(body).items())
    return f"{value_words(body, unit)}，从 {body['from']} 起"


def words_by_start(row: Mapping[str, Any]) -> dict[str, str]:
    """First day ('' for always) -> value, of a figure as in `parameters/*.yaml`, newest first."""
    return {str(value["from"] or ""): value_words(value, str(row["unit"])) for value in row["values"]}


def told(parameter: Parameter, value: ParameterValue) -> str:
    return f"{plain_number(value.value)}{parameter.unit}"
