"""Things that are known not to be held: said at once, and never said of what is held."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.content import load_content
from knowledge.homophones import Spoken
from knowledge.normalise import normalise
from knowledge.not_held import NotHeld, load_not_held, named
from knowledge.settings import PACKAGE
from knowledge.town import load_town

ROWS = load_not_held(PACKAGE / "lexicon" / "not_held.yaml")
TOWN = load_town(PACKAGE / "town.toml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("公积金能取出来还房贷不", "住房公积金"),
        ("公鸡金怎么取", "住房公积金"),
        ("娃儿的护照在哪里办", "出入境证件"),
        ("后天落不落雨", "天气"),
        ("全县好多人在吃低保", "有多少人享受这些"),
    ],
)
def test_what_is_not_held_is_named(text: str, what: str) -> None:
    found = named(text, ROWS)
    assert found is not None
    assert found.what == what


@pytest.mark.parametrize(
    "text",
    [
        "我妈72岁在吃低保，上了年纪另外加好多钱",
        "公家派的那个律师收不收钱",
        "在外头交了十年，退休到哪边领",
        "抖音上说合作医疗只要八十块，哄人的吧",
    ],
)
def test_what_only_sounds_like_it_is_not_named(text: str) -> None:
    assert named(normalise(text), ROWS) is None


def test_nothing_we_hold_is_called_missing() -> None:
    """Every question that an entry answers passes: its own wording, its examples, what else is asked."""
    entries = load_content(PACKAGE, TOWN).context.entries.values()
    asked = {question: entry.id for _, _, entry in entries for question in (entry.question, *entry.examples, *entry.also_asked)}
    wrong = {question: (entry, found.what) for question, entry in asked.items() if (found := named(normalise(question), ROWS))}
    assert len(asked) > 1000
    assert not wrong


def test_a_row_may_need_several_words_and_may_be_called_off() -> None:
    row = NotHeld(("军人+退休",), "军人退休", "12333", but=("骗",))
    assert row.names(Spoken("军人几岁退休"))
    assert not row.names(Spoken("军人几岁"))
    assert not row.names(Spoken("骗军人退休金"))


def test_a_row_yields_to_an_entry_that_speaks_of_it() -> None:
    rows = [NotHeld(("装修",), "装修", "12345"), NotHeld(("多少人+低保",), "人数", "12345")]
    assert named("隔壁装修太吵", rows, lambda: "邻居半夜装修太吵，能不能管") is None
    assert named("隔壁装修太吵", rows, lambda: "邻居太吵，能不能管") is rows[0]
    assert named("多少人在吃低保", rows, lambda: "哪些人能吃低保") is rows[1]
    assert named("多少人在吃低保", rows, lambda: "全镇多少人吃低保") is None


def test_only_long_words_are_heard_by_their_sound() -> None:
    assert NotHeld(("公积金",), "", "").names(Spoken("公鸡金"))
    assert not NotHeld(("轮椅",), "", "").names(Spoken("一家轮一年"))


def test_every_phone_is_one_of_ours_or_none() -> None:
    assert {row.ask for row in ROWS} <= {*TOWN.hotlines, ""}


def test_there_are_none_without_a_file(tmp_path: Path) -> None:
    assert load_not_held(tmp_path / "none.yaml") == ()
