"""The bundled table read with numpy alone: what the serving process uses, equal to the sentence-transformers path."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from knowledge.ports import Vectors
from knowledge.tokens import tokenise

TABLE, VOCABULARY = "table.safetensors", "vocabulary.txt"


def read_vocabulary(folder: Path) -> dict[str, int]:
    """token -> row."""
    tokens = (folder / VOCABULARY).read_text(encoding="utf-8").split("\n")
    return {token: row for row, token in enumerate(filter(None, tokens))}


def token_numbers(text: str, vocabulary: Mapping[str, int]) -> NDArray[np.int64]:
    """Rows of the distinct known tokens of a text, ascending."""
    rows = {vocabulary[token] for token in tokenise(text) if token in vocabulary}
    return np.array(sorted(rows), dtype=np.int64)


class TableEmbedder:
    """Embedder over a (tokens, dim) table: sum of rows, unit length; a text of unknown tokens gives zeros."""

    def __init__(self, folder: Path) -> None:
        data = (folder / TABLE).read_bytes()
        self._vocabulary = read_vocabulary(folder)
        self._table: Vectors = load_file(str(folder / TABLE))["table"].astype(np.float32)
        self._name = "ngram-table-" + hashlib.sha256(data).hexdigest()[:12]

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return int(self._table.shape[1])

    def embed(self, texts: Sequence[str]) -> Vectors:
        sums = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            sums[row] = self._table[token_numbers(text, self._vocabulary)].sum(axis=0)
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        units: Vectors = np.divide(sums, lengths, out=np.zeros_like(sums), where=lengths > 0)
        return units
