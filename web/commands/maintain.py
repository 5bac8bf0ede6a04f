"""`pufa doctor`, `pufa backup`, `pufa restore`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from knowledge.archive import BackupFault
from knowledge.backup import backup, restore
from knowledge.doctor import diagnose
from knowledge.settings import Settings, load_settings
from knowledge.wiring import build_embedder, probe
from web.clock import now, today


def run_doctor(fail: Callable[[str], NoReturn]) -> None:
    """Print every finding with its remedy; exit 1 when there is any."""
    settings = load_settings()
    findings = diagnose(settings, now(), today(), embedder=_embedder(settings), probe=probe)
    for finding in findings:
        print(f"{finding.what}  → {finding.remedy}")
    if findings:
        fail(f"查出 {len(findings)} 处，照“→”做。")
    print("都好。")


def _embedder(settings: Settings) -> str | None:
    try:
        return build_embedder(settings, encoder=False).name
    except (OSError, ValueError):
        return None


def run_backup(file: Path, fail: Callable[[str], NoReturn]) -> None:
    try:
        backup(load_settings(), file, now())
    except (BackupFault, OSError) as error:
        fail(f"没备份成：{error}")
    print(f"备份好了：{file}。请放在加密的盘上。")


def run_restore(file: Path, fail: Callable[[str], NoReturn]) -> None:
    try:
        restore(load_settings(), file)
    except (BackupFault, OSError) as error:
        fail(f"没恢复成：{error}")
    print("恢复好了。再运行 pufa serve，会自己把索引建好。")
