"""The calculator against every row of the official annexes, and the months around each table."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.calculators.months import YearMonth
from bot.calculators.results import Impossible
from bot.calculators.retirement import Kind, Retirement, minimum_contribution_months, retirement
from bot.calculators.retirement_year import RetirementYear, retirement_of_year

DATA = Path(__file__).parent.parent / "data"
ON = date(2026, 11, 22)
ORIGINAL = {Kind.MALE: 60, Kind.FEMALE55: 55, Kind.FEMALE50: 50}


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


BIRTHS = rows("retirement_rows.jsonl")
YEARS = rows("retirement_years.jsonl")


def month(text: str) -> YearMonth:
    year, number = text.split("-")
    return YearMonth(int(year), int(number))


def of(birth: YearMonth, kind: Kind) -> Retirement:
    result = retirement(birth, kind, ON)
    assert isinstance(result, Retirement)
    return result


def test_all_birth_months_of_the_three_annexes_are_there() -> None:
    assert Counter(row["kind"] for row in BIRTHS) == {"male": 144, "female55": 144, "female50": 120}
    for kind, first, last in (
        ("male", "1965-01", "1976-12"),
        ("female55", "1970-01", "1981-12"),
        ("female50", "1975-01", "1984-12"),
    ):
        births = sorted(row["birth"] for row in BIRTHS if row["kind"] == kind)
        assert (births[0], births[-1]) == (first, last) and len(set(births)) == len(births)


@pytest.mark.parametrize("row", BIRTHS, ids=lambda row: f"{row['kind']}-{row['birth']}")
def test_each_row_of_the_annexes(row: dict[str, Any]) -> None:
    result = of(month(row["birth"]), Kind(row["kind"]))
    assert divmod(result.age_months, 12) == (row["age_years"], row["age_months"])
    assert result.month == month(row["retires"]) and result.delayed_months == row["delay"]


@pytest.mark.parametrize("row", BIRTHS, ids=lambda row: f"{row['kind']}-{row['birth']}")
def test_flexible_bounds_keep_to_three_years_and_the_original_age(row: dict[str, Any]) -> None:
    birth, kind = month(row["birth"]), Kind(row["kind"])
    result = of(birth, kind)
    assert result.earliest is not None and result.latest is not None
    assert result.month.minus(result.earliest) == min(36, row["delay"])
    assert result.earliest.minus(birth) >= ORIGINAL[kind] * 12
    assert result.latest.minus(result.month) == 36


def test_the_contribution_years_of_annex_4() -> None:
    assert [row["year"] for row in YEARS] == list(range(2025, 2040))
    for row in YEARS:
        assert minimum_contribution_months(row["year"]) == row["years"] * 12 + row["months"], row["year"]


@pytest.mark.parametrize(("year", "months"), [(2010, 180), (2024, 180), (2040, 240), (2060, 240)])
def test_contribution_years_around_the_table(year: int, months: int) -> None:
    assert minimum_contribution_months(year) == months


@pytest.mark.parametrize("kind", list(Kind))
def test_who_was_born_before_the_table_is_not_delayed(kind: Kind) -> None:
    first = min(month(row["birth"]) for row in BIRTHS if row["kind"] == kind)
    for back in range(1, 25):
        birth = first.plus(-back)
        result = of(birth, kind)
        assert result.age_months == ORIGINAL[kind] * 12 and result.delayed_months == 0
        assert result.month == birth.plus(ORIGINAL[kind] * 12) and result.earliest is result.latest is None
        assert result.month < YearMonth(2025, 1)


@pytest.mark.parametrize("kind", list(Kind))
def test_who_was_born_after_the_table_gets_its_last_age(kind: Kind) -> None:
    last = max((row for row in BIRTHS if row["kind"] == kind), key=lambda row: row["birth"])
    for ahead in range(1, 25):
        result = of(month(last["birth"]).plus(ahead), kind)
        assert divmod(result.age_months, 12) == (last["age_years"], last["age_months"])
        assert result.delayed_months == last["delay"]


def test_what_a_villager_reads() -> None:
    explained = of(YearMonth(1972, 3), Kind.MALE).explained
    assert explained.conclusion == "法定退休年龄是61岁10个月，2034年1月退休。"
    assert explained.lines[0] == "2034年退休，最少交满17年6个月。"
    assert [basis.article for basis in explained.basis] == ["第1条、附件1", "第2条、附件4", "第3条"]


def test_no_such_month() -> None:
    with pytest.raises(ValueError, match="13"):
        YearMonth(1972, 13)


# --- only the year of birth ----------------------------------------------------------------------------------

YEARS_OF_BIRTH = sorted({(row["kind"], int(row["birth"][:4])) for row in BIRTHS})


def of_year(year: int, kind: str) -> RetirementYear:
    result = retirement_of_year(year, Kind(kind), ON)
    assert isinstance(result, RetirementYear)
    return result


@pytest.mark.parametrize(("kind", "year"), YEARS_OF_BIRTH)
def test_a_year_of_birth_spans_its_twelve_rows_of_the_annex(kind: str, year: int) -> None:
    twelve = [row for row in BIRTHS if row["kind"] == kind and row["birth"].startswith(f"{year}-")]
    result = of_year(year, kind)
    ages = [row["age_years"] * 12 + row["age_months"] for row in twelve]
    assert (result.first.age_months, result.last.age_months) == (min(ages), max(ages))
    months = [month(row["retires"]) for row in twelve]
    assert (result.first.month, result.last.month) == (min(months), max(months)) and len(twelve) == 12


@pytest.mark.parametrize(
    ("kind", "year", "conclusion"),
    [
        ("male", 1982, "法定退休年龄是63岁，2045年1月到12月退休。"),
        ("female55", 1982, "法定退休年龄是58岁，2040年1月到12月退休。"),
        ("female50", 1982, "法定退休年龄53岁7个月到54岁，2035年8月到2036年12月退休。"),
        ("female50", 1972, "不延迟：女工人满50岁，2022年1月到12月已经到了。"),
    ],
)
def test_a_year_alone_is_told_as_far_as_it_goes(kind: str, year: int, conclusion: str) -> None:
    explained = of_year(year, kind).explained
    assert explained.conclusion == conclusion
    assert explained.lines[0] == "告诉我出生月份，可以算准。"


def test_what_a_year_is_told_in_is_short() -> None:
    for kind in Kind:
        for year in range(1910, 2020):
            explained = of_year(year, kind).explained
            assert len(explained.conclusion) <= 40
            assert max(len(line) for line in (*explained.lines, *explained.formula, *explained.cautions)) <= 25


def test_a_year_that_cannot_be() -> None:
    assert all(isinstance(retirement_of_year(year, Kind.MALE, ON), Impossible) for year in (1900, 2030))
