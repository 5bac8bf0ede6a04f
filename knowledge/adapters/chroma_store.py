"""Vectors in an embedded Chroma collection: one folder, one writer, our own vectors, no model download."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings as ChromaSettings

from knowledge.ports import Vectors

_BATCH = 256
_READ = 2000


class ChromaStore:
    """VectorStore on a PersistentClient. name: collection name, ASCII."""

    def __init__(self, folder: Path, name: str = "passages") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        settings = ChromaSettings(anonymized_telemetry=False, is_persistent=True, persist_directory=str(folder))
        self._client = chromadb.PersistentClient(path=str(folder), settings=settings)
        self._collection = self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        for start in range(0, len(ids), _BATCH):
            batch = slice(start, start + _BATCH)
            self._collection.upsert(ids=list(ids[batch]), embeddings=vectors[batch])

    def delete(self, ids: Sequence[str]) -> None:
        for start in range(0, len(ids), _BATCH):
            self._collection.delete(ids=list(ids[start : start + _BATCH]))

    def ids(self) -> list[str]:
        return sorted(self._collection.get(include=[])["ids"])

    def read_all(self) -> tuple[list[str], Vectors]:
        names: list[str] = []
        found: list[Vectors] = []
        total = self._collection.count()
        for start in range(0, total, _READ):
            page = self._collection.get(include=["embeddings"], limit=_READ, offset=start)
            names += page["ids"]
            found.append(np.asarray(page["embeddings"], dtype=np.float32))
        if not names:
            return [], np.zeros((0, 0), dtype=np.float32)
        order = sorted(range(len(names)), key=names.__getitem__)
        return [names[row] for row in order], np.concatenate(found)[order]

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        found = self._collection.query(query_embeddings=vector.reshape(1, -1), n_results=k, include=["distances"])
        ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [(name, max(-1.0, min(1.0, 1.0 - distance))) for name, distance in zip(ids, distances, strict=True)]

    def close(self) -> None:
        self._client.close()  # type: ignore[attr-defined]
