"""`diagnose`: each fault is found, named and given a remedy; a sound installation has none."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge import doctor
from knowledge.doctor import diagnose
from knowledge.findings import Finding, Severity
from knowledge.generations import Manifest, switch_to, write_manifest
from knowledge.locks import index_lock
from knowledge.settings import Settings
from knowledge.snapshot import take_snapshot
from tests.integration.small_knowledge import NOW, Place, a_place, small_settings

ON = date(2026, 11, 22)
EMBEDDER = "table"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path, entries=2) as made:
        made.sync()
        an_index(made)
        yield made


def an_index(place: Place, name: str = "g000001", embedder: str = EMBEDDER) -> Path:
    folder = place.settings.index_dir / name
    folder.mkdir(parents=True)
    snapshot = take_snapshot(place.truth)
    digests = tuple(sorted(snapshot.targets))
    write_manifest(folder, Manifest(embedder, 3, "1", snapshot.revision, digests, len(digests)))
    switch_to(place.settings.index_dir, folder)
    return folder


def findings(place: Place, embedder: str | None = EMBEDDER) -> list[Finding]:
    return diagnose(place.settings, NOW, ON, embedder=embedder, probe=lambda folder: True)


def database(place: Place) -> Path:
    return place.settings.data_dir / "pufa.sqlite3"


def sql(place: Place, *statements: str) -> None:
    """Change the file behind everybody's back, guards and keys switched off."""
    with closing(sqlite3.connect(database(place))) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def an_original(place: Place) -> Path:
    return next(place.settings.originals_dir.iterdir())


def newer_generations(place: Place) -> None:
    for number in (2, 3):
        an_index(place, f"g00000{number}")


FAULTS: dict[str, tuple[Callable[[Place], object], str, Severity]] = {
    "original gone": (lambda place: an_original(place).unlink(), "不见了", Severity.ERROR),
    "original changed": (lambda place: an_original(place).write_bytes(b"x"), "原文件坏了", Severity.ERROR),
    "stray original": (
        lambda place: (place.settings.originals_dir / ("0" * 64)).write_bytes(b"x"),
        "没人用的文件",
        Severity.WARNING,
    ),
    "temporary file": (
        lambda place: (place.settings.originals_dir / "ab.part").write_bytes(b"x"),
        "没人用的文件",
        Severity.WARNING,
    ),
    "passage without version": (
        lambda place: sql(
            place, "UPDATE passages SET version = 'x' WHERE part = 'amount' AND document_id = 'e1'"
        ),
        "没有所属的版本",
        Severity.ERROR,
    ),
    "document without version": (
        lambda place: sql(
            place,
            "INSERT INTO documents SELECT town, 'x', kind, origin, created_at FROM documents WHERE id = 'e1'",
        ),
        "没有内容",
        Severity.ERROR,
    ),
    "half a version": (
        lambda place: sql(place, "DELETE FROM passages WHERE part = 'amount' AND document_id = 'e1'"),
        "不完整",
        Severity.ERROR,
    ),
    "a passage of another version": (
        lambda place: sql(
            place, "UPDATE passages SET text = '改了' WHERE part = 'steps' AND document_id = 'e1'"
        ),
        "不完整",
        Severity.ERROR,
    ),
    "past its last day": (
        lambda place: sql(place, "UPDATE versions SET effective_to = '2026-11-22' WHERE document_id = 'e1'"),
        "过了有效期",
        Severity.WARNING,
    ),
    "no index": (lambda place: shutil.rmtree(place.settings.index_dir), "还没有索引", Severity.WARNING),
    "index points nowhere": (
        lambda place: shutil.rmtree(place.settings.index_dir / "g000001"),
        "那一份不见了",
        Severity.WARNING,
    ),
    "manifest damaged": (
        lambda place: (place.settings.index_dir / "g000001" / "manifest.json").write_text("{"),
        "说明文件坏了",
        Severity.WARNING,
    ),
    "index behind": (
        lambda place: place.truth.withdraw("e1", NOW, by="wang", reason=""),
        "不一致",
        Severity.WARNING,
    ),
    "index of another embedder": (
        lambda place: an_index(place, "g000002", "other"),
        "另一个向量模型",
        Severity.WARNING,
    ),
    "unfinished index": (
        lambda place: (place.settings.index_dir / "g000009").mkdir(),
        "没建完的索引",
        Severity.WARNING,
    ),
    "old indexes": (newer_generations, "旧索引", Severity.WARNING),
    "killed backup": (
        lambda place: (place.settings.data_dir / "backup-x").mkdir(),
        "backup-x",
        Severity.WARNING,
    ),
    "database gone": (lambda place: database(place).unlink(), "还没有数据库", Severity.ERROR),
    "database damaged": (
        lambda place: database(place).write_bytes(b"x" * 9000),
        "数据库不能用",
        Severity.ERROR,
    ),
    "schema too new": (
        lambda place: sql(place, "UPDATE alembic_version SET version_num = '9999'"),
        "数据库不能用",
        Severity.ERROR,
    ),
}


