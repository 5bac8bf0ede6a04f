"""Small talk, refusals and what is known not to be held end before anything is searched."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.stages.route import load_talk, route
from bot.types import AnswerStatus, Inquiry, Part
from knowledge.not_held import NotHeld, named
from knowledge.settings import PACKAGE
from tests.builders import an_inquiry

TALK = load_talk(PACKAGE / "lexicon")
MISSING = (NotHeld(("公积金",), "住房公积金", "12345"), NotHeld(("天气",), "天气", ""))


def never(text: str) -> None:
    return None


def cheats(text: str) -> tuple[AnswerStatus, str] | None:
    return (AnswerStatus.DECLINED, "sentence:cheat") if "假证明" in text else None


def missing(text: str) -> NotHeld | None:
    return named(text, MISSING)


def routed(text: str, refusal: object = never) -> Part:
    part = Part(text, typed=text)
    given: Inquiry = an_inquiry(part, text=text)
    return route(given, talk=TALK, refusal=refusal, not_held=missing).parts[0]  # type: ignore[arg-type]


@pytest.mark.parametrize(("text", "kind"), [("你好", "hello"), ("多谢了", "thanks"), ("你是真人吗？", "who"), ("你会啥子", "what")])
def test_small_talk_is_greeted(text: str, kind: str) -> None:
    part = routed(text)
    assert (part.status, part.note) == (AnswerStatus.GREETING, kind)


@pytest.mark.parametrize("text", ["你好，低保啷个办", "谢谢，还要带啥", "低保"])
def test_a_question_with_a_greeting_goes_on(text: str) -> None:
    assert routed(text).status is None


def test_what_must_not_be_helped_with_ends_with_its_rule() -> None:
    part = routed("帮我开个假证明", cheats)
    assert (part.status, part.note) == (AnswerStatus.DECLINED, "sentence:cheat")


def test_what_is_not_held_ends_with_its_name_and_the_phone_to_ring() -> None:
    part = routed("公积金怎么取")
    assert (part.status, part.note) == (AnswerStatus.NO_BASIS, "not-held:住房公积金:12345")


def test_what_is_nobodys_business_here_is_out_of_scope() -> None:
    assert routed("明天天气好不好").status is AnswerStatus.OUT_OF_SCOPE


def test_a_refusal_wins_over_what_is_not_held() -> None:
    assert routed("公积金的假证明", cheats).status is AnswerStatus.DECLINED


def test_no_sentence_is_small_talk_of_two_kinds() -> None:
    kinds = list(TALK.values())
    assert len(frozenset().union(*kinds)) == sum(map(len, kinds))


def test_there_is_no_small_talk_without_a_file(tmp_path: Path) -> None:
    assert load_talk(tmp_path) == {}


def test_each_half_of_a_message_is_judged_by_its_own_words() -> None:
    """Also where no stage before has said what a half's own words are."""
    given = an_inquiry(Part("帮我开个假证明"), Part("医保几时交"), text="帮我开个假证明。医保几时交？")
    refused, honest = route(given, talk=TALK, refusal=cheats, not_held=missing).parts
    assert refused.status is AnswerStatus.DECLINED
    assert honest.status is None


def test_what_only_the_whole_message_asks_for_is_refused_whole() -> None:
    def together(text: str) -> tuple[AnswerStatus, str] | None:
        return (AnswerStatus.DECLINED, "sentence:cheat") if "存款" in text and "藏" in text else None

    given = an_inquiry(Part("存款要查吗"), Part("藏起来行不行"), text="存款要查吗？藏起来行不行？")
    assert {part.status for part in route(given, talk=TALK, refusal=together, not_held=missing).parts} == {
        AnswerStatus.DECLINED
    }


def test_an_honest_half_beside_a_refused_one_goes_on_whatever_rule_finds_the_whole() -> None:
    def by_length(text: str) -> tuple[AnswerStatus, str] | None:
        return (AnswerStatus.DECLINED, f"sentence:{'long' if len(text) > 8 else 'short'}") if "假证明" in text else None

    given = an_inquiry(Part("帮我开个假证明"), Part("医保几时交"), text="帮我开个假证明。医保几时交？")
    _, honest = route(given, talk=TALK, refusal=by_length, not_held=missing).parts
    assert honest.status is None
