"""A backup holds the whole truth; restoring gives it back or refuses in words."""

from __future__ import annotations

import io
import json
import sqlite3
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.archive import BackupFault
from knowledge.backup import NotSqlite, backup, restore
from knowledge.database.draft_store import DraftStore
from knowledge.database.draft_values import Draft, DraftState
from knowledge.database.engine import open_database
from knowledge.database.staff_values import Deed
from knowledge.database.truth import SqlTruth
from knowledge.settings import Settings
from tests.integration.small_knowledge import NOW, Place, a_place
from web.staff.intake.files import keep_file


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    with a_place(tmp_path / "old", entries=3) as made:
        made.sync()
        yield made


@pytest.fixture
def draft(place: Place) -> str:
    """A file on its way to becoming a document, and another one that is still coming in."""
    kept = keep_file(place.settings, io.BytesIO(b"a notice"))
    (place.settings.intake_dir / f"{'0' * 32}.part").write_bytes(b"half")
    drafts = DraftStore(place.truth.engine, "here")
    made = Draft(kept.id, DraftState.OPEN, "通知.txt", kept.size, kept.sha256, "bian", NOW, NOW, body={"lines": ["x"]})
    drafts.add(made, Deed("bian", "add_file", kept.id, NOW))
    return kept.id


@pytest.fixture
def file(place: Place, tmp_path: Path) -> Path:
    backup(place.settings, tmp_path / "b.tar.gz", NOW)
    return tmp_path / "b.tar.gz"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "new" / "data")


def originals(settings: Settings) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in settings.originals_dir.iterdir()}


def test_all_comes_back_byte_for_byte(place: Place, file: Path, elsewhere: Settings) -> None:
    restore(elsewhere, file)
    engine = open_database(elsewhere.database, migrate=False)
    again = SqlTruth(engine, "here")
    assert again.published() == place.truth.published()
    assert again.revision() == place.truth.revision()
    assert again.parameters() == place.truth.parameters()
    engine.dispose()
    assert originals(elsewhere) == originals(place.settings)
    left = {path.name for path in elsewhere.data_dir.iterdir()} - {"pufa.sqlite3", "originals", "serve.lock"}
    assert left == set()


def test_drafts_come_back_with_their_files(place: Place, draft: str, tmp_path: Path, elsewhere: Settings) -> None:
    backup(place.settings, tmp_path / "d.tar.gz", NOW)
    restore(elsewhere, tmp_path / "d.tar.gz")
    assert {path.name: path.read_bytes() for path in elsewhere.intake_dir.iterdir()} == {draft: b"a notice"}
    engine = open_database(elsewhere.database, migrate=False)
    assert DraftStore(engine, "here").draft(draft) == DraftStore(place.truth.engine, "here").draft(draft)
    engine.dispose()


def test_a_backup_of_the_time_before_drafts_is_still_read(file: Path, elsewhere: Settings, tmp_path: Path) -> None:
    members = members_of(file)
    about = {name: value for name, value in json.loads(members["about.json"]).items() if name != "intake"}
    write_members(tmp_path / "old.tar.gz", members | {"about.json": json.dumps(about | {"format": 1}).encode()})
    restore(elsewhere, tmp_path / "old.tar.gz")
    assert originals(elsewhere)


@pytest.mark.parametrize("spoilt", [b"changed", None])
def test_a_draft_that_is_not_whole_refuses_the_archive(
    place: Place, draft: str, tmp_path: Path, elsewhere: Settings, spoilt: bytes | None
) -> None:
    backup(place.settings, tmp_path / "d.tar.gz", NOW)
    members = members_of(tmp_path / "d.tar.gz")
    del members[f"intake/{draft}"]
    members |= {f"intake/{draft}": spoilt} if spoilt is not None else {}
    write_members(tmp_path / "bad.tar.gz", members)
    with pytest.raises(BackupFault, match="不完整"):
        restore(elsewhere, tmp_path / "bad.tar.gz")


def test_a_backup_leaves_nothing_behind_and_is_not_for_everybody(
    place: Place, file: Path, tmp_path: Path
) -> None:
    names = {path.name for path in place.settings.data_dir.iterdir()}
    assert names == {"pufa.sqlite3", "originals", "originals.lock"}
    assert {path.name for path in tmp_path.iterdir()} == {"old", "b.tar.gz"}
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_beside_a_writer_is_one_moment(place: Place, tmp_path: Path, elsewhere: Settings) -> None:
    stop = threading.Event()
    faults: list[Exception] = []

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            place.write_entry("e1", f"第{number}次改。")
            try:
                place.sync()
            except Exception as error:
                faults.append(error)
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup(place.settings, tmp_path / f"{number}.tar.gz", NOW)
    finally:
        stop.set()
        writer.join()
    assert faults == []
    restore(elsewhere, tmp_path / "2.tar.gz")
    engine = open_database(elsewhere.database, migrate=False)
    truth = SqlTruth(engine, "here")
    assert truth.original_digests() <= originals(elsewhere).keys()
    assert len(truth.published()) == 3
    engine.dispose()


