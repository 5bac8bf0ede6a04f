"""Views of dated figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.holdings.figure_form import FigureForm
from web.staff.holdings.papers import PaperView
from web.staff.life_views import StateView
from web.staff.views import Frame

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class FigureRowView:
    """One figure as it stands today. note: what waits, '' for nothing."""

    name: str
    url: str
    now: str
    since: str
    state: StateView
    recheck: str
    note: str


@dataclass(frozen=True, slots=True)
class FiguresPage:
    frame: Frame
    rows: tuple[FigureRowView, ...]
    total: int
    words: str
    seen: str
    seens: Options


@dataclass(frozen=True, slots=True)
class ValueRowView:
    """A value with its half-open days."""

    told: str
    since: str
    until: str
    state: StateView
    source: str
    seen: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change that waits. after: the values as they would be. why_not: why 发布 is not offered, '' where it is."""

    id: str
    who: str
    at: datetime
    why: str
    warnings: tuple[str, ...]
    after: tuple[ValueRowView, ...]
    why_not: str


@dataclass(frozen=True, slots=True)
class PastChangeView:
    words: str
    who: str
    at: datetime
    settled: str
    undo: str
    """Id of the change where it can still be undone."""


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure: its values, the change that waits, and the form for a new one."""

    frame: Frame
    url: str
    unit: str
    ask: str
    values: tuple[ValueRowView, ...]
    change: ChangeView | None
    past: tuple[PastChangeView, ...]
    entries: tuple[tuple[str, str], ...]
    papers: tuple[PaperView, ...]
    form: FigureForm
    instruments: Options
    levels: Options
    conflict: str