def test_a_sound_installation_has_no_findings(place: Place) -> None:
    assert findings(place) == []


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_with_its_remedy(place: Place, name: str) -> None:
    spoil, words, severity = FAULTS[name]
    spoil(place)
    found = [finding for finding in findings(place) if words in finding.what]
    assert [finding.severity for finding in found] == [severity]
    assert all(finding.remedy for finding in found)


def test_looking_for_a_database_makes_none(tmp_path: Path) -> None:
    settings = small_settings(tmp_path)
    (found,) = diagnose(settings, NOW, ON)
    assert found.severity is Severity.ERROR
    assert not settings.data_dir.exists()


def test_errors_stand_before_warnings(place: Place) -> None:
    shutil.rmtree(place.settings.index_dir)
    an_original(place).unlink()
    assert [finding.severity for finding in findings(place)] == [Severity.ERROR, Severity.WARNING]


def test_little_room_is_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    room = shutil.disk_usage(place.settings.data_dir).free
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", room + 10**12)
    assert "磁盘" in findings(place)[0].what
    monkeypatch.setattr(doctor, "MIN_FREE_BYTES", 0)
    assert findings(place) == []


def test_a_missing_embedder_and_a_closed_index_are_said(place: Place) -> None:
    assert "向量模型没有装好" in findings(place, embedder=None)[0].what
    (found,) = diagnose(place.settings, NOW, ON, embedder=EMBEDDER, probe=lambda folder: False)
    assert "打不开" in found.what


def test_an_index_being_built_is_no_fault(place: Place) -> None:
    (place.settings.index_dir / "g000009").mkdir()
    with index_lock(place.settings.index_dir):
        assert findings(place) == []


def test_copies_of_upgrades_are_mentioned_after_35_days(place: Place) -> None:
    copy = database(place).with_name("pufa.sqlite3.before-0002")
    copy.write_bytes(b"")
    for age, count in ((34, 0), (36, 1)):
        moment = (NOW - timedelta(days=age)).timestamp()
        os.utime(copy, (moment, moment))
        assert len(findings(place)) == count


def test_a_town_file_that_cannot_be_read_is_said(place: Place, tmp_path: Path) -> None:
    elsewhere = Settings(data_dir=place.settings.data_dir, town_file=tmp_path / "none.toml")
    (found,) = diagnose(elsewhere, NOW, ON)
    assert "镇的设置文件" in found.what


def test_a_published_entry_that_cannot_be_read_is_said(place: Place) -> None:
    sql(place, "UPDATE versions SET content = '---' || char(10) || 'id: [' WHERE document_id = 'e1'")
    assert any("读不出来" in finding.what for finding in findings(place))


def test_manifests_written_here_are_those_of_the_index(place: Place) -> None:
    data = json.loads((place.settings.index_dir / "g000001" / "manifest.json").read_text())
    assert {"embedder", "revision", "digests"} <= data.keys()
