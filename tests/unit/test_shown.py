"""An entry filled in for one moment: numbers of sources, states, hedges, what falls away."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.shown import state_of_basis
from knowledge.types import Confidence, DocumentKind, FigureState, PartKind, Period
from tests.builders import (
    BODY,
    a_basis,
    a_parameter,
    a_value,
    an_instrument,
    entry_text,
    moment,
    shown,
)

LAST_KNOWN = a_parameter(a_value("630", date(2025, 7, 1), confidence=Confidence.SECONDHAND))
SECONDHAND = {"instrument": "banfa", "article": "第7条", "confidence": "secondhand", "checked_on": "2026-11-22"}
HEDGE = "这是2025年7月起的数，之后有没有调，要问12345或便民窗口。"


def test_sources_are_numbered_over_the_entry_one_for_each_place_in_each_part() -> None:
    entry = shown()
    assert [(s.number, s.part, s.basis.article) for s in entry.sources] == [
        (1, PartKind.CONCLUSION, "第7条"),
        (2, PartKind.CONCLUSION, None),
        (3, PartKind.CONDITIONS, "第7条"),
        (4, PartKind.CONDITIONS, "第9条"),
        (5, PartKind.STEPS, "第9条"),
    ]
    assert [line.marks for part in entry.parts for line in part.lines] == [(1, 2), (3,), (3, 4), (5,), ()]


def test_a_source_points_at_the_passage_of_its_part() -> None:
    assert [source.passage_id for source in shown().sources_of(PartKind.CONDITIONS)] == [
        "buzhu-who@v1:conditions",
        "buzhu-who@v1:conditions",
    ]


def test_figures_and_phones_are_filled_in() -> None:
    entry = shown()
    assert entry.parts[0].text == "可以领：年满80岁、户口在本镇的老人，每月有100元。"
    assert entry.parts[-1].text == "拿不准的先打12345问。"


def test_a_last_known_figure_is_followed_by_its_hedge_with_the_same_source() -> None:
    entry = shown(None, LAST_KNOWN)
    lines = entry.parts[0].lines
    assert [line.text for line in lines[1:]] == [HEDGE]
    assert lines[1].marks == (2,)
    assert entry.sources[1].state is FigureState.LAST_KNOWN


def test_a_hedge_stands_under_the_conclusion_and_once_where_sums_are_listed() -> None:
    body = BODY.replace("## 怎么办", "## 金额\n- 每月{old-age}。\n\n## 费用\n- 也是{old-age}。\n\n## 怎么办")
    entry = shown(entry_text(body=body), LAST_KNOWN)
    hedged = [part.kind for part in entry.parts for line in part.lines if line.text == HEDGE]
    assert hedged == [PartKind.CONCLUSION, PartKind.AMOUNT]
    assert entry.part(PartKind.AMOUNT) is not None


def test_an_old_year_shows_the_old_figure_and_says_so() -> None:
    history = a_parameter(a_value("90", date(2024, 1, 1), date(2025, 1, 1)), a_value("100", date(2025, 1, 1)))
    entry = shown(None, history, at=moment(about=Period.of_year(2024)))
    assert "90元" in entry.parts[0].lines[0].text
    assert entry.parts[0].lines[1].text == "这是2024年的旧数，现在不按这个了。"
    assert entry.sources[1].state is FigureState.SUPERSEDED


def test_lines_without_their_figure_fall_away_and_are_named() -> None:
    entry = shown(at=moment(about=Period.of_year(2020)))
    assert entry.part(PartKind.CONCLUSION) is None
    assert [part.kind for part in entry.parts][0] is PartKind.CONDITIONS
    assert [parameter.id for parameter in entry.missing] == ["old-age"]


def test_a_missing_figure_is_named_once() -> None:
    body = BODY.replace("## 怎么办", "## 金额\n- 每月{old-age}。\n\n## 怎么办")
    assert len(shown(entry_text(body=body), at=moment(about=Period.of_year(2020))).missing) == 1


def test_a_secondhand_conclusion_says_that_the_original_was_not_seen() -> None:
    body = BODY.replace("每月有{old-age}", "每月有钱")
    entry = shown(entry_text(body=body, basis={"a": SECONDHAND, "b": {**SECONDHAND, "confidence": "verified"}}))
    assert "没见到原文件" in entry.parts[0].lines[-1].text
    assert "12345" in entry.parts[0].lines[-1].text
    assert entry.sources[0].state is FigureState.LAST_KNOWN


def test_a_verified_conclusion_says_nothing_of_the_kind() -> None:
    body = BODY.replace("每月有{old-age}", "每月有钱")
    assert len(shown(entry_text(body=body)).parts[0].lines) == 1


def test_reviewed_and_staff_come_from_the_version() -> None:
    assert (shown().reviewed, shown().staff) == (False, False)
    assert shown(reviewed_by="王主任").reviewed
    assert shown(kind=DocumentKind.STAFF_ANSWER).staff


def test_relations_that_are_not_published_are_left_out() -> None:
    assert shown(entry_text(related=["buzhu-gone", "buzhu-who"])).related[0].id == "buzhu-who"
    assert len(shown(entry_text(related=["buzhu-gone"])).related) == 0


@pytest.mark.parametrize(
    ("changes", "confidence", "state"),
    [
        ({}, Confidence.VERIFIED, FigureState.IN_FORCE),
        ({}, Confidence.SECONDHAND, FigureState.LAST_KNOWN),
        ({"effective_to": date(2026, 11, 22)}, Confidence.VERIFIED, FigureState.SUPERSEDED),
        ({"effective_to": date(2026, 11, 23)}, Confidence.VERIFIED, FigureState.IN_FORCE),
        ({"effective_from": date(2026, 11, 22)}, Confidence.VERIFIED, FigureState.IN_FORCE),
        ({"effective_from": date(2026, 11, 23)}, Confidence.VERIFIED, FigureState.NOT_YET),
        ({"effective_from": None}, Confidence.VERIFIED, FigureState.IN_FORCE),
    ],
)
def test_what_a_basis_is_worth_today(changes: dict[str, date], confidence: Confidence, state: FigureState) -> None:
    basis = a_basis(an_instrument(**changes), confidence=confidence)
    assert state_of_basis(basis, moment(date(2026, 11, 22))) is state
