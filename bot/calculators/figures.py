"""The dated figures a calculator may use: only what holds in the time asked about, never an expired one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.calculators.results import Missing
from knowledge.parameters import UsedFigure, resolve
from knowledge.types import Parameter, Period


@dataclass(frozen=True, slots=True)
class Figures:
    """Parameters by id, the asking day, and the time asked about (None: the asking day)."""

    parameters: Mapping[str, Parameter]
    on: date
    about: Period | None = None

    @property
    def period(self) -> Period:
        return self.about or Period.of_day(self.on)

    @property
    def day(self) -> date:
        """The day on which rules are read: the last one of the time asked about that is not in the future."""
        start, end = self.period.start, self.period.end
        day = self.on if end is None else min(self.on, date.fromordinal(end.toordinal() - 1))
        return day if start is None else max(start, day)

    def find(self, parameter_id: str) -> UsedFigure | None:
        """The newest value that holds in that time; None where none is held."""
        parameter = self.parameters.get(parameter_id)
        if parameter is None:
            return None
        used = resolve(parameter, self.period, self.on, about_said=True)
        return used[-1] if used else None

    def changed(self, parameter_id: str) -> bool:
        """Did the figure change within the time asked about?"""
        parameter = self.parameters.get(parameter_id)
        return parameter is not None and len(resolve(parameter, self.period, self.on, about_said=True)) > 1

    def missing(self, parameter_id: str, what: str, ask: tuple[str, ...]) -> Missing:
        """What is said instead of the figure; the parameter's own places to ask come first."""
        parameter = self.parameters.get(parameter_id)
        return Missing(f"{self.when()}的{what}", parameter.ask if parameter else ask)

    def when(self) -> str:
        """现在, or the year asked about."""
        return "现在" if self.about is None or self.about.covers(self.on) else f"{self.day.year}年"
