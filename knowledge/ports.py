"""What search and storage ask of the outside world. Adapters live in `adapters/` and `database/`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.types import Gone, Instrument, Parameter, StoredVersion

Vectors = NDArray[np.float32]
Progress = Callable[[str, int, int], None]
"""progress(step, done, total): called at every named step of long work; step is a stable English slug."""


class Embedder(Protocol):
    """Texts to unit vectors. `name` and `dim` are written into every index."""

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """float32 (n, dim), unit rows (a zero row where nothing is known), order kept."""
        ...


class VectorStore(Protocol):
    """Vectors by id. One writer per folder."""

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None: ...

    def delete(self, ids: Sequence[str]) -> None: ...

    def ids(self) -> list[str]: ...

    def read_all(self) -> tuple[list[str], Vectors]:
        """Every id with its vector, float32 (n, dim), in id order."""
        ...

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """The k nearest, best first, with cosine similarity -1..1."""
        ...

    def close(self) -> None: ...


class LexicalIndex(Protocol):
    """BM25 over token lists. Row numbers are those of `build`."""

    def build(self, documents: Sequence[Sequence[str]]) -> None: ...

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        """One score >= 0 per row, higher is better; unknown tokens add nothing."""
        ...

    def rows_with(self, token: str) -> int:
        """How many rows hold the token."""
        ...

    def save(self, folder: Path) -> None: ...


class Truth(Protocol):
    """Published knowledge: documents, parameters, instruments, as the database holds them."""

    def revision(self) -> int:
        """Grows with every change of what is published; cheap to ask."""
        ...

    def published(self) -> Iterable[StoredVersion]: ...

    def parameters(self) -> Mapping[str, Parameter]: ...

    def instruments(self) -> Mapping[str, Instrument]: ...

    def gone(self, document_id: str, on: date) -> Gone | None:
        """What became of a document that is not shown that day; None for what never was."""
        ...
