"""The bundled embedder as sentence-transformers modules: a vector per character and adjacent pair, summed.

Overlapping pairs cannot come out of a `tokenizers` tokenizer, hence a first module of our own
(retrieval.md section 3). It is built with `SentenceTransformer(modules=[...])`; nothing is loaded by class path.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import SentenceTransformer
from sentence_transformers.base.modules import Module
from sentence_transformers.sentence_transformer.modules import Normalize

from knowledge.adapters.table_embedder import TABLE, VOCABULARY, read_vocabulary, token_numbers
from knowledge.ports import Vectors


class NgramTable(Module):
    """texts -> sum of the vectors of their distinct known tokens, float32 (n, dim)."""

    def __init__(self, vocabulary: Mapping[str, int], weights: torch.Tensor) -> None:
        """vocabulary: token -> row of weights (tokens, dim); idf is folded into the rows."""
        super().__init__()  # type: ignore[no-untyped-call]
        self.vocabulary = dict(vocabulary)
        self.table = torch.nn.EmbeddingBag.from_pretrained(weights.float(), mode="sum", freeze=False)

    def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, torch.Tensor]:
        numbers = [token_numbers(text, self.vocabulary) for text in inputs]
        offsets = np.cumsum([0, *(len(row) for row in numbers[:-1])])
        flat = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int64)
        return {"input_ids": torch.from_numpy(flat), "offsets": torch.from_numpy(offsets)}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        features["sentence_embedding"] = self.table(features["input_ids"], features["offsets"])
        return features

    def get_embedding_dimension(self) -> int:
        return int(self.table.embedding_dim)

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Half-precision table and the vocabulary in row order."""
        folder = Path(output_path)
        folder.mkdir(parents=True, exist_ok=True)
        save_file({"table": self.table.weight.detach().half().contiguous()}, str(folder / TABLE))
        tokens = sorted(self.vocabulary, key=self.vocabulary.__getitem__)
        (folder / VOCABULARY).write_text("\n".join(tokens) + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> NgramTable:
        """The module from its two files. Raises OSError when one is missing."""
        return cls(read_vocabulary(folder), load_file(str(folder / TABLE))["table"])


class SentenceEmbedder:
    """Embedder through sentence-transformers: the bundled table's folder, or any other model path or name."""

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self._name = name

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension() or 0)

    def embed(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        found: Vectors = self._model.encode(
            list(texts), batch_size=256, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False
        ).astype(np.float32)
        return found


def open_table(folder: Path) -> SentenceEmbedder:
    """The bundled table as a sentence-transformers model."""
    model = SentenceTransformer(modules=[NgramTable.read(folder), Normalize()], device="cpu")
    return SentenceEmbedder(model, table_name(folder))


def open_model(path_or_name: str) -> SentenceEmbedder:
    """Any other model; its name stands for it in the index."""
    model = SentenceTransformer(path_or_name, device="cpu", trust_remote_code=False, local_files_only=True)
    return SentenceEmbedder(model, path_or_name)


def table_name(folder: Path) -> str:
    """`ngram-table-` and the start of the table's sha256, so that a refit is another embedder."""
    return "ngram-table-" + hashlib.sha256((folder / TABLE).read_bytes()).hexdigest()[:12]


def write_manifest(folder: Path, made_from: Mapping[str, object]) -> None:
    """What the table is, for people and for the supply-chain check: class, sha256 of both files, how it was made."""
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (TABLE, VOCABULARY)}
    manifest = {"module": f"{NgramTable.__module__}.{NgramTable.__qualname__}", "sha256": digests, **made_from}
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
