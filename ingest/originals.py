"""Original files, byte for byte, named by their sha256: there whole, or not there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Set
from pathlib import Path

TEMPORARY = ".part"
Step = Callable[[str], None]


def no_step(name: str) -> None:
    """For callers who do not watch."""


def store_original(folder: Path, data: bytes, step: Step = no_step) -> str:
    """Keep the bytes; returns their sha256 (hex). Safe to repeat.

    step: called with `original-written` (whole, under a temporary name) and `original-stored`.
    """
    digest = hashlib.sha256(data).hexdigest()
    final = folder / digest
    if final.is_file() and final.stat().st_size == len(data):
        return digest
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{digest}{TEMPORARY}"
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    step("original-written")
    temporary.replace(final)
    sync_folder(folder)
    step("original-stored")
    return digest


def sweep(folder: Path, named: Set[str]) -> int:
    """Remove temporary files and originals that no version names; returns how many.

    The caller holds the lock of originals, so nothing swept is about to be named.
    """
    strays = [path for path in folder.glob("*") if path.name not in named] if folder.is_dir() else []
    for path in strays:
        path.unlink()
    return len(strays)


def sync_folder(folder: Path) -> None:
    """Make a rename in this folder survive a power cut (Windows does so by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
