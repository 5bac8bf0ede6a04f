"""Free wording into requests: what was said, what is asked back, and what is no sum at all."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.calculators.asking import missing_fact
from bot.calculators.calculate import calculate
from bot.calculators.figures import Figures
from bot.calculators.incomes import Income, IncomeKind
from bot.calculators.months import YearMonth
from bot.calculators.reading import READERS, read
from bot.calculators.results import Impossible, Missing
from bot.calculators.words import Words, load_words
from knowledge.problems import KnowledgeError
from tests.unit.test_calculators_figures import held

ROOT = Path(__file__).parent.parent.parent
LEXICON = ROOT / "knowledge" / "lexicon" / "calculators.yaml"
FILE = ROOT / "tests" / "data" / "calculator_readings.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
ASKED = [row for row in ROWS if row.get("ask")]
ON = date(2026, 11, 22)
FIGURES = Figures(held(), ON)


@pytest.fixture(scope="module")
def words() -> Words:
    return load_words(LEXICON)


def plain(value: Any) -> Any:
    """A request's value as the data file writes it."""
    match value:
        case (YearMonth() as first, YearMonth() as last):
            return month(first) if first == last else f"{month(first)}..{month(last)}"
        case tuple():
            return [plain(item) for item in value]
        case Income():
            return [str(value.kind), str(value.monthly)]
        case Decimal() | date():
            return str(value)
        case _:
            return value


def month(value: YearMonth) -> str:
    return f"{value.year}-{value.month:02d}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:24])
def test_reading(row: dict[str, Any], words: Words) -> None:
    reading = read(row["text"], ON, words)
    if row["calculator"] is None:
        assert reading is None
        return
    assert reading is not None and reading.calculator == row["calculator"]
    got = {field.name: plain(getattr(reading.request, field.name)) for field in fields(reading.request)}
    assert {name: got[name] for name in row["expect"]} == row["expect"]
    assert (reading.asking.fact if reading.asking else None) == row["ask"]


def test_there_are_enough_rows_and_each_reader_has_some() -> None:
    assert len(ROWS) >= 60 and sum(row["calculator"] is None for row in ROWS) >= 15
    named = {reader.__name__.removeprefix("read_") for reader in READERS}
    assert {row["calculator"] for row in ROWS} == {*named, None}


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row["text"][:24])
def test_each_choice_settles_the_fact_that_was_asked(row: dict[str, Any], words: Words) -> None:
    reading = read(row["text"], ON, words)
    assert reading is not None and reading.asking is not None
    for choice in reading.asking.choices:
        again = read(f"{row['text']}，{choice}", ON, words)
        assert again is not None and again.calculator == reading.calculator
        assert missing_fact(again.request) != reading.asking.fact, choice


@pytest.mark.parametrize("row", ASKED, ids=lambda row: row["text"][:24])
def test_what_stays_open_is_shown_side_by_side(row: dict[str, Any], words: Words) -> None:
    reading = read(row["text"], ON, words)
    assert reading is not None and reading.asking is not None
    cases = calculate(reading.request, FIGURES)
    if row["ask"] in ("birth", "start"):
        assert cases == ()
    else:
        assert len(cases) >= 2 and all(case.label for case in cases)
        assert len({case.label for case in cases}) == len(cases)


@pytest.mark.parametrize("row", [row for row in ROWS if row["calculator"]], ids=lambda row: row["text"][:24])
def test_what_was_read_can_be_computed(row: dict[str, Any], words: Words) -> None:
    reading = read(row["text"], ON, words)
    assert reading is not None
    for case in calculate(reading.request, FIGURES):
        assert not isinstance(case.outcome, Impossible | Missing)


def test_questions_back_have_two_to_four_choices_and_an_unsure_one(words: Words) -> None:
    for fact, asking in words.asks.items():
        assert 2 <= len(asking.choices) <= 4 and asking.unsure == "不清楚", fact
        assert asking.question.endswith("？") and len(asking.question) <= 25


def test_the_example_of_the_issue_end_to_end(words: Words) -> None:
    reading = read("三口人一个月收入1200农村低保能补好多", ON, words)
    assert reading is not None
    (case,) = calculate(reading.request, FIGURES)
    assert not isinstance(case.outcome, Impossible | Missing)
    assert case.label == "" and case.outcome.explained.conclusion == "照您说的，一家每月大约补690元。"


def test_every_kind_of_income_has_its_words(words: Words) -> None:
    for kind in IncomeKind:
        assert kind is IncomeKind.OTHER or words.lists[f"income_{kind}"]


def test_a_lexicon_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "calculators.yaml"
    broken.write_text("- 一\n- 二\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="测算用词"):
        load_words(broken)


@pytest.mark.parametrize(
    ("text", "calculator"),
    [
        ("我还有几年退休", "retirement"),
        ("我还差几年就到退休年龄，职工养老能转成农村的吗", None),
        ("我快到退休年龄了，能不能早点退", None),
        ("我是男的，1970年8月出生，到退休年龄是几岁", "retirement"),
        ("我每年交1000元养老，一个月能领多少", "pension"),
        ("我每年交1000元养老，政府补多少钱", None),
    ],
)
def test_questions_about_the_rule_are_left_to_the_entries(text: str, calculator: str | None, words: Words) -> None:
    found = read(text, ON, words)
    assert (found.calculator if found else None) == calculator


def test_a_sum_for_each_head_is_not_that_of_the_house(words: Words) -> None:
    reading = read("我们三个人，算下来一个人400元一个月，农村的，低保领多少", ON, words)
    assert reading is not None
    (case,) = calculate(reading.request, FIGURES)
    assert not isinstance(case.outcome, Impossible | Missing)
    assert "690元" in case.outcome.explained.conclusion
