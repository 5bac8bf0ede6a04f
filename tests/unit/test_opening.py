"""What `pufa serve` and `pufa ingest` say about a sync."""

from __future__ import annotations

import pytest

from ingest.sync import SyncResult
from knowledge.problems import Problem
from web.opening import counts, report


def test_a_clean_sync_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    report(SyncResult(added=("a",)))
    assert capsys.readouterr() == ("", "")


def test_a_change_that_was_not_taken_over_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    report(SyncResult(conflicts=("dibao-how",)))
    out, said = capsys.readouterr()
    assert out == ""
    assert said.startswith("dibao-how：") and "没有换上" in said


def test_a_file_that_cannot_be_read_is_named_with_its_remedy(capsys: pytest.CaptureFixture[str]) -> None:
    report(SyncResult(problems=(Problem("x.md", 3, "没有结论", "补上"),)))
    said = capsys.readouterr().err
    assert all(part in said for part in ("x.md", "3", "没有结论", "补上"))


def test_the_four_counts() -> None:
    result = SyncResult(added=("a", "b"), updated=("c",), deleted=(), skipped=("d", "e", "f"))
    assert counts(result) == "新增 2，更新 1，撤下 0，没变 3"
