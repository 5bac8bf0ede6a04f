"""How likely the best hit answers the question: signals, and a logistic fitted when the index is built."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.token_model import TokenModel, all_of, lacking
from knowledge.tokens import is_pair, is_sound, sound_of

SIGNALS = (
    "score",
    "share",
    "coverage",
    "stretch",
    "gap",
    "window",
    "wording",
    "missing",
    "cosine",
    "rival",
    "sum-missing",
    "number-missing",
    "number-asked",
    "name-asked",
)
"""score: points of the row. share: points per idf of the question. coverage: of its signs, 0..1. stretch: idf of the
longest stretch that the row does not have; gap: of all that it does not have; window: of the worst four signs side
by side. wording: how people ask for what is here rather than what is not. cosine: of the nearest text of the row.
rival: points of the best other entry per point of this one. The last four: `asked.py`."""
WINDOW = 4
Features = NDArray[np.float64]

BY_SOUND, BY_SIGN_ALONE = 0.8, 0.4
"""What a sign counts as covered when only the sound of its pair, or only the sign itself, stands in the row."""


@dataclass(frozen=True, slots=True)
class Models:
    """What was learnt of single tokens: of a whole question, and of what the best entry lacks of it."""

    wording: TokenModel = field(default_factory=TokenModel)
    missing: TokenModel = field(default_factory=TokenModel)

    def as_json(self) -> dict[str, Any]:
        return {"wording": self.wording.as_json(), "missing": self.missing.as_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Models:
        return cls(TokenModel.from_json(data["wording"]), TokenModel.from_json(data["missing"]))


@dataclass(frozen=True, slots=True)
class Calibration:
    """sigmoid(weights · signals + bias); answer at or above `threshold`. fitted: False for the fallback.

    negatives_passing, positives_kept: shares of the questions it was fitted on that the threshold lets through.
    learnt_from: digest of the questions it was fitted on. drift: rows that came or went since then.
    """

    weights: tuple[float, ...]
    bias: float
    threshold: float
    fitted: bool = True
    negatives_passing: float = 0.0
    positives_kept: float = 1.0
    models: Models = field(default_factory=Models)
    learnt_from: str = ""
    drift: int = 0

    def confidence(self, signals: Features) -> float:
        """0..1. signals: (len(SIGNALS),), in their order."""
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, float(np.dot(self.weights, signals)) + self.bias))))

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__} | {"models": self.models.as_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Calibration:
        return cls(**{**data, "weights": tuple(data["weights"]), "models": Models.from_json(data["models"])})


def weights_of(**named: float) -> tuple[float, ...]:
    """Weights in the order of SIGNALS, 0 for those not named (`-` is written `_`)."""
    return tuple(named.get(signal.replace("-", "_"), 0.0) for signal in SIGNALS)


FALLBACK = Calibration(weights_of(score=12.0, share=20.0, coverage=10.0), -6.0, 0.5, fitted=False)
"""For free documents, and where there are no entries to calibrate on. Source: docs/retrieval.md, free documents."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the ranking says of one candidate row. points, cosine: its own. rival: points of the best other entry.

    lacks: `Asked.lacks` of question and row.
    """

    points: float
    cosine: float
    rival: float
    lacks: tuple[float, float, float, float]


def signals_of(
    query: Sequence[str],
    row: frozenset[str],
    evidence: Evidence,
    idf: Callable[[str], float],
    models: Models,
) -> Features:
    """The signals of one candidate row, in the order of SIGNALS.

    query: tokens of the question, in reading order. row: all tokens of the row.
    idf: rarity of a token in the index, >= 0.
    """
    points = evidence.points
    mass = sum(map(idf, all_of(query).tokens)) or 1.0
    covers = [(idf(sign), cover) for sign, cover in _covers(query, row)]
    total = sum(weight for weight, _ in covers) or 1.0
    missing = [weight * (1 - cover) for weight, cover in covers]
    window = max((sum(missing[at : at + WINDOW]) for at in range(max(1, len(missing) - WINDOW + 1))), default=0.0)
    return np.array(
        [
            points / 50,
            points / mass,
            1 - sum(missing) / total if covers else 0.0,
            _stretch(covers) / 8,
            sum(missing) / 10,
            window / 8,
            models.wording.score(all_of(query)),
            models.missing.score(lacking(query, row)),
            evidence.cosine,
            min(evidence.rival / points, 2.0) if points > 0 else 0.0,
            *evidence.lacks,
        ]
    )


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


def choose_threshold(negatives: Sequence[float], pass_rate: float) -> float:
    """The confidence that lets at most pass_rate of the negatives through."""
    ranked = sorted(negatives, reverse=True)
    allowed = int(pass_rate * len(ranked))
    limit = ranked[allowed] if allowed < len(ranked) else 0.0
    return min(max(limit + 1e-6, 0.02), 0.98)
