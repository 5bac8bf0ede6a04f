"""What is wrong with this installation, and the remedy for each (`pufa doctor`)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from knowledge.archive import UNFINISHED
from knowledge.database.engine import open_database, sqlite_path
from knowledge.database.errors import DatabaseFault
from knowledge.database.migrate import COPY_SUFFIX
from knowledge.database.soundness import (
    check_originals,
    empty_documents,
    expired,
    half_written,
    loose_passages,
)
from knowledge.database.truth import SqlTruth
from knowledge.findings import Finding, Severity, error, warning
from knowledge.index_health import Probe, index_findings
from knowledge.locks import LockHeld, originals_lock
from knowledge.problems import KnowledgeError
from knowledge.settings import Settings
from knowledge.town import load_town

MIN_FREE_BYTES = 500 * 1000 * 1000
COPIES_KEPT = timedelta(days=35)
_RESTORE = "用 pufa restore 恢复最近的备份"


def diagnose(
    settings: Settings, now: datetime, on: date, *, embedder: str | None = None, probe: Probe | None = None
) -> list[Finding]:
    """Everything found, worst first.

    now: aware moment, for the age of files. on: the civil day, for laws that have ended. embedder: name of
    the embedder in use, None when it cannot be loaded. Runs beside a server.
    """
    found = [*_disk(settings), *_database(settings, now, on, embedder, probe)]
    return sorted(found, key=lambda finding: finding.severity is not Severity.ERROR)


def _disk(settings: Settings) -> Iterator[Finding]:
    if not settings.data_dir.is_dir():
        return
    free = shutil.disk_usage(settings.data_dir).free
    if free < MIN_FREE_BYTES:
        yield error(
            f"磁盘只剩 {free // 1_000_000} MB，不能再收文件", "清理磁盘，至少留出 500 MB；回答照常进行"
        )


def _database(
    settings: Settings, now: datetime, on: date, embedder: str | None, probe: Probe | None
) -> Iterator[Finding]:
    path = sqlite_path(settings.database)
    if path is not None and not path.exists():
        yield error("还没有数据库", "运行 pufa serve 或 pufa ingest，会自动建好")
        return
    try:
        town = load_town(settings.town_file).id
        engine = open_database(settings.database, migrate=False)
    except DatabaseFault as fault:
        yield error("数据库不能用", fault.sentence)
        return
    except KnowledgeError as fault:
        yield error(f"镇的设置文件读不出来：{fault}", "检查 PUFA_TOWN_FILE")
        return
    try:
        truth = SqlTruth(engine, town)
        yield from _tables(truth, on)
        yield from _originals(truth, settings)
        yield from index_findings(settings.index_dir, truth, embedder, probe)
        yield from _leftovers(settings.data_dir)
        if path is not None:
            yield from _old_copies(path, now)
    finally:
        engine.dispose()


def _tables(truth: SqlTruth, on: date) -> Iterator[Finding]:
    for passage in loose_passages(truth.engine):
        yield error(f"片段 {passage} 没有所属的版本", _RESTORE)
    for document in empty_documents(truth.engine):
        yield error(f"文件 {document} 没有内容", _RESTORE)
    for version in half_written(truth):
        yield error(f"版本 {version} 的内容不完整", _RESTORE)
    for title in expired(truth, on):
        yield warning(f"《{title}》已经过了有效期，还在发布", "到工作人员页面换成新的，或者撤回")


def _originals(truth: SqlTruth, settings: Settings) -> Iterator[Finding]:
    try:
        with originals_lock(settings.data_dir, "doctor"):
            state = check_originals(truth.engine, settings.originals_dir)
    except LockHeld as held:
        yield warning(f"原文件夹正忙（{held.holder}），这次没有检查", "等一会儿再运行 pufa doctor")
        return
    for digest, document in state.missing.items():
        yield error(f"{document} 的原文件不见了（{digest[:12]}…）", _RESTORE)
    for digest, document in state.damaged.items():
        yield error(f"{document} 的原文件坏了（{digest[:12]}…）", _RESTORE)
    if state.stray:
        yield warning(f"原文件夹里有 {len(state.stray)} 个没人用的文件", "运行 pufa ingest，会清掉")


def _leftovers(data_dir: Path) -> Iterator[Finding]:
    names = sorted(path.name for kind in UNFINISHED for path in data_dir.glob(kind))
    if names:
        yield warning(
            f"数据文件夹里有中断留下的东西：{'、'.join(names)}", "确认没有备份或升级正在进行，然后删掉"
        )


def _old_copies(path: Path, now: datetime) -> Iterator[Finding]:
    for copy in sorted(path.parent.glob(f"{path.name}{COPY_SUFFIX}*")):
        if now.timestamp() - copy.stat().st_mtime > COPIES_KEPT.total_seconds():
            yield warning(f"升级前的数据库副本 {copy.name} 超过 35 天了", "确认没有问题后删掉它")
