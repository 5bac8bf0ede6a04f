"""The table of browser checks: every row is measured by some test, and a run keeps what it did not measure."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.browser.report import FILE, NOT_YET, ROWS, BrowserReport, table, write

HERE = Path(__file__).parent
CALLS = re.compile(r"\.note\(\s*\"([a-z-]+)\"")


def test_every_row_is_measured_by_a_test() -> None:
    called = {name for path in HERE.glob("test_*.py") for name in CALLS.findall(path.read_text(encoding="utf-8"))}
    assert ROWS.keys() - called == set()


def test_a_run_keeps_what_it_did_not_measure(tmp_path: Path) -> None:
    file = tmp_path / "report.md"
    write({("weight", "手机页：60 KB 以内"): "20 KB", ("throttled", "手机页：2.5 秒以内"): "1.9 秒"}, file)
    write({("weight", "手机页：60 KB 以内"): "21 KB", ("axe", "手机页：0 处"): "0 处"}, file)
    text = file.read_text(encoding="utf-8")
    assert "| 手机页：60 KB 以内 | 21 KB |" in text and "20 KB" not in text
    assert "| 手机页：2.5 秒以内 | 1.9 秒 |" in text
    assert text.index("0 处 |") < text.index("21 KB") < text.index("1.9 秒")
    assert text.count(NOT_YET) == len(ROWS) - 3


def test_a_run_without_notes_leaves_the_file_alone(tmp_path: Path) -> None:
    write({}, tmp_path / "report.md")
    assert not (tmp_path / "report.md").exists()


def test_the_same_notes_give_the_same_file() -> None:
    notes = {("qr", "页：认得出"): "3 张里 3 张", ("qr", "海报：认得出"): "1 张里 1 张"}
    assert table(notes, "") == table({}, table(dict(reversed(notes.items())), ""))


@pytest.mark.parametrize(("row", "value"), [("no-such-row", "1"), ("axe", "a | b")])
def test_another_row_is_refused(row: str, value: str) -> None:
    with pytest.raises(ValueError):
        BrowserReport().note(row, value, "要求")


def test_the_committed_report_is_one_this_code_would_write() -> None:
    text = FILE.read_text(encoding="utf-8")
    assert table({}, text) == text
