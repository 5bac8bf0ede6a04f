"""The library as the rest of the program uses it: search, look up, render; follows what is published."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.build_index import DRIFT, Tools, build, open_index
from knowledge.calibrate import read_lessons
from knowledge.fusion import best_first
from knowledge.generations import current_folder
from knowledge.index import Index, read_query, score
from knowledge.locks import index_lock
from knowledge.normalise import matching_key, normalise
from knowledge.ports import Progress, Truth
from knowledge.render import Renderer
from knowledge.rows import lexical_field
from knowledge.search import Scope, search
from knowledge.snapshot import Snapshot, take_snapshot
from knowledge.types import DocumentKind, SearchResult, Town

NEAREST = 20
"""Rows looked at for the nearest one in use: rows of what was withdrawn may stand before it."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """One consistent pair: what is published and the index it is searched with."""

    snapshot: Snapshot
    index: Index
    folder: Path


def _nothing() -> None:
    return None


class IndexMissing(Exception):
    """There is no whole index of this embedder yet."""


class Library:
    """Reads are lock-free on one `Shelf`; `refresh` swaps it when the database or the index moved on."""

    def __init__(
        self,
        truth: Truth,
        town: Town,
        tools: Tools,
        index_dir: Path,
        lessons_dir: Path,
        probe: Callable[[Path], bool],
        follow: Callable[[], None] = _nothing,
    ) -> None:
        """probe: opens an index folder in a child process and says whether it can be opened here.

        follow: brings what else is published (offices, phones) up to date; called with every new snapshot.
        """
        self.truth = truth
        self.town = town
        self.tools = tools
        self._index_dir = index_dir
        self._lessons_dir = lessons_dir
        self._probe = probe
        self._follow = follow
        self._shelf: Shelf | None = None
        self._built: Path | None = None
        self._in_haste = False
        self._swap = threading.Lock()

    @property
    def shelf(self) -> Shelf:
        """Raises IndexMissing before the first `refresh`."""
        if self._shelf is None:
            raise IndexMissing
        return self._shelf

    def refresh(self) -> bool:
        """Look whether anything was published or re-indexed; True when something changed.

        What is published is taken over first: a new index that cannot be opened holds back no withdrawal.
        Raises IndexMissing when there is no index that can be opened.
        """
        folder = current_folder(self._index_dir)
        held = self._shelf
        if held is not None and folder == held.folder and self.truth.revision() == held.snapshot.revision:
            return False
        with self._swap:
            snapshot, held = take_snapshot(self.truth), self._shelf
            self._follow()
            if held is not None:
                self._shelf = Shelf(snapshot, held.index, held.folder)
            index = self._opened(folder)
            self._shelf = Shelf(snapshot, index, folder or self._index_dir)
        return True

    def _opened(self, folder: Path | None) -> Index:
        """What this process has just written needs no look by a child: on a busy machine that look takes a minute."""
        if folder is None:
            raise IndexMissing
        if self._shelf is not None and self._shelf.folder == folder:
            return self._shelf.index
        if folder != self._built and not self._probe(folder):
            raise IndexMissing
        try:
            return open_index(folder, self.tools)
        except (ValueError, OSError, KeyError) as error:
            raise IndexMissing from error

    def lacking(self) -> bool:
        """Whether rows of what is published are missing from the index: it cannot all be found yet."""
        if self._shelf is None or self._shelf.folder != current_folder(self._index_dir):
            return True
        return not set(self._shelf.snapshot.targets) <= set(self._shelf.index.digests)

    def worn(self) -> bool:
        """Whether what is learnt should be learnt anew: after a quick build, or when much has changed."""
        index = self.shelf.index
        return self._in_haste or index.calibration.drift > DRIFT * len(index.digests)

    def behind(self) -> bool:
        """Whether the index lacks rows of what is published, or holds rows of what is not."""
        folder = current_folder(self._index_dir)
        if folder is None or self._shelf is None or self._shelf.folder != folder:
            return True
        return set(self._shelf.snapshot.targets) != set(self._shelf.index.digests)

    def rebuild(self, progress: Progress, refit: bool = False, quick: bool = False) -> Path:
        """Build and switch to an index of what is published now. Waits for nobody: raises LockHeld.

        refit: fit the thresholds anew, however little has changed. quick: learn nothing now (see `worn`).
        """
        with index_lock(self._index_dir):
            snapshot = take_snapshot(self.truth)
            lessons = read_lessons(self._lessons_dir)
            sound = self._sound(current_folder(self._index_dir))
            self._built = build(
                self._index_dir, snapshot.rows, lessons, snapshot.revision, self.tools, progress, sound, refit, quick
            )
            self._in_haste = quick
            return self._built

    def _sound(self, folder: Path | None) -> Path | None:
        """The generation when it may be opened here; None when there is none or it is damaged."""
        opened = self._shelf is not None and self._shelf.folder == folder
        return folder if folder is not None and (opened or self._probe(folder)) else None

    def ensure_index(self, progress: Progress) -> None:
        """Open the index, building it first when it is missing, damaged or behind what is published."""
        try:
            self.refresh()
        except IndexMissing:
            self.rebuild(progress)
            self.refresh()
        if self.behind():
            self.rebuild(progress)
            self.refresh()

    def search(self, text: str, scope: Scope, top_k: int = 8) -> SearchResult:
        """Hits best first and rejects with reasons. text: normalised question."""
        shelf = self.shelf
        query = read_query(text, self.tools.lexicon, self.tools.embedder)
        return search(text, query, shelf.index, shelf.snapshot, scope, top_k, self.tools.lexicon.asked)

    def nearest_words(self, text: str) -> str:
        """All that the row nearest to a normalised text says and is asked for, whatever its score; '' for none."""
        shelf = self.shelf
        scores, _ = score(shelf.index, read_query(text, self.tools.lexicon, self.tools.embedder))
        held = (shelf.snapshot.targets.get(shelf.index.digests[number]) for number in best_first(scores, NEAREST))
        nearest = next((rows[0] for rows in held if rows), None)
        return normalise(lexical_field(nearest)) if nearest else ""

    def asked_at_desk(self, text: str) -> bool:
        """Whether the staff wrote an answer for these very words, or gave them to an entry."""
        if self._shelf is None:
            return False
        snapshot, key = self._shelf.snapshot, matching_key(text)
        name = snapshot.exact.get(key)
        if name is None:
            return False
        version = snapshot.versions[name]
        given = {matching_key(wording) for wording in version.also_asked}
        return version.kind is DocumentKind.STAFF_ANSWER or key in given

    @property
    def renderer(self) -> Renderer:
        return Renderer(self.shelf.snapshot.parameters, self.town.hotlines, self.town.offices)

    def ready(self) -> bool:
        return self._shelf is not None
