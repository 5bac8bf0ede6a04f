"""Uploaded bytes on disk: under a random name, whole or not there, until the document is handed in."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ingest.originals import sync_folder
from ingest.signatures import MAX_FILE_BYTES
from knowledge.settings import Settings

LEAST_FREE_BYTES = 500 * 1024 * 1024
MAX_NAME_CHARS = 120
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class KeptFile:
    id: str
    size: int
    sha256: str


class FileTooLarge(Exception):
    """More than MAX_FILE_BYTES; nothing was kept."""


def folder_of(settings: Settings) -> Path:
    return settings.intake_dir


def path_of(settings: Settings, draft_id: str) -> Path:
    """Where a draft's file lies. Raises ValueError for an id that we did not make."""
    if not _ID.fullmatch(draft_id):
        raise ValueError("not a draft id")
    return folder_of(settings) / draft_id


def has_room(settings: Settings) -> bool:
    """Uploads stop before the disk is full; answering goes on (threat-model, durability)."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(settings.data_dir).free >= LEAST_FREE_BYTES


def keep_file(settings: Settings, source: IO[bytes]) -> KeptFile:
    """Copy the bytes, flushed to disk before they get their name. Raises FileTooLarge, OSError."""
    draft_id = secrets.token_hex(16)
    folder = folder_of(settings)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{draft_id}.part"
    digest, size = hashlib.sha256(), 0
    try:
        with part.open("wb") as file:
            for piece in _pieces(source):
                size += len(piece)
                if size > MAX_FILE_BYTES:
                    raise FileTooLarge
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / draft_id)
    finally:
        part.unlink(missing_ok=True)
    sync_folder(folder)
    return KeptFile(draft_id, size, digest.hexdigest())


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(256 * 1024):
        yield piece


def drop_file(settings: Settings, draft_id: str) -> None:
    path_of(settings, draft_id).unlink(missing_ok=True)


def shown_name(name: str | None) -> str:
    """A file's name as data: its last step, without controls, never used as a path."""
    last = re.split(r"[/\\]", name or "")[-1]
    clean = "".join(sign for sign in last if sign.isprintable()).strip()
    return clean[-MAX_NAME_CHARS:] or "没有名字的文件"
