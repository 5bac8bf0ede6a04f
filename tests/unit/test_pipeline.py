"""Walking the stages: order, early ends, judges, the error boundary, what is saved."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import pytest

from bot.finish import Finish
from bot.pipeline import Judge, Pipeline, Stage
from bot.ports import StoreUnavailable
from bot.types import (
    Answer,
    AnswerStatus,
    Block,
    BlockKind,
    BlockReady,
    Channel,
    Contact,
    Draft,
    Finished,
    Inquiry,
    Part,
    Question,
    StageReached,
    Started,
    Turn,
)
from bot.wording import load_wording
from tests.builders import NOW, ON, BrokenLibrary, ShelfLibrary, a_part, a_snapshot, a_town
from tests.fakes import a_citation


class Store:
    """Remembers what it is given; `error` is raised at every call."""

    def __init__(self, error: Exception | None = None, history: tuple[Turn, ...] = ()) -> None:
        self.error = error
        self.turns = history
        self.saved: list[tuple[Question, Answer, Turn | None]] = []

    def history(self, conversation_id: str, now: datetime) -> tuple[Turn, ...]:
        if self.error:
            raise self.error
        return self.turns

    def save(self, question: Question, answer: Answer, turn: Turn | None, now: datetime) -> None:
        if self.error:
            raise self.error
        self.saved.append((question, answer, turn))


def a_draft(kind: BlockKind = BlockKind.CONCLUSION, text: str = "可以。", *numbers: int) -> Draft:
    used = numbers or (1,)
    return Draft(
        Block(kind, text, used, marks=(used,)), tuple(a_citation(number, title=f"办法{kind}{number}") for number in used)
    )


def drafting(*parts: Part) -> Stage:
    return lambda inquiry: replace(inquiry, parts=parts)


def passing(draft: Draft, part: Part, inquiry: Inquiry) -> Draft | None:
    return draft


def a_pipeline(
    stages: Mapping[str, Stage],
    judges: Mapping[str, Judge] | None = None,
    store: Store | None = None,
    library: Any = None,
) -> Pipeline:
    ids = (f"id-{number:06d}" for number in itertools.count(1))
    finish = Finish(load_wording(a_town()), a_town(), cast(Any, library or ShelfLibrary(a_snapshot())))
    return Pipeline(stages, judges or {}, finish, cast(Any, store or Store()), lambda: NOW, ids=lambda: next(ids))


QUESTION = Question("哪些老人可以领", ON, Channel.API, "c1")


def noting(seen: list[str], name: str, status: AnswerStatus | None = None) -> Stage:
    def stage(inquiry: Inquiry) -> Inquiry:
        seen.append(name)
        return replace(inquiry, status=status)

    return stage


def test_stages_run_in_the_order_of_the_list() -> None:
    seen: list[str] = []
    a_pipeline({name: noting(seen, name) for name in ("c", "a", "b")}).answer(QUESTION)
    assert seen == ["c", "a", "b"]


def test_an_ended_journey_goes_no_further() -> None:
    seen: list[str] = []
    stages = {
        "a": noting(seen, "a"),
        "b": noting(seen, "b", AnswerStatus.EMPTY),
        "c": noting(seen, "c"),
    }
    answer = a_pipeline(stages).answer(QUESTION)
    assert (seen, answer.status) == (["a", "b"], AnswerStatus.EMPTY)
    assert [note.stage for note in answer.trace] == ["a", "b"]


def test_a_shorter_walk_stops_after_the_named_stage() -> None:
    seen: list[str] = []
    pipeline = a_pipeline({name: noting(seen, name) for name in ("a", "b", "c")})
    inquiry = pipeline.walk(Inquiry(QUESTION), until="b")
    assert seen == ["a", "b"]
    assert all(note.seconds >= 0 for note in inquiry.trace)


def test_the_trace_names_the_rule_that_fired() -> None:
    stages = {"route": drafting(a_part().end(AnswerStatus.DECLINED, "cheat"))}
    assert [note.rule for note in a_pipeline(stages).answer(QUESTION).trace] == ["cheat"]


def events(pipeline: Pipeline, question: Question = QUESTION) -> list[Any]:
    return list(pipeline.ask(question))


def test_events_come_as_promised() -> None:
    stages = {"retrieve": drafting(a_part(drafts=(a_draft(), a_draft(BlockKind.STEPS, "去窗口。", 2))))}
    found = events(a_pipeline(stages, {"verify": passing}))
    assert [type(event) for event in found] == [
        Started, StageReached, StageReached, BlockReady, BlockReady, Finished
    ]  # fmt: skip
    assert [event.name for event in found[1:3]] == ["retrieve", "verify"]


def untimed(answer: Answer) -> Answer:
    return replace(answer, trace=())


def test_streamed_and_whole_delivery_are_the_same() -> None:
    stages = {"compose": drafting(a_part(drafts=(a_draft(), a_draft(BlockKind.STEPS, "去窗口。", 2))))}
    found = events(a_pipeline(stages, {"verify": passing}))
    whole = a_pipeline(stages, {"verify": passing}).answer(QUESTION)
    assert untimed(found[-1].answer) == untimed(whole)
    assert tuple(event.block for event in found if isinstance(event, BlockReady)) == whole.blocks
    each = [c for event in found if isinstance(event, BlockReady) for c in event.citations]
    assert tuple(each) == whole.citations
    assert (found[0].answer_id, found[0].conversation_id) == (whole.answer_id, whole.conversation_id)


def test_a_conversation_is_begun_where_none_is_given() -> None:
    answer = a_pipeline({}).answer(replace(QUESTION, conversation_id=None))
    assert answer.conversation_id and answer.conversation_id != answer.answer_id
    assert a_pipeline({}).answer(QUESTION).conversation_id == "c1"


def test_earlier_turns_reach_the_stages() -> None:
    turn = Turn("前一句", "前一句", AnswerStatus.ANSWERED)
    seen: list[tuple[Turn, ...]] = []

    def look(inquiry: Inquiry) -> Inquiry:
        seen.append(inquiry.history)
        return inquiry

    a_pipeline({"rewrite": look}, store=Store(history=(turn,))).answer(QUESTION)
    assert seen == [(turn,)]


# --- judges -----------------------------------------------------------------------------------------------


def stopping(*kinds: BlockKind) -> Judge:
    return lambda draft, part, inquiry: None if draft.block.kind in kinds else draft


THREE = (a_draft(), a_draft(BlockKind.CONDITIONS, "满80岁。", 2), a_draft(BlockKind.STEPS, "去窗口。", 3))


def judged(*judges: Judge) -> Answer:
    named = {f"judge{number}": judge for number, judge in enumerate(judges)}
    return a_pipeline({"compose": drafting(a_part(drafts=THREE))}, named).answer(QUESTION)


def test_what_passes_is_shown() -> None:
    answer = judged(passing)
    assert [block.kind for block in answer.blocks] == [draft.block.kind for draft in THREE]
    assert answer.status is AnswerStatus.ANSWERED


def test_a_block_that_fails_takes_its_citations_along() -> None:
    answer = judged(stopping(BlockKind.CONDITIONS))
    assert [block.kind for block in answer.blocks] == [BlockKind.CONCLUSION, BlockKind.STEPS]
    assert [citation.number for citation in answer.citations] == [1, 3]
    assert "满80岁" not in answer.text
    assert answer.status is AnswerStatus.ANSWERED


def test_a_failed_conclusion_withholds_everything() -> None:
    answer = judged(stopping(BlockKind.CONCLUSION))
    assert (answer.status, answer.blocks, answer.citations) == (AnswerStatus.WITHHELD, (), ())


def test_a_block_must_pass_every_judge() -> None:
    assert judged(passing, stopping(*BlockKind)).status is AnswerStatus.WITHHELD
    assert judged(stopping(*BlockKind), passing).status is AnswerStatus.WITHHELD


def test_a_later_judge_sees_what_an_earlier_one_made_of_it() -> None:
    def shorten(draft: Draft, part: Part, inquiry: Inquiry) -> Draft:
        return replace(draft, block=replace(draft.block, text="短。"))

    seen: list[str] = []

    def look(draft: Draft, part: Part, inquiry: Inquiry) -> Draft:
        seen.append(draft.block.text)
        return draft

    assert judged(shorten, look).blocks[0].text == "短。"
    assert set(seen) == {"短。"}


# --- two parts --------------------------------------------------------------------------------------------


def test_the_second_part_gets_numbers_of_its_own() -> None:
    other = Draft(Block(BlockKind.CONCLUSION, "不可以。", (1, 2), marks=((1,), (2, 1))), (a_citation(1), a_citation(2)))
    stages = {"compose": drafting(a_part(drafts=THREE), a_part("另一个", drafts=(other,)))}
    answer = a_pipeline(stages).answer(QUESTION)
    assert [citation.number for citation in answer.citations] == [1, 2, 3, 4, 5]
    assert answer.blocks[-1].citations == (4, 5)
    assert answer.blocks[-1].marks == ((4,), (5, 4))
    assert answer.citations[3].basis == a_citation(1).basis


def test_numbers_stay_where_nothing_clashes() -> None:
    same = (a_draft(), a_draft(BlockKind.STEPS, "去窗口。", 5))
    answer = a_pipeline({"compose": drafting(a_part(drafts=same))}).answer(QUESTION)
    assert [block.citations for block in answer.blocks] == [(1,), (5,)]


def test_a_part_without_an_answer_makes_the_whole_partial() -> None:
    stages = {"compose": drafting(a_part(drafts=THREE), a_part("另一个").end(AnswerStatus.NO_BASIS))}
    assert a_pipeline(stages).answer(QUESTION).status is AnswerStatus.PARTIAL


# --- what breaks ------------------------------------------------------------------------------------------


def breaking(inquiry: Inquiry) -> Inquiry:
    raise RuntimeError("secret path and question")


def test_what_breaks_becomes_an_answer_with_an_incident_number(caplog: pytest.LogCaptureFixture) -> None:
    answer = a_pipeline({"retrieve": breaking}).answer(QUESTION)
    assert answer.status is AnswerStatus.ERROR
    assert "secret" not in answer.text
    (record,) = caplog.records
    incident = record.getMessage().split()[1].rstrip(":")
    assert incident in answer.text
    assert "RuntimeError at test_pipeline.py" in record.getMessage()
    assert "secret" not in caplog.text, "the message of an error may quote the question"
    assert [contact.phone for contact in answer.contacts]


def test_a_judge_that_breaks_is_an_error_too() -> None:
    def judge(draft: Draft, part: Part, inquiry: Inquiry) -> Draft:
        raise ValueError

    answer = a_pipeline({"compose": drafting(a_part(drafts=THREE))}, {"verify": judge}).answer(QUESTION)
    assert (answer.status, answer.blocks) == (AnswerStatus.ERROR, ())


def in_danger(inquiry: Inquiry) -> Inquiry:
    return replace(inquiry, danger="violence", contacts=(Contact("报警", "110"),))


def test_danger_comes_first_even_when_everything_behind_is_broken() -> None:
    pipeline = a_pipeline(
        {"notice_danger": in_danger, "retrieve": breaking}, store=Store(StoreUnavailable()), library=BrokenLibrary()
    )
    answer = pipeline.answer(QUESTION)
    assert answer.blocks[0].kind is BlockKind.DANGER
    assert answer.contacts[0].phone == "110"
    assert answer.text.startswith(answer.blocks[0].text)
    assert answer.status is AnswerStatus.ERROR


@pytest.mark.parametrize("error", [StoreUnavailable(), OSError("disk"), KeyError("x")])
def test_a_store_that_breaks_raises_nothing(error: Exception) -> None:
    answer = a_pipeline({"notice_danger": in_danger}, store=Store(error)).answer(QUESTION)
    assert answer.blocks[0].kind is BlockKind.DANGER
    assert answer.contacts[0].phone == "110"


def test_without_a_store_the_answer_is_the_same() -> None:
    stages = {"compose": drafting(a_part(drafts=THREE))}
    without = a_pipeline(stages, store=Store(StoreUnavailable())).answer(QUESTION)
    assert untimed(without) == untimed(a_pipeline(stages).answer(QUESTION))


def test_even_a_broken_guard_ends_in_an_answer() -> None:
    answer = a_pipeline({"notice_danger": breaking, "check_input": breaking}).answer(QUESTION)
    assert answer.status is AnswerStatus.ERROR


def test_danger_stands_above_an_ordinary_answer() -> None:
    stages = {"notice_danger": in_danger, "compose": lambda i: replace(i, parts=(a_part(drafts=THREE),))}
    found = events(a_pipeline(stages))
    assert found[0].contacts[0].phone == "110", "told with the first event"
    assert [event.block.kind for event in found if isinstance(event, BlockReady)][0] is BlockKind.DANGER
    assert [block.kind for block in found[-1].answer.blocks].count(BlockKind.DANGER) == 1


# --- what is saved ----------------------------------------------------------------------------------------


def saved(*stages: Callable[[Inquiry], Inquiry]) -> list[tuple[Question, Answer, Turn | None]]:
    store = Store()
    named = {f"stage{number}": stage for number, stage in enumerate(stages)}
    a_pipeline(named, store=store).answer(QUESTION)
    return store.saved


def test_every_finished_answer_is_saved_once_with_its_turn() -> None:
    ((question, answer, turn),) = saved(drafting(a_part(drafts=THREE)))
    assert question.conversation_id == answer.conversation_id == "c1"
    assert turn is not None and turn.status is AnswerStatus.ANSWERED


def test_a_danger_is_saved_without_a_turn() -> None:
    ((_, _, turn),) = saved(drafting(a_part(drafts=THREE)), in_danger)
    assert turn is None


def test_the_cleaned_question_is_saved_not_the_typed_one() -> None:
    def mask(inquiry: Inquiry) -> Inquiry:
        return replace(inquiry, question=replace(inquiry.question, text="号码＊＊＊"))

    ((question, answer, turn),) = saved(mask, drafting(a_part("号码＊＊＊", drafts=THREE)))
    assert question.text == "号码＊＊＊"
    assert QUESTION.text not in answer.text
    assert turn is not None and turn.text == "号码＊＊＊"
