"""One generation in memory: lexical scores, vectors and thresholds, by row. Pure reading."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.confidence import Calibration
from knowledge.fusion import Scores, Weights, weighted_sum
from knowledge.lexicon import Lexicon
from knowledge.meant import Meant
from knowledge.ports import Embedder, LexicalIndex, Vectors
from knowledge.taught import Taught
from knowledge.tokens import tokenise

EXACT_LIMIT = 20_000
"""Vectors up to this many are compared exactly; beyond, the caller brings a shorter list (decisions.md 15)."""


@dataclass(frozen=True)
class Index:
    """rows: digests ascending. vectors: float32 (n, dim), unit rows; owners: (n,) row of each vector, ascending."""

    digests: tuple[str, ...]
    lexical: LexicalIndex
    vectors: Vectors
    owners: NDArray[np.int64]
    calibration: Calibration
    weights: Weights
    embedder: str
    revision: int
    taught: Taught | None = None

    @cached_property
    def row_of(self) -> dict[str, int]:
        return {digest: row for row, digest in enumerate(self.digests)}

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        """First vector of each row that has any."""
        return np.flatnonzero(np.diff(self.owners, prepend=-1))

    def cosine(self, vector: Vectors) -> NDArray[np.float32]:
        """Best cosine over each row's vectors, (rows,); 0 for rows without."""
        best = np.zeros(len(self.digests), dtype=np.float32)
        if len(self.vectors):
            every = self.vectors @ vector
            best[self.owners[self._starts]] = np.maximum.reduceat(every, self._starts)
        return best

    def idf(self, token: str) -> float:
        """ln(1 + (N - n + 0.5) / (n + 0.5)), >= 0; the rarest value for unknown tokens."""
        rows, held = len(self.digests), self.lexical.rows_with(token)
        return math.log(1 + (rows - held + 0.5) / (held + 0.5))

    def known(self, token: str) -> bool:
        return self.lexical.rows_with(token) > 0


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the index sees it."""

    typed: tuple[str, ...]
    lexicon: tuple[str, ...]
    vector: Vectors
    asks: frozenset[str] = frozenset()
    """What it asks for, by the kinds of `asked.py`."""
    meant: tuple[Meant, ...] = ()
    """Its words that the lexicon explains."""


def read_query(text: str, lexicon: Lexicon, embedder: Embedder) -> Query:
    """Typed tokens, lighter tokens of the lexicon that were not typed, and one unit vector of both texts."""
    words = lexicon.expand(text)
    typed, missing = read_tokens(text, words)
    vector = embedder.embed([text + "\n" + " ".join(words)])[0]
    return Query(typed, missing, vector, lexicon.asked.kinds(text), lexicon.meant(text))


def read_tokens(text: str, words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Typed tokens, and those of the lexicon's words that were not typed."""
    typed = tokenise(text)
    extra = [token for word in words for token in tokenise(word)]
    return tuple(typed), tuple(token for token in dict.fromkeys(extra) if token not in set(typed))


def score(index: Index, query: Query) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(score in BM25 points, cosine), both (rows,)."""
    cosine = index.cosine(query.vector)
    typed = index.lexical.scores(query.typed)
    lexicon = index.lexical.scores(query.lexicon)
    return weighted_sum(typed, lexicon, cosine, index.weights), cosine


def in_order(index: Index, query: Query, points: Scores) -> Scores:
    """(rows,) what rows are ranked by: their points, and what other people's questions say for them."""
    if index.taught is None:
        return points
    lift = index.taught.lift((*query.typed, *query.lexicon))
    return points + np.float32(index.weights.taught) * lift


def stack_owners(counts: Sequence[int]) -> NDArray[np.int64]:
    """Row number of each vector when row i has counts[i] vectors."""
    return np.repeat(np.arange(len(counts), dtype=np.int64), counts)
