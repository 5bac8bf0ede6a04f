"""Retirement where only the year of birth was said: from the first to the last month that it may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.calculators.months import YearMonth, spell_age, spell_length
from bot.calculators.results import Explained, Impossible
from bot.calculators.retirement import ASK, TRACKS, Kind, Retirement, retirement


@dataclass(frozen=True, slots=True)
class RetirementYear:
    """first, last: of who was born in January and in December. Ages and months never fall in between."""

    first: Retirement
    last: Retirement
    explained: Explained


def retirement_of_year(year: int, kind: Kind, on: date) -> RetirementYear | Impossible:
    """When employees born in that year retire. on: the asking day. Source: as `retirement`."""
    first, last = (retirement(YearMonth(year, month), kind, on) for month in (1, 12))
    if isinstance(first, Impossible):
        return first
    if isinstance(last, Impossible):
        return last
    explained = Explained(
        conclusion=_conclusion(first, last, YearMonth.of_day(on)),
        lines=_lines(first, last),
        formula=_formula(first, last),
        basis=tuple(dict.fromkeys((*first.explained.basis, *last.explained.basis))),
        cautions=last.explained.cautions,
        ask=ASK,
    )
    return RetirementYear(first, last, explained)


def _conclusion(first: Retirement, last: Retirement, today: YearMonth) -> str:
    when = f"{_span(first.month, last.month)}{'已经到了' if last.month < today else '退休'}"
    age = spell_age(first.age_months)
    if not last.delayed_months:
        return f"不延迟：{TRACKS[last.kind].name}满{age}，{when}。"
    if last.age_months == first.age_months:
        return f"法定退休年龄是{age}，{when}。"
    return f"法定退休年龄{age}到{spell_age(last.age_months)}，{when}。"


def _span(first: YearMonth, last: YearMonth) -> str:
    """2040年1月到12月; 2034年1月到2035年1月."""
    return f"{first}到{last.month}月" if first.year == last.year else f"{first}到{last}"


def _lines(first: Retirement, last: Retirement) -> tuple[str, ...]:
    lines = ["告诉我出生月份，可以算准。", _years(first, last)]
    if last.delayed_months:
        lines.append("年限够了，最多早3年退，不早于原来的岁数。")
        lines.append("和单位商量好，最多晚3年退。")
    return tuple(lines)


def _years(first: Retirement, last: Retirement) -> str:
    least, most = spell_length(first.minimum_months), spell_length(last.minimum_months)
    return f"最少交满{least}。" if least == most else f"最少交满{least}到{most}，看哪年退休。"


def _formula(first: Retirement, last: Retirement) -> tuple[str, ...]:
    """The working of the first month without its count, then what comes of both ends."""
    *rule, count = first.explained.formula
    if not last.delayed_months:
        return first.explained.formula
    if first.delayed_months == last.delayed_months:
        return (*rule, count if first.delayed_months == TRACKS[first.kind].longest else _delay(first))
    return (*rule, _delay(first), _delay(last))


def _delay(one: Retirement) -> str:
    return f"{one.birth}出生的，延{one.delayed_months}个月。"
