"""A request becomes results: one where all is said, all cases side by side where something is open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.calculators.coverage_reward import CoverageReward, coverage_reward
from bot.calculators.deadlines import Deadline, deadline
from bot.calculators.dibao_gap import AREAS, DibaoGap, dibao_gap
from bot.calculators.employee_years import EmployeeYears, employee_years
from bot.calculators.figures import Figures
from bot.calculators.incomes import Income, IncomeKind
from bot.calculators.months import YearMonth
from bot.calculators.reimbursement import LEVELS, TIERS, Reimbursement, Stay, reimbursement
from bot.calculators.requests import (
    DeadlineRequest,
    DibaoRequest,
    EmployeeYearsRequest,
    ReimbursementRequest,
    Request,
    ResidentPensionRequest,
    RetirementRequest,
    RewardRequest,
    WaitingRequest,
    whole_year,
)
from bot.calculators.resident_pension import PensionFacts, ResidentPension, resident_pension
from bot.calculators.results import Impossible, Missing
from bot.calculators.retirement import TRACKS, Kind, Retirement, retirement
from bot.calculators.retirement_year import RetirementYear, retirement_of_year
from bot.calculators.waiting_period import WaitingPeriod, waiting_period

Result = (
    Retirement
    | RetirementYear
    | ResidentPension
    | EmployeeYears
    | DibaoGap
    | Reimbursement
    | WaitingPeriod
    | CoverageReward
    | Deadline
)
Outcome = Result | Missing | Impossible


@dataclass(frozen=True, slots=True)
class Case:
    """label: what was assumed in this case, '' where nothing was open."""

    label: str
    outcome: Outcome


def calculate(request: Request, figures: Figures) -> tuple[Case, ...]:
    """Every case that fits what was said; () where a fact is missing for which no cases can be listed.

    figures.on is the asking day. A month of birth that is open gives the first and the last month it may be,
    of a whole year both in one case.
    """
    return tuple(_cases(request, figures))


def _cases(request: Request, figures: Figures) -> Iterator[Case]:
    match request:
        case RetirementRequest() | EmployeeYearsRequest():
            yield from _people(request, figures)
        case DibaoRequest():
            yield from _households(request, figures)
        case ReimbursementRequest():
            yield from _stays(request, figures)
        case ResidentPensionRequest():
            yield from _pensions(request, figures)
        case WaitingRequest():
            yield from _waits(request, figures)
        case RewardRequest():
            yield Case("", coverage_reward(request.years, request.unused, figures))
        case DeadlineRequest() if request.start is not None:
            outcome = deadline(request.procedure, request.start, figures.on, request.restarted)
            yield Case("", outcome)


def _people(request: RetirementRequest | EmployeeYearsRequest, figures: Figures) -> Iterator[Case]:
    if request.births is None:
        return
    if isinstance(request, RetirementRequest) and whole_year(request.births) and not request.notes:
        for kind in request.kinds:
            label = TRACKS[kind].name if len(request.kinds) > 1 else ""
            yield Case(label, retirement_of_year(request.births[0].year, kind, figures.on))
        return
    births = tuple(dict.fromkeys(request.births))
    for kind in request.kinds:
        for birth in births:
            words = [TRACKS[kind].name] if len(request.kinds) > 1 else []
            words += [f"{birth}出生"] if len(births) > 1 else []
            yield Case("，".join(words), _person(request, birth, kind, figures))


def _person(
    request: RetirementRequest | EmployeeYearsRequest, birth: YearMonth, kind: Kind, figures: Figures
) -> Outcome:
    when = retirement(birth, kind, figures.on)
    if isinstance(request, RetirementRequest) or isinstance(when, Impossible):
        return when
    return employee_years(request.paid_months, when.month, figures.on)


def _households(request: DibaoRequest, figures: Figures) -> Iterator[Case]:
    open_people = (1, 2, 3, 4) if request.people is None else (request.people,)
    for area in request.areas:
        for people in open_people:
            words = [AREAS[area]] if len(request.areas) > 1 else []
            words += [f"{people}口人"] if request.people is None else []
            incomes = request.incomes
            if request.per_head is not None:
                incomes = (Income(IncomeKind.OTHER, request.per_head * people), *incomes)
            yield Case("，".join(words), dibao_gap(area, people, incomes, figures))


def _stays(request: ReimbursementRequest, figures: Figures) -> Iterator[Case]:
    for level in request.levels:
        for tier in request.tiers:
            words = [f"{LEVELS[level]}医院"] if len(request.levels) > 1 else []
            words += [TIERS[tier]] if len(request.tiers) > 1 else []
            stay = Stay(
                level, tier, request.total, request.outside, request.self_first, request.minor, request.used
            )
            yield Case("，".join(words), reimbursement(stay, figures))


def _pensions(request: ResidentPensionRequest, figures: Figures) -> Iterator[Case]:
    open_years = request.yearly is not None and request.years is None
    for years in (15, 20, 30) if open_years else (request.years,):
        facts = PensionFacts(request.account, request.yearly, years, request.age, request.one_child)
        yield Case(f"交{years}年" if open_years else "", resident_pension(facts, figures))


def _waits(request: WaitingRequest, figures: Figures) -> Iterator[Case]:
    for gap in (0, 1, 2, 3) if request.gap is None else (request.gap,):
        label = "" if request.gap is not None else f"断{gap}年" if gap else "只是交晚了"
        yield Case(label, waiting_period(gap, figures.on, request.repaired, request.special))
