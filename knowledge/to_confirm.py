"""The list to hand over the counter: figures, offices and phones that only the town can supply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from knowledge.check import Context
from knowledge.parameters import state_of
from knowledge.render import plain_number
from knowledge.types import FigureState, Parameter


def to_confirm_form(context: Context, on: date) -> str:
    """Plain text, grouped by the office that must answer, one blank to fill per line."""
    lines = [f"{context.town.name}：请核实下面各项（{on.isoformat()} 打印）", ""]
    for office, items in sorted(by_office(context, on).items()):
        lines.append(f"■ {office}")
        lines += [f"  □ {item}：____________________" for item in items]
        lines.append("")
    return "\n".join(lines)


def by_office(context: Context, on: date) -> dict[str, list[str]]:
    """Office or number to ask -> what it has to supply, in words."""
    groups: dict[str, list[str]] = defaultdict(list)
    for office in context.town.offices.values():
        missing = [name for name in ("phone", "address", "hours") if not getattr(office, name)]
        words = {"phone": "电话", "address": "地址", "hours": "上班时间"}
        groups[office.name] += [words[name] for name in missing]
    for parameter in context.parameters.values():
        for item in _figures(parameter, on):
            groups[_owner(parameter, context)].append(item)
    for hotline in context.town.hotlines.values():
        groups[context.town.operator].append(f"{hotline.number}（{hotline.name}）试拨通不通")
    return groups


def _figures(parameter: Parameter, on: date) -> Iterator[str]:
    whose = "".join(parameter.audience.values())
    current = [value for value in parameter.values if value.period.covers(on)]
    if not current:
        yield f"{whose}{parameter.what}（{parameter.unit}），现在是多少"
    for value in current:
        if state_of(value, on) is FigureState.LAST_KNOWN:
            held = f"{plain_number(value.value)}{parameter.unit}"
            yield f"{whose}{parameter.what}，我们手上是 {held}（{value.period.start} 起），现在是多少"


def _owner(parameter: Parameter, context: Context) -> str:
    for item in parameter.ask:
        if item in context.town.offices:
            return context.town.offices[item].name
    return f"打 {parameter.ask[0]} 核实" if parameter.ask else context.town.operator
