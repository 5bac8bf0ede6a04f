"""`pufa check --style`: lengths, openings, words; each at its limit."""

from __future__ import annotations

from typing import Any

import pytest

from knowledge.problems import Problem
from knowledge.style import check_style, length_of
from tests.builders import BODY, a_context, entry_text, moment

CONCLUSION = "可以领：年满80岁、户口在本镇的老人，每月有{old-age}。〔a〕"


def style_of(body: str, **front: Any) -> list[Problem]:
    return check_style(a_context(entry_text(body=body, **front)), moment())


def with_line(line: str) -> str:
    return BODY + f"- {line}\n"


def with_conclusion(text: str) -> str:
    return BODY.replace(CONCLUSION, text)


def test_a_plain_entry_passes() -> None:
    assert style_of(BODY) == []


@pytest.mark.parametrize(("length", "faults"), [(25, 0), (26, 1)])
def test_a_sentence_has_25_characters_at_most(length: int, faults: int) -> None:
    assert len(style_of(with_line("好" * (length - 1) + "。"))) == faults


def test_each_sentence_counts_alone() -> None:
    assert style_of(with_line("好" * 20 + "。" + "好" * 20 + "；" + "好" * 20 + "。")) == []


@pytest.mark.parametrize(("length", "faults"), [(40, 0), (41, 1)])
def test_a_conclusion_has_40_characters_at_most(length: int, faults: int) -> None:
    found = style_of(with_conclusion("好" * (length - 1) + "。〔a〕"))
    assert len(found) == faults
    assert all("结论有 41 字" in fault.what for fault in found)


def test_a_conclusion_counts_with_its_figures_filled_in() -> None:
    assert style_of(with_conclusion("好" * 35 + "{old-age}。〔a〕")) == []
    assert len(style_of(with_conclusion("好" * 36 + "{old-age}。〔a〕"))) == 1


def test_titles_and_white_space_do_not_count() -> None:
    assert length_of("看《关于进一步做好某件事情的通知》 第7条") == 4
    assert style_of(with_line("好" * 20 + "《关于进一步做好某件事情的通知》。")) == []


@pytest.mark.parametrize("word", ["予以", "系指", "之规定", "依法", "上述", "拒不支付", "相关部门"])
def test_words_of_offices(word: str) -> None:
    (fault,) = style_of(with_line(f"要{word}办。"))
    assert word in fault.what


def test_words_of_offices_may_stand_in_titles() -> None:
    assert style_of(with_line("看《依法办事的规定》。")) == []


@pytest.mark.parametrize("opening", ["可以", "不可以", "要看情况", "能", "不能", "可能"])
def test_a_yes_or_no_question_is_answered_first(opening: str) -> None:
    assert style_of(with_conclusion(f"{opening}，看户口。〔a〕"), yes_no=True) == []


def test_a_yes_or_no_question_answered_late() -> None:
    (fault,) = style_of(with_conclusion("户口在本镇的可以。〔a〕"), yes_no=True)
    assert "能不能" in fault.what
    assert style_of(with_conclusion("户口在本镇的可以。〔a〕"), yes_no=False) == []


def test_the_fault_names_file_line_and_remedy() -> None:
    text = entry_text(body=with_line("好" * 30))
    (fault,) = check_style(a_context(text), moment())
    assert "好" * 30 in text.split("\n")[fault.line - 1]
    assert (fault.path, "25" in fault.remedy) == ("policies/buzhu/buzhu-who.md", True)
