"""Which one missing fact decides a request, so that it is asked back."""

from __future__ import annotations

from bot.calculators.requests import (
    DeadlineRequest,
    DibaoRequest,
    EmployeeYearsRequest,
    ReimbursementRequest,
    Request,
    ResidentPensionRequest,
    RetirementRequest,
    WaitingRequest,
    whole_year,
)
from bot.calculators.retirement import Kind
from bot.calculators.words import Asking, Words


def asking(request: Request, words: Words) -> Asking | None:
    """The question back; None where nothing that decides is missing."""
    fact = missing_fact(request)
    return words.asks[fact] if fact else None


def missing_fact(request: Request) -> str | None:
    """The name of the most deciding fact that was not said."""
    match request:
        case RetirementRequest():
            return _person(request) or _month(request)
        case EmployeeYearsRequest():
            return _person(request)
        case DibaoRequest():
            return "people" if request.people is None else "area" if len(request.areas) > 1 else None
        case ReimbursementRequest():
            if len(request.levels) > 1:
                return "level23" if request.levels == (2, 3) else "level"
            return "tier" if len(request.tiers) > 1 else None
        case WaitingRequest():
            return "gap" if request.gap is None else None
        case ResidentPensionRequest():
            return "pension_years" if request.yearly is not None and request.years is None else None
        case DeadlineRequest():
            return "start" if request.start is None else None
        case _:
            return None


def _person(request: RetirementRequest | EmployeeYearsRequest) -> str | None:
    if request.births is None:
        return "birth"
    if len(request.kinds) > 1:
        return "kind" if Kind.MALE in request.kinds else "post"
    return None


def _month(request: RetirementRequest) -> str | None:
    """A month of another calendar may lie in the next year; without one the whole year is worked out at once."""
    if request.births is None:
        return None
    return "month" if request.notes and whole_year(request.births) else None
