"""Two questions in one message: cut where both stand alone, never inside one question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.conversation import load_follow_ups
from bot.stages.rewrite import load_part_words
from bot.stages.split import split
from bot.types import Inquiry, Question
from tests.builders import ON

ROOT = Path(__file__).resolve().parents[2]
LEXICON = ROOT / "knowledge" / "lexicon"
FOLLOW_UPS, PART_WORDS = load_follow_ups(LEXICON), load_part_words(LEXICON)
PLAIN_SETS = ("first_light", "dev", "report_figures")


def halves(text: str, **more: object) -> list[str]:
    inquiry = split(Inquiry(Question(text, ON)), follow_ups=FOLLOW_UPS, part_words=PART_WORDS, **more)  # type: ignore[arg-type]
    return [part.standalone for part in inquiry.parts]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("低保去哪里办？另外医保几时交？", ["低保去哪里办?", "医保几时交?"]),
        ("低保一个月多少钱？医保一年交多少？", ["低保一个月多少钱?", "医保一年交多少?"]),
        ("低保啷个办，医保又啷个交", ["低保啷个办", "医保又啷个交"]),
        ("我想问低保要带什么材料，还有去哪里交？", ["我想问低保要带什么材料", "去哪里交?"]),
        ("低保要带啥子材料；多久批得下来", ["低保要带啥子材料", "多久批得下来"]),
        ("离婚冷静期多久？彩礼退不退？", ["离婚冷静期多久?", "彩礼退不退?"]),
    ],
)
def test_two_questions_are_told_apart(text: str, expected: list[str]) -> None:
    assert halves(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "低保、医保、养老都要交钱吗",
        "我妈60了，低保啷个办",
        "办低保要身份证、户口簿还有什么？",
        "吃低保的人，医保还要自己交钱吗？",
        "离婚了，娃儿归哪个，抚养费给好多？",
        "你好！我想问一下低保多少钱一个月？",
        "低保没批下来？我该找哪个？",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    assert len(halves(text)) == 1


@pytest.mark.parametrize("name", PLAIN_SETS)
def test_single_questions_of_the_sets_are_never_cut(name: str) -> None:
    path = ROOT / "tests" / "evaluation" / f"{name}.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    asked = [turn for row in rows for turn in row["turns"]]
    assert len(asked) > 40
    assert [text for text in asked if len(halves(text)) > 1] == []


def test_an_honest_question_beside_one_that_gets_no_answer_is_told_apart() -> None:
    text = "怎么装穷骗补助？另外多少岁能领津贴？"
    assert len(halves(text)) == 1
    assert halves(text, ends=lambda half: "骗" in half) == ["怎么装穷骗补助?", "多少岁能领津贴?"]


def test_two_halves_that_both_get_no_answer_stay_whole() -> None:
    assert len(halves("怎么装穷骗补助？另外怎么骗津贴？", ends=lambda half: "骗" in half)) == 1


def test_what_is_asked_of_the_same_matter_for_a_cheat_stays_with_it() -> None:
    text = "低保要查哪些财产？怎么瞒着存款吃低保？"
    assert len(halves(text, ends=lambda half: "瞒" in half)) == 2
    assert halves(text, ends=lambda half: "瞒" in half, cheats=lambda whole: "瞒" in whole) == ["低保要查哪些财产?怎么瞒着存款吃低保?"]


def test_a_question_about_another_matter_is_told_apart_from_a_cheat() -> None:
    text = "离婚冷静期多久？怎么瞒着存款吃低保？"
    assert len(halves(text, ends=lambda half: "瞒" in half, cheats=lambda whole: "瞒" in whole)) == 2
