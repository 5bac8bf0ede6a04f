"""What a question is about: the time and place it names, the part it asks for, and what it takes along."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.stages.rewrite import load_follow_ups, load_part_words, rewrite, spell_years
from bot.types import AnswerStatus, Part, Turn
from knowledge.normalise import normalise
from knowledge.places import load_places
from knowledge.settings import PACKAGE
from knowledge.town import load_town
from knowledge.types import PartKind, Period
from tests.builders import ON, an_inquiry

LEXICON = PACKAGE / "lexicon"
FOLLOW_UPS = load_follow_ups(LEXICON)
PLACES = load_places(LEXICON / "places.yaml", load_town(PACKAGE / "town.toml"))
PART_WORDS = load_part_words(LEXICON)


def rewritten(text: str, *before: str) -> Part:
    turns = tuple(Turn(said, said, AnswerStatus.ANSWERED, document_id="d") for said in before)
    inquiry = an_inquiry(Part(normalise(text)), text=text, history=turns)
    return rewrite(inquiry, follow_ups=FOLLOW_UPS, places=PLACES, part_words=PART_WORDS).parts[0]


def test_a_question_by_itself_stands_as_it_was_typed() -> None:
    part = rewritten("低保啷个办")
    assert part.typed == part.standalone
    assert (part.standalone, part.carried, part.about_said, part.place) == ("低保啷个办", None, False, None)
    assert part.about == Period.of_day(ON)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("去年普法几场", Period.of_year(2025)),
        ("2024年低保多少", Period.of_year(2024)),
        ("2024年9月低保多少", Period(date(2024, 9, 1), date(2024, 10, 1))),
    ],
)
def test_the_time_that_is_named(text: str, period: Period) -> None:
    part = rewritten(text)
    assert (part.about, part.about_said) == (period, True)


def test_the_place_that_is_named() -> None:
    assert rewritten("四川农村低保多少").place == "四川"
    assert rewritten("我在四川打工看病能不能报").place is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("要带什么", PartKind.MATERIALS),
        ("好久办得下来", PartKind.DURATION),
        ("走到哪里办", PartKind.WHERE),
        ("一个月好多钱", PartKind.AMOUNT),
        ("啷个办", PartKind.STEPS),
        ("嗯", None),
    ],
)
def test_the_part_that_is_asked_for(text: str, kind: PartKind | None) -> None:
    assert rewritten(text).wanted is kind


def test_an_elliptic_question_takes_the_words_before_it_along() -> None:
    assert "五保" in rewritten("那要带啥？", "五保怎么申请？").standalone


def test_a_follow_up_keeps_the_time_and_place_before_it() -> None:
    assert rewritten("那城里的呢？", "四川农村低保多少？").place == "四川"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("零八年那阵", "2008年那阵"),
        ("一六年交好多", "2016年交好多"),
        ("九八年退休", "1998年退休"),
        ("一二年", "一二年"),
        ("八九年了", "八九年了"),
        ("一五年以内", "一五年以内"),
        ("交了十五年", "交了十五年"),
    ],
)
def test_years_said_in_two_digits_are_spelt_out(text: str, spelt: str) -> None:
    assert spell_years(text) == spelt


def test_a_new_subject_takes_nothing_along() -> None:
    part = rewritten("养老保险没交满15年咋办？", "五保怎么申请？")
    assert "五保" not in part.standalone
    assert part.carried is None


def test_without_files_nothing_is_read_into_a_question(tmp_path: Path) -> None:
    assert load_part_words(tmp_path) == {}
    assert load_follow_ups(tmp_path).starts == ()
