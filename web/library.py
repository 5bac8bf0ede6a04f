"""What the pages ask of the knowledge: read-only, structural, so that any library of this shape will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from knowledge.types import Basis, FigureState, Gone, PartKind, SearchResult, StoredVersion


class ShownLine(Protocol):
    """One bullet, rendered for the day. marks: numbers of the sources it rests on."""

    @property
    def text(self) -> str: ...

    @property
    def marks(self) -> Sequence[int]: ...


class ShownPart(Protocol):
    """A typed part of an entry, its lines in file order."""

    @property
    def kind(self) -> PartKind: ...

    @property
    def lines(self) -> Sequence[ShownLine]: ...


class ShownSource(Protocol):
    """A numbered source of an entry. quote: the held text of the article, held_url: its page; None if not held."""

    @property
    def number(self) -> int: ...

    @property
    def basis(self) -> Basis: ...

    @property
    def state(self) -> FigureState: ...

    @property
    def quote(self) -> str | None: ...

    @property
    def held_url(self) -> str | None: ...


class EntryLink(Protocol):
    """An entry as a ready question."""

    @property
    def id(self) -> str: ...

    @property
    def question(self) -> str: ...


class ShownEntry(EntryLink, Protocol):
    """An entry with its figures filled in for one day."""

    @property
    def topic(self) -> str: ...

    @property
    def parts(self) -> Sequence[ShownPart]: ...

    @property
    def sources(self) -> Sequence[ShownSource]: ...

    @property
    def offices(self) -> Sequence[str]: ...

    @property
    def hotlines(self) -> Sequence[str]: ...

    @property
    def related(self) -> Sequence[EntryLink]: ...

    @property
    def reviewed(self) -> bool: ...


class LibraryView(Protocol):
    """Everything here may raise; a page then shows what it can without it."""

    def not_ready(self) -> str | None:
        """None when it can answer; otherwise the reason, one Chinese sentence."""
        ...

    def questions(self, on: date) -> Mapping[str, Sequence[EntryLink]]:
        """Topic slug -> its ready questions in force that day; topics without any may be missing."""
        ...

    def entry(self, slug: str, on: date) -> ShownEntry | None: ...

    def document(self, document_id: str, on: date) -> StoredVersion | None:
        """The published version of that day, of any kind."""
        ...

    def gone(self, document_id: str, on: date) -> Gone | None:
        """What became of a document or entry that is not shown that day; None for what never was."""
        ...

    def search(self, question: str, *, limit: int, on: date) -> SearchResult: ...
