"""Carrying out a plan: originals first, then one transaction per document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ingest.document import Wanted, stored_version, version_name
from ingest.originals import Step, store_original, sweep
from ingest.plan import Plan
from ingest.writable_truth import WritableTruth
from knowledge.database.states import SYNC, HeldDocument, VersionState
from knowledge.locks import originals_lock
from knowledge.ports import Progress
from knowledge.problems import Problem

_CHANGED_UNDER_OVERLAY = "随程序带来的条目改了，镇里改过的那一版还在用，请对照"
_GONE_FROM_FOLDER = "知识文件夹里没有了"


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What was done, ids by kind. problems: files that could not be read."""

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    figures_changed: bool = False

    @property
    def changed(self) -> bool:
        """Whether what is published differs from before."""
        return bool(self.added or self.updated or self.deleted or self.figures_changed)


@dataclass(frozen=True, slots=True)
class Storehouse:
    """Where documents go. data_dir: its locks; originals: the folder of original files."""

    truth: WritableTruth
    data_dir: Path
    originals: Path


def apply(
    todo: Plan,
    wanted: Mapping[str, Wanted],
    held: Mapping[str, HeldDocument],
    store: Storehouse,
    now: datetime,
    progress: Progress,
) -> None:
    """Do what the plan says. Each document is wholly old or wholly new at any moment.

    progress steps, per document: `original-written`, `original-stored`, `version-written`, `before-commit`,
    `committed`; at the end `swept`.
    """
    total = len(todo.added) + len(todo.updated) + len(todo.conflicts) + len(todo.deleted)
    done = 0
    for state, ids in (
        (VersionState.PUBLISHED, todo.added + todo.updated),
        (VersionState.IN_REVIEW, todo.conflicts),
    ):
        for key in ids:
            _store(wanted[key], held.get(key), state, store, now, _at(progress, done, total))
            done += 1
            progress("committed", done, total)
    for key in todo.deleted:
        _withdraw(key, store, now, _at(progress, done, total))
        done += 1
        progress("committed", done, total)
    with originals_lock(store.data_dir, "sweep"):
        sweep(store.originals, store.truth.original_digests())
    progress("swept", done, total)


def _at(progress: Progress, done: int, total: int) -> Step:
    """The same callback with its place in the count filled in."""
    return lambda step: progress(step, done, total)


def _store(
    wanted: Wanted,
    held: HeldDocument | None,
    state: VersionState,
    store: Storehouse,
    now: datetime,
    step: Step,
) -> None:
    ordinal = held.latest.ordinal + 1 if held else 1
    version = stored_version(wanted, version_name(ordinal, wanted.document.digest))
    with originals_lock(store.data_dir, "ingest"):
        store_original(store.originals, wanted.original, step)
        store.truth.add(
            version,
            state,
            now,
            reason=_CHANGED_UNDER_OVERLAY if state is VersionState.IN_REVIEW else None,
            half_written=lambda: step("version-written"),
            before_commit=lambda: step("before-commit"),
        )


def _withdraw(key: str, store: Storehouse, now: datetime, step: Step) -> None:
    store.truth.withdraw(
        key, now, by=SYNC, reason=_GONE_FROM_FOLDER, before_commit=lambda: step("before-commit")
    )
