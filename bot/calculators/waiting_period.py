"""How many months nothing is paid after residents' medical insurance was left out or late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from knowledge.types import Confidence, Period

MOST_YEARS = 60
ASK = ("12393", "county-medical", "town-service")
PAPER = RuleBasis("guoban-yibao-2024-38", None, Confidence.SECONDHAND)


@dataclass(frozen=True, slots=True)
class WaitingRule:
    """Months: fixed for all, one more for each year left out, at least `least` from `long_gap` years on."""

    fixed: int
    per_year: int
    long_gap: int
    least: int
    valid: Period


NATIONAL_RULE = WaitingRule(fixed=3, per_year=1, long_gap=4, least=6, valid=Period(date(2025, 1, 1), None))
"""国办发〔2024〕38号, known through reprints; the city's own rule was not found."""


@dataclass(frozen=True, slots=True)
class WaitingPeriod:
    """months: to wait after paying. variable: the part of it that paying for missed years takes away."""

    months: int
    variable: int
    explained: Explained


def waiting_period(
    gap_years: int,
    on: date,
    repaired_years: int = 0,
    special: bool = False,
    rule: WaitingRule | None = NATIONAL_RULE,
) -> WaitingPeriod | Missing | Impossible:
    """Months until bills are paid again. gap_years: years left out, 0 for who only missed the paying season.

    on: the day the insurance is taken up again. repaired_years: missed years paid for afterwards.
    special: new-borns and other groups to whom the fixed part does not apply.
    """
    wrong = _wrong(gap_years, repaired_years)
    if wrong:
        return wrong
    if rule is None or not rule.valid.covers(on):
        return Missing(f"{on.year}年的断缴等待期", ASK)
    if special and gap_years:
        return Missing("新生儿等特殊人群断缴后的等待期", ASK)
    if special:
        return WaitingPeriod(0, 0, _special())
    variable = (gap_years - repaired_years) * rule.per_year
    months = rule.fixed + variable
    floored = gap_years >= rule.long_gap and months < rule.least
    months = rule.least if floored else months
    explained = Explained(
        conclusion=f"交了以后，大约要等{months}个月才能报。",
        lines=("等的那几个月看病，医保不报。", *_least(gap_years, rule)),
        formula=_formula(gap_years, repaired_years, floored, rule),
        basis=(PAPER,),
        cautions=("这是国家定的大原则，市里细则没查到。", "断的年数从哪年数起，交钱前先问。"),
        ask=ASK,
    )
    return WaitingPeriod(months, variable, explained)


def _wrong(gap_years: int, repaired_years: int) -> Impossible | None:
    if gap_years < 0 or repaired_years < 0:
        return Impossible("年数不能是负数，请再看一下。")
    if gap_years > MOST_YEARS:
        return Impossible(f"断的年数超过{MOST_YEARS}年了，请再看一下。")
    if repaired_years > gap_years:
        return Impossible("补交的年数比断的还多，请再看一下。")
    return None


def _formula(gap: int, repaired: int, floored: bool, rule: WaitingRule) -> tuple[str, ...]:
    steps = [f"固定先等{rule.fixed}个月，这个免不了。"]
    if gap:
        steps.append(f"每断1年，再加{rule.per_year}个月，断{gap}年加{gap * rule.per_year}个月。")
    if repaired:
        steps.append(f"补交{repaired}年，减{repaired * rule.per_year}个月。")
    if floored:
        steps.append(f"算下来不到{rule.least}个月的，按{rule.least}个月。")
    return tuple(steps)


def _least(gap: int, rule: WaitingRule) -> tuple[str, ...]:
    """The least that stays, also for who pays all missed years: people ask for it, and it ends false hopes."""
    if gap < rule.long_gap:
        return ()
    return (f"连续断{rule.long_gap}年以上，补交了也至少等{rule.least}个月。",)


def _special() -> Explained:
    return Explained(
        conclusion="新生儿等特殊人群，没有固定的等待期。",
        lines=(),
        formula=("固定的3个月不适用于新生儿等人群。",),
        basis=(PAPER,),
        cautions=("哪些人算特殊人群，交钱前先问。",),
        ask=ASK,
    )
