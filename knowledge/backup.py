"""The whole truth in one file: database, originals and the files of drafts; also beside a running server."""

from __future__ import annotations

import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from knowledge.archive import DATABASE, BackupFault, check, pack, unpack
from knowledge.database.engine import connect, quick_check, sqlite_path
from knowledge.database.errors import DatabaseFault
from knowledge.database.migrate import copy_sqlite
from knowledge.locks import INDEX, ORIGINALS, SERVE, originals_lock, serve_lock
from knowledge.settings import Settings


class NotSqlite(BackupFault):
    """The truth lies in a database server, which has tools of its own."""

    def __init__(self) -> None:
        super().__init__(
            "数据在 PostgreSQL 里，请用 pg_dump 备份、pg_restore 恢复，再另存 originals 文件夹。"
        )


def backup(settings: Settings, file: Path, now: datetime) -> None:
    """Write database, originals and drafts as they are at one moment into a .tar.gz.

    Uploads wait meanwhile; answering goes on. The file appears whole or not at all.
    Raises BackupFault, NotSqlite, LockHeld.
    """
    database = _sqlite(settings)
    if not database.is_file():
        raise BackupFault("还没有数据，没什么可以备份。")
    if file.exists():
        raise BackupFault(f"已经有这个文件了：{file}。请换一个名字。")
    unfinished = file.with_name(f"{file.name}.part")
    unfinished.touch(mode=0o600)  # it holds what people asked
    try:
        with tempfile.TemporaryDirectory(dir=settings.data_dir, prefix="backup-") as folder:
            with originals_lock(settings.data_dir, "backup"), unfinished.open("wb") as out:
                copy = Path(folder) / DATABASE
                copy_sqlite(database, copy)
                pack(out, copy, settings.originals_dir, settings.intake_dir, now)
                out.flush()
                os.fsync(out.fileno())
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)


def restore(settings: Settings, file: Path) -> None:
    """Unpack a backup into an empty data folder; checked as a whole before anything is put in place.

    Raises BackupFault, NotSqlite, LockHeld.
    """
    database = _sqlite(settings)
    data_dir = settings.data_dir
    if database.exists() or _holds_anything(data_dir):
        raise BackupFault(f"数据文件夹不是空的：{data_dir}。请先移走里面的东西，或者换一个 PUFA_DATA_DIR。")
    with serve_lock(data_dir), tempfile.TemporaryDirectory(dir=data_dir, prefix="restore-") as name:
        folder = Path(name)
        unpack(file, folder)
        check(folder)
        _check_database(folder / DATABASE)
        shutil.move(folder / "originals", settings.originals_dir)
        if any((folder / "intake").iterdir()):
            shutil.move(folder / "intake", settings.intake_dir)
        database.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(folder / DATABASE, database)


def _sqlite(settings: Settings) -> Path:
    path = sqlite_path(settings.database)
    if path is None:
        raise NotSqlite
    return path


def _holds_anything(data_dir: Path) -> bool:
    locks = {SERVE, INDEX, ORIGINALS}
    return data_dir.is_dir() and any(item.name not in locks for item in data_dir.iterdir())


def _check_database(path: Path) -> None:
    engine = connect(f"sqlite:///{path}")
    try:
        quick_check(engine)
    except DatabaseFault as fault:
        raise BackupFault("备份里的数据库坏了，没有恢复。请换一份备份。") from fault
    finally:
        engine.dispose()
