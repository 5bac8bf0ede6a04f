"""What retrieve does with the words of a conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

import pytest

from bot.stages.retrieve import retrieve
from bot.types import AnswerStatus, Inquiry, Part, Question
from knowledge.search import Scope
from knowledge.types import Hit, PartKind, Reject, SearchResult
from tests.builders import ON, ShelfLibrary, a_part, a_snapshot, found


@dataclass
class Answers:
    """A library whose finds depend on the words."""

    by_text: dict[str, SearchResult]
    asked: list[str] = field(default_factory=list)
    base: ShelfLibrary = field(default_factory=lambda: ShelfLibrary(a_snapshot()))

    def search(self, text: str, scope: Scope, top_k: int = 8) -> SearchResult:
        self.asked.append(text)
        return self.by_text.get(text, SearchResult())

    def __getattr__(self, name: str) -> Any:
        return getattr(self.base, name)


def retrieved(part: Part, library: Answers) -> Part:
    return retrieve(Inquiry(Question(part.typed, ON), parts=(part,)), library=cast(Any, library), top_k=8).parts[0]


def a_find(name: str, score: float = 10.0) -> Hit:
    return Hit(name, None, score, 0.9)


def test_a_whole_question_is_looked_up_by_its_own_words_first() -> None:
    library = Answers({"补助多少?": found(a_find("one"))})
    part = retrieved(a_part("补助多少?", typed="补助多少?", context="怎么申请?"), library)
    assert library.asked == ["补助多少?"]
    assert part.hits[0].document_id == "one"


def test_where_it_finds_nothing_the_conversation_helps() -> None:
    library = Answers({"怎么申请?，补助多少?": found(a_find("one"))})
    part = retrieved(a_part("补助多少?", typed="补助多少?", context="怎么申请?"), library)
    assert part.standalone == "怎么申请?，补助多少?"
    assert part.hits[0].document_id == "one"


def test_a_barred_find_is_not_looked_for_again() -> None:
    barred = SearchResult((), (Reject("one", None, 9.0, "other-place"),))
    library = Answers({"补助多少?": barred, "怎么申请?，补助多少?": found(a_find("two"))})
    part = retrieved(a_part("补助多少?", typed="补助多少?", context="怎么申请?"), library)
    assert part.status is AnswerStatus.NO_BASIS
    assert library.asked == ["补助多少?"]


@pytest.mark.parametrize(
    ("place", "score", "status"),
    [(None, 10.5, None), (None, 11.0, AnswerStatus.NO_BASIS), ("白石镇", 10.5, AnswerStatus.NO_BASIS)],
)
def test_a_little_nearer_the_towns_own_report_bars_no_rule_of_the_level_asked_about(
    place: str | None, score: float, status: AnswerStatus | None
) -> None:
    """国家… is answered by the nation's rule; of another place only what is no further off."""
    result = SearchResult((a_find("one"),), (Reject("two", None, score, "other-place"),))
    assert retrieved(a_part("国家的事", place=place), Answers({"国家的事": result})).status is status


def test_of_hits_that_are_alike_the_last_sentence_decides() -> None:
    joined = found(a_find("one", 20.0), a_find("two", 19.5), a_find("far", 10.0))
    alone = SearchResult((), (Reject("two", None, 8.0, "below-threshold"), Reject("far", None, 90.0, "below-threshold")))
    library = Answers({"我有两亩地，补助多少?": joined, "补助多少?": alone})
    part = retrieved(a_part("我有两亩地，补助多少?", typed="补助多少?"), library)
    assert [hit.document_id for hit in part.hits] == ["two", "one", "far"]


def test_the_thing_under_discussion_answers_for_its_own_parts() -> None:
    entry = next(iter(a_snapshot().entries))
    part = a_part("，要多久", typed="要多久", carried=entry, wanted=PartKind.STEPS)
    assert retrieved(part, Answers({})).hits[0].document_id == entry
    assert retrieved(a_part("，费用", typed="费用", carried=entry, wanted=PartKind.FEE), Answers({})).hits == ()


def test_what_a_calculator_worked_out_is_not_looked_up() -> None:
    library = Answers({})
    part = a_part("x", typed="x", drafts=cast(Any, ("draft",)))
    assert retrieved(part, library) == part
    assert library.asked == []
