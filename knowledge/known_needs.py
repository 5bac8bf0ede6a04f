"""What a wording means, by the needs that the table was fitted on: its place in the table's space, and which of them it is near to.

Two wordings that are near to the same known needs ask for something alike, even where they share no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from knowledge.ports import Embedder, Vectors

NEEDS = "needs.safetensors"
SHARPNESS = 10.0
"""What a cosine is multiplied by before the softmax. Source: docs/retrieval.md, grouping."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """vector: (dim,). needs: (known,), unit length. Zeros where nothing is known."""

    vector: NDArray[np.float32]
    needs: NDArray[np.float32]


class KnownNeeds:
    """centres: (known, dim), unit rows, one a need."""

    def __init__(self, embedder: Embedder, centres: Vectors) -> None:
        self._embedder, self._centres = embedder, centres

    @classmethod
    def read(cls, embedder: Embedder, folder: Path) -> KnownNeeds:
        """Raises OSError when the file is missing."""
        return cls(embedder, load_file(str(folder / NEEDS))["centres"].astype(np.float32))

    def meaning(self, text: str) -> Meaning:
        """needs: roots of the softmax over the cosines, so that a dot product is the Bhattacharyya coefficient."""
        vector = self._embedder.embed([text])[0]
        if not vector.any():
            return Meaning(vector, np.zeros(len(self._centres), dtype=np.float32))
        cosines = self._centres @ vector * SHARPNESS
        shares = np.exp(cosines - cosines.max())
        return Meaning(vector, np.sqrt(shares / shares.sum()).astype(np.float32))


def write_centres(folder: Path, embedder: Embedder, groups: Sequence[Sequence[str]]) -> None:
    """The middle of each group's wordings, half precision."""
    middles = np.stack([embedder.embed(group).mean(axis=0) for group in groups])
    lengths = np.maximum(np.linalg.norm(middles, axis=1, keepdims=True), 1e-9)
    save_file({"centres": (middles / lengths).astype(np.float16)}, str(folder / NEEDS))
