"""The list to hand over the counter: figures, offices and phones that only the town can supply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.check import Context
from knowledge.overlay_values import RecordKind
from knowledge.parameters import name_of, state_of
from knowledge.render import plain_number
from knowledge.types import FigureState, Office, Parameter

OFFICE_WORDS = {"phone": "电话", "address": "地址", "hours": "上班时间"}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to supply. subject: id of the office, hotline or figure. words: what is asked, in Chinese."""

    kind: RecordKind
    subject: str
    words: str


def to_confirm_form(context: Context, on: date) -> str:
    """Plain text, grouped by the office that must answer, one blank to fill per line."""
    lines = [f"{context.town.name}：请核实下面各项（{on.isoformat()} 打印）", ""]
    for office, items in sorted(missing_by_owner(context, on).items()):
        lines.append(f"■ {office}")
        lines += [f"  □ {item.words}：____________________" for item in items]
        lines.append("")
    return "\n".join(lines)


def missing_by_owner(context: Context, on: date) -> dict[str, list[Missing]]:
    """Office or number to ask -> what it has to supply; empty once all is confirmed."""
    groups: dict[str, list[Missing]] = defaultdict(list)
    for office in context.town.offices.values():
        groups[office.name] += [Missing(RecordKind.OFFICE, office.id, words) for words in missing_of_office(office)]
    for parameter in context.parameters.values():
        for item in _figures(parameter, on):
            groups[_owner(parameter, context)].append(Missing(RecordKind.FIGURE, parameter.id, item))
    for hotline in context.town.hotlines.values():
        if not hotline.confirmed_on:
            rung = "（上次没打通）" if hotline.number in context.town.silent else ""
            words = f"{hotline.number}（{hotline.name}）试拨通不通{rung}"
            groups[context.town.operator].append(Missing(RecordKind.HOTLINE, hotline.number, words))
    return {owner: items for owner, items in groups.items() if items}


def missing_of_office(office: Office) -> list[str]:
    """A field is settled when it was confirmed, or the office has said that it has none."""
    open_ones = []
    for name, words in OFFICE_WORDS.items():
        if not getattr(office, name):
            open_ones += [] if name in office.without else [words]
        elif not office.confirmed_on:
            open_ones.append(f"{words}（{getattr(office, name)}，对不对）")
    return open_ones


def _figures(parameter: Parameter, on: date) -> Iterator[str]:
    name = name_of(parameter)
    current = [value for value in parameter.values if value.period.covers(on)]
    if not current:
        yield f"{name}（{parameter.unit}），现在是多少"
    for value in current:
        if state_of(value, on) is FigureState.LAST_KNOWN:
            held = f"{plain_number(value.value)}{parameter.unit}"
            yield f"{name}，我们手上是 {held}（{value.period.start} 起），现在是多少"


def _owner(parameter: Parameter, context: Context) -> str:
    for item in parameter.ask:
        if item in context.town.offices:
            return context.town.offices[item].name
    return f"打 {parameter.ask[0]} 核实" if parameter.ask else context.town.operator
