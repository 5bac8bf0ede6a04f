"""The thresholds of the index in use are kept while little has changed, and only then."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.adapters.bm25_index import Bm25Index
from knowledge.build_index import DRIFT, Tools, still_good
from knowledge.calibrate import Lessons
from knowledge.confidence import Calibration, weights_of
from knowledge.fusion import Weights
from knowledge.generations import Manifest, write_manifest
from knowledge.tokens import version
from tests.unit.small_index import HashedPairs, a_lexicon, a_row

ROWS = [a_row(f"e{number}", f"第{number}件事怎么办") for number in range(40)]
LESSONS = Lessons(["柑橘多少钱"], [("第1件事啷个办", ("e1",))])
TOOLS = Tools(HashedPairs(), NotImplemented, Bm25Index, Bm25Index.load, a_lexicon(), Weights())  # type: ignore[arg-type]
FITTED = Calibration(weights_of(score=3.0), -1.0, 0.3, learnt_from=LESSONS.digest)


def generation(folder: Path, calibration: Calibration = FITTED, embedder: str = HashedPairs.name) -> Path:
    digests = tuple(row.digest for row in ROWS)
    write_manifest(folder, Manifest(embedder, 4096, version(), 1, digests, 80, calibration.as_json()))
    return folder


def test_a_few_changed_rows_keep_the_thresholds_and_are_counted(tmp_path: Path) -> None:
    rows = [*ROWS[1:], a_row("new", "新的事怎么办")]
    assert still_good(generation(tmp_path), rows, LESSONS, TOOLS) == replace(FITTED, drift=2)


def test_many_changes_small_ones_added_up_too_call_for_new_ones(tmp_path: Path) -> None:
    most = int(DRIFT * len(ROWS))
    assert still_good(generation(tmp_path), ROWS[: -most - 1], LESSONS, TOOLS) is None
    assert still_good(generation(tmp_path, replace(FITTED, drift=most)), ROWS, LESSONS, TOOLS) is not None
    assert still_good(generation(tmp_path, replace(FITTED, drift=most)), ROWS[1:], LESSONS, TOOLS) is None


@pytest.mark.parametrize("lessons", [Lessons(["猪肉多少钱"], LESSONS.covered), Lessons(LESSONS.negatives)])
def test_other_lessons_call_for_new_ones(lessons: Lessons, tmp_path: Path) -> None:
    assert still_good(generation(tmp_path), ROWS, lessons, TOOLS) is None


def test_another_embedder_a_damaged_manifest_or_none_call_for_new_ones(tmp_path: Path) -> None:
    assert still_good(generation(tmp_path, embedder="other"), ROWS, LESSONS, TOOLS) is None
    (tmp_path / "manifest.json").write_text("{", encoding="utf-8")
    assert still_good(tmp_path, ROWS, LESSONS, TOOLS) is None
    assert still_good(None, ROWS, LESSONS, TOOLS) is None
