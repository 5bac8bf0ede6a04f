"""Numbers in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numerals import to_chinese, to_decimal, to_int


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("一百二十", "120"),
        ("两千", "2000"),
        ("一万八", "18000"),
        ("一百五", "150"),
        ("一百零五", "105"),
        ("三万五千", "35000"),
        ("一万零五", "10005"),
        ("十", "10"),
        ("二十", "20"),
        ("十二万", "120000"),
        ("一亿二千万", "120000000"),
        ("二零二四", "2024"),
        ("二〇二四", "2024"),
        ("壹佰贰拾", "120"),
        ("1.8万", "18000"),
        ("1万8", "18000"),
        ("3千", "3000"),
        ("8", "8"),
        ("1,200", "1200"),
        ("12.5", "12.5"),
        ("百分之五", "0.05"),
        ("百分之十二点五", "0.125"),
        ("三点一四", "3.14"),
        ("三点", None),
        ("万分之五", "0.0005"),
        ("千分之二", "0.002"),
        ("半", "0.5"),
        ("十五年半", "15.5"),
        ("15年半", "15.5"),
        ("两个月半", "2.5"),
        ("岁", None),
        ("", None),
        ("一二十", None),
        ("低保", None),
    ],
)
def test_to_decimal(words: str, value: str | None) -> None:
    assert to_decimal(words) == (None if value is None else Decimal(value))


def test_fractions() -> None:
    assert to_decimal("三分之二") == Decimal(2) / 3
    assert to_decimal("四分之一") == Decimal("0.25")


def test_to_int_refuses_parts() -> None:
    assert to_int("十二") == 12
    assert to_int("半") is None


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (133, "一百三十三"),
     (1010, "一千零一十"), (10005, "一万零五"), (100000, "十万"), (1200300, "一百二十万零三百")],
)  # fmt: skip
def test_to_chinese(number: int, words: str) -> None:
    assert to_chinese(number) == words


@pytest.mark.parametrize("number", [-1, 100_000_000])
def test_to_chinese_knows_its_bounds(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_chinese(number)


@given(st.integers(0, 99_999_999))
def test_there_and_back(number: int) -> None:
    assert to_int(to_chinese(number)) == number
