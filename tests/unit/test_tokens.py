"""Tokens: signs, pairs and sounds of Chinese, words and numbers whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.tokens import CHARACTER, PAIR, SOUND, is_pair, is_sound, sound_of, tokenise, weight_of


def test_a_run_gives_its_signs_its_pairs_and_their_sounds() -> None:
    assert tokenise("低保金") == ["低", "保", "金", "低保", "保金", "~di bao", "~bao jin"]


def test_words_and_numbers_stay_whole_and_part_the_runs() -> None:
    assert tokenise("交400元ABC") == ["交", "400", "元", "abc"]
    assert tokenise("12.5%") == ["12.5"]


def test_widths_and_case_do_not_matter() -> None:
    assert tokenise("ＡＢＣ４００") == tokenise("abc400")


def test_punctuation_parts_pairs() -> None:
    assert "保金" not in tokenise("低保，金额")


def test_repeats_are_kept() -> None:
    assert tokenise("钱钱").count("钱") == 2


@pytest.mark.parametrize(("one", "other"), [("底保", "低保"), ("层市", "城市"), ("兰方", "南方"), ("新农", "幸农")])
def test_slips_of_one_sound_share_the_token(one: str, other: str) -> None:
    assert sound_of(one) == sound_of(other)


def test_what_sounds_otherwise_has_another_token() -> None:
    assert sound_of("低保") != sound_of("医保")


@pytest.mark.parametrize(("token", "weight"), [("低", CHARACTER), ("低保", PAIR), ("~di bao", SOUND), ("ab", CHARACTER)])
def test_each_kind_has_its_weight(token: str, weight: float) -> None:
    assert weight_of(token) == weight


@given(st.text(alphabet="低保医养老金abc12，。 ", max_size=30))
def test_every_run_of_n_signs_has_n_minus_one_pairs_and_as_many_sounds(text: str) -> None:
    tokens = tokenise(text)
    pairs = [token for token in tokens if is_pair(token)]
    assert [sound_of(pair) for pair in pairs] == [token for token in tokens if is_sound(token)]
