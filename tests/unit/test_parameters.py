"""Dated figures: which value holds when, what it is worth then, and files that are refused."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.about import about
from knowledge.parameters import due_for_recheck, faults, load_parameters, resolve, state_of
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Confidence, FigureState, Parameter, Period
from tests.builders import ON, PARAMETERS, a_parameter, a_value, instruments_by_id

START, END = date(2025, 7, 1), date(2026, 7, 1)
DAY = timedelta(days=1)
STATES = [
    # (the day, what it is worth then)
    (START - DAY, FigureState.NOT_YET),
    (START, FigureState.IN_FORCE),
    (END - DAY, FigureState.IN_FORCE),
    (END, FigureState.SUPERSEDED),
]


@pytest.mark.parametrize(("day", "state"), STATES)
def test_state_on_the_days_around_its_life(day: date, state: FigureState) -> None:
    assert state_of(a_value("630", START, END), day) is state


@pytest.mark.parametrize(
    ("day", "state"),
    [(date(2026, 6, 30), FigureState.IN_FORCE), (date(2026, 7, 1), FigureState.LAST_KNOWN)],
)
def test_past_its_recheck_day_a_figure_is_only_the_last_known(day: date, state: FigureState) -> None:
    assert state_of(a_value("630", START, recheck_on=date(2026, 7, 1)), day) is state


def test_a_secondhand_figure_is_the_last_known_from_its_first_day() -> None:
    assert state_of(a_value("630", START, confidence=Confidence.SECONDHAND), START) is FigureState.LAST_KNOWN


def test_superseded_wins_over_secondhand() -> None:
    assert state_of(a_value("630", START, END, confidence=Confidence.SECONDHAND), END) is FigureState.SUPERSEDED


HISTORY = a_parameter(
    a_value("600", date(2023, 9, 1), date(2024, 9, 1)),
    a_value("610", date(2024, 9, 1), date(2025, 7, 1)),
    a_value("630", date(2025, 7, 1)),
)


def values(question: str, on: date = ON, parameter: Parameter = HISTORY) -> list[tuple[str, FigureState]]:
    asked = about(question, on)
    return [(str(f.value.value), f.state) for f in resolve(parameter, asked.period, on, asked.said)]


def test_today_has_one_value() -> None:
    assert values("现在多少") == [("630", FigureState.IN_FORCE)]


def test_a_year_with_a_change_has_both_values_oldest_first() -> None:
    assert values("2024年多少") == [("600", FigureState.SUPERSEDED), ("610", FigureState.SUPERSEDED)]


def test_last_year_shows_the_old_value_and_the_one_still_in_force() -> None:
    assert values("去年多少") == [("610", FigureState.SUPERSEDED), ("630", FigureState.IN_FORCE)]


@pytest.mark.parametrize(
    ("question", "value"), [("2025年6月多少", "610"), ("2025年7月多少", "630"), ("2024年8月31日多少", "600")]
)
def test_the_day_before_a_change_and_the_day_of_it(question: str, value: str) -> None:
    assert [found for found, _ in values(question)] == [value]


def test_a_time_before_everything_held_has_no_value() -> None:
    assert values("2022年多少") == []


def test_an_expired_figure_shows_as_last_known_when_no_time_is_named() -> None:
    gone = a_parameter(a_value("500", date(2020, 1, 1), date(2021, 1, 1)), a_value("510", date(2021, 1, 1), END))
    assert values("多少", parameter=gone) == [("510", FigureState.LAST_KNOWN)]
    assert values("2026年12月多少", parameter=gone) == []


def test_a_figure_to_come_is_shown_for_its_time_only() -> None:
    coming = a_parameter(a_value("700", date(2027, 1, 1)))
    assert values("多少", parameter=coming) == []
    assert values("2027年多少", parameter=coming) == [("700", FigureState.NOT_YET)]


def test_an_open_start_holds_for_ever_before() -> None:
    assert values("2001年多少", parameter=a_parameter(a_value("5", None, END))) == [("5", FigureState.SUPERSEDED)]


def test_due_for_recheck_from_the_very_day() -> None:
    due = a_parameter(a_value("630", START, recheck_on=END))
    assert [value.value for _, value in due_for_recheck({"x": due}, END)] == [630]
    assert due_for_recheck({"x": due}, END - DAY) == []


def test_a_superseded_value_needs_no_recheck() -> None:
    old = a_parameter(a_value("610", START, END, recheck_on=END))
    assert due_for_recheck({"x": old}, END + DAY) == []


# --- what a parameter must not be -------------------------------------------------------------------------


def said(parameter: Parameter) -> str:
    return "".join(what for what, _ in faults(parameter))


def test_a_sound_parameter_has_no_fault() -> None:
    assert faults(HISTORY) == []


def test_overlapping_validity() -> None:
    overlapping = a_parameter(a_value("1", START, END), a_value("2", END - DAY))
    assert "重叠" in said(overlapping)
    touching = a_parameter(a_value("1", START, END), a_value("2", END))
    assert faults(touching) == []


def test_an_open_value_followed_by_another() -> None:
    assert "重叠" in said(a_parameter(a_value("1", START), a_value("2", END)))


def test_an_unknown_figure() -> None:
    assert "unknown" in said(a_parameter(a_value("1", confidence=Confidence.UNKNOWN)))


@pytest.mark.parametrize("end", [START, START - DAY])
def test_an_end_not_after_its_start(end: date) -> None:
    assert "不晚于" in said(a_parameter(a_value("1", START, end)))


def test_nobody_to_ask() -> None:
    assert "ask" in said(a_parameter(ask=()))


# --- files ------------------------------------------------------------------------------------------------


def load(folder: Path, text: str) -> dict[str, Parameter]:
    (folder / "buzhu.yaml").write_text(text, encoding="utf-8")
    return load_parameters(folder, instruments_by_id())


def refused(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder, text)
    return caught.value.problems


def test_a_file_is_read(tmp_path: Path) -> None:
    parameter = load(tmp_path, PARAMETERS)["old-age"]
    (value,) = parameter.values
    assert (parameter.what, parameter.audience, parameter.unit, parameter.per) == (
        "高龄补助", {"age": "80岁以上"}, "元", "月"
    )  # fmt: skip
    assert (str(value.value), value.period) == ("100", Period(date(2024, 1, 1), None))
    assert (value.basis.instrument.id, value.basis.article) == ("banfa", "第8条")


def test_values_are_put_in_order_of_time(tmp_path: Path) -> None:
    earlier = PARAMETERS.replace(
        "  values:\n",
        "  values:\n    - {value: 9.5, from: 2025-01-01, to: null, confidence: verified,"
        " checked_on: 2026-11-22, instrument: banfa}\n",
    ).replace("to: null, recheck_on", "to: 2025-01-01, recheck_on")
    assert [str(value.value) for value in load(tmp_path, earlier)["old-age"].values] == ["100", "9.5"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("instrument: banfa", "instrument: none-such", "none-such"),
        ("value: 100", "value: hundred", "old-age"),
        ("checked_on: 2026-11-22, ", "", "checked_on"),
        ("confidence: verified", "confidence: sure", "sure"),
        ("  unit: 元\n", "", "unit"),
        ("confidence: verified", "confidence: unknown", "unknown"),
    ],
)
def test_a_slip_is_told_with_its_parameter_and_line(tmp_path: Path, old: str, new: str, told: str) -> None:
    text = "# 开头\n\n" + PARAMETERS.replace(old, new)
    (fault,) = refused(tmp_path, text)
    assert (fault.line, told in fault.what) == (3, True)
    assert fault.path.endswith("buzhu.yaml") and fault.remedy


def test_the_same_parameter_twice(tmp_path: Path) -> None:
    assert any("写了两次" in fault.what for fault in refused(tmp_path, PARAMETERS + PARAMETERS))


def test_all_slips_of_a_folder_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(PARAMETERS.replace("banfa", "none"), encoding="utf-8")
    assert len(refused(tmp_path, PARAMETERS.replace("ask:", "asked:"))) == 2


def test_a_file_that_is_no_list(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, "old-age: 100\n")
    assert "- id" in fault.what


@pytest.mark.parametrize(
    ("question", "recheck_on", "found"),
    [
        ("2027年多少", date(2026, 7, 1), []),
        ("明年多少", date(2027, 1, 1), []),
        ("2027年多少", date(2027, 3, 1), ["630"]),
        ("2027年多少", None, ["630"]),
        ("今年多少", date(2026, 7, 1), ["630"]),
        ("现在多少", date(2026, 7, 1), ["630"]),
    ],
)
def test_a_figure_that_is_looked_up_anew_is_not_that_of_a_year_ahead(
    question: str, recheck_on: date | None, found: list[str]
) -> None:
    renewed = a_parameter(a_value("630", START, recheck_on=recheck_on))
    assert [value for value, _ in values(question, parameter=renewed)] == found
