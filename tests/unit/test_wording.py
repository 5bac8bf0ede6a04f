"""Every sentence a villager can be shown exists, fills, and keeps to the words that are decided."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.types import AnswerStatus, BlockKind, Origin
from bot.wording import FILE, Wording, WordingError, load_wording
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import Level, Town

NUMBERS = {"limit": 300, "seconds": 30, "position": 3}


@pytest.fixture(scope="module")
def town() -> Town:
    return load_town(Settings(_env_file=None).town_file)  # type: ignore[call-arg]


@pytest.fixture(scope="module")
def wording(town: Town) -> Wording:
    return load_wording(town)


@pytest.mark.parametrize("status", AnswerStatus)
def test_every_status_has_a_sentence_a_title_and_a_tone(wording: Wording, status: AnswerStatus) -> None:
    assert wording.sentence(status, **NUMBERS)[-1] in "。！？…"
    assert wording.title(status)
    assert wording.tone(status) in ("plain", "warn")


@pytest.mark.parametrize("kind", BlockKind)
def test_every_kind_of_block_has_a_heading_or_says_it_has_none(wording: Wording, kind: BlockKind) -> None:
    without = {BlockKind.DANGER, BlockKind.CONCLUSION, BlockKind.CHOICES}
    assert bool(wording.heading(kind)) is (kind not in without)


def test_chips_and_closings_are_the_ones_decided(wording: Wording) -> None:
    assert [wording.chip(origin) for origin in Origin] == ["程序摘录", "工作人员编写", "程序测算", "AI生成"]
    assert "由人工智能（AI）生成" in wording.closing(Origin.MODEL)
    for origin in (Origin.EXTRACT, Origin.CALCULATOR, Origin.STAFF):
        assert wording.closing(origin).startswith("本回答由程序从政策资料中摘录")


def test_the_label_beside_the_composer_says_whether_a_model_is_on(wording: Wording) -> None:
    assert wording.beside_composer(True) == "内容由人工智能（AI）生成"
    assert wording.beside_composer(False) == "智能检索，内容摘自政策资料"


def test_sentences_name_the_offices_and_numbers_of_the_town(wording: Wording) -> None:
    assert wording.sentence(AnswerStatus.DECLINED) == (
        "这个我不能帮。要按实情办，可以问镇便民服务中心，或者打12345。"
    )
    assert wording.sentence(AnswerStatus.PARTIAL, "named", missing="补发") == (
        "这一部分我没查到依据：补发。这个要问镇便民服务中心，或者打12345。"
    )


def test_what_the_place_of_use_gives_wins(wording: Wording) -> None:
    assert "打12393问" in wording.sentence(AnswerStatus.WITHHELD, phone="12393")


def test_an_unknown_variant_gives_the_plain_sentence(wording: Wording) -> None:
    plain = wording.sentence(AnswerStatus.DECLINED)
    assert wording.sentence(AnswerStatus.DECLINED, "no-such-rule") == plain
    assert wording.sentence(AnswerStatus.DECLINED, "opinion") != plain


def test_no_basis_shows_three_ways_on(wording: Wording) -> None:
    ways = wording.ways(AnswerStatus.NO_BASIS)
    assert len(ways) == 3
    assert "12348" in ways[0] and "12345" in ways[1] and "镇司法所" in ways[2]


def test_a_way_whose_hotline_the_town_lacks_is_left_out(town: Town) -> None:
    fewer = {number: line for number, line in town.hotlines.items() if number != "12348"}
    ways = load_wording(replace(town, hotlines=fewer)).ways(AnswerStatus.NO_BASIS)
    assert len(ways) == 2 and not any("12348" in way for way in ways)


def test_another_town_gets_its_own_names(town: Town) -> None:
    other = replace(
        town, offices={}, operator="某某镇人民政府", levels=(Level("00", "国家"), Level("51", "四川"))
    )
    wording = load_wording(other)
    assert "某某镇人民政府" in wording.sentence(AnswerStatus.DECLINED)
    assert "用四川话说" in wording.words("page", "dictation")


def test_the_file_itself_names_no_town(town: Town) -> None:
    text = FILE.read_text(encoding="utf-8")
    names = [level.name for level in town.levels if level.code != "00"]
    names += [office.name for office in town.offices.values()]
    assert [name for name in names if name in text] == []


def test_a_slip_in_a_variable_fails_at_load(town: Town, tmp_path: Path) -> None:
    broken = tmp_path / "wording.yaml"
    broken.write_text(FILE.read_text(encoding="utf-8").replace("{speech}", "{speach}"), encoding="utf-8")
    with pytest.raises(WordingError) as error:
        load_wording(town, broken)
    assert error.value.variable == "speach"


def test_every_danger_names_its_first_number_in_short_sentences(wording: Wording) -> None:
    for rule in wording.sentences["danger"]:
        text = wording.danger(rule)
        assert any(number in text for number in ("110", "120", "119"))
        assert all(len(sentence) <= 25 for sentence in re.split("[。；！？]", text))


def test_every_danger_rule_has_words_of_its_own(wording: Wording) -> None:
    rules = yaml.safe_load((FILE.parents[1] / "knowledge/lexicon/danger.yaml").read_text(encoding="utf-8"))[
        "rules"
    ]
    assert len(rules) >= 5
    assert [rule["name"] for rule in rules if rule["name"] not in wording.sentences["danger"]] == []


def test_an_unknown_danger_and_a_missing_hotline_still_give_the_emergency_number(
    wording: Wording, town: Town
) -> None:
    assert "110" in wording.danger("no-such-rule")
    fewer = {number: line for number, line in town.hotlines.items() if number != "12356"}
    assert "110" in load_wording(replace(town, hotlines=fewer)).danger("suicide")
