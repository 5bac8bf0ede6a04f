"""Template texts become what a villager reads: figures for the time asked about, with their hedge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.entries import PLACEHOLDER
from knowledge.parameters import UsedFigure, parameter_named, parameters_named, resolve
from knowledge.types import Claim, FigureState, Hotline, Office, Parameter, Period

_DATED = re.compile(r"这些?是(.+)的数，(.+)")
"""A hedge of figures that may have changed since: of when they are, and whom to ask."""
_AND = "、"


@dataclass(frozen=True, slots=True)
class Moment:
    """The asking day, the time asked about, and whether the question named it."""

    on: date
    about: Period
    said: bool = False

    @classmethod
    def today(cls, on: date) -> Moment:
        return cls(on, Period.of_day(on))


@dataclass(frozen=True, slots=True)
class Rendered:
    """A claim as shown. missing: the parameters that have no figure for this time; text is then ''."""

    text: str
    figures: tuple[UsedFigure, ...] = ()
    missing: tuple[Parameter, ...] = ()


@dataclass(frozen=True, slots=True)
class Renderer:
    """Fills placeholders from parameters and hotline records."""

    parameters: Mapping[str, Parameter]
    hotlines: Mapping[str, Hotline]
    offices: Mapping[str, Office]

    def claim(self, claim: Claim, moment: Moment) -> Rendered:
        """Figures of a month (`{id@2025-06}`) are told of the time of the newest of them: of a rise that is the new sum.

        What the sum was before it is no figure of its own, and stands or falls with it.
        Raises KeyError for a placeholder that names nothing (the checker refuses such entries).
        """
        figures: list[UsedFigure] = []
        missing: list[Parameter] = []
        newest = self._newest_month(claim)

        def fill(name: str) -> str:
            if name.startswith("tel:"):
                return self.hotlines[name[4:]].number
            parameter = parameter_named(name, self.parameters)
            if "@" in name and parameter.values and parameter.values[-1].period.start != newest:
                return spell_value(UsedFigure(parameter, parameter.values[-1], FigureState.SUPERSEDED))
            used = resolve(parameter, moment.about, moment.on, moment.said)
            figures.extend(used)
            if not used:
                missing.append(parameter)
            return spell(used)

        text = PLACEHOLDER.sub(lambda match: fill(match[1]), claim.text)
        if missing:
            return Rendered("", (), tuple(missing))
        return Rendered(text, tuple(figures))

    def _newest_month(self, claim: Claim) -> date | None:
        """When the newest of a claim's figures of a month began; None for none."""
        names = [name for name in PLACEHOLDER.findall(claim.text) if "@" in name]
        starts = [v.period.start for p in parameters_named(names, self.parameters) for v in p.values if v.period.start]
        return max(starts, default=None)

    def hedges(self, figures: Iterable[UsedFigure], moment: Moment) -> list[str]:
        """One sentence for each group of figures that must not be taken as today's, in order of first use."""
        groups: dict[str, None] = {}
        for figure in figures:
            sentence = self._hedge(figure, moment)
            if sentence:
                groups[sentence] = None
        return list(groups)

    def _hedge(self, figure: UsedFigure, moment: Moment) -> str:
        since = spell_since(figure)
        ask = self.ask(figure.parameter)
        if figure.state is FigureState.LAST_KNOWN:
            if self._followed(figure, moment.on):
                return "这是旧数，现在不按这个了。"
            expired = figure.value.period.end is not None and figure.value.period.end <= moment.on
            if expired:
                return f"这是{spell_span(figure)}的数，现在的没查到，要问{ask}。"
            return f"这是{since}的数，之后有没有调，要问{ask}。"
        if figure.state is FigureState.SUPERSEDED:
            return f"这是{spell_span(figure)}的旧数，现在不按这个了。"
        if figure.state is FigureState.NOT_YET:
            return f"这个数{since}才用。"
        return ""

    def _followed(self, figure: UsedFigure, on: date) -> bool:
        """Whether it is over and another value of the same figure is in force: it was asked for by its month."""
        end = figure.value.period.end
        if end is None or end > on:
            return False
        whole = self.parameters.get(figure.parameter.id, figure.parameter)
        return any(value.period.covers(on) for value in whole.values)

    def missing_sentence(self, parameter: Parameter) -> str:
        """What is said instead of a figure that we do not hold for the time asked about."""
        return f"您问的那个时候，{parameter.what}没有查到，要问{self.ask(parameter)}。"

    def ask(self, parameter: Parameter) -> str:
        """Up to two places to ask, as words: a hotline by its number, an office by its name."""
        words = [self._place(item) for item in parameter.ask if self._place(item)]
        return "或".join(words[:2])

    def _place(self, item: str) -> str:
        if item in self.hotlines:
            return item
        return self.offices[item].name if item in self.offices else ""


def said_once(hedges: Iterable[str]) -> list[str]:
    """Hedges that differ in their dates alone as one sentence with all of these, in the place of the first."""
    dates: dict[str, list[str]] = {}
    for whens, rest in map(_dates_of, hedges):
        dates.setdefault(rest, []).extend(whens)
    return [_of_dates(whens, rest) if whens else rest for rest, whens in dates.items()]


def has_said(hedge: str, other: str) -> bool:
    """Whether a hedge tells all that the other one does: its dates, and whom to ask."""
    (whens, rest), (others, same) = _dates_of(hedge), _dates_of(other)
    return rest == same and set(others) <= set(whens)


def _dates_of(hedge: str) -> tuple[list[str], str]:
    """Its dates, and what is said of figures of these; no dates, and the whole of it, where it names none."""
    found = _DATED.fullmatch(hedge)
    return (found[1].split(_AND), found[2]) if found else ([], hedge)


def _of_dates(whens: Sequence[str], rest: str) -> str:
    these = "这些是" if len(whens) > 1 else "这是"
    return f"{these}{_AND.join(whens)}的数，{rest}"


def spell(figures: tuple[UsedFigure, ...]) -> str:
    """``630元``; several values of one period with the months in which each held."""
    if len(figures) <= 1:
        return "".join(spell_value(figure) for figure in figures)
    words = [f"{spell_value(figure)}（{spell_since(figure)}）" for figure in figures]
    return "、".join(words)


def spell_value(figure: UsedFigure) -> str:
    return f"{plain_number(figure.value.value)}{figure.parameter.unit}"


def plain_number(value: Decimal) -> str:
    """Decimal without trailing zeros; whole ten-thousands as ``8万``."""
    whole = value == value.to_integral_value()
    if whole and value >= 10000 and value % 1000 == 0:
        return f"{(value / 10000).normalize():f}万"
    return f"{value.to_integral_value():f}" if whole else f"{value.normalize():f}"


def spell_since(figure: UsedFigure) -> str:
    start = figure.value.period.start
    if start is None:
        return "以前"
    if figure.parameter.recheck_month is None and start.month == 1 and start.day == 1:
        return f"{start.year}年起"
    return f"{start.year}年{start.month}月起"


def spell_span(figure: UsedFigure) -> str:
    """``2024年9月到2025年6月``; a calendar year as ``2024年``."""
    start, end = figure.value.period.start, figure.value.period.end
    if start is None or end is None:
        return spell_since(figure)
    last = date.fromordinal(end.toordinal() - 1)
    if start == date(start.year, 1, 1) and end == date(start.year + 1, 1, 1):
        return f"{start.year}年"
    return f"{start.year}年{start.month}月到{last.year}年{last.month}月"
