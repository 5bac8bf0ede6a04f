"""Whose affairs a question is about: ours, or those of another place where somebody of ours may be."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.places import Places, level_asked, load_places
from knowledge.settings import PACKAGE
from knowledge.town import load_town
from tests.builders import a_town

TOWN = load_town(PACKAGE / "town.toml")
PLACES = load_places(PACKAGE / "lexicon" / "places.yaml", TOWN)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("四川农村低保一个月多少", "四川"),
        ("浙江的养老金涨了没得", "浙江"),
        ("杭州市居民医保交多少", "杭州"),
        ("福建那边五保户发好多", "福建"),
        ("我在昆明,昆明那边的低保是多少", "昆明"),
        ("我堂妹嫁到安徽,他们那里高龄津贴给好多", "安徽"),
        ("垫江县普法搞了几次", "垫江"),
        ("汝溪镇去年普法几场", "汝溪镇"),
        ("忠县汝溪镇去年普法几场", "汝溪镇"),
        ("白云镇的院坝会开了几次", "白云镇"),
        ("四穿低保一个月多少", "四川"),
    ],
)
def test_affairs_of_another_place(text: str, place: str) -> None:
    assert PLACES.outside(text) == place


@pytest.mark.parametrize(
    "text",
    [
        "农村低保一个月多少",
        "黄金镇去年普法几场",
        "我在浙江打工看病能不能报",
        "去福建带孙娃,住院先垫钱怎么报",
        "户口迁到四川,医保怎么转",
        "我老婆是贵州人,户口迁过来了能办低保不",
        "四川户口的人在忠县能不能参保",
        "上海打工交的社保转得回来不",
        "成都华西医院住院报多少",
        "去年镇政府审了几份合同",
        "镇里和村里各管啥子",
        "孙子有没有义务养爷爷",
        "养老金基础部分有多少",
    ],
)
def test_our_own_affairs_wherever_somebody_is(text: str) -> None:
    assert PLACES.outside(text) is None


def test_without_a_file_only_the_name_of_a_township_tells(tmp_path: Path) -> None:
    places = load_places(tmp_path / "none.yaml", a_town())
    assert places.names == ()
    assert places.outside("白云镇的补助多少") == "白云镇"
    assert places.outside("青石镇的补助多少") is None


def test_the_town_is_never_another_place() -> None:
    every = {word for level in TOWN.levels for word in level.words}
    assert not every & {name for name, _ in PLACES.names}


def test_a_place_is_listed_once() -> None:
    names = [name for name, _ in PLACES.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("text", "code"), [("低保多少", None), ("忠县低保多少", "500233"), ("忠县黄金镇普法几场", "town"), ("重庆养老金", "50")]
)
def test_the_lowest_of_our_own_levels_that_is_named(text: str, code: str | None) -> None:
    assert level_asked(text, TOWN.levels) == code


def test_places_hold_no_word_twice_in_their_helpers() -> None:
    for words in (PLACES.before, PLACES.away, PLACES.there, PLACES.matters):
        assert len(words) == len(set(words)) > 0


def test_a_stranger_town_reads_the_same_lists() -> None:
    places: Places = load_places(PACKAGE / "lexicon" / "places.yaml", a_town())
    assert places.outside("四川低保多少") == "四川"
