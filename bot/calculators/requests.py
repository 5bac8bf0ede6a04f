"""What a question asks to be computed, as far as it was said: candidates where something is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.calculators.deadline_rules import Procedure
from bot.calculators.dibao_gap import Area
from bot.calculators.incomes import Income
from bot.calculators.months import YearMonth
from bot.calculators.retirement import Kind

Births = tuple[YearMonth, YearMonth]
"""First and last month in which the person may have been born; equal where it was said exactly."""


def whole_year(births: Births) -> bool:
    """Whether only the year was said."""
    first, last = births
    return first.year == last.year and (first.month, last.month) == (1, 12)


@dataclass(frozen=True, slots=True)
class RetirementRequest:
    births: Births | None
    kinds: tuple[Kind, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentPensionRequest:
    """years: None where yearly payments were named without them."""

    account: Decimal | None = None
    yearly: Decimal | None = None
    years: int | None = None
    age: int | None = None
    one_child: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmployeeYearsRequest:
    paid_months: int
    births: Births | None
    kinds: tuple[Kind, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DibaoRequest:
    """per_head: yuan a month for each person, where it was said so instead of sums."""

    areas: tuple[Area, ...]
    people: int | None
    incomes: tuple[Income, ...]
    per_head: Decimal | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReimbursementRequest:
    levels: tuple[int, ...]
    tiers: tuple[int, ...]
    total: Decimal
    outside: Decimal | None = None
    self_first: Decimal | None = None
    minor: bool = False
    used: Decimal = Decimal(0)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingRequest:
    """gap: years left out, 0 for late only, None where not said."""

    gap: int | None
    repaired: int = 0
    special: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RewardRequest:
    years: int
    unused: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineRequest:
    procedure: Procedure
    start: date | None
    restarted: date | None = None
    notes: tuple[str, ...] = ()


Request = (
    RetirementRequest
    | ResidentPensionRequest
    | EmployeeYearsRequest
    | DibaoRequest
    | ReimbursementRequest
    | WaitingRequest
    | RewardRequest
    | DeadlineRequest
)
