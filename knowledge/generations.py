"""Index generations: built beside, checked, switched whole by replacing one small file.

``index/CURRENT`` names the folder in use; a finished generation is never written again, so any number of
processes may read it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

CURRENT, MANIFEST, FORMAT = "CURRENT", "manifest.json", 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was built from. digests: row digests, ascending, in row order."""

    embedder: str
    dim: int
    tokens: str
    revision: int
    digests: tuple[str, ...]
    vectors: int
    calibration: dict[str, Any] = field(default_factory=dict)
    format: int = FORMAT


def current_folder(index_dir: Path) -> Path | None:
    """The generation in use, None when there is none or it is not whole."""
    try:
        name = (index_dir / CURRENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    folder = index_dir / name
    return folder if name and "/" not in name and (folder / MANIFEST).is_file() else None


def read_manifest(folder: Path) -> Manifest:
    """Raises ValueError for a manifest of another format or a damaged one."""
    data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    if data.get("format") != FORMAT:
        raise ValueError(f"index format {data.get('format')!r} is not {FORMAT}")
    return Manifest(**{**data, "digests": tuple(data["digests"])})


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """The last file of a generation: its presence says that the rest is whole."""
    path = folder / MANIFEST
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def switch_to(index_dir: Path, folder: Path) -> None:
    """Make folder the one in use, atomically."""
    temporary = index_dir / f"{CURRENT}.tmp"
    with temporary.open("w", encoding="ascii") as file:
        file.write(folder.name)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(index_dir / CURRENT)


def sweep(index_dir: Path, keep: Sequence[Path]) -> list[str]:
    """Delete every generation but the kept ones; names of what went. Unfinished ones of a crash go too."""
    names = {folder.name for folder in keep}
    gone = []
    for folder in sorted(index_dir.glob("g*")):
        if folder.is_dir() and folder.name not in names:
            shutil.rmtree(folder, ignore_errors=True)
            gone.append(folder.name)
    return gone


def new_folder(index_dir: Path) -> Path:
    """The next free ``g000001`` folder, created."""
    index_dir.mkdir(parents=True, exist_ok=True)
    numbers = [int(folder.name[1:]) for folder in index_dir.glob("g*") if folder.name[1:].isdigit()]
    folder = index_dir / f"g{max(numbers, default=0) + 1:06d}"
    folder.mkdir()
    return folder