def test_a_file_that_is_there_is_not_overwritten(place: Place, tmp_path: Path) -> None:
    (tmp_path / "b.tar.gz").write_bytes(b"precious")
    with pytest.raises(BackupFault, match="已经有"):
        backup(place.settings, tmp_path / "b.tar.gz", NOW)
    assert (tmp_path / "b.tar.gz").read_bytes() == b"precious"


def test_nothing_to_back_up_is_said(elsewhere: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="还没有数据"):
        backup(elsewhere, tmp_path / "b.tar.gz", NOW)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_data_is_not_touched(place: Place, file: Path) -> None:
    before = place.truth.revision()
    with pytest.raises(BackupFault, match="不是空的"):
        restore(place.settings, file)
    assert place.truth.revision() == before


def test_postgresql_has_tools_of_its_own(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, database_url="postgresql+psycopg://u@h/db")
    for call in (lambda: backup(settings, tmp_path / "b", NOW), lambda: restore(settings, tmp_path / "b")):
        with pytest.raises(NotSqlite, match="pg_dump"):
            call()


def members_of(file: Path) -> dict[str, bytes]:
    with tarfile.open(file) as archive:
        return {item.name: archive.extractfile(item).read() for item in archive}  # type: ignore[union-attr]


def write_members(file: Path, members: dict[str, bytes], odd: tarfile.TarInfo | None = None) -> None:
    with tarfile.open(file, "w:gz") as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        if odd is not None:
            archive.addfile(odd)


def a_link(kind: bytes) -> tarfile.TarInfo:
    link = tarfile.TarInfo(f"originals/{'0' * 64}")
    link.type, link.linkname = kind, "/etc/passwd"
    return link


@pytest.mark.parametrize(
    "name", ["../evil", "/tmp/evil", "originals/../../evil", "originals/evil", "intake/evil", "evil", "originals"]
)
def test_names_that_lead_elsewhere_are_refused(
    file: Path, elsewhere: Settings, tmp_path: Path, name: str
) -> None:
    write_members(tmp_path / "bad.tar.gz", members_of(file) | {name: b"evil"})
    with pytest.raises(BackupFault, match="不该有"):
        restore(elsewhere, tmp_path / "bad.tar.gz")
    assert not list(tmp_path.rglob("*evil*"))
    assert {path.name for path in elsewhere.data_dir.iterdir()} == {"serve.lock"}


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_links_and_devices_are_refused(file: Path, elsewhere: Settings, tmp_path: Path, kind: bytes) -> None:
    write_members(tmp_path / "bad.tar.gz", members_of(file), a_link(kind))
    with pytest.raises(BackupFault, match="不该有"):
        restore(elsewhere, tmp_path / "bad.tar.gz")


def drop_original(members: dict[str, bytes]) -> None:
    del members[next(name for name in members if name.startswith("originals/"))]


def change_original(members: dict[str, bytes]) -> None:
    members[next(name for name in members if name.startswith("originals/"))] = b"changed"


def change_database(members: dict[str, bytes]) -> None:
    members["pufa.sqlite3"] = members["pufa.sqlite3"][:-10] + b"0123456789"


def other_format(members: dict[str, bytes]) -> None:
    members["about.json"] = json.dumps(json.loads(members["about.json"]) | {"format": 99}).encode()


@pytest.mark.parametrize("spoil", [drop_original, change_original, change_database, other_format])
def test_an_archive_that_is_not_whole_is_refused(
    file: Path, elsewhere: Settings, tmp_path: Path, spoil
) -> None:  # type: ignore[no-untyped-def]
    members = members_of(file)
    spoil(members)
    write_members(tmp_path / "bad.tar.gz", members)
    with pytest.raises(BackupFault, match="没有恢复"):
        restore(elsewhere, tmp_path / "bad.tar.gz")
    assert {path.name for path in elsewhere.data_dir.iterdir()} == {"serve.lock"}
    restore(elsewhere, file)


@pytest.mark.parametrize("cut", [0, 10, -30])
def test_a_cut_archive_is_refused(file: Path, elsewhere: Settings, tmp_path: Path, cut: int) -> None:
    (tmp_path / "bad.tar.gz").write_bytes(file.read_bytes()[:cut])
    with pytest.raises(BackupFault):
        restore(elsewhere, tmp_path / "bad.tar.gz")


def test_a_missing_archive_is_named(elsewhere: Settings, tmp_path: Path) -> None:
    with pytest.raises(BackupFault, match="没有这个备份文件"):
        restore(elsewhere, tmp_path / "none.tar.gz")


def test_the_copy_inside_is_a_sound_database(file: Path, tmp_path: Path) -> None:
    (tmp_path / "x.sqlite3").write_bytes(members_of(file)["pufa.sqlite3"])
    connection = sqlite3.connect(tmp_path / "x.sqlite3")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
