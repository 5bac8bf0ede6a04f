"""Weighted sums and their order, against the slow and obvious way."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.fusion import Scores, Weights, best_first, weighted_sum

POINTS = st.lists(st.floats(0, 100, width=32), min_size=1, max_size=12)


def scores(*values: float) -> Scores:
    return np.array(values, dtype=np.float32)


def test_each_kind_of_evidence_counts_by_its_weight() -> None:
    total = weighted_sum(scores(1, 0, 0), scores(0, 2, 0), scores(0, 0, 0.5), Weights(lexicon=0.25, dense=6.0))
    assert total.tolist() == [1.0, 0.5, 3.0]


def test_a_vector_that_points_away_takes_nothing_off() -> None:
    assert weighted_sum(scores(1), scores(0), scores(-1), Weights()).tolist() == [1.0]


@pytest.mark.parametrize("wrong", [{"lexicon": -0.1}, {"dense": -1.0}])
def test_weights_below_zero_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="negative"):
        Weights(**wrong)


def test_ties_go_by_row_and_nothing_without_a_score_is_ranked() -> None:
    assert best_first(scores(0, 3, 5, 3, 0), 9).tolist() == [2, 1, 3]


@given(POINTS, st.integers(1, 12))
def test_the_order_is_that_of_a_plain_sort(values: list[float], k: int) -> None:
    wanted = sorted((row for row, value in enumerate(values) if value > 0), key=lambda row: (-values[row], row))
    assert best_first(np.array(values, dtype=np.float32), k).tolist() == wanted[:k]
