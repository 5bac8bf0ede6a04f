"""What every calculator gives back: a result with its working, a figure that is not held, or a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from knowledge.parameters import UsedFigure
from knowledge.types import Confidence

CHECKED_ON = date(2026, 11, 22)
"""The day the articles named in the calculators were compared with the law texts."""


@dataclass(frozen=True, slots=True)
class RuleBasis:
    """The place on which a rule (not a figure) rests. article: written as in entries (第18条), or None."""

    instrument: str
    article: str | None
    confidence: Confidence = Confidence.VERIFIED
    checked_on: date = CHECKED_ON


@dataclass(frozen=True, slots=True)
class Explained:
    """A result in words. conclusion: at most 40 字. All other sentences: at most 25 字.

    lines: what follows from the sum. formula: how it was reached, step by step. figures: the values used,
    with their state on the asking day. cautions: what was left out and who still decides. ask: ids of
    hotlines and offices for what remains open, best first.
    """

    conclusion: str
    lines: tuple[str, ...]
    formula: tuple[str, ...]
    basis: tuple[RuleBasis, ...]
    figures: tuple[UsedFigure, ...] = ()
    cautions: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """A figure without which nothing is computed. what: in words. ask: ids of hotlines and offices."""

    what: str
    ask: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Impossible:
    """Input that cannot be true. sentence: what to look at again, plain Chinese."""

    sentence: str
