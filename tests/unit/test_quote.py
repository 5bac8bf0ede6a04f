"""Free documents: the clause that answers, word for word, and the sentences around it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

import pytest

from bot.stages.compose import compose
from bot.stages.quote import MAX_CONCLUSION, MAX_QUOTE
from bot.types import AnswerStatus, BlockKind, Part
from knowledge.types import Period
from tests.builders import ShelfLibrary, a_document_version, a_hit, a_part, a_snapshot, an_inquiry

SHORT = "全年办会12场。来的人不少。下一年还要办。"
LONG = (
    "一年来全镇上下一条心，办会12场，进村入户发册子800份，解答村民问题96个，"
    "还请了县里的老师来讲课，讲的是田土、婚姻、借钱这些常见的事，大家听得认真，问得仔细，效果很好。"
)


def quoted(question: str, *texts: str, period: Period | None = None, hits: int = 1, **changes: Any) -> Part:
    version = a_document_version(texts=texts or (SHORT,), period=period)
    found = tuple(a_hit("gonggao", f"gonggao@v1:p{n}", score=10.0 - n) for n in range(1, hits + 1))
    library = ShelfLibrary(a_snapshot(version, parameters=[]))
    part = a_part(question, hits=found, **changes)
    return compose(an_inquiry(part), library=cast(Any, library)).parts[0]


def test_the_sentence_that_shares_most_with_the_question_leads() -> None:
    part = quoted("全年办了几场会")
    assert part.drafts[0].block.kind is BlockKind.CONCLUSION
    assert part.drafts[0].block.text == "全年办会12场。"


def test_what_is_quoted_stands_in_the_passage_word_for_word() -> None:
    for texts in ((SHORT,), (LONG,), (SHORT + LONG,)):
        for draft in quoted("办会几场", *texts).drafts:
            for line in draft.block.text.split("\n"):
                assert line.rstrip("。") in texts[0]


def test_a_long_sentence_is_cut_to_the_clauses_around_the_best() -> None:
    lead = quoted("发了多少册子", LONG).drafts[0].block.text
    assert "800份" in lead
    assert len(lead) <= MAX_CONCLUSION + 1


def test_the_whole_sentence_then_stands_under_the_clause() -> None:
    conclusion, note = quoted("发了多少册子", LONG).drafts
    assert (note.block.kind, note.block.title) == (BlockKind.NOTE, "原文这样写")
    assert note.block.text == LONG
    assert conclusion.block.text != note.block.text


def test_the_quote_is_bounded() -> None:
    sentences = tuple(f"第{n}次办会来了很多很多的人大家都说办得很好明年还要接着办下去。" for n in "一二三四五六七八九")
    assert len(quoted("办会", "".join(sentences)).drafts[1].block.text.replace("\n", "")) <= MAX_QUOTE


def test_where_a_number_is_asked_for_a_sentence_with_one_wins() -> None:
    text = "办会办会很热闹。办会12场很多。"
    assert quoted("办会多少场", text).drafts[0].block.text == "办会12场很多。"


def test_no_word_in_common_is_no_answer() -> None:
    part = quoted("彩礼退么", SHORT)
    assert (part.status, part.drafts, part.note) == (AnswerStatus.NO_BASIS, (), "no-sentence")


def test_the_best_passage_may_be_a_later_hit() -> None:
    part = quoted("册子发了多少份", SHORT, "发册子800份。", hits=2)
    assert part.drafts[0].citations[0].passage.id == "gonggao@v1:p2"


def test_the_citation_is_the_document_itself() -> None:
    period = Period(date(2026, 1, 1), date(2027, 1, 1))
    (citation,) = quoted("办会几场", period=period).drafts[0].citations
    assert (citation.passage.url, citation.passage.quote) == ("/documents/gonggao#passage-p1", SHORT)
    assert (citation.basis.held, citation.basis.quote, citation.basis.article) == (True, SHORT, "p1")
    assert (citation.basis.effective_from, citation.basis.effective_to) == (period.start, period.end)
    assert citation.basis.level == "青石镇"


def test_every_line_is_marked() -> None:
    for draft in quoted("办会几场", SHORT + LONG).drafts:
        assert draft.block.marks == ((1,),) * len(draft.block.text.split("\n"))


@pytest.mark.parametrize("passage_id", ["gonggao@v1:p9", None])
def test_a_passage_that_is_gone_is_no_answer(passage_id: str | None) -> None:
    library = ShelfLibrary(a_snapshot(a_document_version(texts=(SHORT,)), parameters=[]))
    part = a_part("办会几场", hits=(a_hit("gonggao", passage_id),))
    found = compose(an_inquiry(part), library=cast(Any, library)).parts[0]
    assert found.status is AnswerStatus.NO_BASIS
