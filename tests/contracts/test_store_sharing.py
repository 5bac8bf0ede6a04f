"""The port Store: questions given to the staff, and answers that were sent on."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.adapters.store import SqlStore
from bot.types import Channel, Question
from tests.contracts.databases import KINDS, database
from tests.fakes import full_answer

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
DAY = timedelta(days=1)
ANSWER = replace(full_answer(), answer_id="answer-1", conversation_id="conversation-1")


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine, "here")


def everything(engine: Engine, table: str) -> str:
    with engine.connect() as connection:
        return str(connection.execute(text(f"SELECT * FROM {table}")).fetchall())


def test_a_question_gets_a_number_and_its_reply_can_be_read_there(store: SqlStore) -> None:
    number = store.hand_over("补发怎么办", None, NOW)
    assert number is not None and number.isdecimal() and len(number) == 6
    waiting = store.handover(number, NOW)
    assert waiting is not None and waiting.reply is None
    assert store.reply(number, "到窗口补办。", NOW + DAY)
    answered = store.handover(number, NOW + DAY)
    assert answered is not None and (answered.reply, answered.replied_at) == ("到窗口补办。", NOW + DAY)


def test_the_question_of_a_stored_answer_is_given_once(store: SqlStore, engine: Engine) -> None:
    store.save(Question("问补发的事", TODAY, Channel.PHONE), ANSWER, None, NOW)
    number = store.hand_over(None, "answer-1", NOW)
    assert store.hand_over(None, "answer-1", NOW) == number
    assert everything(engine, "handovers").count("问补发的事") == 1


def test_an_unknown_answer_and_an_unknown_number_give_nothing(store: SqlStore) -> None:
    assert store.hand_over(None, "no-such-answer", NOW) is None
    assert store.handover("123456", NOW) is None
    assert not store.reply("123456", "好", NOW)


def test_after_90_days_the_words_are_gone_and_the_number_stays_taken(
    store: SqlStore, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = store.hand_over("补发怎么办", None, NOW)
    assert number is not None and store.reply(number, "到窗口补办。", NOW)
    late = NOW + 90 * DAY
    assert store.handover(number, late) is None and not store.reply(number, "再答", late)
    store.purge(late, TODAY)
    assert "补" not in everything(engine, "handovers")
    draws = iter([int(number) - 100_000, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda _: next(draws))
    assert store.hand_over("另一个", None, late) == "100007"


def test_a_shared_answer_lives_30_days_under_a_hashed_token(store: SqlStore, engine: Engine) -> None:
    token = store.share(ANSWER, "哪些人可以领补助？", NOW)
    assert len(token) >= 22 and token not in everything(engine, "shared_answers")
    found = store.shared(token, NOW + 29 * DAY)
    assert found is not None and found.answer is not None
    assert found.answer.blocks == ANSWER.blocks and found.answer.citations == ANSWER.citations
    over = store.shared(token, NOW + 30 * DAY)
    assert over is not None and (over.question, over.answer) == ("哪些人可以领补助？", None)
    assert store.shared("x" * 22, NOW) is None


def test_a_shared_answer_holds_neither_the_typed_words_nor_the_conversation(
    store: SqlStore, engine: Engine
) -> None:
    store.share(replace(ANSWER, understood="我屋头老汉的事", text="我屋头老汉的事"), "", NOW)
    held = everything(engine, "shared_answers")
    assert [word for word in ("老汉", "conversation-1", "answer-1") if word in held] == []


def test_the_text_of_a_shared_answer_goes_and_then_its_row(store: SqlStore, engine: Engine) -> None:
    token = store.share(ANSWER, "哪些人可以领补助？", NOW)
    store.purge(NOW + 30 * DAY, TODAY)
    held = everything(engine, "shared_answers")
    assert "年满80岁" not in held and "哪些人可以领补助" in held
    store.purge(NOW + 120 * DAY, TODAY)
    assert store.shared(token, NOW) is None


def test_towns_do_not_read_each_others_numbers(engine: Engine) -> None:
    here, there = SqlStore(engine, "here"), SqlStore(engine, "there")
    number, token = here.hand_over("问", None, NOW), here.share(ANSWER, "", NOW)
    assert number is not None
    assert there.handover(number, NOW) is None and there.shared(token, NOW) is None
