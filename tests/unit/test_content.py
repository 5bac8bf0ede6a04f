"""The content folder read at once: one bad file is told and does not hide the others; the bundled one is clean."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.check import check
from knowledge.content import Content, entry_files, load_content
from knowledge.render import Moment
from knowledge.style import check_style
from knowledge.town import load_town
from tests.builders import INSTRUMENTS, ON, PARAMETERS, a_town, entry_text, settings_for, write_knowledge

A, B = entry_text("buzhu-a"), entry_text("buzhu-b")


def load(folder: Path) -> Content:
    return load_content(folder, a_town())


def test_a_folder_is_read_whole(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", A, entry_text("report-x", topic="report"))
    content = load(folder)
    assert content.problems == ()
    assert content.context.entries.keys() == {"buzhu-a", "report-x"}
    assert content.context.entries["report-x"][0] == "report/report-x.md"
    assert (content.context.parameters.keys(), content.context.instruments.keys()) == ({"old-age"}, {"banfa"})
    assert check(content.context) == []


def test_files_come_in_order_and_nothing_else_is_taken(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", B, A)
    (folder / "policies" / "notes.txt").write_text("x", encoding="utf-8")
    (folder / "README.md").write_text("x", encoding="utf-8")
    assert [path.name for path in entry_files(folder)] == ["buzhu-a.md", "buzhu-b.md"]


def test_one_bad_entry_does_not_hide_the_others(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", A, B.replace("## 结论", "## 结尾"))
    content = load(folder)
    assert [problem.path for problem in content.problems] == ["policies/buzhu/buzhu-b.md"]
    assert content.context.entries.keys() == {"buzhu-a"}


def test_bad_figures_do_not_hide_faults_of_entries(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", A, parameters=PARAMETERS.replace("ask:", "asked:"))
    content = load(folder)
    assert any("ask" in problem.what for problem in content.problems)
    assert "buzhu-a" in content.context.entries


def test_bad_instruments_are_told(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", A, instruments=INSTRUMENTS.replace("  issuer:", "  by:"))
    assert any("issuer" in problem.what for problem in load(folder).problems)


def test_one_id_in_two_folders(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path / "k", A)
    (folder / "policies" / "other").mkdir()
    (folder / "policies" / "other" / "buzhu-a.md").write_text(A, encoding="utf-8")
    (problem,) = load(folder).problems
    assert "已经有了" in problem.what


def test_an_empty_folder_is_no_fault(tmp_path: Path) -> None:
    content = load(tmp_path)
    assert (content.problems, dict(content.context.entries)) == ((), {})


# --- the bundled knowledge --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def bundled() -> Content:
    settings = settings_for(Path("unused"))
    return load_content(settings.knowledge_dir, load_town(settings.town_file))


def test_the_bundled_knowledge_has_no_fault(bundled: Content) -> None:
    assert [str(problem) for problem in (*bundled.problems, *check(bundled.context))] == []


def test_the_bundled_knowledge_keeps_to_the_style(bundled: Content) -> None:
    assert [str(problem) for problem in check_style(bundled.context, Moment.today(ON))] == []


def test_the_bundled_knowledge_covers_first_light(bundled: Content) -> None:
    topics = [entry.topic for _, _, entry in bundled.context.entries.values()]
    assert sum(topics.count(topic) for topic in ("dibao", "yibao", "yanglao")) >= 36
    assert min(topics.count(topic) for topic in ("dibao", "yibao", "yanglao", "report")) >= 10


def test_every_entry_says_who_wrote_it_and_which_facts_it_uses(bundled: Content) -> None:
    entries = [entry for _, _, entry in bundled.context.entries.values()]
    assert [entry.id for entry in entries if not entry.author or not entry.facts] == []
