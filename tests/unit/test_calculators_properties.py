"""What holds for any input: monotone where the rule is, never negative, no figure without its parameter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from bot.calculators.coverage_reward import CoverageReward, coverage_reward
from bot.calculators.deadline_rules import RULES, Procedure
from bot.calculators.deadlines import Deadline, deadline
from bot.calculators.dibao_gap import Area, DibaoGap, dibao_gap
from bot.calculators.employee_years import EmployeeYears, employee_years
from bot.calculators.figures import Figures
from bot.calculators.incomes import Income, IncomeKind
from bot.calculators.months import YearMonth, add_months
from bot.calculators.reimbursement import Reimbursement, Stay, reimbursement
from bot.calculators.resident_pension import PensionFacts, ResidentPension, resident_pension
from bot.calculators.results import Missing
from bot.calculators.retirement import Kind, Retirement, retirement
from bot.calculators.waiting_period import WaitingPeriod, waiting_period
from tests.unit.test_calculators_figures import held

ON = date(2026, 11, 22)
FIGURES = Figures(held(), ON)


def given(*strategies: st.SearchStrategy[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Hypothesis without its time limit: other work on the machine fails no test."""
    return lambda test: settings(deadline=None)(drawn(*strategies)(test))


fen = st.decimals(min_value=0, max_value=500_000, places=2)
births = st.builds(YearMonth, st.integers(1940, 2010), st.integers(1, 12))
incomes = st.lists(st.builds(Income, st.sampled_from(list(IncomeKind)), fen), max_size=6).map(tuple)
stays = st.builds(
    Stay,
    level=st.sampled_from([1, 2, 3]),
    tier=st.sampled_from([1, 2]),
    total=fen,
    minor=st.booleans(),
    used=fen,
)
STAY_IDS = sorted(
    name for name in held() if name.startswith("yb-") and "reward" not in name and "big" not in name
)


def born(birth: YearMonth, kind: Kind) -> Retirement:
    result = retirement(birth, kind, ON)
    assert isinstance(result, Retirement)
    return result


@given(births, st.sampled_from(list(Kind)))
def test_later_birth_never_retires_earlier_nor_younger(birth: YearMonth, kind: Kind) -> None:
    here, next_ = born(birth, kind), born(birth.plus(1), kind)
    assert here.month < next_.month and 0 <= next_.age_months - here.age_months <= 1
    assert here.minimum_months <= next_.minimum_months


@given(births, st.sampled_from(list(Kind)))
def test_flexible_bounds_stand_around_the_month(birth: YearMonth, kind: Kind) -> None:
    result = born(birth, kind)
    if result.earliest and result.latest:
        assert result.earliest <= result.month <= result.latest


@given(births, st.integers(0, 600))
def test_one_more_month_paid_is_one_month_less_short(retire: YearMonth, paid: int) -> None:
    here, more = employee_years(paid, retire, ON), employee_years(paid + 1, retire, ON)
    assert isinstance(here, EmployeeYears) and isinstance(more, EmployeeYears)
    assert here.short - more.short == (1 if here.short else 0)
    assert 0 <= here.short_then <= here.short <= here.required


@given(fen, fen, st.integers(0, 90))
def test_more_in_the_account_is_never_less_a_month(first: Decimal, second: Decimal, age: int) -> None:
    low, high = sorted((first, second))
    poor = resident_pension(PensionFacts(account=low, age=age), FIGURES)
    rich = resident_pension(PensionFacts(account=high, age=age), FIGURES)
    assert isinstance(poor, ResidentPension) and isinstance(rich, ResidentPension)
    assert poor.account_monthly <= rich.account_monthly and poor.total is None


@given(st.integers(0, 59), st.sampled_from(["200", "500", "1000", "4000"]))
def test_a_longer_payer_never_gets_less(years: int, tier: str) -> None:
    here, longer = (
        resident_pension(PensionFacts(yearly=Decimal(tier), years=count), FIGURES)
        for count in (years, years + 1)
    )
    assert isinstance(here, ResidentPension) and isinstance(longer, ResidentPension)
    assert here.account_monthly < longer.account_monthly and here.extras <= longer.extras


@given(st.sampled_from(list(Area)), st.integers(1, 19), incomes, fen)
def test_dibao_falls_with_income_and_rises_with_people(
    area: Area, people: int, given_: tuple[Income, ...], more: Decimal
) -> None:
    here = dibao_gap(area, people, given_, FIGURES)
    richer = dibao_gap(area, people, (*given_, Income(IncomeKind.WAGE, more)), FIGURES)
    larger = dibao_gap(area, people + 1, given_, FIGURES)
    assert isinstance(here, DibaoGap) and isinstance(richer, DibaoGap) and isinstance(larger, DibaoGap)
    assert Decimal(0) <= here.low <= here.high <= here.standard * people
    assert richer.low <= here.low <= larger.low and richer.high <= here.high <= larger.high


