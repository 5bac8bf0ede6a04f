"""Bringing a database to the present schema, with a copy of the file made first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from knowledge.database.errors import SchemaTooNew, SchemaTooOld

MIGRATIONS = Path(__file__).parent / "migrations"
COPY_SUFFIX = ".before-"


def newest() -> str:
    """The last migration this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise ValueError(f"no migrations in {MIGRATIONS}")
    return head


def require_current(engine: Engine) -> None:
    """Raises SchemaTooNew or SchemaTooOld."""
    with engine.connect() as connection:
        found = present(connection)
    known = newest()
    if found != known:
        raise SchemaTooOld(found, known) if found is None or _is_known(found) else SchemaTooNew(found, known)


def bring_up_to_date(engine: Engine, path: Path | None) -> None:
    """Run what is missing, in one transaction. path: the SQLite file to copy first. Raises SchemaTooNew."""
    with engine.connect() as connection:
        found = present(connection)
    if found is not None and not _is_known(found):
        raise SchemaTooNew(found, newest())
    if found == newest():
        return
    if found is not None and path is not None:
        copy_sqlite(path, path.with_name(f"{path.name}{COPY_SUFFIX}{newest()}"))
    config = _config()
    with engine.connect() as connection:
        with connection.execution_options(pufa_writes=True).begin():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def present(connection: Connection) -> str | None:
    """The migration a database stands at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def copy_sqlite(source: Path, target: Path) -> None:
    """A whole, consistent copy, also while others write. An earlier copy of that name is replaced."""
    unfinished = target.with_name(target.name + ".tmp")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(unfinished)) as copy:
        opened.backup(copy)
    unfinished.replace(target)


def _is_known(revision: str) -> bool:
    scripts = ScriptDirectory.from_config(_config()).walk_revisions()
    return any(script.revision == revision for script in scripts)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
