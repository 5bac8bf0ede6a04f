"""Opening, checking and migrating real SQLite files."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from knowledge.database import draft_models, migrate, service_models, staff_models
from knowledge.database.engine import connect, open_database, reading, writing
from knowledge.database.errors import (
    DatabaseDamaged,
    DatabaseFault,
    DatabaseUnreachable,
    SchemaTooNew,
    SchemaTooOld,
)
from knowledge.database.guards import GUARDS
from knowledge.database.models import metadata


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "pufa.sqlite3"


def made(path: Path) -> None:
    open_database(url_of(path), migrate=True).dispose()


def test_the_migrations_make_what_the_tables_say(path: Path) -> None:
    assert service_models.metadata is metadata is staff_models.metadata is draft_models.metadata
    engine = open_database(url_of(path), migrate=True)
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_every_table_has_its_town() -> None:
    assert {
        name for name, table in metadata.tables.items() if "town" not in table.primary_key.columns
    } == set()


def test_both_databases_have_the_same_guards() -> None:
    def names(dialect: str) -> set[str]:
        return {line.split()[2] for line in GUARDS[dialect] if line.startswith("CREATE TRIGGER")}

    assert names("sqlite") == names("postgresql")


def test_connections_are_durable_and_strict(path: Path) -> None:
    engine = open_database(url_of(path), migrate=True)
    with reading(engine) as connection:
        said = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "recursive_triggers")
        }
    engine.dispose()
    full = 2
    assert said == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "recursive_triggers": 1,
    }


def test_opening_again_changes_nothing(path: Path) -> None:
    made(path)
    before = path.stat().st_size
    made(path)
    assert path.stat().st_size == before
    assert [item.name for item in path.parent.iterdir() if "before" in item.name] == []


def test_a_database_without_tables_is_not_used_unasked(path: Path) -> None:
    path.parent.mkdir()
    with pytest.raises(SchemaTooOld):
        open_database(url_of(path), migrate=False)


def test_a_newer_schema_is_refused_and_left_alone(path: Path) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    for allowed in (True, False):
        with pytest.raises(SchemaTooNew) as caught:
            open_database(url_of(path), migrate=allowed)
        assert (caught.value.found, caught.value.known) == ("9999", migrate.newest())
        assert "升级程序" in caught.value.sentence
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


@pytest.fixture
def one_more_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The chain with a second step, as a later release would have it. Returns the step's file."""
    import shutil

    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    step = folder / "versions" / "0002_more.py"
    step.write_text(
        f'from alembic import op\n\nrevision = "9999"\ndown_revision = "{migrate.newest()}"\n\n\n'
        'def upgrade() -> None:\n    op.execute("CREATE TABLE more (id INTEGER)")\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(migrate, "MIGRATIONS", folder)
    return step


def test_an_older_database_is_copied_and_then_brought_up_to_date(
    path: Path, request: pytest.FixtureRequest
) -> None:
    made(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO revisions VALUES ('here', 7, '2026-01-01 00:00:00')")
        connection.commit()
    request.getfixturevalue("one_more_migration")
    with pytest.raises(SchemaTooOld):
        open_database(url_of(path), migrate=False)
    made(path)
    copy = path.with_name("pufa.sqlite3.before-9999")
    for file, tables in ((path, 1), (copy, 0)):
        with closing(sqlite3.connect(file)) as connection:
            found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'more'").fetchone()
            assert found == (tables,)
            assert connection.execute("SELECT revision FROM revisions").fetchall() == [(7,)]


def test_a_migration_that_fails_leaves_the_old_schema_whole(
    path: Path, request: pytest.FixtureRequest
) -> None:
    made(path)
    before = migrate.newest()
    step: Path = request.getfixturevalue("one_more_migration")
    step.write_text(step.read_text(encoding="utf-8") + '    op.execute("NOT SQL")\n', encoding="utf-8")
    with pytest.raises(Exception, match="NOT"):
        open_database(url_of(path), migrate=True)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(before,)]
        assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []


def test_several_processes_may_start_at_once(path: Path) -> None:
    faults: list[BaseException] = []

    def start() -> None:
        try:
            made(path)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def test_a_file_that_is_no_database_is_named(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"not a database " * 1000)
    with pytest.raises(DatabaseDamaged) as caught:
        open_database(url_of(path), migrate=True)
    assert caught.value.said and "恢复" in caught.value.sentence


def test_a_damaged_database_is_found_at_the_start(path: Path) -> None:
    made(path)
    engine = open_database(url_of(path), migrate=False)
    with writing(engine) as connection:
        for number in range(2000):
            row = {"town": f"t{number}", "when": "2026-01-01 00:00:00"}
            connection.execute(text("INSERT INTO revisions VALUES (:town, 1, :when)"), row)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'revisions'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with path.open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(b"\xff" * size)
    with pytest.raises(DatabaseDamaged):
        open_database(url_of(path), migrate=True)


def test_a_folder_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable) as caught:
        open_database(url_of(tmp_path), migrate=False)
    assert isinstance(caught.value, DatabaseFault)


def test_a_reader_sees_one_moment_while_others_write(path: Path) -> None:
    engine = open_database(url_of(path), migrate=True)
    asked = text("SELECT count(*) FROM revisions")
    with reading(engine) as connection:
        before = connection.execute(asked).scalar()
        with writing(engine) as other:
            other.execute(text("INSERT INTO revisions VALUES ('x', 1, '2026-01-01 00:00:00')"))
        assert connection.execute(asked).scalar() == before
    with reading(engine) as connection:
        assert connection.execute(asked).scalar() == before + 1
    engine.dispose()


def test_no_connection_stays_open_between_sessions(path: Path) -> None:
    engine = open_database(url_of(path), migrate=True)
    with writing(engine) as connection:
        connection.execute(text("INSERT INTO revisions VALUES ('x', 1, '2026-01-01 00:00:00')"))
    assert sorted(item.name for item in path.parent.iterdir()) == ["pufa.sqlite3"], (
        "no -wal: nobody has it open"
    )
    engine.dispose()


def test_naming_a_database_opens_nothing(path: Path) -> None:
    connect(url_of(path)).dispose()
    assert not path.exists()
