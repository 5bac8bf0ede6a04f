"""The product's own list of stages: its order, and what it still does when index and database are gone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.pipeline import Pipeline
from bot.ports import StoreUnavailable
from bot.types import Answer, AnswerStatus, BlockKind, Channel, Finished, Question
from bot.wiring import build_assistant
from knowledge.settings import Settings
from knowledge.town import load_town
from tests.builders import BrokenLibrary

ON = date(2026, 11, 22)
ORDER = ["notice_danger", "check_input", "rewrite", "route", "retrieve", "compose"]
NOW = datetime(2026, 11, 22, tzinfo=UTC)


class BrokenStore:
    """Raises at every touch."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def __getattr__(self, name: str) -> Any:
        raise self.error


@pytest.fixture(scope="module", params=[StoreUnavailable(), OSError("disk gone")], ids=["unavailable", "raises"])
def bare(request: pytest.FixtureRequest) -> Pipeline:
    """The real wiring over a library and a store that raise."""
    held = Settings(_env_file=None)  # type: ignore[call-arg]
    library = BrokenLibrary()
    library.town = load_town(held.town_file)  # type: ignore[misc]
    return build_assistant(held, cast(Any, library), cast(Any, BrokenStore(request.param)), lambda: NOW)


def ask(assistant: Pipeline, text: str) -> Answer:
    return assistant.answer(Question(text, ON, Channel.PHONE))


def test_the_stages_stand_in_the_decided_order(bare: Pipeline) -> None:
    assert [name for name in bare.stages if name in ORDER] == ORDER
    assert list(bare.stages)[:2] == ["notice_danger", "check_input"], "nothing goes before those that protect"
    assert list(bare.judges) == ["verify", "check_output"]


DANGERS = {
    "我男人又在打我": "110",
    "有人拿刀追我": "110",
    "娃儿喝了农药": "120",
    "老汉晕倒了喊不答应": "120",
}


@pytest.mark.parametrize("text", DANGERS)
def test_someone_in_danger_gets_the_number_first_whatever_is_down(bare: Pipeline, text: str) -> None:
    answer = ask(bare, text)
    assert answer.contacts[0].phone == DANGERS[text]
    assert answer.blocks[0].kind is BlockKind.DANGER
    assert answer.text.startswith(answer.blocks[0].text)


def test_an_ordinary_question_ends_in_a_sentence_and_a_phone(bare: Pipeline) -> None:
    answer = ask(bare, "农村低保一个月好多钱")
    assert answer.status is AnswerStatus.ERROR
    assert "disk gone" not in answer.text and "library gone" not in answer.text
    assert {"12345"} <= {contact.phone for contact in answer.contacts}


@pytest.mark.parametrize("text", ["", "   ", "？？。", "\u200b\u200b"])
def test_nothing_written_is_told_so(bare: Pipeline, text: str) -> None:
    assert_ending(ask(bare, text), AnswerStatus.EMPTY)


def test_too_much_is_told_so(bare: Pipeline) -> None:
    assert_ending(ask(bare, "好" * 301), AnswerStatus.TOO_LONG)


def assert_ending(answer: Answer, status: AnswerStatus) -> None:
    """A broken store that is no `StoreUnavailable` may end everything in `error`, but never in an exception."""
    assert answer.status in (status, AnswerStatus.ERROR)
    assert answer.sentence


def test_without_a_store_the_protective_stages_still_decide() -> None:
    held = Settings(_env_file=None)  # type: ignore[call-arg]
    library = BrokenLibrary()
    library.town = load_town(held.town_file)  # type: ignore[misc]
    assistant = build_assistant(
        held, cast(Any, library), cast(Any, BrokenStore(StoreUnavailable())), lambda: NOW
    )
    assert ask(assistant, "？").status is AnswerStatus.EMPTY
    assert ask(assistant, "好" * 301).status is AnswerStatus.TOO_LONG
    assert ask(assistant, "谢谢").status is AnswerStatus.GREETING
    assert ask(assistant, "帮我编个假收入证明骗低保").status in (AnswerStatus.DECLINED, AnswerStatus.NEEDS_PERSON)


def test_a_typed_number_is_hidden_even_in_the_answer_about_a_fault(bare: Pipeline) -> None:
    answer = ask(bare, "我的身份证是510222196001011234，低保啷个办")
    assert "510222196001011234" not in repr(answer)
    assert answer.masked


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=320))
def test_no_input_raises(bare: Pipeline, text: str) -> None:
    last = list(bare.ask(Question(text, ON, Channel.PHONE)))[-1]
    assert isinstance(last, Finished)
    answer = last.answer
    assert answer.text and answer.answer_id and answer.conversation_id
