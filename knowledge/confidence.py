"""How likely the best hit answers the question: signals, and a logistic fitted when the index is built."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIGNALS = ("score", "score_share", "coverage", "similarity", "known_share", "question_overlap", "length")
Features = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Calibration:
    """sigmoid(weights · signals + bias); answer at or above `threshold`. fitted: False for the fallback."""

    weights: tuple[float, ...]
    bias: float
    threshold: float
    fitted: bool = True
    negatives_passing: float = 0.0
    positives_kept: float = 1.0

    def confidence(self, signals: Features) -> float:
        """0..1. signals: (7,), in the order of SIGNALS."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(np.dot(self.weights, signals)) + self.bias))))

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Calibration:
        return cls(**{**data, "weights": tuple(data["weights"])})


FALLBACK = Calibration((6.0, 0.0, 14.0, 6.0, 0.0, 0.0, 0.0), -5.6, 0.5, fitted=False)
"""For free documents, and where there are no entries to calibrate on: coverage of the question decides."""


def signals_of(
    query: Sequence[str],
    row_tokens: frozenset[str],
    questions: Sequence[frozenset[str]],
    score: float,
    similarity: float,
    idf: Callable[[str], float],
    known: Callable[[str], bool],
) -> Features:
    """The seven signals for one candidate row.

    query: tokens of the question. questions: token sets of the row's example questions.
    idf: rarity of a token in the index, >= 0. known: whether any row holds it.
    """
    distinct = dict.fromkeys(query)
    mass = sum(idf(token) for token in distinct) or 1.0
    covered = sum(idf(token) for token in distinct if token in row_tokens)
    familiar = sum(idf(token) for token in distinct if known(token))
    overlap = max((_overlap(distinct, question, idf) for question in questions), default=0.0)
    return np.array(
        [score / 50, score / mass, covered / mass, similarity, familiar / mass, overlap, math.log1p(len(query)) / 5]
    )


def _overlap(query: dict[str, None], question: frozenset[str], idf: Callable[[str], float]) -> float:
    shared = sum(idf(token) for token in query if token in question)
    either = sum(idf(token) for token in query.keys() | question)
    return shared / either if either else 0.0


def choose_threshold(positives: Sequence[float], negatives: Sequence[float], pass_rate: float) -> float:
    """The confidence that lets at most pass_rate of the negatives through."""
    ranked = sorted(negatives, reverse=True)
    allowed = int(pass_rate * len(ranked))
    limit = ranked[allowed] if allowed < len(ranked) else 0.0
    return min(max(limit + 1e-6, 0.02), 0.98)
