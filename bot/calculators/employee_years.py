"""Employee pension: how many contribution years are short at retirement, and what then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.calculators.months import YearMonth, spell_length
from bot.calculators.results import Explained, Impossible, RuleBasis
from bot.calculators.retirement import ASK, LAW, minimum_contribution_months

FIFTEEN_YEARS = 15 * 12
MOST_MONTHS = 60 * 12
SOCIAL_LAW, SOCIAL_RULES = "shebao-fa", "shishi-shebao-fa-2011"


@dataclass(frozen=True, slots=True)
class EmployeeYears:
    """All in months. short: against what is paid now. left: until retirement, 0 when it has come.

    short_then: what would still lack after paying every month until retirement.
    """

    required: int
    short: int
    left: int
    short_then: int
    explained: Explained


def employee_years(
    paid_months: int, retire: YearMonth, on: date, joined_before_july_2011: bool | None = None
) -> EmployeeYears | Impossible:
    """What is short of the least contribution years of the year of retirement.

    Source: 渐进式延迟法定退休年龄的办法 article 2 and annex 4; 社会保险法 article 16;
    实施社会保险法若干规定 articles 2 and 3.
    """
    if paid_months < 0:
        return Impossible("交的年数不能是负数，请再看一下。")
    if paid_months > MOST_MONTHS:
        return Impossible("交的年数超过60年了，请再看一下。")
    required = minimum_contribution_months(retire.year)
    left = max(0, retire.minus(YearMonth.of_day(on)))
    short = max(0, required - paid_months)
    then = max(0, short - left)
    explained = Explained(
        conclusion=_conclusion(required, short),
        lines=_lines(retire, left, short, then) + _ways(paid_months + left, then, joined_before_july_2011),
        formula=(
            f"{retire.year}年退休，最少交满{spell_length(required)}。",
            f"已经交了{spell_length(paid_months)}。",
            f"到退休还有{spell_length(left)}。" if left else "退休的月份已经到了。",
        ),
        basis=_basis(then),
        cautions=("年数以社保机构核定的为准。", "提前或延后退，按哪年的年限没写明。"),
        ask=ASK,
    )
    return EmployeeYears(required, short, left, then, explained)


def _conclusion(required: int, short: int) -> str:
    if not short:
        return f"最少要交满{spell_length(required)}，您已经够了。"
    return f"最少要交满{spell_length(required)}，您现在还差{spell_length(short)}。"


def _lines(retire: YearMonth, left: int, short: int, then: int) -> tuple[str, ...]:
    if not short:
        return ("年限够了，到退休年龄就可以申请领。",)
    if not left:
        return ()
    if not then:
        return (f"一个月不断，交到{retire}就够了。",)
    return (f"交到{retire}，还会差{spell_length(then)}。",)


def _ways(reached: int, then: int, joined_early: bool | None) -> tuple[str, ...]:
    """What the rules offer who is still short at retirement."""
    if not then:
        return ()
    ways = ["到龄不够的，可以延长交，交到够为止。", "也可以按规定一次交够，能不能先问清楚。"]
    if reached >= FIFTEEN_YEARS:
        return (*ways, "满15年但不够新年限，能不能转没写明。")
    if joined_early is not False:
        ways.append("延长交5年还不满15年，可一次交到15年。")
        ways.append("这一条只给2011年7月前参保的人。")
    ways.append("不满15年，也可以转成居民养老。")
    ways.append("或者书面申请终止，账户的钱一次付清。")
    ways.append("终止后没有每月养老金，要想清楚。")
    return tuple(ways)


def _basis(then: int) -> tuple[RuleBasis, ...]:
    rule = RuleBasis(LAW, "第2条、附件4")
    if not then:
        return rule, RuleBasis(SOCIAL_LAW, "第16条")
    return rule, RuleBasis(SOCIAL_LAW, "第16条"), RuleBasis(SOCIAL_RULES, "第2条、第3条")
