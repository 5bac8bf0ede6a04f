"""Views of export and import."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
class PlanView:
    """What would change, of one kind. names: the first of them."""

    words: str
    number: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParcelPage:
    """why_not: why taking over is not offered, '' where it is. same: how many are published here already."""

    frame: Frame
    url: str
    plans: tuple[PlanView, ...]
    same: int
    ignored: tuple[str, ...]
    problems: tuple[str, ...]
    more_problems: int
    why_not: str
    can_drop: bool
