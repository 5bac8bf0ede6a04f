"""One question back where two texts fit alike; then everything side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from bot.stages.ask_back import Decider, ask_back, load_deciders
from bot.types import AnswerStatus, Inquiry, Part, Question, Turn
from knowledge.types import Hit
from tests.builders import ON, ShelfLibrary, a_snapshot, a_version, entry_text

LEXICON = Path(__file__).resolve().parents[2] / "knowledge" / "lexicon"
DECIDER = Decider("area", "在山上还是在坝上？", ("补助",), ("山上", "坝上"), {"山上": ("山上",), "坝上": ("坝上",)})
UP, DOWN, OTHER = "up", "down", "other"


def a_library() -> Any:
    names = {UP: "山上的补助多少？", DOWN: "坝上的补助多少？", OTHER: "补助怎么申请？"}
    texts = [entry_text(name, question=question) for name, question in names.items()]
    return cast(Any, ShelfLibrary(a_snapshot(*map(a_version, texts))))


def hits(*scores: tuple[str, float], matched: str = "") -> tuple[Hit, ...]:
    return tuple(Hit(name, None, score, 0.9, matched=matched) for name, score in scores)


def asked(part: Part, *history: Turn, question: bool = True) -> Part:
    inquiry = Inquiry(Question(part.standalone, ON), history=history, parts=(part,))
    return ask_back(inquiry, library=a_library(), deciders=(DECIDER,), is_question=lambda text: question).parts[0]


OPEN = Part("补助多少", hits=hits((UP, 10.0), (DOWN, 9.9)))


def test_the_fact_that_decides_is_asked_back() -> None:
    part = asked(OPEN)
    assert part.status is AnswerStatus.ASK_BACK
    assert part.note == "ask:在山上还是在坝上？"
    assert part.choices == ("山上", "坝上")
    assert (part.pending, part.rule) == ("补助多少", "ask-back:area")


@pytest.mark.parametrize(
    "part",
    [
        Part("山上的补助多少", hits=OPEN.hits),
        Part("津贴多少", hits=OPEN.hits),
        Part("补助多少", hits=hits((UP, 10.0), (DOWN, 5.0))),
        Part("补助多少", hits=hits((UP, 10.0))),
        Part("补助多少", hits=hits((OTHER, 10.0), (UP, 9.9), (DOWN, 9.8))),
        Part("补助多少", hits=hits((UP, 10.0), (DOWN, 9.9), matched="exact")),
        Part("补助多少", hits=OPEN.hits, status=AnswerStatus.DECLINED),
        Part("补助多少"),
    ],
    ids=["said", "other-topic", "far", "alone", "general", "exact", "ended", "nothing"],
)
def test_nothing_is_asked_back_without_need(part: Part) -> None:
    assert asked(part) == part


def test_what_is_only_told_is_not_asked_about() -> None:
    assert asked(OPEN, question=False) == OPEN


def test_after_a_question_back_all_that_fit_are_shown() -> None:
    before = Turn("补助多少", "补助多少", AnswerStatus.ASK_BACK, pending="补助多少", choices=("山上", "坝上"))
    part = asked(OPEN, before)
    assert (part.status, part.beside) == (None, (DOWN,))


def test_one_message_gets_one_question_back() -> None:
    inquiry = Inquiry(Question("x", ON), parts=(OPEN, OPEN))
    done = ask_back(inquiry, library=a_library(), deciders=(DECIDER,), is_question=lambda text: True)
    assert [part.status for part in done.parts] == [AnswerStatus.ASK_BACK, None]


def test_the_bundled_questions_back_have_two_to_four_choices() -> None:
    deciders = load_deciders(LEXICON)
    assert deciders
    for decider in deciders:
        assert 2 <= len(decider.tells) <= 4
        assert all(not decider.is_open(f"{decider.among[0]}{word}") for word in decider.unless)


def test_no_file_no_questions_back(tmp_path: Path) -> None:
    assert load_deciders(tmp_path) == ()
