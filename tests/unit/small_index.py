"""A few rows searched in memory: real tokens, real BM25, vectors of hashed pairs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np

from knowledge.adapters.bm25_index import Bm25Index
from knowledge.confidence import Calibration, weights_of
from knowledge.fusion import Weights
from knowledge.homophones import Homophones
from knowledge.index import Index, stack_owners
from knowledge.lexicon import Lexicon, Row
from knowledge.ports import Embedder, Vectors
from knowledge.rows import ENTRY, IndexRow, lexical_field, row_of
from knowledge.tokens import tokenise

ALWAYS = Calibration(weights_of(), 10.0, 0.5)
"""Whatever is found may be answered."""
NEVER = Calibration(weights_of(), -10.0, 0.5)


class HashedPairs:
    """The Embedder of tests: each pair of signs has one of 4,096 places. means: texts that count as another text."""

    name, dim = "hashed-pairs", 4096

    def __init__(self, means: Mapping[str, str] | None = None) -> None:
        self._means = means or {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        found = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in pairwise(self._means.get(text.strip(), text.strip())):
                found[row, int(hashlib.sha256("".join(pair).encode()).hexdigest(), 16) % self.dim] += 1
        lengths = np.linalg.norm(found, axis=1, keepdims=True)
        return np.divide(found, lengths, out=np.zeros_like(found), where=lengths > 0)


def a_row(name: str, *questions: str, text: str = "", tier: str = ENTRY) -> IndexRow:
    return row_of(name, None if tier == ENTRY else f"{name}@v1:p1", tier, text or questions[0], questions)


def an_index(
    rows: Iterable[IndexRow],
    calibration: Calibration = ALWAYS,
    embedder: Embedder | None = None,
    weights: Weights | None = None,
) -> Index:
    kept = sorted(rows, key=lambda row: row.digest)
    lexical = Bm25Index()
    lexical.build([tokenise(lexical_field(row)) for row in kept])
    texts = [text for row in kept for text in (row.text, *row.questions)]
    used = embedder or HashedPairs()
    owners = stack_owners([1 + len(row.questions) for row in kept])
    digests = tuple(row.digest for row in kept)
    return Index(digests, lexical, used.embed(texts), owners, calibration, weights or Weights(), used.name, 1)


def a_lexicon(*rows: tuple[Sequence[str], Sequence[str]], terms: Iterable[str] = ()) -> Lexicon:
    return Lexicon(tuple(Row("test", tuple(say), tuple(mean)) for say, mean in rows), Homophones.of(terms))
