"""BM25 by bm25s (Lucene form)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.typing import NDArray

from knowledge.tokens import weight_of

K1, B = 2.0, 0.5
"""Source: docs/retrieval.md, experiment table."""


class Bm25Index:
    """LexicalIndex over token lists; also knows how many rows hold a token."""

    def __init__(self, k1: float = K1, b: float = B) -> None:
        self._model = bm25s.BM25(method="lucene", k1=k1, b=b)
        self._rows = 0

    def build(self, documents: Sequence[Sequence[str]]) -> None:
        """documents: one token list per row; an empty index is allowed."""
        self._rows = len(documents)
        if self._rows:
            self._model.index([list(tokens) or ["\x00"] for tokens in documents], show_progress=False)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """Each token counts by its kind (`tokens.weight_of`)."""
        total = np.zeros(self._rows, dtype=np.float32)
        kinds: dict[float, list[str]] = {}
        for token in tokens:
            if self._rows and token in self._model.vocab_dict:
                kinds.setdefault(weight_of(token), []).append(token)
        for weight in sorted(kinds):
            total += np.float32(weight) * self._model.get_scores(kinds[weight]).astype(np.float32)
        return total

    def rows_with(self, token: str) -> int:
        """How many rows hold the token."""
        number = self._model.vocab_dict.get(token) if self._rows else None
        if number is None:
            return 0
        starts = self._model.scores["indptr"]
        return int(starts[number + 1] - starts[number])

    def save(self, folder: Path) -> None:
        if self._rows:
            self._model.save(str(folder), show_progress=False)

    @classmethod
    def load(cls, folder: Path, rows: int) -> Bm25Index:
        """rows: how many rows the manifest says there are."""
        index = cls()
        index._rows = rows
        if rows:
            index._model = bm25s.BM25.load(str(folder))
        return index
