"""How likely the best hit answers the question: signals, and a logistic fitted when the index is built."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import is_pair, is_sound, sound_of

SIGNALS = ("score", "share", "coverage", "stretch", "wording")
"""score: points of the row. share: points per idf of the question. coverage: of its signs, 0..1. stretch: idf of
the longest stretch that the row does not have. wording: how people ask for what is here rather than what is not."""
Features = NDArray[np.float64]

BY_SOUND, BY_SIGN_ALONE = 0.8, 0.4
"""What a sign counts as covered when only the sound of its pair, or only the sign itself, stands in the row."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """sigmoid(weights · signals + bias); answer at or above `threshold`. fitted: False for the fallback.

    odds: token -> ln of how much more often it stands in questions that are answered than in those that are not.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    fitted: bool = True
    negatives_passing: float = 0.0
    positives_kept: float = 1.0
    odds: Mapping[str, float] = field(default_factory=dict)

    def confidence(self, signals: Features) -> float:
        """0..1. signals: (5,), in the order of SIGNALS."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(np.dot(self.weights, signals)) + self.bias))))

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"odds": dict(self.odds)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Calibration:
        return cls(**{**data, "weights": tuple(data["weights"])})


FALLBACK = Calibration((12.0, 20.0, 10.0, 0.0, 0.0), -6.0, 0.5, fitted=False)
"""For free documents, and where there are no entries to calibrate on. Source: docs/retrieval.md, free documents."""


def signals_of(
    query: Sequence[str],
    row: frozenset[str],
    points: float,
    idf: Callable[[str], float],
    odds: Mapping[str, float],
) -> Features:
    """The five signals for one candidate row.

    query: tokens of the question, in reading order. row: all tokens of the row. points: its score.
    idf: rarity of a token in the index, >= 0. odds: see Calibration.
    """
    distinct = dict.fromkeys(token for token in query if not is_sound(token))
    mass = sum(map(idf, distinct)) or 1.0
    covers = [(idf(sign), cover) for sign, cover in _covers(query, row)]
    total = sum(weight for weight, _ in covers) or 1.0
    coverage = sum(weight * cover for weight, cover in covers) / total
    return np.array([points / 50, points / mass, coverage, _stretch(covers) / 8, wording(query, odds)])


def _covers(query: Sequence[str], row: frozenset[str]) -> Iterator[tuple[str, float]]:
    """Each sign and word of the question, in order, with how well the row covers it, 0..1."""
    pairs = {token for token in query if is_pair(token)}
    signs = [token for token in query if not is_pair(token) and not is_sound(token)]
    links = [_pair_cover(a + b, row) if a + b in pairs else 0.0 for a, b in pairwise(signs)]
    for number, sign in enumerate(signs):
        alone = len(sign) > 1 or not any(sign in pair for pair in pairs)
        beside = max(links[max(0, number - 1) : number + 1], default=0.0)
        yield sign, max(beside, (1.0 if alone else BY_SIGN_ALONE) if sign in row else 0.0)


def _pair_cover(pair: str, row: frozenset[str]) -> float:
    if pair in row:
        return 1.0
    return BY_SOUND if sound_of(pair) in row else 0.0


def _stretch(covers: Sequence[tuple[float, float]]) -> float:
    """The largest sum of idf over signs side by side of which no pair is covered."""
    best = running = 0.0
    for weight, cover in covers:
        running = running + weight if cover <= BY_SIGN_ALONE else 0.0
        best = max(best, running)
    return best


def wording(query: Sequence[str], odds: Mapping[str, float]) -> float:
    """Mean of the odds over the distinct signs, pairs and words of a question; unknown ones count 0."""
    distinct = dict.fromkeys(token for token in query if not is_sound(token))
    return sum(odds.get(token, 0.0) for token in distinct) / len(distinct) if distinct else 0.0


def choose_threshold(negatives: Sequence[float], pass_rate: float) -> float:
    """The confidence that lets at most pass_rate of the negatives through."""
    ranked = sorted(negatives, reverse=True)
    allowed = int(pass_rate * len(ranked))
    limit = ranked[allowed] if allowed < len(ranked) else 0.0
    return min(max(limit + 1e-6, 0.02), 0.98)
