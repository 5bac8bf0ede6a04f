"""Which time a question is about."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.about import about, other_calendar
from knowledge.types import Period

ON = date(2026, 11, 22)


def d(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("text", "start", "end", "words"),
    [
        ("今年低保是多少", "2026-01-01", "2027-01-01", "今年"),
        ("去年农村低保是多少", "2025-01-01", "2026-01-01", "去年"),
        ("前年呢", "2024-01-01", "2025-01-01", "前年"),
        ("大前年呢", "2023-01-01", "2024-01-01", "大前年"),
        ("明年医保交多少", "2027-01-01", "2028-01-01", "明年"),
        ("2024年的低保", "2024-01-01", "2025-01-01", "2024年"),
        ("2027年度医保", "2027-01-01", "2028-01-01", "2027年度"),
        ("二零二四年的低保", "2024-01-01", "2025-01-01", "二零二四年"),
        ("二〇二五年七月", "2025-07-01", "2025-08-01", "二〇二五年七月"),
        ("24年的标准", "2024-01-01", "2025-01-01", "24年"),
        ("24年度医保", "2024-01-01", "2025-01-01", "24年度"),
        ("24年7月的标准", "2024-07-01", "2024-08-01", "24年7月"),
        ("上个月的低保", "2026-10-01", "2026-11-01", "上个月"),
        ("这个月发了没", "2026-11-01", "2026-12-01", "这个月"),
        ("下个月起", "2026-12-01", None, "下个月起"),
        ("今年7月涨了没", "2026-07-01", "2026-08-01", "今年7月"),
        ("前年12月", "2024-12-01", "2025-01-01", "前年12月"),
        ("7月份涨了没", "2026-07-01", "2026-08-01", "7月份"),
        ("2025年7月以前", None, "2025-07-01", "2025年7月以前"),
        ("2025年7月前的数", None, "2025-07-01", "2025年7月前"),
        ("2025年7月1日起", "2025-07-01", None, "2025年7月1日起"),
        ("2024年9月到2025年6月", "2024-09-01", "2025-07-01", "2024年9月到2025年6月"),
        ("今年上半年", "2026-01-01", "2026-07-01", "今年上半年"),
        ("去年底", "2025-10-01", "2026-01-01", "去年底"),
        ("9月1号交的", "2026-09-01", "2026-09-02", "9月1号"),
        ("昨天交的", "2026-11-21", "2026-11-22", "昨天"),
    ],
)
def test_said(text: str, start: str | None, end: str | None, words: str) -> None:
    found = about(text, ON)
    assert (found.period, found.said, found.words) == (Period(d(start), d(end)), True, words)


@pytest.mark.parametrize(
    "text",
    [
        "低保怎么办",
        "缴费满15年",
        "缴了24年可以退休吗",
        "15年以上",
        "12个月",
        "1970年8月生",
        "我是1966年出生的",
        "我妈今年60了，低保怎么办",
        "明年满60岁能领吗",
        "今年六十岁",
        "2099年",
        "2025年2月30日",
        "13月",
    ],
)
def test_not_said(text: str) -> None:
    found = about(text, ON)
    assert (found.period, found.said, found.words) == (Period.of_day(ON), False, "")


def test_now_wins_over_the_year_of_an_event() -> None:
    found = about("去年离的婚，现在低保是多少", ON)
    assert (found.period, found.said, found.words) == (Period.of_day(ON), False, "现在")


@pytest.mark.parametrize(
    ("on", "start"),
    [("2026-01-15", "2025-12-01"), ("2026-12-31", "2026-11-01"), ("2024-03-01", "2024-02-01")],
)
def test_last_month_crosses_the_year(on: str, start: str) -> None:
    assert about("上个月", date.fromisoformat(on)).period.start == d(start)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("我虚岁60", ("nominal_age",)),
        ("我是属牛的", ("zodiac",)),
        ("属龙，农历八月生", ("zodiac", "lunar")),
        ("冬月初八生", ("lunar",)),
        ("腊月办的", ("lunar",)),
        ("八月十五号", ()),
        ("这属于哪个管", ()),
        ("属地管理", ()),
        ("娃儿读初三", ()),
        ("今年60周岁", ()),
    ],
)
def test_other_calendar(text: str, kinds: tuple[str, ...]) -> None:
    assert other_calendar(text) == kinds
