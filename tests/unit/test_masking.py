"""Personal numbers are hidden by shape; hotlines, sums and dates stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.masking import MASKED, mask

HIDDEN = [
    "500233196601011234",
    "50023319660101123X",
    "50023319660101123ｘ",
    "500233 19660101 1234",
    "500233-19660101-1234",
    "５００２３３１９６６０１０１１２３４",
    "500233一九六六零一零一1234",
    "五零零二三三一九六六零一零一一二三四",
    "500233660101123",
    "13812345678",
    "138-1234-5678",
    "138 1234 5678",
    "138.1234.5678",
    "138_1234_5678",
    "1 3 8 1 2 3 4 5 6 7 8",
    "+86 13812345678",
    "008613812345678",
    "一三八一二三四五六七八",
    "幺三八 一二三四 五六七八",
    "壹叁捌壹贰叁肆伍陆柒捌",
    "138一二三四5678",
    "①③⑧12345678",
    "023-54231234",
    "02354231234",
    "023 5423 1234",
    "6228480402564890018",
    "6228 4804 0256 4890 018",
    "4367420012345678",
]


@pytest.mark.parametrize("number", HIDDEN)
def test_hidden_wherever_it_stands(number: str) -> None:
    assert mask(number) == (MASKED, 1)
    assert mask(f"我叫某某，{number}，低保怎么办") == (f"我叫某某，{MASKED}，低保怎么办", 1)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("电话54231234", f"电话{MASKED}"),
        ("我的微信号是：123456789", f"我的微信号是：{MASKED}"),
        ("QQ 123456789", f"QQ {MASKED}"),
        ("账号 62284804", f"账号 {MASKED}"),
    ],
)
def test_hidden_because_it_is_told_as_one(text: str, wanted: str) -> None:
    assert mask(text) == (wanted, 1)


def test_two_numbers_are_counted() -> None:
    assert mask("13812345678和500233196601011234") == (f"{MASKED}和{MASKED}", 2)
    assert mask("13812345678 13912345678") == (f"{MASKED} {MASKED}", 2)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "打12345问",
        "电话12345",
        "12348、110、96110",
        "12333 12393 12345",
        "低保630元",
        "交了400775元",
        "100000000元",
        "2025年7月1日起",
        "20250701",
        "2025-11-22 10:30",
        "2023 2024 2025 2026",
        "二零二五年七月一日",
        "1965年1月至2025年12月",
        "200、300、400、500、600、700、800",
        "民发〔2021〕57号第13条",
        "一二三四五",
        "三四千块",
        "五十万三千二百元",
        "取件号 482913",
    ],
)
def test_kept(text: str) -> None:
    assert mask(text) == (text, 0)


@given(
    st.sampled_from(HIDDEN),
    st.text(alphabet="我要办低保，。 的电话", max_size=12),
    st.text(alphabet="，。的了", max_size=6),
)
def test_nothing_of_the_number_is_left(number: str, before: str, after: str) -> None:
    hidden, count = mask(f"{before}，{number}，{after}")
    assert count == 1
    assert hidden.count(MASKED) == 1
    assert not any(c.isdigit() for c in hidden.replace(MASKED, ""))


@given(st.text(max_size=80))
def test_masking_twice_changes_nothing(text: str) -> None:
    once, _ = mask(text)
    assert mask(once) == (once, 0)
