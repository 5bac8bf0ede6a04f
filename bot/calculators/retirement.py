"""Statutory retirement age of employees since 2025: age, month, contribution years, flexible bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.calculators.months import YearMonth, spell_age, spell_length
from bot.calculators.results import Explained, Impossible, RuleBasis

LAW = "yanchi-tuixiu-banfa"
ASK = ("12333",)
OLDEST_YEARS = 120
FLEXIBLE_MONTHS = 36
FIRST_YEARS_MONTHS, LAST_YEARS_MONTHS, LAST_FIRST_YEAR = 15 * 12, 20 * 12, 2029


class Kind(StrEnum):
    """Whose table applies: annex 1, 2, 3."""

    MALE = "male"
    FEMALE55 = "female55"
    FEMALE50 = "female50"


@dataclass(frozen=True, slots=True)
class Track:
    """One annex: original age in years, first birth month delayed, one month more every `step` months."""

    name: str
    original_age: int
    starts: YearMonth
    step: int
    longest: int
    annex: str


TRACKS: Mapping[Kind, Track] = {
    Kind.MALE: Track("男职工", 60, YearMonth(1965, 1), 4, 36, "附件1"),
    Kind.FEMALE55: Track("女干部、管理技术岗", 55, YearMonth(1970, 1), 4, 36, "附件2"),
    Kind.FEMALE50: Track("女工人", 50, YearMonth(1975, 1), 2, 60, "附件3"),
}


@dataclass(frozen=True, slots=True)
class Retirement:
    """age_months and minimum_months: in months. earliest, latest: None for who was not delayed."""

    birth: YearMonth
    kind: Kind
    age_months: int
    delayed_months: int
    month: YearMonth
    minimum_months: int
    earliest: YearMonth | None
    latest: YearMonth | None
    explained: Explained


def retirement(birth: YearMonth, kind: Kind, on: date) -> Retirement | Impossible:
    """When an employee born in that month retires. on: the asking day.

    Source: 渐进式延迟法定退休年龄的办法, articles 1 to 3 and annexes 1 to 4.
    """
    today = YearMonth.of_day(on)
    if birth > today:
        return Impossible("出生年月还没到，请再看一下。")
    if today.minus(birth) > OLDEST_YEARS * 12:
        return Impossible(f"年纪超过{OLDEST_YEARS}岁了，请再看一下出生年份。")
    track = TRACKS[kind]
    delayed = delayed_months(birth, track)
    age = track.original_age * 12 + delayed
    month = birth.plus(age)
    earliest, latest = _flexible(birth, track, month, delayed)
    minimum = minimum_contribution_months(month.year)
    explained = Explained(
        conclusion=_conclusion(track, age, delayed, month, today),
        lines=_lines(month, minimum, earliest, latest),
        formula=_formula(birth, track, delayed),
        basis=_basis(track, month),
        cautions=_cautions(delayed),
        ask=ASK,
    )
    return Retirement(birth, kind, age, delayed, month, minimum, earliest, latest, explained)


def delayed_months(birth: YearMonth, track: Track) -> int:
    """0 before the table, then one month more every `step` birth months, up to `longest`."""
    if birth < track.starts:
        return 0
    return min(track.longest, birth.minus(track.starts) // track.step + 1)


def minimum_contribution_months(year: int) -> int:
    """Months of contributions needed by who retires in that year (annex 4)."""
    return min(LAST_YEARS_MONTHS, FIRST_YEARS_MONTHS + 6 * max(0, year - LAST_FIRST_YEAR))


def _flexible(
    birth: YearMonth, track: Track, month: YearMonth, delayed: int
) -> tuple[YearMonth | None, YearMonth | None]:
    """Up to three years early, never before the original age; up to three years late."""
    if not delayed:
        return None, None
    original = birth.plus(track.original_age * 12)
    return max(original, month.plus(-FLEXIBLE_MONTHS)), month.plus(FLEXIBLE_MONTHS)


def _conclusion(track: Track, age: int, delayed: int, month: YearMonth, today: YearMonth) -> str:
    passed = "已经到了" if month < today else "退休"
    if not delayed:
        return f"不延迟：{track.name}满{track.original_age}岁，{month}{passed}。"
    return f"法定退休年龄是{spell_age(age)}，{month}{passed}。"


def _lines(
    month: YearMonth, minimum: int, earliest: YearMonth | None, latest: YearMonth | None
) -> tuple[str, ...]:
    lines = [f"{month.year}年退休，最少交满{spell_length(minimum)}。"]
    if earliest and latest:
        lines.append(f"年限交够了，最早可以{earliest}退。")
        lines.append(f"和单位商量好，最晚可以{latest}退。")
    return tuple(lines)


def _formula(birth: YearMonth, track: Track, delayed: int) -> tuple[str, ...]:
    original = f"{track.name}原来满{track.original_age}岁退休。"
    if not delayed:
        return original, f"{track.starts}以前出生的，不延迟。"
    gap = birth.minus(track.starts)
    count = f"隔{gap}个月，够{gap // track.step}个{track.step}个月，再加1，延{delayed}个月。"
    if gap // track.step + 1 > track.longest:
        count = f"隔得久，按最多的{track.longest}个月延。"
    return (
        original,
        f"{track.starts}出生的延1个月。",
        f"往后每{track.step}个月多延1个月，最多{track.longest}个月。",
        count,
    )


def _basis(track: Track, month: YearMonth) -> tuple[RuleBasis, ...]:
    years = RuleBasis(LAW, "第2条、附件4") if month.year >= 2025 else RuleBasis("shebao-fa", "第16条")
    return RuleBasis(LAW, f"第1条、{track.annex}"), years, RuleBasis(LAW, "第3条")


def _cautions(delayed: int) -> tuple[str, ...]:
    cautions = ["这只管职工养老，居民养老另算。"]
    if delayed:
        cautions.append("提前或延后退，按哪年的年限没写明。")
    cautions.append("特殊工种等国家另有规定的，按那个办。")
    return tuple(cautions)