@given(st.integers(1, 20), fen)
def test_exempt_money_changes_nothing(people: int, amount: Decimal) -> None:
    without = dibao_gap(Area.RURAL, people, (), FIGURES)
    given_ = dibao_gap(Area.RURAL, people, (Income(IncomeKind.RELIEF, amount),), FIGURES)
    assert isinstance(without, DibaoGap) and isinstance(given_, DibaoGap) and given_.low == without.low


@given(stays, fen)
def test_the_fund_pays_no_more_than_the_bill_and_the_ceiling(stay: Stay, more: Decimal) -> None:
    result = reimbursement(stay, FIGURES)
    dearer = reimbursement(
        Stay(stay.level, stay.tier, stay.total + more, minor=stay.minor, used=stay.used), FIGURES
    )
    assert isinstance(result, Reimbursement) and isinstance(dearer, Reimbursement)
    ceiling = Decimal(80_000 if stay.tier == 1 else 120_000)
    assert Decimal(0) <= result.paid <= min(stay.total, max(Decimal(0), ceiling - stay.used))
    assert result.paid + result.own == stay.total and result.paid <= dearer.paid


@given(stays)
def test_a_higher_tier_and_a_smaller_hospital_never_pay_less(stay: Stay) -> None:
    def paid(level: int, tier: int) -> Decimal:
        result = reimbursement(Stay(level, tier, stay.total), FIGURES)
        assert isinstance(result, Reimbursement)
        return result.paid

    assert paid(stay.level, 1) <= paid(stay.level, 2)
    assert paid(3, stay.tier) <= paid(2, stay.tier) <= paid(1, stay.tier)


@given(stays, st.sets(st.sampled_from(STAY_IDS)))
def test_no_reimbursement_without_one_of_its_figures(stay: Stay, gone: set[str]) -> None:
    needed = {f"yb-line-h{stay.level}", f"yb-stay-t{stay.tier}-h{stay.level}", f"yb-cap-t{stay.tier}"}
    needed |= {"yb-minor-plus"} if stay.minor else set()
    result = reimbursement(stay, Figures(held(tuple(gone)), ON))
    assert isinstance(result, Missing) is bool(needed & gone)


@given(st.sampled_from(list(Area)), st.integers(1, 20), incomes)
def test_no_dibao_sum_without_its_standard(area: Area, people: int, given_: tuple[Income, ...]) -> None:
    figures = Figures(held(("dibao-rural", "dibao-urban")), ON)
    assert isinstance(dibao_gap(area, people, given_, figures), Missing)


@given(fen, st.integers(0, 60))
def test_no_pension_without_divisor_or_subsidy(account: Decimal, years: int) -> None:
    no_divisor, no_subsidy = Figures(held(("yl-divisor-60",)), ON), Figures(held(("yl-subsidy-500",)), ON)
    assert isinstance(resident_pension(PensionFacts(account=account), no_divisor), Missing)
    assert isinstance(resident_pension(PensionFacts(yearly=Decimal(500), years=years), no_subsidy), Missing)


@given(st.integers(0, 60), st.integers(0, 60))
def test_the_reward_grows_but_not_over_its_limit(years: int, unused: int) -> None:
    here = coverage_reward(years, unused, FIGURES)
    assert isinstance(here, CoverageReward) and Decimal(0) <= here.total <= here.limit
    if years < 60:
        longer = coverage_reward(years + 1, unused, FIGURES)
        assert isinstance(longer, CoverageReward) and here.total <= longer.total


@given(
    st.integers(0, 60), st.sampled_from(["yb-reward-keep", "yb-reward-zero", "yb-reward-max", "yb-big-cap"])
)
def test_no_reward_without_one_of_its_figures(years: int, gone: str) -> None:
    assert isinstance(coverage_reward(years, 0, Figures(held((gone,)), ON)), Missing)


@given(st.data(), st.integers(0, 60))
def test_waiting_never_shrinks_with_the_gap_nor_falls_below_three_months(
    data: st.DataObject, gap: int
) -> None:
    repaired = data.draw(st.integers(0, gap))
    here = waiting_period(gap, ON, repaired)
    assert isinstance(here, WaitingPeriod) and here.months >= (6 if gap >= 4 else 3)
    if gap < 60:
        longer = waiting_period(gap + 1, ON, repaired)
        assert isinstance(longer, WaitingPeriod) and longer.months >= here.months


@given(st.sampled_from(list(Procedure)), st.dates(date(1990, 1, 1), ON))
def test_a_later_day_never_ends_earlier(procedure: Procedure, start: date) -> None:
    before = deadline(procedure, start - timedelta(days=1), ON)
    here = deadline(procedure, start, ON)
    assert isinstance(here, Deadline) and isinstance(before, Deadline)
    assert start < here.last_day and before.last_day <= here.last_day
    assert len(here.limits) == len(RULES[procedure].stretches)
    assert all((limit.last_day - ON).days == limit.days_left for limit in here.limits)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(-600, 600))
def test_months_end_on_the_same_day_or_on_the_last(day: date, months: int) -> None:
    target = add_months(day, months)
    assert YearMonth.of_day(target).minus(YearMonth.of_day(day)) == months
    assert target.day == day.day or (target.day < day.day and (target + timedelta(days=1)).day == 1)
