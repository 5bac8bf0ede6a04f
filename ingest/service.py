"""The two ways in for an operator: the knowledge folder, and `pufa ingest PATH`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.gather import Gathered, gather_bundled, gather_figures, gather_files, require_folder
from ingest.plan import Plan, plan
from ingest.sync import Storehouse, SyncResult, apply
from ingest.writable_truth import WritableTruth
from knowledge.database.states import HeldDocument
from knowledge.ports import Progress
from knowledge.problems import KnowledgeError, Problem
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import Instrument


def sync_knowledge(
    settings: Settings, truth: WritableTruth, progress: Progress, now: datetime | None = None
) -> SyncResult:
    """Make the bundled documents, figures and laws in the database those of the knowledge folder.

    One bad file is reported and does not stop the others. Safe to repeat; unchanged is skipped.
    progress steps: `figures`, `read`, those of `ingest.sync.apply`. Raises KnowledgeFolderMissing.
    """
    moment = now or datetime.now(UTC)
    figures = _bring_figures(settings, truth, moment, progress)
    found = gather_bundled(settings.knowledge_dir, figures.instruments)
    return _bring(found, truth, settings, moment, progress, figures, bundled=True)


def ingest_paths(
    paths: Iterable[Path],
    settings: Settings,
    truth: WritableTruth,
    progress: Progress,
    now: datetime | None = None,
) -> SyncResult:
    """Publish files at once, origin cli, unknown dates left unknown; folders are read through.

    The figures and laws of the knowledge folder are brought up to date first. Nothing is withdrawn.
    """
    moment = now or datetime.now(UTC)
    figures = _bring_figures(settings, truth, moment, progress)
    found = gather_files(paths, figures.instruments, _regions(settings))
    return _bring(found, truth, settings, moment, progress, figures, bundled=False)


def plan_knowledge(settings: Settings, truth: WritableTruth) -> tuple[Plan, tuple[Problem, ...]]:
    """What sync_knowledge would do to documents, and what it could not read."""
    instruments, problems = _instruments(settings, truth)
    found = gather_bundled(settings.knowledge_dir, instruments)
    return _plan(found, truth.held(), bundled=True), (*problems, *found.problems)


def plan_paths(
    paths: Iterable[Path], settings: Settings, truth: WritableTruth
) -> tuple[Plan, tuple[Problem, ...]]:
    """What ingest_paths would do, and what it could not read."""
    instruments, problems = _instruments(settings, truth)
    found = gather_files(paths, instruments, _regions(settings))
    return _plan(found, truth.held(), bundled=False), (*problems, *found.problems)


@dataclass(frozen=True, slots=True)
class _Figures:
    instruments: Mapping[str, Instrument]
    changed: bool
    problems: tuple[Problem, ...]


def _bring_figures(settings: Settings, truth: WritableTruth, now: datetime, progress: Progress) -> _Figures:
    """Where the files cannot be read, the figures and laws held stay as they are."""
    require_folder(settings.knowledge_dir)
    try:
        figures = gather_figures(settings.knowledge_dir)
    except KnowledgeError as error:
        return _Figures(truth.instruments(), False, error.problems)
    changed = truth.put_figures(
        figures.parameters,
        figures.instruments,
        now,
        before_commit=lambda: progress("figures-before-commit", 0, 1),
    )
    progress("figures", 1, 1)
    return _Figures(truth.instruments(), changed, ())


def _instruments(
    settings: Settings, truth: WritableTruth
) -> tuple[Mapping[str, Instrument], tuple[Problem, ...]]:
    require_folder(settings.knowledge_dir)
    try:
        return {**truth.instruments(), **gather_figures(settings.knowledge_dir).instruments}, ()
    except KnowledgeError as error:
        return truth.instruments(), error.problems


def _bring(
    found: Gathered,
    truth: WritableTruth,
    settings: Settings,
    now: datetime,
    progress: Progress,
    figures: _Figures,
    *,
    bundled: bool,
) -> SyncResult:
    progress("read", len(found.wanted), len(found.wanted) + len(found.problems))
    held = truth.held()
    todo = _plan(found, held, bundled=bundled)
    store = Storehouse(truth, settings.data_dir, settings.originals_dir)
    apply(todo, found.wanted, held, store, now, progress)
    return SyncResult(
        added=todo.added,
        updated=todo.updated,
        deleted=todo.deleted,
        skipped=todo.skipped,
        conflicts=todo.conflicts,
        problems=(*figures.problems, *found.problems),
        figures_changed=figures.changed,
    )


def _regions(settings: Settings) -> dict[str, str]:
    return {level.name: level.code for level in load_town(settings.town_file).levels}


def _plan(found: Gathered, held: Mapping[str, HeldDocument], *, bundled: bool) -> Plan:
    return plan(held, found.wanted, delete_missing=bundled, keep=frozenset(found.unreadable))
