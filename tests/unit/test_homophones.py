"""Slips of dictation and of pinyin typing are heard as the word they were meant for, and nothing else is."""

from __future__ import annotations

import pytest

from knowledge.homophones import Homophones, Spoken, may_be, ordinary_pairs, pinyin, sound, syllable

TERMS = Homophones.of(["低保", "公积金", "养老保险", "住院", "赡养"])


@pytest.mark.parametrize(
    ("slip", "word"),
    [("层市", "城市"), ("蓝方", "南方"), ("发生", "花生"), ("幸福", "新福"), ("真正", "增正"), ("老弄", "老农")],
)
def test_what_the_south_west_does_not_tell_apart_sounds_the_same(slip: str, word: str) -> None:
    assert sound(slip) == sound(word)


@pytest.mark.parametrize(("one", "other"), [("低保", "医保"), ("农村", "城市"), ("一档", "二档"), ("男", "女")])
def test_words_that_must_not_be_mixed_up_sound_different(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_a_sign_without_pinyin_is_its_own_sound() -> None:
    assert syllable("5") == "5"
    assert pinyin("5") == ""


@pytest.mark.parametrize(
    ("text", "heard"),
    [("底堡啷个办", ["低保"]), ("公鸡金怎么取", ["公积金"]), ("养老宝险几档", ["养老保险"]), ("注院报好多", ["住院"])],
)
def test_a_slip_is_heard_as_its_term(text: str, heard: list[str]) -> None:
    assert TERMS.heard(text) == heard


def test_a_term_that_is_spelt_right_is_not_heard_again() -> None:
    assert TERMS.heard("低保和底堡") == []


def test_longer_terms_come_first() -> None:
    assert Homophones.of(["保险", "养老保险"]).heard("羊老宝险")[0] == "养老保险"


def test_terms_of_one_sign_or_of_five_are_left_out() -> None:
    assert Homophones.of(["钱", "最低生活保障"]).terms == {}


def test_an_ordinary_pair_is_no_slip() -> None:
    assert "义务" in ordinary_pairs()
    assert not may_be("义务", "义乌")
    assert Spoken("孙子有没有义务").find("义乌") == []


@pytest.mark.parametrize(("piece", "word"), [("四组", "石柱"), ("大年", "大连")])
def test_a_pair_must_keep_one_sign_and_the_very_sound(piece: str, word: str) -> None:
    assert not may_be(piece, word)


@pytest.mark.parametrize(
    ("text", "word", "starts"),
    [("四川和四川", "四川", [0, 3]), ("四穿的低保", "四川", [0]), ("去广冻打工", "广东", [1]), ("低保", "四川", []), ("钱", "前", [])],
)
def test_where_a_word_is_said(text: str, word: str, starts: list[int]) -> None:
    assert Spoken(text).find(word) == starts
