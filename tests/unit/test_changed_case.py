"""A number said anew stands in the place of the one that it replaces; what is added is added."""

from __future__ import annotations

import pytest

from bot.calculators.changed_case import changed_case

CHANGED = [
    ("三口人,平均一个人一个月400块", "要是平均只有300呢", "三口人,平均一个人一个月300", "要是平均只有呢"),
    ("镇卫生院住院2000块,报多少", "那3000的呢", "镇卫生院住院3000,报多少", "那的呢"),
    ("三口人,一个月挣1200", "那五口人呢", "五口人,一个月挣1200", "那口人呢"),
    ("一年交400交了15年", "那交20年呢", "一年交400交了20年", "那交年呢"),
    ("账户里13900元", "要是有27800呢", "账户里27800", "要是有呢"),
]
KEPT = [
    ("农村三口人", "那一个月挣1200呢"),
    ("三口人,一个月挣1200", "我老汉还有500呢"),
    ("三口人,一个月挣1200", "那城里的呢"),
    ("2025年一档交400", "那2026年呢"),
    ("一个人一个月挣1200", "那我们两个人呢"),
]


@pytest.mark.parametrize(("context", "typed", "case", "rest"), CHANGED)
def test_the_new_number_replaces_the_old_one(context: str, typed: str, case: str, rest: str) -> None:
    assert changed_case(context, typed) == (case, rest)


@pytest.mark.parametrize(("context", "typed"), KEPT)
def test_what_is_added_or_of_another_kind_leaves_the_case(context: str, typed: str) -> None:
    assert changed_case(context, typed) == (context, typed)


def test_which_of_two_sums_is_meant_cannot_be_told() -> None:
    assert changed_case("我挣1000,老婆挣500", "要是挣800呢") is None
