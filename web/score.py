"""The results shipped with this release, as the score page tells them. The file: docs/score.json (web.score_file)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "docs" / "score.json"


class ScoreUnreadable(Exception):
    """The file is there, but is not what web.score_file writes."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """Of questions that have an answer: asked, answered right, refused; shares 0..1, None where none was asked."""

    name: str
    asked: int
    right: float | None
    refused: float | None


@dataclass(frozen=True, slots=True)
class SetScore:
    """One set of questions. unanswerable: questions without a basis; abstained: share of them refused rightly."""

    name: str
    whole: ScoreRow
    unanswerable: int
    abstained: float | None
    wrong_figures: int
    styles: tuple[ScoreRow, ...]


@dataclass(frozen=True, slots=True)
class Score:
    made_on: str
    sets: tuple[SetScore, ...]


def read_score(file: Path = FILE) -> Score | None:
    """None where no results were shipped. Raises ScoreUnreadable."""
    if not file.is_file():
        return None
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
        return Score(held["made_on"], tuple(_set(name, row) for name, row in held["sets"].items()))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ScoreUnreadable(file.name) from error


def _set(name: str, figures: Mapping[str, Any]) -> SetScore:
    styles = [_row(style, row) for style, row in figures["by_style"].items()]
    follow_ups = _row("follow-up", figures["follow_ups"])
    return SetScore(
        name=name,
        whole=_row(name, figures),
        unanswerable=figures["uncovered"],
        abstained=figures["abstained"],
        wrong_figures=figures["wrong_figures"],
        styles=tuple(row for row in (*styles, follow_ups) if row.asked),
    )


def _row(name: str, figures: Mapping[str, Any]) -> ScoreRow:
    return ScoreRow(name, figures["covered"], figures["right"], figures["refused"])
