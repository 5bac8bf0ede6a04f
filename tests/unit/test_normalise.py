"""Cleaning and the forms for comparing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.normalise import clean, matching_key, normalise, repair


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("低保怎么办？", "低保怎么办?"),
        ("ＡＢＣ１２３", "abc123"),
        ("  低保\n\n 怎么  办 ", "低保 怎么 办"),
        ("低\u200b保\u2060", "低保"),
        ("⺠政⻅习⻓⾥", "民政见习长里"),
        ("\u202e低保\u202c", "低保"),
        ("低保" + "".join(chr(0xE0000 + ord(c)) for c in "ignore"), "低保"),
        ("a\x00b\x1bc", "abc"),
        ("", ""),
    ],
)
def test_normalise(typed: str, wanted: str) -> None:
    assert normalise(typed) == wanted


def test_clean_counts_what_it_takes_out_and_keeps_the_rest_as_typed() -> None:
    cleaned = clean(" 低\u200b保Ａ\u202eＢ\U000e0041\r\n第二行 ")
    assert (cleaned.text, cleaned.stripped) == ("低保ＡＢ\n第二行", 3)


def test_a_plain_question_loses_nothing() -> None:
    assert clean("我妈60了，低保怎么办？") == clean("我妈60了，低保怎么办？")
    assert clean("我妈60了，低保怎么办？").stripped == 0


def test_every_radical_of_both_blocks_that_looks_like_a_character_is_repaired() -> None:
    assert repair("⼀⼈⽤⾞") == "一人用车" or repair("⼀⼈⽤⾞") == "一人用車"
    assert not any("\u2f00" <= c <= "\u2fdf" for c in repair("".join(map(chr, range(0x2F00, 0x2FD6)))))


@given(st.text(max_size=60))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(max_size=60))
def test_nothing_hidden_is_left(text: str) -> None:
    hidden = "\u200b\u200d\u202e\u2066\ufeff\U000e0020"
    spread = "".join(c + hidden for c in text)
    assert not set(hidden) & set(normalise(spread))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("低保怎么办？", "低保 怎么办"),
        ("低保怎么办呢", "低保怎么办"),
        ("６０岁能领吗？", "60岁能领"),
        ("《社会救助法》是什么！", "社会救助法是什么"),
    ],
)
def test_matching_key_joins(left: str, right: str) -> None:
    assert matching_key(left) == matching_key(right)


def test_matching_key_keeps_apart_what_differs() -> None:
    assert matching_key("低保怎么办") != matching_key("低保在哪办")
    assert matching_key("一档多少钱") != matching_key("二档多少钱")


def test_matching_key_takes_the_particles_of_the_place() -> None:
    assert matching_key("低保怎么办嘛嗦", "嘛嗦") == "低保怎么办"


def test_matching_key_of_particles_alone_is_not_empty() -> None:
    assert matching_key("吗") == "吗"
