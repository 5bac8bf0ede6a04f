"""What can be found wrong with the index; none of it is lost, it can always be built again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from knowledge.findings import Finding, error, warning
from knowledge.generations import CURRENT, MANIFEST, Manifest, current_folder, read_manifest
from knowledge.locks import LockHeld, index_lock
from knowledge.ports import Truth
from knowledge.problems import KnowledgeError
from knowledge.snapshot import take_snapshot

KEPT_GENERATIONS = 2
_REINDEX = "运行 pufa reindex"

Probe = Callable[[Path], bool]
"""Opens an index folder in a child process and says whether it can be opened."""


def index_findings(
    index_dir: Path, truth: Truth, embedder: str | None, probe: Probe | None
) -> Iterator[Finding]:
    """Compare the index in use with its manifest, the embedder and what is published."""
    folder = current_folder(index_dir)
    yield from _generations(index_dir, folder)
    if folder is None:
        pointed = (index_dir / CURRENT).exists()
        yield warning(
            "索引指向的那一份不见了" if pointed else "还没有索引", f"{_REINDEX}，没建好之前也能回答"
        )
        return
    try:
        manifest = read_manifest(folder)
    except (ValueError, TypeError, OSError):
        yield warning("索引的说明文件坏了", _REINDEX)
        return
    yield from _manifest(manifest, truth, embedder)
    if probe is not None and not probe(folder):
        yield warning("索引打不开", _REINDEX)


def _manifest(manifest: Manifest, truth: Truth, embedder: str | None) -> Iterator[Finding]:
    if embedder is None:
        yield warning("向量模型没有装好，只能按字面查找", "检查 PUFA_EMBEDDER，或者重新安装")
    elif manifest.embedder != embedder:
        yield warning(f"索引是用另一个向量模型建的（{manifest.embedder}）", _REINDEX)
    try:
        wanted = set(take_snapshot(truth).targets)
    except KnowledgeError as fault:
        yield error(f"已发布的条目读不出来：{fault}", "运行 pufa ingest")
        return
    if wanted != set(manifest.digests):
        yield warning("索引和已发布的内容不一致", _REINDEX)


def _generations(index_dir: Path, current: Path | None) -> Iterator[Finding]:
    folders = [folder for folder in index_dir.glob("g*") if folder.is_dir()] if index_dir.is_dir() else []
    unfinished = [folder for folder in folders if not (folder / MANIFEST).is_file()]
    if not unfinished and len(folders) <= KEPT_GENERATIONS:
        return
    try:
        with index_lock(index_dir):
            pass
    except LockHeld:
        return  # being built right now
    if unfinished:
        yield warning(f"有 {len(unfinished)} 份没建完的索引", f"{_REINDEX}，会清掉")
    old = [folder for folder in folders if folder not in unfinished and folder != current]
    if len(old) >= KEPT_GENERATIONS:
        yield warning(f"有 {len(old)} 份旧索引占着地方", f"{_REINDEX}，会清掉")
