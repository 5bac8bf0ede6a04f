"""The port Store: what is kept, for how long, and what is never kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from bot.adapters.store import SqlStore
from bot.ports import StoreUnavailable
from bot.types import (
    Answer,
    AnswerStatus,
    BasisRef,
    Block,
    BlockKind,
    Channel,
    Citation,
    Contact,
    Origin,
    PassageRef,
    Question,
    StageNote,
    Turn,
)
from knowledge.database.columns import metadata
from knowledge.database.engine import reading
from knowledge.types import Confidence, FigureState, Period
from tests.contracts.databases import KINDS, database

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def store(engine: Engine) -> SqlStore:
    return SqlStore(engine, "here")


def a_question(words: str = "低保啷个办", **changes: object) -> Question:
    return replace(Question(words, TODAY, Channel.PHONE), **changes)  # type: ignore[arg-type]


def a_citation() -> Citation:
    passage = PassageRef(
        "dibao-how@1-a:steps", "dibao-how", "1-a", "怎么办", "/entries/dibao-how#steps", "先申请。"
    )
    basis = BasisRef("某办法", "某发〔2021〕1号", "某部", "第7条", "国家", date(2021, 7, 1), None)
    return Citation(1, Confidence.VERIFIED, FigureState.IN_FORCE, TODAY, passage, basis)


def an_answer(number: int = 1, conversation: str = "conversation-1", **changes: object) -> Answer:
    answer = Answer(
        answer_id=f"answer-{number}",
        conversation_id=conversation,
        status=AnswerStatus.ANSWERED,
        origin=Origin.EXTRACT,
        understood="低保怎么办",
        text="先申请。",
        blocks=(Block(BlockKind.CONCLUSION, "先申请。", (1,), marks=((1,),)),),
        citations=(a_citation(),),
        contacts=(Contact("某热线", "12345"),),
        suggestions=("要带什么材料？",),
        as_of=TODAY,
        asked_at=NOW,
        documents=("dibao-how",),
        topic="dibao",
        trace=(StageNote("retrieve", 0.01, "exact"),),
    )
    return replace(answer, **changes)  # type: ignore[arg-type]


def a_turn(words: str = "低保啷个办") -> Turn:
    return Turn(
        words,
        words,
        AnswerStatus.ANSWERED,
        "dibao",
        "dibao-how",
        Period(date(2024, 1, 1), None),
        choices=("农村",),
    )


def in_danger(answer: Answer) -> Answer:
    return replace(answer, blocks=(Block(BlockKind.DANGER, "先打110。"), *answer.blocks))


def everything(engine: Engine) -> str:
    """All that the database holds, as text."""
    with reading(engine) as connection:
        rows = {
            table.name: [list(map(str, row)) for row in connection.execute(table.select())]
            for table in metadata.sorted_tables
        }
    return json.dumps(rows, ensure_ascii=False)


def the_counts(store: SqlStore) -> list[tuple[object, ...]]:
    keys = ("channel", "event", "topic", "entry", "status", "questions", "sessions")
    return sorted(tuple(row[key] for key in keys) for row in store.counts(TODAY))  # type: ignore[type-var]


def test_an_answer_comes_back_as_it_was_while_its_page_lives(store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    assert store.answer("answer-1", NOW + 29 * MINUTE) == an_answer()
    assert store.answer("answer-1", NOW + 30 * MINUTE) is None
    assert store.answer("other", NOW) is None


def test_turns_come_back_in_order_until_thirty_minutes_of_silence(store: SqlStore) -> None:
    store.save(a_question(), an_answer(1), a_turn("一"), NOW)
    store.save(a_question(), an_answer(2), None, NOW + 10 * MINUTE)
    store.save(a_question(), an_answer(3), a_turn("二"), NOW + 20 * MINUTE)
    assert store.history("conversation-1", NOW + 49 * MINUTE) == (a_turn("一"), a_turn("二"))
    assert store.history("conversation-1", NOW + 50 * MINUTE) == ()
    assert store.history("unknown", NOW) == ()


def test_a_conversation_that_fell_silent_begins_anew(store: SqlStore) -> None:
    store.save(a_question(), an_answer(1), a_turn("一"), NOW)
    later = NOW + 31 * MINUTE
    store.save(a_question(), an_answer(2), a_turn("二"), later)
    assert store.history("conversation-1", later) == (a_turn("二"),)


def test_an_ended_conversation_is_forgotten_at_once(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    store.end("conversation-1")
    assert store.history("conversation-1", NOW) == ()
    assert store.answer("answer-1", NOW) is None
    assert "conversation-1" not in everything(engine)
    store.end("never seen")


def test_a_day_counts_questions_and_each_conversation_once(store: SqlStore) -> None:
    store.save(a_question(), an_answer(1), a_turn(), NOW)
    store.save(a_question(), an_answer(2), a_turn(), NOW)
    store.save(a_question(), an_answer(3, "c2"), a_turn(), NOW)
    fair = a_question(channel=Channel.KIOSK, event="fair")
    store.save(fair, an_answer(4, "c3", status=AnswerStatus.NO_BASIS, documents=(), topic=None), None, NOW)
    assert the_counts(store) == [
        ("kiosk", "fair", "", "", "no_basis", 1, 1),
        ("phone", "", "dibao", "dibao-how", "answered", 3, 2),
    ]
    tomorrow = a_question(on=TODAY + timedelta(days=1))
    store.save(tomorrow, an_answer(5), a_turn(), NOW + timedelta(days=1))
    assert [row["sessions"] for row in store.counts(TODAY + timedelta(days=1))] == [1]


def test_a_session_is_counted_once_though_its_text_is_forgotten(store: SqlStore) -> None:
    store.save(a_question(), an_answer(1), a_turn(), NOW)
    store.purge(NOW + 31 * MINUTE, TODAY)
    store.save(a_question(), an_answer(2), a_turn(), NOW + 32 * MINUTE)
    assert the_counts(store) == [("phone", "", "dibao", "dibao-how", "answered", 2, 1)]


def test_staff_trials_are_never_counted(store: SqlStore) -> None:
    store.save(a_question(channel=Channel.STAFF), an_answer(), a_turn(), NOW)
    assert store.counts(TODAY) == []
    assert store.answer("answer-1", NOW) is not None


def test_the_command_line_leaves_nothing(engine: Engine, store: SqlStore) -> None:
    before = everything(engine)
    store.save(a_question(channel=Channel.CLI), an_answer(), a_turn(), NOW)
    assert everything(engine) == before


def test_of_danger_only_topic_and_day_are_kept(engine: Engine, store: SqlStore) -> None:
    words = "他又打我了"
    question = a_question(words, channel=Channel.KIOSK, event="fair", device="device-seven")
    answer = in_danger(an_answer(conversation="c-danger", understood=words, topic="family"))
    store.save(question, answer, a_turn(words), NOW)
    kept = everything(engine)
    for secret in (words, "answer-1", "c-danger", "fair", "device-seven", "kiosk", "dibao-how"):
        assert secret not in kept
    assert store.answer("answer-1", NOW) is None
    assert store.history("c-danger", NOW) == ()
    assert the_counts(store) == [("", "", "family", "", "danger", 1, 0)]


def test_feedback_is_kept_once_for_a_known_answer(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    assert store.feedback("answer-1", True, None, None, NOW)
    assert store.feedback("answer-1", False, "outdated", "字" * 500, NOW)
    assert not store.feedback("unknown", True, None, None, NOW)
    with reading(engine) as connection:
        rows = connection.execute(text("SELECT useful, reason, words FROM feedback")).all()
    assert [(bool(useful), reason, len(words)) for useful, reason, words in rows] == [
        (False, "outdated", 200)
    ]


def test_what_is_kept_names_no_conversation_once_it_is_over(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(1, "c-secret"), a_turn(), NOW)
    store.purge(NOW + 30 * MINUTE, TODAY)
    assert "c-secret" not in everything(engine)
    assert "低保啷个办" in everything(engine)


def test_sessions_of_two_days_cannot_be_linked(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(1), a_turn(), NOW)
    tomorrow = TODAY + timedelta(days=1)
    store.save(a_question(on=tomorrow), an_answer(2), a_turn(), NOW + timedelta(days=1))
    with reading(engine) as connection:
        hashes = connection.execute(text("SELECT session_hash FROM answers")).scalars().all()
    assert len(set(hashes)) == 2
    store.purge(NOW + timedelta(days=1), tomorrow)
    with reading(engine) as connection:
        days = connection.execute(text("SELECT day FROM day_keys")).scalars().all()
    assert [str(day) for day in days] == ["2026-11-23"]


def test_texts_and_feedback_go_after_ninety_days_and_counts_stay(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    store.feedback("answer-1", False, "wrong", "没说清", NOW)
    day = timedelta(days=1)
    store.purge(NOW + 90 * day - MINUTE, TODAY + 89 * day)
    assert "低保啷个办" in everything(engine) and "没说清" in everything(engine)
    store.purge(NOW + 90 * day, TODAY + 90 * day)
    assert "低保啷个办" not in everything(engine) and "没说清" not in everything(engine)
    assert the_counts(store) == [("phone", "", "dibao", "dibao-how", "answered", 1, 1)]


def test_an_installation_keeps_its_name(engine: Engine, store: SqlStore) -> None:
    name = store.installation(NOW)
    assert len(name) == 32
    assert store.installation(NOW + MINUTE) == name
    store.save(a_question(), an_answer(), a_turn(), NOW)
    assert [row["installation"] for row in store.counts(TODAY)] == [name]
    assert SqlStore(engine, "there").installation(NOW) != name


def test_rows_of_another_version_that_cannot_be_read_are_no_crash(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    with engine.begin() as connection:
        connection.execute(text("UPDATE turns SET body = '{}'"))
        connection.execute(text("UPDATE answers SET body = '{}'"))
    for call in (lambda: store.history("conversation-1", NOW), lambda: store.answer("answer-1", NOW)):
        with pytest.raises(StoreUnavailable):
            call()


def test_towns_do_not_see_each_other(engine: Engine, store: SqlStore) -> None:
    there = SqlStore(engine, "there")
    store.save(a_question(), an_answer(), a_turn(), NOW)
    there.end("conversation-1")
    there.purge(NOW + timedelta(days=200), TODAY + timedelta(days=200))
    assert there.answer("answer-1", NOW) is None
    assert there.history("conversation-1", NOW) == ()
    assert there.counts(TODAY) == []
    assert not there.feedback("answer-1", True, None, None, NOW)
    assert store.answer("answer-1", NOW) == an_answer()


def test_a_store_that_cannot_work_says_so_by_name(engine: Engine, store: SqlStore) -> None:
    store.save(a_question(), an_answer(), a_turn(), NOW)
    with engine.begin() as connection:
        for table in ("turns", "feedback_seen", "feedback", "answers"):
            connection.execute(text(f"DROP TABLE {table}"))
    calls = (
        lambda: store.history("conversation-1", NOW),
        lambda: store.save(a_question(), an_answer(), a_turn(), NOW),
        lambda: store.answer("answer-1", NOW),
        lambda: store.end("conversation-1"),
        lambda: store.feedback("answer-1", True, None, None, NOW),
        lambda: store.purge(NOW, TODAY),
    )
    for call in calls:
        with pytest.raises(StoreUnavailable):
            call()
    assert [row["questions"] for row in store.counts(TODAY)] == [1]
