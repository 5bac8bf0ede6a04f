"""Views of export and import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.differences import DifferenceRow
from web.staff.intake.rerunning import RunState
from web.staff.life_review import ConflictChoice
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class ParcelRowView:
    name: str
    url: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ExchangePage:
    """parcels: those that wait to be taken over."""

    frame: Frame
    parcels: tuple[ParcelRowView, ...]
    can_bring: bool


@dataclass(frozen=True, slots=True)
class ChangeOf:
    """One thing that would change. rows: old beside new. warnings: what to look at twice."""

    name: str
    rows: tuple[DifferenceRow, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """All that would change, of one kind."""

    words: str
    changes: tuple[ChangeOf, ...]


@dataclass(frozen=True, slots=True)
class ParcelPage:
    """why_not: why taking over is not offered, '' where it is. same: how many are published here already.

    choices: contradictions to figures in use, to be decided by the one who takes it. run: the question set asked
    again with it, None where nothing would change. seen: the revision it was compared with.
    """

    frame: Frame
    url: str
    plans: tuple[PlanView, ...]
    same: int
    ignored: tuple[str, ...]
    problems: tuple[str, ...]
    more_problems: int
    choices: tuple[ConflictChoice, ...]
    run: RunState | None
    seen: int
    why_not: str
    can_drop: bool
