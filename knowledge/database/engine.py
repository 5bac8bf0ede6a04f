"""Opening the database: how connections behave, and short reading and writing sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from knowledge.database.errors import DatabaseDamaged, DatabaseUnreachable
from knowledge.database.migrate import bring_up_to_date, require_current

_PRAGMAS = (
    "PRAGMA busy_timeout=5000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA recursive_triggers=ON",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
)
_WRITERS = 20_261_122
"""Number of the lock that stands for SQLite's single writer on a PostgreSQL server."""


def open_database(url: str, *, migrate: bool) -> Engine:
    """An engine on a checked database with the present schema.

    migrate: bring an older or empty database up to date first (a SQLite file is copied before).
    Raises SchemaTooNew, SchemaTooOld, DatabaseDamaged, DatabaseUnreachable.
    """
    path = sqlite_path(url)
    if path is not None and migrate:
        path.parent.mkdir(parents=True, exist_ok=True)
    engine = connect(url)
    try:
        quick_check(engine)
        if migrate:
            bring_up_to_date(engine, path)
        else:
            require_current(engine)
    except BaseException:
        engine.dispose()
        raise
    return engine


def connect(url: str) -> Engine:
    """An engine that nobody has checked yet; nothing is opened."""
    if make_url(url).get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    # A file is opened for each session and closed after it: no connection passes from thread to thread.
    in_memory = sqlite_path(url) is None
    options: dict[str, Any] = {"poolclass": StaticPool if in_memory else NullPool}
    engine = create_engine(url, connect_args={"check_same_thread": not in_memory}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_path(url: str) -> Path | None:
    """The file of a SQLite address; None for memory and for other databases."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return None
    return Path(str(parsed.database))


def quick_check(engine: Engine) -> None:
    """Raises DatabaseDamaged or DatabaseUnreachable."""
    place = sqlite_path(str(engine.url)) or engine.url.render_as_string(hide_password=True)
    try:
        with reading(engine) as connection:
            if engine.dialect.name != "sqlite":
                connection.execute(text("SELECT 1"))
                return
            said = [str(row[0]) for row in connection.execute(text("PRAGMA quick_check"))]
    except OperationalError as error:
        raise DatabaseUnreachable(str(place), str(error.orig)) from error
    except DatabaseError as error:
        raise DatabaseDamaged(str(place), str(error.orig)) from error
    if said != ["ok"]:
        raise DatabaseDamaged(str(place), "; ".join(said[:5]))


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One short session that sees one moment of the database."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing. Writers take turns."""
    with engine.connect() as connection:
        with connection.execution_options(pufa_writes=True).begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_WRITERS})"))
            yield connection


def _prepare(connection: Any, record: object) -> None:
    # The driver's own transactions are switched off: BEGIN is ours, so that DDL is rolled back too.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("pufa_writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
