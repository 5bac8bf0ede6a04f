"""From judged blocks to the finished answer: status of the parts, sentence, contacts, text, memory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from bot.finish import Finish, source_lines, status_of, understood_of
from bot.types import Answer, AnswerStatus, Block, BlockKind, Citation, Contact, Draft, Inquiry, Origin, Part
from bot.wording import load_wording
from knowledge.types import Period
from tests.builders import (
    NOW,
    BrokenLibrary,
    ShelfLibrary,
    a_part,
    a_snapshot,
    a_town,
    a_version,
    an_inquiry,
    entry_text,
)
from tests.fakes import a_citation

A = AnswerStatus
CONCLUSION = Block(BlockKind.CONCLUSION, "可以领。", (1,), marks=((1,),))
STEPS = Block(BlockKind.STEPS, "去窗口。\n填表。", (2,), marks=((2,), (2,)), title="")


def a_finish(*versions: Any, library: Any = None) -> Finish:
    town = a_town()
    return Finish(load_wording(town), town, cast(Any, library or ShelfLibrary(a_snapshot(*versions))))


def of_entry(citation: Citation, name: str = "buzhu-who") -> Citation:
    return replace(citation, passage=replace(citation.passage, document_id=name))


def finished(inquiry: Inquiry, *blocks: Block, citations: tuple[Citation, ...] = (), **given: Any) -> Answer:
    return a_finish(**given).answer(inquiry, blocks, citations, NOW, "")


def answered(*blocks: Block) -> Part:
    return a_part(blocks=blocks or (CONCLUSION,))


def ended(status: AnswerStatus, note: str = "") -> Part:
    return a_part().end(status, note)


# --- one status of one or two parts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "status"),
    [
        ([answered()], A.ANSWERED),
        ([answered(STEPS)], A.WITHHELD),
        ([a_part()], A.WITHHELD),
        ([], A.NO_BASIS),
        ([ended(A.DECLINED)], A.DECLINED),
        ([answered(), answered()], A.ANSWERED),
        ([answered(), ended(A.NO_BASIS)], A.PARTIAL),
        ([ended(A.DECLINED), answered()], A.PARTIAL),
        ([answered(), a_part()], A.PARTIAL),
        ([ended(A.PARTIAL), ended(A.NO_BASIS)], A.PARTIAL),
        ([ended(A.NO_BASIS), ended(A.NO_BASIS)], A.NO_BASIS),
    ],
)
def test_status_of_parts(parts: list[Part], status: AnswerStatus) -> None:
    assert status_of(parts) is status


FIRST = [A.ASK_BACK, A.NEEDS_PERSON, A.NO_BASIS, A.OUT_OF_SCOPE, A.DECLINED, A.WITHHELD]


@pytest.mark.parametrize("one", FIRST)
@pytest.mark.parametrize("other", FIRST)
def test_of_two_endings_the_earlier_in_the_list_wins(one: AnswerStatus, other: AnswerStatus) -> None:
    assert status_of([ended(one), ended(other)]) is min(one, other, key=FIRST.index)


# --- the sentence -----------------------------------------------------------------------------------------


def sentence(part: Part) -> str:
    return finished(an_inquiry(part)).sentence


def test_a_named_place_is_said() -> None:
    assert "白石镇" in sentence(ended(A.NO_BASIS, "other-place:白石镇"))
    assert "{" not in sentence(ended(A.NO_BASIS, "other-place:"))


@pytest.mark.parametrize("rule", ["other-year:", "not-in-force:"])
def test_another_time_is_said(rule: str) -> None:
    assert "那个时候" in sentence(ended(A.NO_BASIS, rule))


def test_what_is_known_not_to_be_held_is_named_with_its_phone() -> None:
    answer = finished(an_inquiry(ended(A.NO_BASIS, "not-held:车牌摇号:12348")))
    assert "车牌摇号" in answer.sentence and "12348" in answer.sentence
    assert answer.contacts[0].phone == "12348"


def test_a_missing_figure_brings_its_own_sentence() -> None:
    assert sentence(ended(A.NO_BASIS, "no-figure:那时的补助没有查到，要问12345。")) == "那时的补助没有查到，要问12345。"


def test_a_rule_with_words_of_its_own_uses_them_and_others_the_plain_ones() -> None:
    assert sentence(ended(A.DECLINED, "person")) != sentence(ended(A.DECLINED, "no-words-for-this"))
    assert sentence(ended(A.GREETING, "thanks")) != sentence(ended(A.GREETING))


def test_too_long_says_how_much() -> None:
    long = an_inquiry(text="好" * 312, status=A.TOO_LONG)
    assert "300" in finished(long).sentence


# --- contacts ---------------------------------------------------------------------------------------------


def phones(answer: Answer) -> list[str]:
    return [contact.phone for contact in answer.contacts]


def test_an_answer_brings_the_phones_of_the_entries_it_cites() -> None:
    version = a_version(entry_text(hotlines=["12393", "12345"], offices=["window", "unasked", "justice"]))
    cited = of_entry(a_citation())
    answer = a_finish(version).answer(an_inquiry(answered()), [CONCLUSION], [cited], NOW, "")
    assert phones(answer) == ["055-1234567", "12393", "12345"], "an office with a phone first; none without, none that nobody confirmed"
    assert answer.contacts[0].hours == "9点到17点"


@pytest.mark.parametrize("status", [A.NO_BASIS, A.NEEDS_PERSON, A.DECLINED, A.WITHHELD, A.OUT_OF_SCOPE, A.ERROR])
def test_whoever_gets_no_answer_gets_a_phone(status: AnswerStatus) -> None:
    answer = finished(an_inquiry(status=status))
    assert "12345" in phones(answer)
    assert all(phone in answer.text for phone in phones(answer))


def test_a_greeting_needs_no_phone() -> None:
    assert phones(finished(an_inquiry(ended(A.GREETING)))) == []


def test_urgent_numbers_come_first_and_once() -> None:
    urgent = (Contact("报警", "110"), Contact("政务服务热线", "12345"))
    answer = finished(an_inquiry(ended(A.NO_BASIS), contacts=urgent, danger="violence"))
    assert phones(answer)[:2] == ["110", "12345"]
    assert len(phones(answer)) == len(set(phones(answer)))


def test_no_more_than_three_hotlines() -> None:
    numbers = ["12345", "12348", "12393", "110"]
    version = a_version(entry_text(hotlines=numbers, offices=[]))
    answer = a_finish(version).answer(an_inquiry(answered()), [CONCLUSION], [of_entry(a_citation())], NOW, "")
    assert phones(answer) == numbers[:3]


# --- the text ---------------------------------------------------------------------------------------------


def test_the_text_holds_everything_that_is_shown() -> None:
    citations = (of_entry(a_citation(1)), of_entry(a_citation(2, title="另一个办法")))
    answer = finished(an_inquiry(answered(CONCLUSION, STEPS)), CONCLUSION, STEPS, citations=citations)
    for block in answer.blocks:
        assert block.text in answer.text
    for citation in answer.citations:
        assert f"《{citation.basis.title}》" in answer.text and f"〔{citation.number}〕" in answer.text
    assert all(f"{contact.name} {contact.phone}" in answer.text for contact in answer.contacts)
    assert "仅供参考" in answer.text


def test_the_conclusion_comes_first_without_a_heading() -> None:
    answer = finished(an_inquiry(answered(CONCLUSION, STEPS)), CONCLUSION, STEPS, citations=(a_citation(1),))
    assert answer.text.startswith("可以领。\n怎么办\n去窗口。")


def test_a_block_with_a_title_of_its_own_keeps_it() -> None:
    also = replace(STEPS, kind=BlockKind.NOTE, title="另一个问题？")
    assert "\n另一个问题？\n去窗口。" in finished(an_inquiry(answered()), CONCLUSION, also).text


def test_what_is_not_answered_says_so_first_with_ways_on() -> None:
    answer = finished(an_inquiry(ended(A.NO_BASIS)))
    assert answer.text.startswith(answer.sentence)
    assert "12348" in answer.text.removeprefix(answer.sentence)


def test_partial_says_so_before_what_is_answered() -> None:
    answer = finished(an_inquiry(answered(), ended(A.NO_BASIS)), CONCLUSION)
    assert answer.status is A.PARTIAL
    assert answer.text.index(answer.sentence) < answer.text.index("可以领。")


def test_the_label_under_the_answer_follows_the_strongest_origin() -> None:
    plain = finished(an_inquiry(answered()), CONCLUSION, STEPS)
    model = finished(an_inquiry(answered()), CONCLUSION, replace(STEPS, origin=Origin.MODEL))
    assert (plain.origin, model.origin) == (Origin.EXTRACT, Origin.MODEL)
    assert "由程序" in plain.text and "由程序" not in model.text
    assert "由人工智能（AI）生成" in model.text


@pytest.mark.parametrize("stronger", [Origin.STAFF, Origin.CALCULATOR, Origin.MODEL])
def test_the_strongest_origin_is_told_before_the_blocks_are_judged(stronger: Origin) -> None:
    drafts = (Draft(CONCLUSION, ()), Draft(replace(STEPS, origin=stronger), ()))
    assert a_finish().strongest(an_inquiry(a_part(drafts=drafts))) is stronger
    assert a_finish().strongest(an_inquiry()) is Origin.EXTRACT


def test_sources_of_one_place_share_a_line() -> None:
    first, second = a_citation(1), a_citation(3)
    other = a_citation(2, title="另一个办法")
    assert source_lines([first, other, second]) == [
        "〔1〕〔3〕《某项补助办法》（例〔2026〕7号）第5条",
        "〔2〕《另一个办法》（例〔2026〕7号）第5条",
    ]


def test_a_reprint_is_called_one() -> None:
    citation = a_citation()
    reprint = replace(citation, basis=replace(citation.basis, source_note="网上转载，未见原文件"))
    assert source_lines([reprint])[0].endswith("，网上转载，未见原文件")


# --- what else stands in the object -----------------------------------------------------------------------


def test_unreviewed_entries_make_the_answer_unreviewed() -> None:
    cited = (of_entry(a_citation()),)
    reviewed = a_version(reviewed_by="王主任")
    assert not finished(an_inquiry(answered()), CONCLUSION, citations=cited).reviewed
    assert a_finish(reviewed).answer(an_inquiry(answered()), [CONCLUSION], cited, NOW, "").reviewed
    assert finished(an_inquiry(ended(A.NO_BASIS))).reviewed


def test_documents_are_named_once_in_order() -> None:
    citations = tuple(of_entry(a_citation(n), name) for n, name in ((1, "b"), (2, "a"), (3, "b")))
    assert finished(an_inquiry(answered()), CONCLUSION, citations=citations).documents == ("b", "a")


def test_understood_joins_the_parts_and_falls_back_to_the_question() -> None:
    two = an_inquiry(a_part("一", understood="甲？"), a_part("二", understood="乙？"))
    assert finished(two).understood == "甲？乙？"
    assert finished(replace(two, parts=(), status=A.EMPTY)).understood == two.question.text


@pytest.mark.parametrize(
    ("parts", "shown"),
    [(("甲？", "乙"), "甲？乙"), (("甲", "乙？"), "甲；乙？"), (("甲。", "乙;"), "甲；乙"), (("甲",), "甲")],
)
def test_two_questions_are_joined_by_one_sign(parts: tuple[str, ...], shown: str) -> None:
    assert understood_of([a_part(text, understood=text) for text in parts]) == shown


def test_without_a_library_an_ending_is_still_told() -> None:
    answer = finished(an_inquiry(ended(A.NO_BASIS)), library=BrokenLibrary())
    assert answer.contacts and answer.sentence


# --- what the next turn may lean on -----------------------------------------------------------------------


def test_an_answered_turn_is_remembered_by_what_it_was_about() -> None:
    part = a_part("好多钱", understood="补助多少钱？", topic="buzhu", blocks=(CONCLUSION,))
    inquiry = an_inquiry(part, text="好多钱")
    finish = a_finish()
    turn = finish.turn(inquiry, finish.answer(inquiry, [CONCLUSION], [of_entry(a_citation())], NOW, ""))
    assert turn is not None
    assert (turn.text, turn.standalone, turn.topic, turn.document_id, turn.status) == (
        "好多钱", "补助多少钱？", "buzhu", "buzhu-who", A.ANSWERED
    )  # fmt: skip
    assert turn.figures_about is None, "no time was named"


def test_a_named_time_is_remembered() -> None:
    part = a_part(about=Period.of_year(2024), about_said=True, blocks=(CONCLUSION,))
    inquiry = an_inquiry(part)
    turn = a_finish().turn(inquiry, finished(inquiry, CONCLUSION))
    assert turn is not None and turn.figures_about == Period.of_year(2024)


def test_an_unanswered_turn_leaves_no_document() -> None:
    inquiry = an_inquiry(ended(A.NO_BASIS))
    turn = a_finish().turn(inquiry, finished(inquiry))
    assert turn is not None and (turn.document_id, turn.standalone) == (None, inquiry.parts[0].standalone)


@pytest.mark.parametrize("status", [A.DECLINED, A.WITHHELD, A.ERROR])
def test_what_must_not_be_remembered(status: AnswerStatus) -> None:
    inquiry = an_inquiry(ended(status))
    assert a_finish().turn(inquiry, finished(replace(inquiry, status=status))) is None


def test_a_danger_is_never_remembered() -> None:
    inquiry = an_inquiry(answered(), danger="violence")
    assert a_finish().turn(inquiry, finished(inquiry, CONCLUSION)) is None


def test_what_ended_before_it_was_understood_leaves_nothing() -> None:
    inquiry = replace(an_inquiry(), parts=(), status=A.EMPTY)
    assert a_finish().turn(inquiry, finished(inquiry)) is None
