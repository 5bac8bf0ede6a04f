"""The databases that the contracts of Truth and Store run on."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from knowledge.database.engine import connect, open_database

POSTGRES = "PUFA_TEST_POSTGRES"
KINDS = ["memory", "file", pytest.param("postgres", marks=[pytest.mark.ci, pytest.mark.postgres])]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[Engine]:
    """A fresh, migrated database; of PostgreSQL a schema of its own, dropped afterwards."""
    if kind == "postgres":
        with _schema() as url, _opened(url) as engine:
            yield engine
        return
    with _opened("sqlite://" if kind == "memory" else f"sqlite:///{folder / 'pufa.sqlite3'}") as engine:
        yield engine


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_database(url, migrate=True)
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _schema() -> Iterator[str]:
    server = os.environ.get(POSTGRES)
    if not server:
        pytest.skip(f"no PostgreSQL server ({POSTGRES} names none)")
    name = f"pufa_{uuid.uuid4().hex}"
    engine = connect(server)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    try:
        yield f"{server}{'&' if '?' in server else '?'}options=-csearch_path%3D{name}"
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
        engine.dispose()
