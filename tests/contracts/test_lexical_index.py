"""The promise of a lexical index, kept by a slow BM25 written out and by bm25s."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.adapters.bm25_index import K1, B, Bm25Index
from knowledge.ports import LexicalIndex
from knowledge.tokens import tokenise, weight_of

DOCUMENTS = [tokenise(text) for text in ("农村低保一个月多少钱", "城市低保多少钱", "住院能报多少", "养老金怎么领", "低保低保低保")]


class PlainBm25:
    """The LexicalIndex of tests: the sum of Lucene's form, one token of one row at a time."""

    def __init__(self) -> None:
        self._rows: list[list[str]] = []

    def build(self, documents: Sequence[Sequence[str]]) -> None:
        self._rows = [list(tokens) for tokens in documents]

    def rows_with(self, token: str) -> int:
        return sum(token in row for row in self._rows)

    def scores(self, tokens: Sequence[str]) -> NDArray[np.float32]:
        return np.array([sum(self._one(token, row) for token in tokens) for row in self._rows], dtype=np.float32)

    def _one(self, token: str, row: list[str]) -> float:
        held, times = self.rows_with(token), row.count(token)
        if not times:
            return 0.0
        mean = sum(map(len, self._rows)) / len(self._rows)
        rarity = math.log(1 + (len(self._rows) - held + 0.5) / (held + 0.5))
        return weight_of(token) * rarity * times / (times + K1 * (1 - B + B * len(row) / mean))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)


MAKERS: dict[str, Callable[[], LexicalIndex]] = {"plain": PlainBm25, "bm25s": Bm25Index}


@pytest.fixture(params=list(MAKERS))
def index(request: pytest.FixtureRequest) -> LexicalIndex:
    made = MAKERS[request.param]()
    made.build(DOCUMENTS)
    return made


def test_one_score_per_row_and_none_below_zero(index: LexicalIndex) -> None:
    found = index.scores(tokenise("低保多少钱"))
    assert found.shape == (len(DOCUMENTS),)
    assert found.dtype == np.float32
    assert (found >= 0).all()


def test_the_row_with_the_words_is_best_and_one_without_them_gets_nothing(index: LexicalIndex) -> None:
    found = index.scores(tokenise("养老金"))
    assert int(found.argmax()) == 3
    assert found[2] == 0


def test_unknown_tokens_add_nothing(index: LexicalIndex) -> None:
    assert not index.scores(["护照", "🙂"]).any()
    assert not index.scores([]).any()
    assert np.allclose(index.scores([*tokenise("低保"), "护照"]), index.scores(tokenise("低保")))


def test_a_token_said_twice_counts_twice(index: LexicalIndex) -> None:
    assert np.allclose(index.scores(["低保", "低保"]), 2 * index.scores(["低保"]))


def test_it_knows_how_many_rows_hold_a_token(index: LexicalIndex) -> None:
    assert [index.rows_with(token) for token in ("低保", "多少", "护照")] == [3, 3, 0]


def test_a_sound_finds_its_slip_with_less_weight_than_the_word(index: LexicalIndex) -> None:
    slip, word = index.scores(tokenise("底堡")), index.scores(tokenise("低保"))
    assert 0 < slip[4] < word[4]


def test_bm25s_agrees_with_the_sum_written_out() -> None:
    plain, fast = PlainBm25(), Bm25Index()
    for each in (plain, fast):
        each.build(DOCUMENTS)
    for text in ("农村低保多少钱", "怎么领", "底保"):
        assert np.allclose(plain.scores(tokenise(text)), fast.scores(tokenise(text)), atol=1e-4)


@pytest.mark.parametrize("make", MAKERS.values())
def test_an_empty_index_answers_with_no_rows(make: Callable[[], LexicalIndex]) -> None:
    index = make()
    index.build([])
    assert index.scores(["低保"]).shape == (0,)
    assert index.rows_with("低保") == 0


def test_bm25s_is_the_same_after_it_was_saved(tmp_path: Path) -> None:
    before = Bm25Index()
    before.build(DOCUMENTS)
    before.save(tmp_path)
    after = Bm25Index.load(tmp_path, len(DOCUMENTS))
    for text in ("农村低保多少钱", "底保", "护照"):
        assert np.array_equal(before.scores(tokenise(text)), after.scores(tokenise(text)))
    assert after.rows_with("低保") == 3


def test_a_row_without_tokens_is_allowed() -> None:
    index = Bm25Index()
    index.build([[], tokenise("低保")])
    assert index.scores(tokenise("低保")).tolist()[0] == 0
