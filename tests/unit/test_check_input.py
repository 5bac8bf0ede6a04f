"""The question is cleaned and masked; nothing and too much end here."""

from __future__ import annotations

from datetime import date

import pytest

from bot.masking import MASKED
from bot.stages.check_input import MAX_CHARS, check_input
from bot.types import AnswerStatus, Inquiry, Question


def an_inquiry(text: str) -> Inquiry:
    return Inquiry(Question(text, date(2026, 11, 22)))


def test_a_plain_question_goes_on_as_it_is() -> None:
    inquiry = an_inquiry("我妈60了，低保怎么办？")
    assert check_input(inquiry) == inquiry


def test_personal_numbers_are_hidden() -> None:
    checked = check_input(an_inquiry("我电话13812345678，低保怎么办"))
    assert checked.question.text == f"我电话{MASKED}，低保怎么办"
    assert checked.masked
    assert checked.status is None


def test_a_number_spread_by_hidden_characters_is_hidden_too() -> None:
    checked = check_input(an_inquiry("1\u200b3812\u200c345678"))
    assert (checked.question.text, checked.masked) == (MASKED, True)


@pytest.mark.parametrize(
    "text", ["", "  ", "\u200b\u200b", "？？！", "\n\t", "。。。", "\U000e0041\U000e0042"]
)
def test_nothing_asked(text: str) -> None:
    assert check_input(an_inquiry(text)).status is AnswerStatus.EMPTY


@pytest.mark.parametrize(
    ("length", "status"), [(1, None), (MAX_CHARS, None), (MAX_CHARS + 1, AnswerStatus.TOO_LONG)]
)
def test_length(length: int, status: AnswerStatus | None) -> None:
    assert check_input(an_inquiry("问" * length)).status is status


def test_hidden_characters_and_spaces_at_the_ends_do_not_count() -> None:
    assert check_input(an_inquiry(" \u200b" * 50 + "问" * MAX_CHARS + "  ")).status is None
