"""Signals of one candidate and the confidence made of them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.confidence import (
    BY_SIGN_ALONE,
    BY_SOUND,
    FALLBACK,
    SIGNALS,
    Calibration,
    Evidence,
    Models,
    choose_threshold,
    signals_of,
    weights_of,
)
from knowledge.token_model import TokenModel
from knowledge.tokens import tokenise

COVERAGE, STRETCH, GAP, WINDOW = (SIGNALS.index(name) for name in ("coverage", "stretch", "gap", "window"))
WORDING, MISSING, RIVAL = (SIGNALS.index(name) for name in ("wording", "missing", "rival"))
NOTHING_LACKS = (0.0, 0.0, 0.0, 0.0)


def signals(query: str, row: str, points: float = 10.0, models: Models | None = None, rival: float = 0.0) -> list[float]:
    evidence = Evidence(points, 0.0, rival, NOTHING_LACKS)
    found = signals_of(tokenise(query), frozenset(tokenise(row)), evidence, lambda token: 1.0, models or Models())
    return [round(float(value), 4) for value in found]


def test_a_question_that_stands_in_the_row_is_covered_whole() -> None:
    assert signals("低保多少钱", "农村低保多少钱一个月")[COVERAGE] == 1.0
    assert signals("低保多少钱", "农村低保多少钱一个月")[STRETCH] == 0.0


def test_a_question_of_other_words_is_not_covered() -> None:
    assert signals("护照", "农村低保")[COVERAGE] == 0.0


@pytest.mark.parametrize(
    ("query", "row", "cover"),
    [
        ("底保", "低保", BY_SOUND),
        ("保底", "低保", BY_SIGN_ALONE / 2),
        ("钱", "多少钱", 1.0),
        ("400", "交400元", 1.0),
    ],
)
def test_sound_counts_less_than_the_word_and_a_lone_sign_least(query: str, row: str, cover: float) -> None:
    assert signals(query, row)[COVERAGE] == pytest.approx(cover)


def test_the_stretch_is_the_longest_run_that_the_row_lacks() -> None:
    assert signals("公积金贷款低保", "低保")[STRETCH] == pytest.approx(5 / 8)
    assert signals("低保公积金", "低保")[STRETCH] == pytest.approx(3 / 8)


def test_points_are_weighed_against_the_length_of_the_question() -> None:
    short, long = signals("低保", "低保"), signals("低保怎么申请要好久", "低保")
    assert short[0] == long[0] == 0.2
    assert short[1] > long[1]


def test_the_gap_is_all_that_the_row_lacks_and_the_window_its_worst_place() -> None:
    found = signals("公积金贷款低保房子", "低保")
    assert found[GAP] == pytest.approx(7 / 10)
    assert found[WINDOW] == pytest.approx(4 / 8)
    assert signals("低保", "低保")[GAP] == signals("低保", "低保")[WINDOW] == 0.0


def test_what_is_learnt_of_tokens_is_heard() -> None:
    known = TokenModel({"租金": (1.0, -3.0), "低保": (1.0, 2.0)}, 0.5)
    assert signals("低保", "低保", models=Models(known, known))[WORDING] == 2.5
    lacking = signals("低保租金", "低保", models=Models(known, known))[MISSING]
    assert lacking < 0.5, "a token that the row lacks speaks against it"
    assert signals("低保租金", "低保租金", models=Models(known, known))[MISSING] == 0.5, "one that it has does not"


def test_a_rival_as_good_as_the_best_counts_fully_and_a_weak_one_less() -> None:
    assert signals("低保", "低保", points=10.0, rival=10.0)[RIVAL] == 1.0
    assert signals("低保", "低保", points=10.0, rival=4.0)[RIVAL] == 0.4
    assert signals("低保", "低保", points=10.0, rival=90.0)[RIVAL] == 2.0


def test_an_empty_question_has_signals_of_nothing() -> None:
    assert signals("", "低保", points=0.0) == [0.0] * len(SIGNALS)


def test_confidence_grows_with_a_weighted_signal_and_stays_a_chance() -> None:
    calibration = Calibration(weights_of(score=10.0), -1.0, 0.5)
    low, high = (calibration.confidence(np.array([value, *[0.0] * (len(SIGNALS) - 1)])) for value in (0.0, 1.0))
    assert 0 < low < 0.5 < high < 1
    assert Calibration((1e9,) * len(SIGNALS), 0.0, 0.5).confidence(np.ones(len(SIGNALS))) <= 1


def test_a_calibration_survives_json() -> None:
    models = Models(TokenModel({"低保": (1.5, 2.0)}, 0.1), TokenModel({"租金": (2.5, -2.0)}, -0.1))
    before = Calibration(tuple(range(len(SIGNALS))), -1.0, 0.4, True, 0.1, 0.9, models)
    assert Calibration.from_json(json.loads(json.dumps(before.as_json()))) == before


def test_the_fallback_has_a_weight_for_each_signal_and_counts_nothing_learnt() -> None:
    assert len(FALLBACK.weights) == len(SIGNALS)
    assert FALLBACK.weights[WORDING] == FALLBACK.weights[MISSING] == 0
    assert not FALLBACK.fitted


def test_weights_are_named_as_the_signals_are() -> None:
    assert weights_of(number_asked=2.0)[SIGNALS.index("number-asked")] == 2.0


@given(st.lists(st.floats(0.03, 0.97), min_size=1, max_size=50, unique=True), st.floats(0, 0.9))
def test_at_most_the_allowed_share_of_the_negatives_passes(negatives: Sequence[float], rate: float) -> None:
    limit = choose_threshold(negatives, rate)
    assert sum(value >= limit for value in negatives) <= rate * len(negatives) + 1e-9 or limit == 0.98


def test_without_negatives_the_threshold_is_low_but_not_nothing() -> None:
    assert choose_threshold([], 0.1) == 0.02
