"""What earlier turns leave for the next one, and what they do not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.conversation import REACH, Lean, Thread, load_follow_ups, thread_of, without_replaced
from bot.stages.rewrite import load_part_words, rewrite
from bot.types import AnswerStatus, Inquiry, Part, Question, Turn
from knowledge.places import Places
from knowledge.types import Period
from tests.builders import ON

LEXICON = Path(__file__).resolve().parents[2] / "knowledge" / "lexicon"
FOLLOW_UPS, PART_WORDS = load_follow_ups(LEXICON), load_part_words(LEXICON)
PLACES = Places((("某市", "other"),), {"local": (), "county": (), "other": ()}, (), (), (), ())


def a_turn(text: str, status: AnswerStatus = AnswerStatus.ANSWERED, **more: object) -> Turn:
    return Turn(text=text, standalone=text, status=status, **more)  # type: ignore[arg-type]


def rewritten(*turns: str | Turn) -> Part:
    *before, last = turns
    history = tuple(turn if isinstance(turn, Turn) else a_turn(turn) for turn in before)
    assert isinstance(last, str)
    inquiry = Inquiry(Question(last, ON), history=history)
    return rewrite(inquiry, follow_ups=FOLLOW_UPS, places=PLACES, part_words=PART_WORDS).parts[0]


@pytest.mark.parametrize("text", ["那要带啥子？", "他是残疾人呢？", "那我老汉喃？", "要好久？", "行不行？"])
def test_a_follow_up_takes_the_earlier_words_along(text: str) -> None:
    part = rewritten("低保在哪里办？", text)
    assert part.standalone.startswith("低保在哪里办?，")
    assert part.standalone.endswith(part.typed)


def test_what_was_only_told_is_the_background_of_what_is_asked() -> None:
    part = rewritten("我在外省打工", "租的房子烧了", "临时救助去哪边申请？")
    assert part.standalone == "我在外省打工，租的房子烧了，临时救助去哪边申请?"


@pytest.mark.parametrize("text", ["居民养老几岁开始领钱？", "借条上没写利息怎么办？", "离婚冷静期几天？"])
def test_a_new_thing_carries_nothing_over(text: str) -> None:
    part = rewritten("低保去哪里办？", "要带什么？", text)
    assert (part.standalone, part.context, part.carried) == (part.typed, "", None)


def test_a_whole_question_on_the_same_thing_has_the_thread_only_at_hand() -> None:
    part = rewritten("低保去哪里办？", "低保一个月能领多少钱？")
    assert part.standalone == part.typed
    assert part.context == "低保去哪里办?"


def test_another_benefit_in_a_short_question_takes_the_place_of_the_first() -> None:
    assert rewritten("低保一个月多少钱？", "那五保呢？").standalone == "一个月多少钱?，那五保呢?"


def test_what_is_said_now_replaces_what_was_said_of_the_same_kind() -> None:
    assert "一档" not in rewritten("一档住院报多少？", "那二档呢？").standalone
    assert "城市" not in rewritten("城市低保多少？", "那我是农村的呢？").standalone
    assert without_replaced("城市的低保", "低保要什么条件") == "城市的低保"


def test_later_turns_replace_earlier_ones_too() -> None:
    part = rewritten("一档三级医院报多少？", "我是二档", "报多少？")
    assert "二档" in part.standalone and "一档" not in part.standalone


def test_the_time_asked_about_stays_until_another_is_named() -> None:
    year = Period(date(2024, 1, 1), date(2025, 1, 1))
    before = a_turn("2024年的低保多少？", figures_about=year)
    assert rewritten(before, "那城里的呢？").about == year
    assert rewritten(before, "那2025年的呢？").about == Period(date(2025, 1, 1), date(2026, 1, 1))


def test_now_ends_the_time_that_was_talked_about() -> None:
    year = Period(date(2020, 1, 1), date(2021, 1, 1))
    part = rewritten(a_turn("2020年的低保多少？", figures_about=year), "现在呢？")
    assert (part.about, part.about_said) == (Period.of_day(ON), False)
    assert part.standalone == "的低保多少?，现在呢?"


def test_another_place_stays_for_a_follow_up_and_leaves_with_the_topic() -> None:
    assert rewritten("某市的低保多少？", "那要带什么？").place == "某市"
    assert rewritten("某市的低保多少？", "居民养老几岁开始领钱？").place is None


@pytest.mark.parametrize(
    "status",
    [AnswerStatus.GREETING, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.DECLINED, AnswerStatus.WITHHELD],
)
def test_small_talk_and_what_must_not_be_remembered_leave_nothing(status: AnswerStatus) -> None:
    assert thread_of([a_turn("低保怎么弄", status)], FOLLOW_UPS) == Thread()


def test_a_thread_reaches_only_so_far() -> None:
    turns = [a_turn(f"我家有第{number}件事") for number in range(REACH + 3)]
    assert len(thread_of(turns, FOLLOW_UPS).texts) == REACH


def test_nothing_leans_on_an_empty_conversation() -> None:
    assert FOLLOW_UPS.lean("那要带啥子?", Thread()) is Lean.NO


def test_an_answer_to_a_question_back_always_belongs_to_it() -> None:
    waiting = a_turn("我几时退休", AnswerStatus.ASK_BACK, pending="我几时退休", choices=("男职工",))
    assert rewritten(waiting, "医保1970年").standalone.endswith("，医保1970年")


def test_who_does_not_know_keeps_the_question_as_it_was() -> None:
    waiting = a_turn("我几时退休", AnswerStatus.ASK_BACK, pending="我几时退休", choices=("男职工",))
    assert rewritten(waiting, "不清楚").standalone == "我几时退休"
