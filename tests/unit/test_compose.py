"""Hits to drafts: an entry's parts with their citations, a second entry beside it, and figures that are not held."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from bot.stages.compose import compose
from bot.types import AnswerStatus, BlockKind, Inquiry, Origin, Part
from knowledge.types import Confidence, DocumentKind, FigureState, Parameter, PartKind, Period, Reject
from tests.builders import (
    BODY,
    ShelfLibrary,
    a_document_version,
    a_hit,
    a_parameter,
    a_part,
    a_snapshot,
    a_value,
    a_version,
    an_inquiry,
    entry_text,
)

LAW = a_document_version(
    "banfa", "高龄补助办法", ("第七条 满八十岁的，可以领。",), kind=DocumentKind.STATUTE, parts=("7",)
)
YEAR_2024 = {"about": Period.of_year(2024), "about_said": True}
YEAR_2020 = {"about": Period.of_year(2020), "about_said": True}


def composed(part: Part, *versions: Any, parameters: list[Parameter] | None = None) -> Inquiry:
    library = ShelfLibrary(a_snapshot(*(versions or (a_version(),)), parameters=parameters))
    return compose(an_inquiry(part), library=cast(Any, library))


def the_part(*hits: Any, versions: Any = (), parameters: list[Parameter] | None = None, **changes: Any) -> Part:
    given = {"hits": hits or (a_hit(),)} | changes
    return composed(a_part(**given), *versions, parameters=parameters).parts[0]


def test_one_draft_per_part_of_the_entry_in_its_order() -> None:
    part = the_part()
    assert [draft.block.kind for draft in part.drafts] == [
        BlockKind.CONCLUSION, BlockKind.CONDITIONS, BlockKind.STEPS, BlockKind.NOTE
    ]  # fmt: skip
    assert (part.understood, part.topic, part.status) == ("哪些老人可以领高龄补助？", "buzhu", None)


def test_each_draft_claims_just_the_citations_it_uses() -> None:
    for draft in the_part().drafts:
        used = {number for line in draft.block.marks for number in line}
        assert {citation.number for citation in draft.citations} == used == set(draft.block.citations)
        assert len(draft.block.marks) == len(draft.block.text.split("\n"))


def test_a_citation_has_both_halves() -> None:
    citation = the_part(versions=(a_version(), LAW)).drafts[0].citations[0]
    assert (citation.confidence, citation.state, citation.checked_on) == (
        Confidence.VERIFIED, FigureState.IN_FORCE, date(2026, 11, 22)
    )  # fmt: skip
    passage, basis = citation.passage, citation.basis
    assert (passage.id, passage.url) == ("buzhu-who@v1:conclusion", "/entries/buzhu-who#conclusion")
    assert passage.quote == "可以领：年满80岁、户口在本镇的老人，每月有100元。", "rendered, not the template"
    assert (basis.title, basis.document_number, basis.article) == ("高龄补助办法", "例〔2024〕7号", "第7条")
    assert (basis.held, basis.quote, basis.url) == (True, "第七条 满八十岁的，可以领。", "/documents/banfa#passage-7")


def test_a_basis_that_is_not_held_says_so() -> None:
    basis = the_part().drafts[0].citations[0].basis
    assert (basis.held, basis.quote, basis.url) == (False, None, None)
    assert basis.published_at == "某省民政厅网站"


def test_figures_are_those_of_the_time_asked_about() -> None:
    history = a_parameter(a_value("90", date(2024, 1, 1), date(2025, 1, 1)), a_value("100", date(2025, 1, 1)))
    today = the_part(parameters=[history]).drafts[0]
    then = the_part(parameters=[history], **YEAR_2024).drafts[0]
    assert "100元" in today.block.text and "90元" not in today.block.text
    assert "90元" in then.block.text and "旧数" in then.block.text
    assert then.citations[-1].state is FigureState.SUPERSEDED


def test_a_missing_conclusion_says_which_figure_and_whom_to_ask() -> None:
    part = the_part(**YEAR_2020)
    assert part.status is AnswerStatus.NO_BASIS
    assert part.drafts == ()
    assert part.note.startswith("no-figure:") and "高龄补助" in part.note and "12345" in part.note


WITHOUT_FIGURE = BODY.replace("每月有{old-age}", "每月有钱").replace("## 怎么办", "## 金额\n- 每月{old-age}。\n\n## 怎么办")


def test_a_missing_line_alone_does_not_end_the_answer() -> None:
    part = the_part(versions=(a_version(entry_text(body=WITHOUT_FIGURE)),), **YEAR_2020)
    assert part.status is None
    assert BlockKind.AMOUNT not in {draft.block.kind for draft in part.drafts}


def test_a_missing_sum_ends_it_when_the_sum_of_that_time_was_asked_for() -> None:
    version = a_version(entry_text(body=WITHOUT_FIGURE))
    part = the_part(versions=(version,), wanted=PartKind.AMOUNT, **YEAR_2020)
    assert part.status is AnswerStatus.NO_BASIS


@pytest.mark.parametrize(("text", "ended"), [("当年补助怎么算", True), ("2020年办的补助怎么领", False)])
def test_how_it_was_then_is_not_told_without_the_figures_of_then(text: str, ended: bool) -> None:
    """A year alone may be that of an event; 当年 asks about the time itself."""
    version = a_version(entry_text(body=WITHOUT_FIGURE))
    part = the_part(versions=(version,), standalone=text, **YEAR_2020)
    assert (part.status is AnswerStatus.NO_BASIS) is ended


def test_staff_text_is_called_so() -> None:
    drafts = the_part(versions=(a_version(kind=DocumentKind.STAFF_ANSWER),)).drafts
    assert {draft.block.origin for draft in drafts} == {Origin.STAFF}
    assert {draft.block.origin for draft in the_part().drafts} == {Origin.EXTRACT}


# --- a second entry ---------------------------------------------------------------------------------------

SECOND = a_version(entry_text("buzhu-how", question="补助怎么申请？"))


def with_second(score: float, **first: Any) -> Part:
    hits = (a_hit(score=20.0, **first), a_hit("buzhu-how", score=score))
    return the_part(*hits, versions=(a_version(), SECOND))


def test_a_second_entry_nearly_as_likely_is_shown_by_its_conclusion() -> None:
    last = with_second(19.5).drafts[-1]
    assert (last.block.kind, last.block.title) == (BlockKind.NOTE, "补助怎么申请？")
    assert {citation.passage.document_id for citation in last.citations} == {"buzhu-how"}


def test_its_numbers_go_on_where_those_of_the_first_ended() -> None:
    drafts = with_second(19.5).drafts
    numbers = [citation.number for draft in drafts for citation in draft.citations]
    assert len(numbers) == len(set(numbers))
    assert min(c.number for c in drafts[-1].citations) > max(c.number for d in drafts[:-1] for c in d.citations)


@pytest.mark.parametrize(("score", "drafts"), [(17.5, 4), (17.7, 5)])
def test_how_near_it_must_be(score: float, drafts: int) -> None:
    assert len(with_second(score).drafts) == drafts


def test_an_exact_match_needs_no_second() -> None:
    assert len(with_second(20.0, matched="exact").drafts) == 4


def test_a_second_entry_without_a_figure_for_that_time_is_left_out() -> None:
    plain = a_version(entry_text(body=BODY.replace("每月有{old-age}", "每月有钱")))
    hits = (a_hit(score=20.0), a_hit("buzhu-how", score=20.0))
    assert len(the_part(*hits, versions=(plain, SECOND), **YEAR_2020).drafts) == 4


# --- what is left alone -----------------------------------------------------------------------------------


def test_an_ended_part_stays_as_it_is() -> None:
    ended = a_part(hits=(a_hit(),)).end(AnswerStatus.DECLINED)
    assert composed(ended).parts == (ended,)


def test_a_part_without_hits_stays_as_it_is() -> None:
    assert composed(a_part()).parts == (a_part(),)


# --- suggestions ------------------------------------------------------------------------------------------


def suggestions(part: Part) -> tuple[str, ...]:
    first = a_version(entry_text(related=["buzhu-how"]))
    more = [a_version(entry_text(f"buzhu-{n}", question=f"补助{n}？")) for n in "abcd"]
    return composed(part, first, SECOND, *more).suggestions


def test_related_entries_come_before_near_ones() -> None:
    hits = (a_hit(), a_hit("buzhu-a", score=2.0), a_hit("buzhu-b", score=1.0))
    assert suggestions(a_part(hits=hits)) == ("补助怎么申请？", "补助a？", "补助b？")


def test_no_more_than_three_and_none_twice() -> None:
    hits = (a_hit(), *(a_hit(f"buzhu-{n}", score=2.0) for n in ("how", "a", "a", "b", "c", "d")))
    assert suggestions(a_part(hits=hits)) == ("补助怎么申请？", "补助a？", "补助b？")


def test_what_was_answered_is_not_suggested() -> None:
    assert "哪些老人可以领高龄补助？" not in suggestions(a_part(hits=(a_hit(), a_hit("buzhu-a", score=2.0))))


def near(standalone: str, question: str, status: AnswerStatus = AnswerStatus.NO_BASIS) -> tuple[str, ...]:
    """What is offered in the place of an answer where the one near entry has this question."""
    part = a_part(standalone, rejects=(Reject("buzhu-a", None, 3.0, "below-threshold"), Reject("gone", None, 2.0, "x")))
    return composed(part.end(status), a_version(entry_text("buzhu-a", question=question))).suggestions


def test_near_questions_are_offered_where_there_is_no_answer() -> None:
    assert near("补助哪天打到卡上", "补助怎么申请？") == ("补助怎么申请？",)
    assert near("补助哪天打到卡上", "补助怎么申请？", AnswerStatus.DECLINED) == ()


@pytest.mark.parametrize(
    ("asked", "question"),
    [
        ("养鸽子要不要办证", "领结婚证要带什么、去哪里领？"),
        ("养鸽子要不要办证", "孙子孙女要不要养爷爷奶奶？"),
        ("青石镇的养老院收多少钱", "青石镇的最低工资是多少？"),
    ],
)
def test_what_shares_no_word_of_the_matter_is_not_offered(asked: str, question: str) -> None:
    """How it is asked and where is no tie."""
    assert near(asked, question) == ()


def test_beside_an_answer_what_is_near_but_foreign_is_not_offered() -> None:
    more = [a_version(entry_text(f"buzhu-{n}", question=question)) for n, question in (("a", "满60岁有工资吗？"), ("b", "补助哪天发？"))]
    part = a_part("七十岁有补助吗", hits=(a_hit(), a_hit("buzhu-a", score=2.0), a_hit("buzhu-b", score=1.0)))
    assert composed(part, a_version(), *more).suggestions == ("补助哪天发？",)


def test_another_name_of_the_matter_is_a_tie() -> None:
    assert near("娃儿的补助", "孩子读书有救助吗？") == ("孩子读书有救助吗？",)


# --- asked about a time after everything held -------------------------------------------------------------

EXPIRED = a_parameter(a_value("90", date(2023, 1, 1), date(2025, 1, 1)))


def test_a_time_to_come_gets_the_last_known_figure_under_a_sentence_that_says_so() -> None:
    part = the_part(parameters=[EXPIRED], about=Period.of_year(2027), about_said=True)
    assert part.status is None
    first, *rest = part.drafts
    assert first.block.kind is BlockKind.CONCLUSION
    assert "高龄补助没有查到" in first.block.text and "90元" not in first.block.text
    shown = "\n".join(draft.block.text for draft in rest)
    assert "90元" in shown and "2023年1月到2024年12月的数" in shown


def test_a_time_before_everything_held_gets_no_figure_at_all() -> None:
    part = the_part(parameters=[EXPIRED], **YEAR_2020)
    assert (part.status, part.drafts) == (AnswerStatus.NO_BASIS, ())
