"""One ranking from lexical, lexicon and dense evidence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """lexicon: BM25 points of a lexicon token per point of a typed one. dense: BM25 points per unit of cosine.

    taught: BM25 points per unit of what questions of other people say for an entry (`taught.py`).

    Source of the defaults: docs/retrieval.md, experiment table.
    """

    lexicon: float = 0.25
    dense: float = 10.0
    taught: float = 10.0

    def __post_init__(self) -> None:
        if min(self.lexicon, self.dense, self.taught) < 0:
            raise ValueError("weights must not be negative")


def weighted_sum(typed: Scores, lexicon: Scores, cosine: Scores, weights: Weights) -> Scores:
    """Scores in BM25 points, higher is better; all arrays (rows,). Source: docs/retrieval.md, experiment table."""
    total: Scores = typed + np.float32(weights.lexicon) * lexicon + np.float32(weights.dense) * np.maximum(cosine, 0)
    return total


def best_first(scores: Scores, k: int) -> NDArray[np.intp]:
    """Row numbers of the k best scores above 0, best first, ties by row number."""
    rows = np.flatnonzero(scores > 0)
    order = np.lexsort((rows, -scores[rows]))
    return rows[order[:k]]
