"""What a question asks for, and whether an entry has any of it."""

from __future__ import annotations

import pytest

from knowledge.asked import MONEY, NAME, NOTHING, QUANTITY, kinds_of_text, load_asked
from knowledge.normalise import normalise
from knowledge.settings import PACKAGE

ASKED = load_asked(PACKAGE / "lexicon")


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("低保一个月给好多", {MONEY, QUANTITY}),
        ("公租房租金是好多", {MONEY, QUANTITY}),
        ("全镇有几户五保", {QUANTITY}),
        ("管低保的干部叫什么名字", {NAME}),
        ("低保要带哪些材料", set()),
    ],
)
def test_the_wording_tells_what_is_asked_for(text: str, kinds: set[str]) -> None:
    assert ASKED.kinds(normalise(text)) == kinds


def test_a_sum_is_lacking_only_where_none_is_given_or_spoken_of() -> None:
    money = frozenset({MONEY, QUANTITY})
    assert ASKED.lacks(money, frozenset(), "可以申请住房救助")[:2] == (1.0, 1.0)
    assert ASKED.lacks(money, frozenset({"money"}), "每月630元")[:2] == (0.0, 0.0)
    assert ASKED.lacks(money, frozenset(), "忠县的数没查到")[0] == 0.0
    assert ASKED.lacks(frozenset(), frozenset(), "可以") == (0.0, 0.0, 0.0, 0.0)


def test_a_number_of_another_kind_is_a_number_but_no_sum() -> None:
    assert ASKED.lacks(frozenset({MONEY, QUANTITY}), frozenset({"duration"}), "20个工作日")[:2] == (1.0, 0.0)


def test_the_kinds_of_figures_in_a_text() -> None:
    assert {"money", "duration"} <= kinds_of_text("每月630元，20个工作日办完")


def test_nothing_is_asked_for_without_the_word_list() -> None:
    assert NOTHING.kinds("给好多钱") == frozenset()


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("低保涨了多少", True),
        ("农村低保没涨价那阵是好多", True),
        ("现在的低保原来是好多", True),
        ("农村低保一个月好多钱", False),
        ("现在低保涨了多少了", False),
        ("农村低保涨到好多了", False),
    ],
)
def test_a_rise_is_asked_about_or_the_sum_of_now(text: str, change: bool) -> None:
    assert ASKED.of_change(normalise(text)) is change


@pytest.mark.parametrize(
    ("text", "scheme"),
    [
        ("职工医保住院报好多", "职工"),
        ("直工一保住院能抱百分之几", "职工"),
        ("合作医疗住院报好多", "居民"),
        ("居民医保和职工医保哪个好", None),
        ("住院报好多", None),
    ],
)
def test_the_one_scheme_that_is_named(text: str, scheme: str | None) -> None:
    assert ASKED.scheme(normalise(text)) == scheme


def test_sums_of_one_scheme_are_no_other_ones() -> None:
    question, text, sums = "居民医保住院报多少？", "一档一级报80%", frozenset({"rate"})
    assert ASKED.of_another_scheme("职工", question, text, sums)
    assert not ASKED.of_another_scheme("居民", question, text, sums)
    assert not ASKED.of_another_scheme(None, question, text, sums)
    assert not ASKED.of_another_scheme("职工", question, text + "，职工的另算", sums)
    assert ASKED.of_another_scheme("职工", "门诊报多少？", "居民一级报60%", sums)
    assert not ASKED.of_another_scheme("职工", "怎么备案？", "居民也能办", frozenset())
