"""Planted errors: every wrong variant is stopped, every right one passes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.stages.verify import verify
from bot.types import BasisRef, Block, BlockKind, Citation, Draft, PassageRef
from knowledge.about import about
from knowledge.figures import figures_in, same_amount
from knowledge.types import Confidence, FigureState

ROWS_FILE = Path(__file__).parent.parent / "evaluation" / "planted_errors.jsonl"
ON = date(2026, 11, 22)


@dataclass(frozen=True)
class Row:
    id: str
    question: str
    passage: str
    basis: dict[str, Any]
    block: str
    planted: str

    def passes(self, text: str) -> bool:
        since = self.basis["effective_from"]
        basis = BasisRef(
            title=self.basis["title"],
            document_number=self.basis["document_number"],
            issuer="",
            article=self.basis["article"],
            level=self.basis["level"],
            effective_from=date.fromisoformat(since) if since else None,
            effective_to=None,
        )
        passage = PassageRef("d@v:p", "d", "v", "", "/entries/d", self.passage)
        citation = Citation(1, Confidence.VERIFIED, FigureState.IN_FORCE, ON, passage, basis)
        draft = Draft(Block(BlockKind.AMOUNT, text, (1,)), (citation,))
        return verify(draft, question_text=self.question, about=about(self.question, ON).period) is draft


ROWS = [Row(**json.loads(line)) for line in ROWS_FILE.read_text(encoding="utf-8").splitlines()]


def test_there_are_enough_rows_of_their_own() -> None:
    assert len(ROWS) >= 120
    assert len({row.id for row in ROWS}) == len(ROWS)
    assert len({(row.passage, row.question, row.planted) for row in ROWS}) == len(ROWS)


def test_many_planted_values_stand_in_the_passage() -> None:
    """A check of values alone would let at least half of them through."""
    standing = 0
    for row in ROWS:
        held = figures_in(row.passage)
        standing += all(any(same_amount(figure, each) for each in held) for figure in figures_in(row.planted))
    assert standing >= 60


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_right_passes(row: Row) -> None:
    assert row.passes(row.block)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_planted_is_stopped(row: Row) -> None:
    assert not row.passes(row.planted)
