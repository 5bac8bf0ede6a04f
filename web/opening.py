"""Bringing truth and index up to date before anything is asked."""

from __future__ import annotations

import sys

from ingest.service import sync_knowledge
from ingest.sync import SyncResult
from knowledge.library import Library
from knowledge.locks import LockHeld
from knowledge.settings import Settings
from knowledge.types import DocumentOrigin
from knowledge.wiring import build_library, build_truth
from web.progress import ShownProgress


def open_library(settings: Settings, sync: bool = True) -> Library:
    """A library that can answer: bundled knowledge synced, index built where it is missing or behind.

    Beside another builder the index in use is taken as it is. Raises KnowledgeError, LockHeld, OSError.
    """
    truth = build_truth(settings)
    library = build_library(settings, truth)
    with ShownProgress() as progress:
        if sync or not any(version.origin is DocumentOrigin.BUNDLED for version in truth.published()):
            report(sync_knowledge(settings, truth, progress))
        try:
            library.ensure_index(progress)
        except LockHeld:
            library.refresh()
    return library


def report(result: SyncResult) -> None:
    """Say what could not be read, and what was not taken over; the rest is in use all the same."""
    for problem in result.problems:
        print(problem, file=sys.stderr)
    for name in result.conflicts:
        print(
            f"{name}：随程序带来的这一条改了，可镇里有自己改的一版（或者撤下了），没有换上，请对照。",
            file=sys.stderr,
        )


def counts(result: SyncResult) -> str:
    """The four counts, as every ingest ends."""
    return (
        f"新增 {len(result.added)}，更新 {len(result.updated)}，"
        f"撤下 {len(result.deleted)}，没变 {len(result.skipped)}"
    )
