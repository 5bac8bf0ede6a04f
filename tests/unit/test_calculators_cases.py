"""Hand-worked cases of every calculator: exact to the fen and the day, sentences short enough to read."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.calculators.coverage_reward import coverage_reward
from bot.calculators.deadline_rules import Procedure
from bot.calculators.deadlines import Deadline, deadline
from bot.calculators.dibao_gap import Area, dibao_gap
from bot.calculators.employee_years import employee_years
from bot.calculators.figures import Figures
from bot.calculators.incomes import Income, IncomeKind
from bot.calculators.months import YearMonth
from bot.calculators.reimbursement import Stay, reimbursement
from bot.calculators.resident_pension import PensionFacts, resident_pension
from bot.calculators.results import Explained, Impossible, Missing
from bot.calculators.retirement import Kind, retirement
from bot.calculators.waiting_period import NATIONAL_RULE, waiting_period
from knowledge.types import Period
from tests.unit.test_calculators_figures import held

FILE = Path(__file__).parent.parent / "data" / "calculator_cases.jsonl"
ROWS: list[dict[str, Any]] = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
WITH_FIGURES = {"resident_pension", "dibao_gap", "reimbursement", "coverage_reward"}
MONEY = {"total", "outside", "self_first", "used", "account", "yearly"}


def month(text: str) -> YearMonth:
    year, number = text.split("-")
    return YearMonth(int(year), int(number))


def run(row: dict[str, Any]) -> Any:
    given = {name: Decimal(value) if name in MONEY else value for name, value in row["input"].items()}
    on = date.fromisoformat(row["on"])
    about = Period.of_year(int(row["about"])) if "about" in row else None
    figures = Figures(held(tuple(row.get("without", ()))), on, about)
    match row["calculator"]:
        case "retirement":
            return retirement(month(given["birth"]), Kind(given["kind"]), on)
        case "resident_pension":
            return resident_pension(PensionFacts(**given), figures)
        case "employee_years":
            return employee_years(given["paid_months"], month(given["retire"]), on)
        case "dibao_gap":
            incomes = tuple(Income(IncomeKind(kind), Decimal(sum_)) for kind, sum_ in given["incomes"])
            return dibao_gap(Area(given["area"]), given["people"], incomes, figures)
        case "reimbursement":
            return reimbursement(Stay(**given), figures)
        case "waiting_period":
            rule = None if given.pop("no_rule", False) else NATIONAL_RULE
            return waiting_period(on=on, rule=rule, **given)
        case "coverage_reward":
            return coverage_reward(given["years"], given["unused_years"], figures)
        case _:
            days = {name: date.fromisoformat(day) for name, day in given.items() if name != "procedure"}
            return deadline(Procedure(given["procedure"]), on=on, **days)


def plain(value: Any) -> Any:
    """A result's value as the data file writes it."""
    if isinstance(value, YearMonth):
        return f"{value.year}-{value.month:02d}"
    return value


def expected(value: Any) -> Any:
    return Decimal(value) if isinstance(value, str) and re.fullmatch(r"\d+(\.\d+)?", value) else value


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_hand_worked_case(row: dict[str, Any]) -> None:
    result, expect = run(row), row["expect"]
    if "impossible" in expect:
        assert isinstance(result, Impossible) and expect["impossible"] in result.sentence, row["working"]
    elif "missing" in expect:
        assert isinstance(result, Missing) and expect["missing"] in result.what and result.ask, row["working"]
    elif isinstance(result, Deadline):
        assert [limit.last_day.isoformat() for limit in result.limits] == expect["last_days"], row["working"]
        assert [limit.days_left for limit in result.limits] == expect["days_left"], row["working"]
    else:
        got = {name: plain(getattr(result, name)) for name in expect}
        assert got == {name: expected(value) for name, value in expect.items()}, row["working"]


def test_there_are_enough_cases_each_with_its_working() -> None:
    others = [row for row in ROWS if row["calculator"] != "retirement"]
    assert len(others) >= 150 and all(row["working"] for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert min(Counter(row["calculator"] for row in ROWS).values()) >= 15


def sentences(row: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """(most characters allowed, sentence) of everything a villager reads of one result."""
    result = run(row)
    if isinstance(result, Impossible):
        yield 25, result.sentence
    elif not isinstance(result, Missing):
        explained: Explained = result.explained
        yield 40, explained.conclusion
        for text in (*explained.lines, *explained.formula, *explained.cautions):
            for sentence in re.split(r"(?<=[。！？；])", text):
                yield 25, sentence


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_sentences_are_short_and_end(row: dict[str, Any]) -> None:
    for most, sentence in sentences(row):
        assert len(sentence) <= most, sentence
        assert not sentence or sentence.endswith("。"), sentence
        assert "None" not in sentence and "Decimal" not in sentence and "E+" not in sentence


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_a_result_names_its_basis_and_its_figures(row: dict[str, Any]) -> None:
    result = run(row)
    if not isinstance(result, Impossible | Missing):
        explained: Explained = result.explained
        assert explained.basis and explained.formula and explained.ask
        assert bool(explained.figures) is (row["calculator"] in WITH_FIGURES)
        for used in explained.figures:
            assert used.value in held()[used.parameter.id].values


def test_days_since_are_counted_from_the_calendar() -> None:
    """The hand-counted days of the file against the calendar's own difference."""
    for row in ROWS:
        if row["calculator"] == "deadline" and "last_days" in row["expect"]:
            on = date.fromisoformat(row["on"])
            counted = [(date.fromisoformat(day) - on).days for day in row["expect"]["last_days"]]
            assert counted == row["expect"]["days_left"], row["id"]


@pytest.mark.parametrize(("gap", "repaired", "said"), [(5, 0, True), (5, 5, True), (4, 0, True), (3, 0, False)])
def test_the_least_wait_after_a_long_gap_is_always_said(gap: int, repaired: int, said: bool) -> None:
    found = waiting_period(gap, date(2026, 11, 22), repaired)
    assert not isinstance(found, (Missing, Impossible))
    assert any("至少等6个月" in line for line in found.explained.lines) is said
