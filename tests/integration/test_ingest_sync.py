"""The knowledge folder and files of an operator, brought into a real database."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import KnowledgeFolderMissing
from ingest.service import ingest_paths, plan_knowledge, plan_paths, sync_knowledge
from knowledge.database.states import VersionState
from knowledge.settings import Settings
from knowledge.types import DocumentKind, DocumentOrigin, Period
from tests.integration.small_knowledge import NOW, Place, a_place, quiet

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path, entries=2) as made:
        yield made


def originals(place: Place) -> set[str]:
    return {path.name for path in place.settings.originals_dir.iterdir()}


def test_the_folder_becomes_what_is_published(place: Place) -> None:
    result = place.sync()
    assert (result.added, result.updated, result.deleted, result.skipped) == (("e1", "e2"), (), (), ())
    assert (result.figures_changed, result.problems) == (True, ())
    first = place.truth.published()[0]
    assert [passage.id for passage in first.passages] == [
        f"e1@{first.version}:{part}" for part in ("conclusion", "amount", "steps")
    ]
    assert first.passages[1].text == "每月{rate}。"
    assert (first.origin, first.written_by, first.period) == (DocumentOrigin.BUNDLED, "hand", Period())
    source = place.folder / "policies" / "dibao" / "e1.md"
    assert first.content == source.read_text(encoding="utf-8")
    assert first.original_sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    stored = place.settings.originals_dir / first.original_sha256
    assert stored.read_bytes() == source.read_bytes()


def test_doing_it_again_changes_nothing(place: Place) -> None:
    place.sync()
    before = (place.truth.revision(), place.truth.held())
    again = place.sync()
    assert again.skipped == ("e1", "e2")
    assert not again.changed
    assert (place.truth.revision(), place.truth.held()) == before


def test_one_changed_entry_is_one_new_version(place: Place) -> None:
    place.sync()
    place.write_entry("e2", "要看情况。")
    result = place.sync()
    assert (result.updated, result.skipped) == (("e2",), ("e1",))
    assert place.words() == {"e1": "可以办。", "e2": "要看情况。"}
    assert [item.state for item in place.truth.held()["e2"].versions] == ["replaced", "published"]
    assert len(originals(place)) == 3, "the replaced text can still be proved"


def test_an_entry_gone_from_the_folder_is_withdrawn_and_comes_back(place: Place) -> None:
    place.sync()
    (place.folder / "policies" / "dibao" / "e1.md").unlink()
    assert place.sync().deleted == ("e1",)
    assert place.words().keys() == {"e2"}
    assert place.sync().deleted == ()
    place.write_entry("e1")
    assert place.sync().added == ("e1",)
    assert place.words().keys() == {"e1", "e2"}


def test_a_bad_file_is_reported_and_stops_nothing(place: Place) -> None:
    place.sync()
    place.write_entry("e1", "改好了。")
    broken = place.folder / "policies" / "dibao" / "e2.md"
    broken.write_bytes(b"---\nid: e2\nquestion: [\n---\n")
    (place.folder / "policies" / "dibao" / "e3.md").write_bytes(bytes(range(256)))
    result = place.sync()
    assert {problem.path for problem in result.problems} == {"policies/dibao/e2.md", "policies/dibao/e3.md"}
    assert (result.updated, result.deleted) == (("e1",), ())
    assert place.words() == {"e1": "改好了。", "e2": "可以办。"}, "what cannot be read now stays as it was"


def test_an_id_used_twice_is_reported(place: Place) -> None:
    twin = place.folder / "report" / "twin.md"
    twin.write_bytes((place.folder / "policies" / "dibao" / "e1.md").read_bytes())
    (problem,) = place.sync().problems
    assert problem.path == "report/twin.md" and "policies/dibao/e1.md" in problem.what


def test_figures_that_cannot_be_read_stay_as_they_were(place: Place) -> None:
    place.sync()
    place.write_rate("六百三")
    place.write_entry("e1", "改好了。")
    result = place.sync()
    assert len(result.problems) == 1 and "rate" in result.problems[0].what
    assert str(place.truth.parameters()["rate"].values[0].value) == "630"
    assert place.words()["e1"] == "改好了。"


def test_a_new_figure_changes_no_entry(place: Place) -> None:
    place.sync()
    place.write_rate("640")
    result = place.sync()
    assert result.figures_changed and result.changed
    assert result.skipped == ("e1", "e2")
    assert str(place.truth.parameters()["rate"].values[0].value) == "640"


def overlay(place: Place, words: str) -> None:
    """What the desk does: its own text over a bundled entry."""
    bundled = place.truth.published()[0]
    passages = tuple(
        replace(passage, id=passage.id.replace(bundled.version, "desk-1"), version="desk-1", text=words)
        for passage in bundled.passages
    )
    own = replace(
        bundled,
        version="desk-1",
        origin=DocumentOrigin.DESK,
        passages=passages,
        content=words,
        digest=words,
        written_by="wang",
    )
    place.truth.add(own, VersionState.PUBLISHED, NOW)


def test_the_text_of_the_desk_outlives_an_upgrade_and_the_conflict_is_shown(place: Place) -> None:
    place.sync()
    overlay(place, "镇里的说法。")
    assert place.sync().skipped == ("e1", "e2")
    place.write_entry("e1", "新版的说法。")
    assert place.sync().conflicts == ("e1",)
    assert place.words()["e1"] == "镇里的说法。"
    waiting = place.truth.held()["e1"].latest
    assert (waiting.state, waiting.origin) == (VersionState.IN_REVIEW, DocumentOrigin.BUNDLED)
    assert place.sync().conflicts == (), "shown once"
    assert place.truth.publish("e1", waiting.version, NOW, by="wang")
    assert place.words()["e1"] == "新版的说法。"
    assert place.sync().skipped == ("e1", "e2")


def test_what_a_person_withdrew_stays_withdrawn(place: Place) -> None:
    place.sync()
    place.truth.withdraw("e1", NOW, by="wang", reason="不对")
    assert place.sync().skipped == ("e1", "e2")
    assert place.words().keys() == {"e2"}


def test_a_missing_folder_withdraws_nothing(place: Place) -> None:
    place.sync()
    elsewhere = Settings(data_dir=place.settings.data_dir, knowledge_dir=place.folder / "none")
    with pytest.raises(KnowledgeFolderMissing):
        sync_knowledge(elsewhere, place.truth, quiet, NOW)
    assert place.words().keys() == {"e1", "e2"}


def test_an_empty_folder_is_allowed_and_empties_what_is_published(place: Place, tmp_path: Path) -> None:
    place.sync()
    (tmp_path / "empty").mkdir()
    empty = Settings(data_dir=place.settings.data_dir, knowledge_dir=tmp_path / "empty")
    result = sync_knowledge(empty, place.truth, quiet, NOW)
    assert result.deleted == ("e1", "e2")
    assert (place.truth.published(), place.truth.parameters()) == ((), {})


def test_a_plan_can_be_read_before_it_is_applied(place: Place) -> None:
    plan, problems = plan_knowledge(place.settings, place.truth)
    assert (plan.added, problems) == (("e1", "e2"), ())
    assert place.truth.held() == {}
    place.sync()
    place.write_entry("e2", "改了。")
    plan, _ = plan_knowledge(place.settings, place.truth)
    assert (plan.updated, plan.skipped) == (("e2",), ("e1",))


# -- files of an operator

NOTICE = "某镇关于发放补贴的通知\n一、发给谁\n年满八十的老人。\n二、怎么领\n到村里登记。"


def ingest(place: Place, *paths: Path):  # type: ignore[no-untyped-def]
    return ingest_paths(paths, place.settings, place.truth, quiet, NOW)


def test_an_operators_file_is_published_at_once(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "发放补贴通知.txt"
    file.write_bytes(NOTICE.encode("gb18030"))
    result = ingest(place, file)
    (document,) = place.truth.published()
    assert result.added == (document.document_id,)
    assert (document.origin, document.kind) == (DocumentOrigin.CLI, DocumentKind.POLICY)
    assert document.period == Period(), "unknown dates are left unknown"
    assert document.original_name == "发放补贴通知.txt"
    assert [(passage.heading[1:], passage.text) for passage in document.passages] == [
        (("一、发给谁",), "年满八十的老人。"),
        (("二、怎么领",), "到村里登记。"),
    ]
    assert ingest(place, file).skipped == (document.document_id,)
    assert place.sync().deleted == (), "only bundled documents go with the folder"


def test_a_folder_is_read_through_and_bad_files_are_named(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "notices"
    (folder / "deep").mkdir(parents=True)
    (folder / "a.txt").write_text(NOTICE, encoding="utf-8")
    (folder / "deep" / "b.md").write_text("# 指南\n带户口簿。", encoding="utf-8")
    (folder / "INDEX.md").write_text("# 目录\na, b", encoding="utf-8")
    (folder / "c.pdf").write_bytes(b"%PDF-1.7")
    (folder / "bad.txt").write_bytes(bytes(range(256)))
    result = ingest(place, folder, tmp_path / "none.txt")
    assert result.added == ("a", "b")
    assert [Path(problem.path).name for problem in result.problems] == ["bad.txt", "none.txt"]
    assert all(problem.what and problem.remedy for problem in result.problems)


def test_an_entry_of_an_operator_lies_over_the_bundled_one(place: Place, tmp_path: Path) -> None:
    place.sync()
    file = tmp_path / "e1.md"
    text = (place.folder / "policies" / "dibao" / "e1.md").read_text(encoding="utf-8")
    file.write_text(text.replace("可以办。", "操作员的说法。"), encoding="utf-8")
    assert ingest(place, file).updated == ("e1",)
    assert place.sync().skipped == ("e1", "e2")
    assert place.words()["e1"] == "操作员的说法。"


def test_files_can_be_planned_too(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(NOTICE, encoding="utf-8")
    plan, problems = plan_paths([file], place.settings, place.truth)
    assert (plan.added, problems, place.truth.held()) == (("a",), (), {})


# -- the real content


def test_the_bundled_folder_comes_in_whole_and_twice_without_change(data_dir: Path) -> None:
    from knowledge.content import entry_files
    from knowledge.database.engine import open_database
    from knowledge.database.truth import SqlTruth

    settings = Settings(data_dir=data_dir)
    engine = open_database(settings.database, migrate=True)
    truth = SqlTruth(engine, "here")
    first = sync_knowledge(settings, truth, quiet, NOW)
    assert first.problems == ()
    assert len(first.added) == len(entry_files(settings.knowledge_dir))
    assert not sync_knowledge(settings, truth, quiet, NOW).changed
    engine.dispose()


def test_the_law_texts_come_in_whole(place: Place, shared_dir: Path) -> None:
    result = ingest(place, shared_dir / "statutes")
    assert result.problems == ()
    by_name = {item.original_name: item for item in place.truth.published()}
    files = {path.name for path in (shared_dir / "statutes").glob("*.md")} - {"INDEX.md"}
    assert by_name.keys() == files
    marriage = by_name["婚姻登记条例-2025.md"]
    assert marriage.kind is DocumentKind.STATUTE
    assert [passage.part for passage in marriage.passages if passage.part.isdigit()] == [
        str(number) for number in range(1, 29)
    ]
    notice = by_name["改革完善社会救助制度的意见-2020.md"]
    assert notice.kind is DocumentKind.POLICY
