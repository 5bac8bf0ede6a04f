"""A pinned set of dated figures for the calculator tests, and the rule that only what holds is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.calculators.figures import Figures
from knowledge.types import Basis, Confidence, FigureState, Instrument, Parameter, ParameterValue, Period

PAPER = Instrument("paper", "一份通知", "市里", "本市")
SUBSIDIES = {"100": 30, "200": 40, "300": 50, "500": 70, "1000": 120, "2000": 140, "4000": 175}
Y2014, Y2020, Y2022 = date(2014, 2, 21), date(2020, 1, 1), date(2022, 1, 1)
Y2023, Y2025 = date(2023, 1, 1), date(2025, 1, 1)
# id -> (value, from, to): as of November 2026, pinned so that a later change of content moves no test.
ROWS: dict[str, list[tuple[str, date, date | None]]] = {
    "yl-divisor-60": [("139", Y2014, None)],
    **{f"yl-subsidy-{tier}": [(str(value), Y2022, None)] for tier, value in SUBSIDIES.items()},
    "yl-base-cq": [("115", Y2020, date(2020, 7, 1)), ("125", date(2020, 7, 1), date(2021, 4, 2))],
    "yl-base-national": [("123", date(2024, 1, 1), Y2025), ("143", Y2025, None)],
    "yl-extra-65": [("5", Y2020, None)],
    "yl-extra-70": [("5", Y2020, None)],
    "yl-extra-year": [("2", Y2022, None)],
    "yl-extra-onechild": [("10", Y2022, None)],
    "dibao-rural": [
        ("581", date(2022, 9, 1), Y2023),
        ("610", date(2024, 9, 1), date(2025, 7, 1)),
        ("630", date(2025, 7, 1), None),
    ],
    "dibao-urban": [("750", date(2024, 9, 1), date(2025, 7, 1)), ("770", date(2025, 7, 1), None)],
    "yb-line-h1": [("100", Y2023, None)],
    "yb-line-h2": [("300", Y2023, None)],
    "yb-line-h3": [("800", Y2023, None)],
    "yb-stay-t1-h1": [("80", Y2023, None)],
    "yb-stay-t1-h2": [("70", Y2023, None)],
    "yb-stay-t1-h3": [("50", Y2023, None)],
    "yb-stay-t2-h1": [("85", Y2023, None)],
    "yb-stay-t2-h2": [("75", Y2023, None)],
    "yb-stay-t2-h3": [("55", Y2023, None)],
    "yb-minor-plus": [("5", Y2023, None)],
    "yb-cap-t1": [("80000", Y2023, None)],
    "yb-cap-t2": [("120000", Y2023, None)],
    "yb-reward-keep": [("1000", Y2025, None)],
    "yb-reward-zero": [("1000", Y2025, None)],
    "yb-reward-max": [("20", Y2025, None)],
    "yb-big-cap": [("200000", Y2023, None)],
}


def held(without: tuple[str, ...] = ()) -> dict[str, Parameter]:
    """The pinned parameters, all from reprints, without those named."""
    return {name: _parameter(name) for name in ROWS if name not in without}


def _parameter(name: str) -> Parameter:
    basis = Basis(PAPER, None, Confidence.SECONDHAND, date(2026, 11, 22))
    values = tuple(
        ParameterValue(Decimal(value), Period(start, end), basis) for value, start, end in ROWS[name]
    )
    return Parameter(name, "一个数", {}, "元", None, values, ask=("12345", "town-service"))


def test_only_the_value_of_the_day_is_found() -> None:
    found = Figures(held(), date(2025, 6, 30)).find("dibao-rural")
    assert found is not None and found.value.value == 610 and found.state is FigureState.LAST_KNOWN


def test_an_expired_value_is_never_shown_as_the_last_known_one() -> None:
    assert Figures(held(), date(2026, 11, 22)).find("yl-base-cq") is None


def test_a_past_time_finds_its_own_value_as_superseded() -> None:
    found = Figures(held(), date(2026, 11, 22), Period.of_year(2024)).find("dibao-rural")
    assert found is not None and found.value.value == 610 and found.state is FigureState.SUPERSEDED


def test_a_year_with_two_values_gives_the_newer_and_says_so() -> None:
    figures = Figures(held(), date(2026, 11, 22), Period.of_year(2025))
    found = figures.find("dibao-rural")
    assert found is not None and found.value.value == 630
    assert figures.changed("dibao-rural") and not figures.changed("yl-divisor-60")


@pytest.mark.parametrize(
    ("about", "day"),
    [
        (None, date(2026, 11, 22)),
        (Period.of_year(2025), date(2025, 12, 31)),
        (Period.of_year(2026), date(2026, 11, 22)),
        (Period.of_year(2027), date(2027, 1, 1)),
        (Period(None, date(2020, 1, 1)), date(2019, 12, 31)),
        (Period(date(2025, 1, 1), None), date(2026, 11, 22)),
    ],
)
def test_rules_are_read_on_the_last_day_that_has_come(about: Period | None, day: date) -> None:
    assert Figures({}, date(2026, 11, 22), about).day == day


def test_what_is_missing_names_the_parameters_own_places_to_ask() -> None:
    figures = Figures(held(), date(2026, 11, 22), Period.of_year(2023))
    assert figures.missing("dibao-rural", "低保标准", ("1",)).ask == ("12345", "town-service")
    assert figures.missing("dibao-rural", "低保标准", ("1",)).what == "2023年的低保标准"
    assert Figures({}, date(2026, 11, 22)).missing("x", "低保标准", ("1",)).ask == ("1",)
