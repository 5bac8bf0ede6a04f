"""`pufa ingest`: a plan that changes nothing, four counts, one bad file beside good ones, and a file of one's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import entry_text
from tests.command_line import Installation, installation

pytestmark = pytest.mark.slow  # each command is a process of its own

A, B, C = (entry_text(f"buzhu-{name}", question=f"补助{name}怎么办？") for name in "abc")


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return installation(tmp_path, A, B)


def test_a_plan_is_read_before_anything_happens(place: Installation) -> None:
    for _ in range(2):
        plan = place.pufa("ingest", "--plan")
        assert plan.code == 0
        assert plan.out.splitlines() == ["新增  buzhu-a", "新增  buzhu-b", "会新增 2，更新 0，撤下 0，没变 0"]
    assert not (place.root / "data" / "index").exists()


def test_four_counts_over_the_life_of_a_folder(place: Installation) -> None:
    assert place.pufa("ingest").last == "新增 2，更新 0，撤下 0，没变 0"
    assert place.pufa("ingest").last == "新增 0，更新 0，撤下 0，没变 2"
    installation(place.root, A.replace("拿不准的", "弄不清的"), C)
    assert place.pufa("ingest", "--plan").last == "会新增 1，更新 1，撤下 1，没变 0"
    assert place.pufa("ingest").last == "新增 1，更新 1，撤下 1，没变 0"
    assert place.pufa("ingest", "--plan").last == "会新增 0，更新 0，撤下 0，没变 2"


def test_a_bad_entry_is_told_and_the_others_are_taken(place: Installation) -> None:
    bad = place.knowledge / "policies" / "buzhu" / "buzhu-bad.md"
    bad.write_text(entry_text("buzhu-bad").replace("## 结论", "## 结束"), encoding="utf-8")
    done = place.pufa("ingest")
    assert done.code == 1
    assert done.last == "新增 2，更新 0，撤下 0，没变 0"
    told = [line for line in done.err.splitlines() if "buzhu-bad.md" in line]
    assert len(told) == 1 and "→" in told[0]
    assert "1 处" in done.err.strip().splitlines()[-1]


def test_a_file_of_ones_own_is_published_at_once(place: Installation) -> None:
    file = place.root / "公告.txt"
    file.write_text("关于修路的公告\n\n从6月起，青石桥到学校的公路封闭施工，行人绕走河边便道。\n", encoding="utf-8")
    assert place.pufa("ingest", file, "--plan").last == "会新增 1，更新 0，撤下 0，没变 0"
    done = place.pufa("ingest", file)
    assert (done.code, done.last) == (0, "新增 1，更新 0，撤下 0，没变 0")
    assert place.pufa("ingest", file).last == "新增 0，更新 0，撤下 0，没变 1"
    found = place.pufa("ask", "--until", "retrieve", "青石桥到学校的公路封闭施工，行人绕哪里走")
    assert "公路封闭施工" in place.pufa("ask", "青石桥到学校的公路封闭施工，行人绕哪里走").out, found.out


def test_a_path_that_is_not_there(place: Installation) -> None:
    done = place.pufa("ingest", "nowhere.txt")
    assert (done.code, done.out) == (1, "")
    assert "nowhere.txt" in done.err and len(done.err.strip().splitlines()) == 1
