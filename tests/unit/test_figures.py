"""Typed figures of a text."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.figures import figures_in, plain, same_amount
from knowledge.mentions import Bound, FigureKind, Mention
from knowledge.qualifier_words import Vocabulary
from knowledge.types import Level


def short(text: str) -> list[str]:
    """Value with unit, or the key where a figure has one."""
    return [mention.key or f"{plain(mention.value)}{mention.unit}" for mention in figures_in(text)]


def one(text: str) -> Mention:
    (mention,) = figures_in(text)
    return mention


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("一百二十元", ["120元"]),
        ("120块", ["120元"]),
        ("120 元", ["120元"]),
        ("１２０元", ["120元"]),
        ("1.8万元", ["18000元"]),
        ("1万2千元", ["12000元"]),
        ("一万八千元", ["18000元"]),
        ("1,200元", ["1200元"]),
        ("1，200元", ["1", "200元"]),
        ("1.8万余人次", ["18000人次"]),
        ("百分之五", ["5%"]),
        ("5％", ["5%"]),
        ("万分之五", ["0.05%"]),
        ("三分之二以上", ["66.666667%"]),
        ("2/3", ["66.666667%"]),
        ("750/610", ["750", "610"]),
        ("七成", ["70%"]),
        ("一半", ["50%"]),
        ("5个百分点", ["5个百分点"]),
        ("满60周岁", ["60岁"]),
        ("虚岁60岁", ["60岁"]),
        ("十五年半", ["15.5年"]),
        ("半年", ["0.5年"]),
        ("上半年", []),
        ("30个工作日", ["30个工作日"]),
        ("15日内", ["15天"]),
        ("72小时", ["72小时"]),
        ("200、300、400元", ["200元", "300元", "400元"]),
        ("3至12个月", ["3个月", "12个月"]),
        ("50岁195、55岁170", ["50岁", "195", "55岁", "170"]),
        ("一、二级残疾", ["1级", "2级"]),
        ("一二级残疾", ["1级", "2级"]),
        ("4倍", ["4倍"]),
        ("第5年起", ["5第年"]),
        ("身份证复印件一份", ["1份"]),
        ("学法6次、宣讲3场", ["6次", "3场"]),
    ],
)
def test_amounts(text: str, found: list[str]) -> None:
    assert short(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2024年9月1日", ["2024-09-01"]),
        ("2024年9月", ["2024-09"]),
        ("2024年", ["2024"]),
        ("二〇二四年九月", ["2024-09"]),
        ("2024-09-01", ["2024-09-01"]),
        ("9月1日", ["--09-01"]),
        ("2021—2025年", ["2021", "2025"]),
        ("24年", ["24年"]),
        ("13月", ["13"]),
        ("9:00", ["T09:00"]),
        ("第13条", ["第13条"]),
        ("第一百三十三条之一", ["第133条之1"]),
        ("第7条第2款", ["第7条", "第2款"]),
        ("第一（四）项", ["第4项"]),
        ("民发〔2021〕57号", ["民发〔2021〕57号"]),
        ("依据民发(2021)57号", ["民发〔2021〕57号"]),
        ("公告2024年第21号", ["公告〔2024〕21号"]),
        ("打12345或者110", ["12345", "110"]),
        ("023-5423 1234", ["02354231234"]),
        ("13800138000", ["13800138000"]),
        ("120元", ["120元"]),
        ("12000元", ["12000元"]),
    ],
)
def test_named_numbers(text: str, found: list[str]) -> None:
    assert short(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "一次性告知",
        "一个窗口",
        "一家人",
        "统一办理",
        "“十四五”期间",
        "星期一到星期五",
        "第三人",
        "千万别信",
        "〔1〕",
        "1. 写申请书\n2、交材料",
        "（一）申请",
    ],
)
def test_no_figures(text: str) -> None:
    assert [f for f in short(text)] == []


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("630元", Bound.EXACT),
        ("不超过630元", Bound.DOWN),
        ("630元以下", Bound.DOWN),
        ("不满16岁", Bound.DOWN),
        ("最多报8万元", Bound.DOWN),
        ("不低于70%", Bound.UP),
        ("至少提高1000元", Bound.UP),
        ("年满60周岁", Bound.UP),
        ("2倍以上", Bound.UP),
        ("超过3个月", Bound.UP),
        ("约20万元", Bound.ABOUT),
        ("8000余份", Bound.ABOUT),
        ("最低生活保障630元", Bound.EXACT),
    ],
)
def test_bounds(text: str, bound: Bound) -> None:
    assert one(text).bound is bound


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每人每月630元", "月"),
        ("630元/月", "月"),
        ("630元/人·月", "月"),
        ("一个月630元", "月"),
        ("630元一个月", "月"),
        ("每年200元", "年"),
        ("年限额300元", "年"),
        ("每次200元", "次"),
        ("一档400元（每人每年）", "年"),
        ("630元", None),
        ("每月发；另给630元", None),
    ],
)
def test_per(text: str, per: str | None) -> None:
    assert figures_in(text)[-1].per == per


@pytest.mark.parametrize(
    ("text", "number", "qualifiers"),
    [
        ("农村低保630元，城市低保770元", 0, {"area": "农村", "benefit": "低保"}),
        ("农村低保630元，城市低保770元", 1, {"area": "城市", "benefit": "低保"}),
        ("770元是城市的，630元是农村的", 1, {"area": "农村"}),
        ("城市、农村分别是770元、630元", 0, {"area": "城市"}),
        ("城市、农村分别是770元、630元", 1, {"area": "农村"}),
        ("男满22周岁，女满20周岁", 1, {"sex": "女"}),
        ("孤儿住机构集中供养1851元，社会散居1651元", 1, {"living": "分散", "benefit": "孤儿"}),
        ("全护理300元、半护理200元", 1, {"nursing": "半护理"}),
        ("城市770元（原750元）", 1, {"area": "城市", "former": "原"}),
        ("从750元涨到770元", 0, {"former": "原"}),
        ("从750元涨到770元", 1, {}),
        ("缴200元补40元", 1, {"with_元": "200元"}),
        ("610元（2024年9月起）", 0, {"year": "2024"}),
    ],
)
def test_qualifiers(text: str, number: int, qualifiers: dict[str, str]) -> None:
    assert dict(figures_in(text)[number].qualifiers) == qualifiers


def test_qualifiers_of_a_table_in_words() -> None:
    text = "一档住院：一级医院报80%，二级医院报70%。\n二档住院：一级医院报85%，二级医院报75%。"
    rates = [m for m in figures_in(text) if m.kind is FigureKind.RATE]
    assert [(m.words("tier"), m.words("hospital"), plain(m.value)) for m in rates] == [
        ({"一档"}, {"一级"}, "80"),
        ({"一档"}, {"二级"}, "70"),
        ({"二档"}, {"一级"}, "85"),
        ({"二档"}, {"二级"}, "75"),
    ]


def test_several_words_hold_together() -> None:
    assert figures_in("一档、二档都报60%")[-1].words("tier") == {"一档", "二档"}


def test_grades_of_disability_are_no_hospitals() -> None:
    assert figures_in("二级残疾每月60元")[-1].words("hospital") == frozenset()
    assert figures_in("二级医院300元")[-1].words("hospital") == {"二级"}


def test_context_fills_only_what_the_text_leaves_open() -> None:
    assert figures_in("每月630元", context=("农村低保多少钱",))[0].words("area") == {"农村"}
    assert figures_in("城市每月770元", context=("农村低保多少钱",))[0].words("area") == {"城市"}
    assert figures_in("每月630元", context=("农村和城市低保",))[0].words("area") == frozenset()


def test_names_of_places_are_levels() -> None:
    vocabulary = Vocabulary.of([Level("50", "甲市", ("甲", "市里"))])
    found = figures_in("国家规定30个工作日，市里规定30日", vocabulary=vocabulary)
    assert [m.words("level") for m in found] == [{"国家"}, {"甲市"}]


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("一百二十元", "120块", True),
        ("1.8万元", "18000元", True),
        ("8万", "8万元", True),
        ("半年", "6个月", True),
        ("12个月", "1年", True),
        ("30天", "30日", True),
        ("30天", "30个工作日", False),
        ("三分之二", "2/3", True),
        ("第13条", "第十三条", True),
        ("60岁", "60年", False),
        ("28个", "28种", True),
        ("6次", "6场", False),
        ("630元", "630%", False),
    ],
)
def test_same_amount(left: str, right: str, same: bool) -> None:
    assert same_amount(one(left), one(right)) is same


@given(st.text(alphabet="农村城市低保每人月年630一二三十百万元%，。、：第条日号（）/.-至起内 ", max_size=60))
def test_positions_are_those_of_the_text_and_in_order(text: str) -> None:
    end = 0
    for mention in figures_in(text):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        end = mention.end


@given(st.integers(1, 9_999_999))
def test_any_sum_is_read_as_written(value: int) -> None:
    for text in (f"{value}元", f"{value:,}元", f"共{value}元。"):
        assert [m.value for m in figures_in(text)] == [Decimal(value)]
