"""The library as pages see it (`web.library.LibraryView`), over what is published now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from knowledge.about import about
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.places import Places
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.shown import Link, ShownEntry, show_entry
from knowledge.types import Gone, SearchResult, StoredVersion


class Shelves:
    """Every method reads one consistent snapshot; what is not in force that day is not there."""

    def __init__(self, library: Library, places: Places) -> None:
        self._library = library
        self._places = places

    def not_ready(self) -> str | None:
        return None if self._library.ready() else "正在整理资料，请过一会儿再来。"

    def questions(self, on: date) -> Mapping[str, Sequence[Link]]:
        """Topic -> ready questions, those most linked to first."""
        snapshot = self._library.shelf.snapshot
        linked: dict[str, int] = defaultdict(int)
        for entry in snapshot.entries.values():
            for name in entry.related:
                linked[name] += 1
        found: dict[str, list[Link]] = defaultdict(list)
        for name in sorted(snapshot.entries, key=lambda name: (-linked[name], name)):
            entry = snapshot.entries[name]
            if snapshot.versions[name].period.covers(on):
                found[entry.topic].append(Link(name, entry.question))
        return found

    def entry(self, slug: str, on: date) -> ShownEntry | None:
        snapshot = self._library.shelf.snapshot
        entry = snapshot.entries.get(slug)
        if entry is None or not snapshot.versions[slug].period.covers(on):
            return None
        return show_entry(entry, snapshot, self._library.renderer, Moment.today(on))

    def document(self, document_id: str, on: date) -> StoredVersion | None:
        version = self._library.shelf.snapshot.versions.get(document_id)
        return version if version is not None and version.period.covers(on) else None

    def gone(self, document_id: str, on: date) -> Gone | None:
        return self._library.truth.gone(document_id, on)

    def search(self, question: str, *, limit: int, on: date) -> SearchResult:
        text = normalise(question)
        asked = about(text, on)
        scope = Scope(Moment(on, asked.period, asked.said), self._places.outside(text))
        return self._library.search(text, scope, limit)
