"""The promise of a store of vectors, kept by a dict and by Chroma."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from knowledge.adapters.chroma_store import ChromaStore
from knowledge.ports import Vectors, VectorStore


class DictStore:
    """The VectorStore of tests."""

    def __init__(self) -> None:
        self._held: dict[str, Vectors] = {}

    def upsert(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._held |= dict(zip(ids, vectors, strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        for name in ids:
            self._held.pop(name, None)

    def ids(self) -> list[str]:
        return sorted(self._held)

    def read_all(self) -> tuple[list[str], Vectors]:
        names = self.ids()
        rows = [self._held[name] for name in names]
        return names, np.array(rows, dtype=np.float32) if rows else np.zeros((0, 0), dtype=np.float32)

    def nearest(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        scored = [(name, float(vector @ row)) for name, row in self._held.items()]
        return sorted(scored, key=lambda pair: -pair[1])[:k]

    def close(self) -> None:
        self._held.clear()


@pytest.fixture(params=["dict", "chroma"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[VectorStore]:
    made: VectorStore = DictStore() if request.param == "dict" else ChromaStore(tmp_path / "vectors")
    yield made
    made.close()


def units(*rows: Sequence[float]) -> Vectors:
    found = np.array(rows, dtype=np.float32)
    return found / np.linalg.norm(found, axis=1, keepdims=True)


EAST, NORTH, BETWEEN = (1, 0, 0), (0, 1, 0), (1, 1, 0)


def test_a_new_store_is_empty(store: VectorStore) -> None:
    assert store.ids() == []
    names, vectors = store.read_all()
    assert (names, vectors.size) == ([], 0)


def test_what_is_put_in_comes_out_in_the_order_of_ids(store: VectorStore) -> None:
    rows = units(EAST, NORTH, BETWEEN)
    store.upsert(["c", "a", "b"], rows)
    names, vectors = store.read_all()
    assert names == store.ids() == ["a", "b", "c"]
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, rows[[1, 2, 0]])


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    store.upsert(["east", "north", "between"], units(EAST, NORTH, BETWEEN))
    found = store.nearest(units(EAST)[0], 3)
    assert [name for name, _ in found] == ["east", "between", "north"]
    assert [near for _, near in found] == pytest.approx([1.0, 0.5**0.5, 0.0], abs=1e-5)


def test_no_more_than_asked_for(store: VectorStore) -> None:
    store.upsert(["east", "north"], units(EAST, NORTH))
    assert len(store.nearest(units(EAST)[0], 1)) == 1


def test_the_opposite_is_as_far_as_can_be(store: VectorStore) -> None:
    store.upsert(["west"], units((-1, 0, 0)))
    assert store.nearest(units(EAST)[0], 1) == [("west", pytest.approx(-1.0, abs=1e-5))]


def test_a_second_upsert_replaces(store: VectorStore) -> None:
    store.upsert(["a"], units(EAST))
    store.upsert(["a"], units(NORTH))
    assert np.allclose(store.read_all()[1], units(NORTH))


def test_what_is_deleted_is_gone_and_the_rest_stays(store: VectorStore) -> None:
    store.upsert(["a", "b"], units(EAST, NORTH))
    store.delete(["a"])
    assert store.ids() == ["b"]


def test_more_than_one_batch_and_one_page(store: VectorStore) -> None:
    names = [f"{number:05d}" for number in range(2300)]
    rows = np.random.default_rng(1).normal(size=(len(names), 4)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    store.upsert(names, rows)
    held, vectors = store.read_all()
    assert held == names
    assert np.allclose(vectors, rows, atol=1e-6)
    store.delete(names[:300])
    assert store.ids() == names[300:]


def test_chroma_keeps_what_was_written_when_it_is_opened_again(tmp_path: Path) -> None:
    first = ChromaStore(tmp_path)
    first.upsert(["a"], units(EAST))
    first.close()
    again = ChromaStore(tmp_path)
    assert again.ids() == ["a"]
    again.close()
