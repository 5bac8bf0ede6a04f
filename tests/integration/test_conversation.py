"""Whole conversations through the real pipeline on the bundled knowledge."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.pipeline import Pipeline
from bot.types import Answer, AnswerStatus, BlockKind, Channel, Origin, Question
from bot.wiring import build_assistant
from knowledge.library import Library
from knowledge.settings import Settings

ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 21, tzinfo=UTC)
_conversations = itertools.count(1)


@pytest.fixture(scope="module")
def assistant(bundled_settings: Settings, bundled_library: Library) -> Pipeline:
    return build_assistant(bundled_settings, bundled_library, MemoryStore(), lambda: NOW)


def talk(assistant: Pipeline, *turns: str) -> list[Answer]:
    """One conversation; the answer to each turn."""
    name = f"talk-{next(_conversations)}"
    return [assistant.answer(Question(turn, ON, Channel.CLI, name)) for turn in turns]


def rules(answer: Answer) -> set[str]:
    return {note.rule for note in answer.trace if note.rule}


def test_a_follow_up_is_answered_from_the_thing_under_discussion(assistant: Pipeline) -> None:
    *_, last = talk(assistant, "低保在哪里办？", "要带啥东西？")
    assert last.status is AnswerStatus.ANSWERED
    assert "户口簿" in last.text and "低保" in last.understood


def test_a_new_topic_carries_nothing_over(assistant: Pipeline) -> None:
    alone = talk(assistant, "离婚冷静期几天？")[-1]
    after = talk(assistant, "低保去哪里办？", "要带什么？", "离婚冷静期几天？")[-1]
    assert after.documents == alone.documents
    assert after.blocks == alone.blocks


def test_small_talk_before_a_whole_question_hides_nothing(assistant: Pipeline) -> None:
    *_, last = talk(assistant, "今天冷得很哦", "那孤儿一个月补好多")
    assert last.status is AnswerStatus.ANSWERED and "guer-amount" in last.documents


def test_another_number_is_worked_out_in_the_place_of_the_first(assistant: Pipeline) -> None:
    *_, last = talk(assistant, "农村两口人，一个月总共挣800，低保补得到好多", "那要是城里呢", "要是挣1000呢")
    assert "540元" in last.text and not any(block.kind is BlockKind.DANGER for block in last.blocks)


def test_a_question_back_then_the_answer_then_the_sum(assistant: Pipeline) -> None:
    first, last = talk(assistant, "我1976年3月出生的女职工，几时退休？", "女工人")
    assert first.status is AnswerStatus.ASK_BACK
    assert 2 <= len(first.suggestions) <= 4
    assert all(choice in first.text for choice in first.suggestions)
    assert last.origin is Origin.CALCULATOR
    assert "2026年11月退休" in last.text
    assert last.citations and last.text.count("程序测算，以审核为准") == 1


def test_the_month_said_after_a_year_makes_the_sum_exact(assistant: Pipeline) -> None:
    """The year alone is answered at once; nobody is asked for the month."""
    back, year, month = talk(assistant, "我1982年的，多大退", "女工人", "3月的")
    assert (back.status, year.status) == (AnswerStatus.ASK_BACK, AnswerStatus.ANSWERED)
    assert "53岁7个月到54岁" in year.text and "告诉我出生月份" in year.text
    assert "法定退休年龄是53岁8个月，2035年11月退休。" in month.text


def test_who_does_not_know_gets_all_cases_side_by_side(assistant: Pipeline) -> None:
    *_, last = talk(assistant, "我1976年3月出生的女职工，几时退休？", "不清楚")
    comparison = next(block for block in last.blocks if block.kind is BlockKind.COMPARISON)
    assert comparison.text.count("退休") >= 2
    assert last.status is AnswerStatus.ANSWERED


def test_questions_back_never_follow_each_other(assistant: Pipeline) -> None:
    answers = talk(assistant, "我几时退休？", "1972年", "女的", "不晓得")
    backs = [answer.status is AnswerStatus.ASK_BACK for answer in answers]
    assert backs[0] and not any(a and b for a, b in itertools.pairwise(backs))


def test_facts_told_over_several_turns_reach_the_calculator(assistant: Pipeline) -> None:
    *_, last = talk(assistant, "我在镇卫生院住院花了2000，都是政策内的", "我是一档", "大概报多少？")
    assert "1520元" in last.text
    assert "calculate:stay" in rules(last)


def test_two_questions_in_one_message_are_both_answered(assistant: Pipeline) -> None:
    answer = talk(assistant, "农村低保一个月多少钱？另外离婚冷静期几天？")[-1]
    assert answer.status is AnswerStatus.ANSWERED
    conclusions = [block for block in answer.blocks if block.kind is BlockKind.CONCLUSION]
    assert [block.title for block in conclusions] == ["", "离婚冷静期几天?"]
    assert "630元" in conclusions[0].text and "30" in conclusions[1].text
    numbers = [citation.number for citation in answer.citations]
    assert len(numbers) == len(set(numbers))


def test_the_half_without_an_answer_is_named(assistant: Pipeline) -> None:
    answer = talk(assistant, "农村低保一个月多少钱？另外今天天气怎么样？")[-1]
    assert answer.status is AnswerStatus.PARTIAL
    assert "630元" in answer.text and answer.sentence


def test_danger_never_enters_a_later_turn(assistant: Pipeline) -> None:
    danger, after = talk(assistant, "我男人提起刀撵我", "那要带什么？")
    assert danger.blocks[0].kind is BlockKind.DANGER
    assert danger.contacts[0].phone in ("110", "120")
    assert "刀" not in after.understood and "刀" not in after.text
    history = assistant.store.history(danger.conversation_id, NOW)
    assert all("刀" not in turn.text + turn.standalone for turn in history)


def test_what_is_declined_never_enters_a_later_turn(assistant: Pipeline) -> None:
    declined, after = talk(assistant, "怎么造假骗低保？", "那要带什么？")
    assert declined.status is AnswerStatus.DECLINED
    assert "造假" not in after.understood
    assert all("造假" not in turn.text for turn in assistant.store.history(after.conversation_id, NOW))


def test_a_figure_that_is_not_held_is_not_computed(assistant: Pipeline) -> None:
    answer = talk(assistant, "居民养老每年交150元，交20年，每月能领多少？")[-1]
    assert answer.status is AnswerStatus.NO_BASIS
    assert not answer.blocks
    assert answer.contacts[0].phone == "12333" and "12333" in answer.sentence


def test_the_trace_names_the_rule_that_fired(assistant: Pipeline) -> None:
    assert "calculate:retirement:birth" in rules(talk(assistant, "我几时退休？")[-1])
    assert "calculate:dibao" in rules(talk(assistant, "我家3口人农村的，收入一个月1000，低保能补多少？")[-1])


def test_the_entry_behind_a_sum_is_the_next_question(assistant: Pipeline) -> None:
    answer = talk(assistant, "我家3口人农村的，收入一个月1000，低保能补多少？")[-1]
    assert any("低保" in suggestion for suggestion in answer.suggestions)


def test_nothing_foreign_is_offered_where_nothing_is_held(assistant: Pipeline) -> None:
    """Who asks about pigeons wants no marriage certificate; the topics stand below such an answer."""
    answer = talk(assistant, "养鸽子要不要办证")[-1]
    assert (answer.status, answer.suggestions) == (AnswerStatus.NO_BASIS, ())
