"""`pufa check` and `pufa evaluate` on a small folder: exit codes, places of faults, files that are written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.database.desk_records import put_record
from knowledge.database.engine import open_database, writing
from knowledge.overlay_values import RecordKind, TownRecord
from tests.builders import BODY, NOW, ON, PARAMETERS, entry_text, write_knowledge
from tests.command_line import Installation, installation

pytestmark = pytest.mark.slow  # each command is a process of its own


@pytest.fixture
def place(tmp_path: Path) -> Installation:
    return installation(tmp_path)


def test_sound_knowledge(place: Installation) -> None:
    done = place.pufa("check", "--style")
    assert (done.code, done.out.strip(), done.err) == (0, "1 条、1 个参数，没有问题。", "")


def test_a_fault_names_file_line_and_remedy_and_ends_with_1(place: Installation) -> None:
    text = entry_text(body=BODY + "- 补3次。\n")
    write_knowledge(place.knowledge, text)
    done = place.pufa("check")
    line = text.split("\n").index("- 补3次。") + 1
    assert done.code == 1
    assert done.out.startswith(f"policies/buzhu/buzhu-who.md:{line}  有数字却没有依据记号  → ")
    assert done.err.strip().endswith("照上面每行的“→”改。")


def test_faults_of_figures_are_told_too(place: Installation) -> None:
    write_knowledge(place.knowledge, parameters=PARAMETERS.replace("banfa", "none-such"))
    done = place.pufa("check")
    assert done.code == 1
    assert "none-such" in done.out


def test_style_is_looked_at_when_asked_for(place: Installation) -> None:
    write_knowledge(place.knowledge, entry_text(body=BODY + f"- {'好' * 30}。\n"))
    assert place.pufa("check").code == 0
    done = place.pufa("check", "--style")
    assert (done.code, "这句有 31 字" in done.out) == (1, True)


def test_figures_due_on_a_day(place: Installation) -> None:
    assert "该复核" not in place.pufa("check", "--on", "2027-06-30").out
    assert "该复核：old-age  80岁以上高龄补助 100元  应在 2027-07-01 复核" in place.pufa("check", "--on", "2027-07-01").out


def test_the_list_for_the_town_and_a_sample(place: Installation) -> None:
    assert "■ 便民窗口" in place.pufa("check", "--to-confirm").out
    sample = place.pufa("check", "--sample", "1").out
    assert "【哪些老人可以领高龄补助？】" in sample and "每月有100元" in sample


def test_the_list_for_the_town_lacks_what_the_desk_has_confirmed_and_makes_no_database(place: Installation) -> None:
    assert "12345（" in place.pufa("check", "--to-confirm").out
    file = place.root / "data" / "pufa.sqlite3"
    assert not file.exists()
    engine = open_database(f"sqlite:///{file}", migrate=True)
    rung = TownRecord(RecordKind.HOTLINE, "12345", {}, (), ON, "bian", NOW)
    with writing(engine) as connection:
        put_record(connection, "qingshi", rung)
    engine.dispose()
    listed = place.pufa("check", "--to-confirm").out
    assert "12345（" not in listed and "12348（" in listed


ROWS = [
    {"id": "1", "author": "x", "style": "plain", "topic": "buzhu", "turns": ["哪些老人可以领高龄补助？"],
     "status": "answered", "facts": ["F-1"], "must": [["80岁"]], "must_not": [], "allowed_figures": ["100元"]},
    {"id": "2", "author": "x", "style": "plain", "topic": "buzhu", "turns": ["怎么考潜水证"],
     "status": "no_basis", "facts": [], "must": [], "must_not": [], "allowed_figures": []},
    {"id": "3", "author": "x", "style": "lay", "topic": "buzhu", "turns": ["哪些老人可以领高龄补助？"],
     "status": "answered", "facts": ["F-1"], "must": [["这几个字不在里面"]], "must_not": [], "allowed_figures": []},
]  # fmt: skip


def test_an_evaluation_writes_its_folder_and_prints_its_figures(place: Installation) -> None:
    rows = place.root / "rows.jsonl"
    rows.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS), encoding="utf-8")
    done = place.pufa("evaluate", rows, "--out", place.root / "out")
    assert done.code == 0, done.err
    (folder,) = (place.root / "out").iterdir()
    judged = [json.loads(line) for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [row["right"] for row in judged] == [True, True, False]
    assert judged[2]["missing"] == ["这几个字不在里面"]
    assert (folder / "rows.summary.json").is_file()
    assert "rows" in done.out and str(folder) in done.out


def test_an_evaluation_without_rows_says_what_to_give(place: Installation) -> None:
    done = place.pufa("evaluate")
    assert (done.code, "pufa evaluate" in done.err) == (1, True)
