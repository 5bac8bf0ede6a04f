"""The kiosk's own dictionary: the common characters, the words of our texts, their sounds, and its weight."""

from __future__ import annotations

import gzip
import json
from collections import Counter

import pytest

from tests.pinyin_phrases import PHRASES, our_dictionary
from web.pinyin.characters import by_syllable, common_characters, readings
from web.pinyin.dictionary import dictionary
from web.pinyin.phrases import mined

LIMIT = 120 * 1024
TEXT = "低保怎么申请。户口在农村的，低保到镇里申请；低保户，申请低保。"


@pytest.fixture(scope="module")
def held() -> dict[str, list[str]]:
    """Word -> its syllables, of the dictionary that is made of this repository's texts."""
    rows = (line.split(" ") for line in json.loads(our_dictionary())["words"].split("\n"))
    return {row[0]: row[1:] for row in rows}


def test_the_common_characters_are_the_first_level_of_the_standard() -> None:
    chars = list(common_characters())
    assert (len(chars), len(set(chars)), chars[0], chars[-1]) == (3755, 3755, "啊", "座")


def test_every_character_sounds_like_something_typed_with_letters() -> None:
    assert all(sounds and all(sound.isascii() and sound.isalpha() for sound in sounds) for sounds in readings().values())
    assert readings()["绿"][0] == "lv" and set(readings()["会"]) >= {"hui", "kuai"}


def test_what_our_texts_use_most_stands_first() -> None:
    table = by_syllable(Counter("保保保报报爆"))
    assert table["bao"].startswith("保报爆")
    assert table["bao"].count("保") == 1


def test_an_unusual_reading_comes_after_the_usual_ones() -> None:
    table = by_syllable(Counter("会" * 10 + "快快"))
    assert table["hui"].startswith("会") and table["kuai"].index("快") < table["kuai"].index("会")


def test_words_are_found_in_running_text() -> None:
    words = mined([TEXT, "低保是啥。", "问低保。", "查低保的人", "天上飞来一群鸟，河边开满各色花，远处传来笛声。"])
    assert words["低保"] > 4
    assert not any(word in words for word in ("保怎", "请低", "户口在"))


def test_given_words_are_in_however_seldom_they_are_said() -> None:
    rows = json.loads(dictionary([TEXT], ["耙活", "三轮车（农用）", "abc"]))["words"].split("\n")
    assert {"耙活 ba huo", "三轮车 san lun che", "农用 nong yong"} <= set(rows)
    assert not any("abc" in row for row in rows)


def test_the_same_texts_give_the_same_dictionary() -> None:
    assert dictionary([TEXT], ["医保"]) == dictionary([TEXT], ["医保"])


def test_the_sounds_follow_the_word_and_not_the_character(held: dict[str, list[str]]) -> None:
    assert held["重庆"] == ["chong", "qing"] and held["银行"] == ["yin", "hang"]


@pytest.mark.parametrize("word", sorted({word for _, word in PHRASES if len(word) <= 4}))
def test_the_words_that_people_type_are_held(held: dict[str, list[str]], word: str) -> None:
    assert len(held[word]) == len(word)


def test_it_is_light_enough_to_be_kept(held: dict[str, list[str]]) -> None:
    assert len(gzip.compress(our_dictionary().encode())) <= LIMIT
    assert len(held) > 1500
