"""The file format of a backup: one .tar.gz of the database, the originals, the files of drafts and a word about them."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import tarfile
from datetime import datetime
from pathlib import Path
from typing import IO

from knowledge.hashes import sha256_of

FORMAT = 2
READABLE = (1, 2)
"""Format 1 had no files of drafts."""
DATABASE = "pufa.sqlite3"
UNFINISHED = ("backup-*", "restore-*", "*.tmp")
"""Names in a data folder that a killed backup, restore or migration leaves behind."""
_ABOUT = "about.json"
FOLDERS = ("originals", "intake")
_KEPT = re.compile(r"originals/[0-9a-f]{64}|intake/[0-9a-f]{32}")
_MAX_ABOUT_BYTES = 100_000


class BackupFault(Exception):
    """It cannot be backed up or restored. sentence: Chinese, for stderr."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def pack(out: IO[bytes], database: Path, originals: Path, intake: Path, now: datetime) -> None:
    kept = [*_files("originals", originals), *_files("intake", intake)]
    files = [(DATABASE, database), *kept]
    about = {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "files": sum(not name.startswith("intake/") for name, _ in files),
        "database_sha256": sha256_of(database),
        "intake": {path.name: sha256_of(path) for name, path in kept if name.startswith("intake/")},
    }
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as archive:
        data = json.dumps(about).encode()
        member = tarfile.TarInfo(_ABOUT)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
        for name, path in files:
            archive.add(path, arcname=name, recursive=False)


def _files(name: str, folder: Path) -> list[tuple[str, Path]]:
    """What is whole: a file that is still coming in has another name."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [(f"{name}/{path.name}", path) for path in found if _KEPT.fullmatch(f"{name}/{path.name}")]


def unpack(file: Path, folder: Path) -> None:
    """Only the names we write ourselves, only plain files; anything else refuses the whole archive."""
    for name in FOLDERS:
        (folder / name).mkdir()
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            for member in archive:
                if not member.isreg() or not _is_ours(member.name):
                    raise BackupFault("这个备份文件里有不该有的东西，没有恢复。请换一份备份。")
                content = archive.extractfile(member)
                if content is None:
                    raise BackupFault("这个备份文件不完整，没有恢复。请换一份备份。")
                with content, (folder / member.name).open("wb") as target:
                    shutil.copyfileobj(content, target)
                    target.flush()
                    os.fsync(target.fileno())
    except FileNotFoundError as error:
        raise BackupFault(f"没有这个备份文件：{file}") from error
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupFault("这个备份文件读不出来，没有恢复。请换一份备份。") from error


def _is_ours(name: str) -> bool:
    return name in (_ABOUT, DATABASE) or _KEPT.fullmatch(name) is not None


def check(folder: Path) -> None:
    """Raises BackupFault unless every file is there and has its digest."""
    about = _about(folder / _ABOUT)
    originals = list((folder / "originals").iterdir())
    drafts = {path.name: sha256_of(path) for path in (folder / "intake").iterdir()}
    whole = (
        drafts == about.get("intake", {})
        and (folder / DATABASE).is_file()
        and about.get("files") == 1 + len(originals)
        and about.get("database_sha256") == sha256_of(folder / DATABASE)
        and all(sha256_of(path) == path.name for path in originals)
    )
    if not whole:
        raise BackupFault("这个备份文件不完整，没有恢复。请换一份备份。")


def _about(path: Path) -> dict[str, object]:
    try:
        about = json.loads(path.read_bytes()[:_MAX_ABOUT_BYTES])
    except (OSError, ValueError) as error:
        raise BackupFault("这不是 pufa 的备份文件，没有恢复。") from error
    if not isinstance(about, dict) or about.get("format") not in READABLE:
        raise BackupFault("这份备份的格式这个版本不认识，没有恢复。请升级程序。")
    return about
