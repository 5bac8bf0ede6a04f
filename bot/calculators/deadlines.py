"""Counts a period of law from its day to its last day; exact over month ends and leap years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.calculators.deadline_rules import RULES, DeadlineRule, Procedure, Stretch, Unit
from bot.calculators.months import add_months, spell_day
from bot.calculators.results import Explained, Impossible

LONGEST_AGO_YEARS = 100


@dataclass(frozen=True, slots=True)
class Limit:
    """last_day: still in time. days_left: until then, 0 on the day itself, negative when it has passed."""

    who: str
    last_day: date
    days_left: int


@dataclass(frozen=True, slots=True)
class Deadline:
    """starts: the day the period runs from (not counted itself)."""

    procedure: Procedure
    starts: date
    limits: tuple[Limit, ...]
    explained: Explained

    @property
    def last_day(self) -> date:
        """Of the person who asks: the last of the limits."""
        return self.limits[-1].last_day


def deadline(
    procedure: Procedure,
    start: date,
    on: date,
    restarted: date | None = None,
    harmed: date | None = None,
) -> Deadline | Impossible:
    """The last day of a step. start: the day named by `runs_from`. on: the asking day.

    restarted: the last time the other side was asked or agreed, where that begins the period anew.
    harmed: the day of the harm itself, from which the outer limit runs (20 years for 诉讼时效).
    """
    rule = RULES[procedure]
    wrong = _wrong(start, on, restarted, harmed)
    if wrong:
        return wrong
    begins = _begins(rule, start, restarted)
    limits = tuple(
        Limit(stretch.who, last, (last - on).days)
        for stretch in rule.stretches
        for last in (_capped(rule, _last_day(begins, stretch), harmed),)
    )
    explained = Explained(
        conclusion=_conclusion(rule, limits),
        lines=_lines(limits),
        formula=_formula(rule, begins, restarted, start, harmed),
        basis=(rule.basis,),
        cautions=_cautions(rule, limits, begins, restarted),
        ask=rule.ask,
    )
    return Deadline(procedure, begins, limits, explained)


def _wrong(start: date, on: date, restarted: date | None, harmed: date | None) -> Impossible | None:
    for day in (start, restarted, harmed):
        if day is None:
            continue
        if day > on:
            return Impossible("这个日子还没到，到了再来算。")
        if day.year < on.year - LONGEST_AGO_YEARS:
            return Impossible("这个日子太早了，请再看一下。")
    if restarted is not None and restarted < start:
        return Impossible("催要的日子比起算的日子还早，请再看一下。")
    if harmed is not None and harmed > start:
        return Impossible("出事的日子比知道的日子还晚，请再看一下。")
    return None


def _begins(rule: DeadlineRule, start: date, restarted: date | None) -> date:
    """Asking the other side begins the period anew, but only while it still runs."""
    if restarted is None or not rule.restarts or restarted > _last_day(start, rule.stretches[-1]):
        return start
    return restarted


def _last_day(start: date, stretch: Stretch) -> date:
    """The first day is not counted; months and years end on the corresponding day or the month's last."""
    if stretch.unit is Unit.DAY:
        return start + timedelta(days=stretch.amount)
    return add_months(start, stretch.amount * (12 if stretch.unit is Unit.YEAR else 1))


def _capped(rule: DeadlineRule, last: date, harmed: date | None) -> date:
    if rule.longest_years is None or harmed is None:
        return last
    return min(last, add_months(harmed, rule.longest_years * 12))


def _conclusion(rule: DeadlineRule, limits: tuple[Limit, ...]) -> str:
    mine = limits[-1]
    return f"{rule.name}，最晚{spell_day(mine.last_day)}，{_left(mine.days_left)}。"


def _left(days: int) -> str:
    if days < 0:
        return "已经过了"
    return f"还有{days}天" if days else "就是今天"


def _lines(limits: tuple[Limit, ...]) -> tuple[str, ...]:
    """One line for each who acts, where there are several."""
    if len(limits) == 1:
        return ()
    return tuple(f"{limit.who}：{spell_day(limit.last_day)}，{_left(limit.days_left)}。" for limit in limits)


def _formula(
    rule: DeadlineRule, begins: date, restarted: date | None, start: date, harmed: date | None
) -> tuple[str, ...]:
    steps = [f"从{rule.runs_from}起算，当天不算。"]
    if restarted is not None and begins == restarted and restarted != start:
        steps = [f"{spell_day(begins)}催过，从那天重新算。"]
    else:
        steps.append(f"照您说的，那天是{spell_day(begins)}。")
    steps += [f"{stretch.who}的期限是{stretch.words}。" for stretch in rule.stretches]
    if rule.longest_years and harmed is not None:
        steps.append(f"从吃亏那天起，最长{rule.longest_years}年。")
    return tuple(steps)


def _cautions(
    rule: DeadlineRule, limits: tuple[Limit, ...], begins: date, restarted: date | None
) -> tuple[str, ...]:
    cautions = ["最后一天遇节假日会顺延，这里没算。"]
    if restarted is not None and begins != restarted:
        cautions.append("催要那天期限已过，不能重新算。" if rule.restarts else "这个期限不因为催要重新算。")
    if limits[-1].days_left < 0:
        cautions += rule.expired
    if rule.longest_years:
        cautions.append(f"从吃亏那天起满{rule.longest_years}年，法院一般不保护。")
    cautions += rule.cautions
    return tuple(cautions)
