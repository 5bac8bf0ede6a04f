"""Views of documents and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class StateView:
    """words: the state as a clerk reads it. tone: plain | ok | warn | danger."""

    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One line of a list. url: where its name leads."""

    title: str
    url: str
    kind: str
    start: str
    end: str
    state: StateView
    cited: int
    who: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class DocumentsPage:
    """waiting: what somebody has to do something about. rows: all of the filter. more: address of the next rows."""

    frame: Frame
    waiting: tuple[RowView, ...]
    rows: tuple[RowView, ...]
    total: int
    state: str
    kind: str
    words: str
    states: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    more: str
    intake: str
    """Address of 加文件, '' where that part is not there."""


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in the list of its document. undo: the address that brings it back, '' where that is over."""

    name: str
    url: str
    state: StateView
    start: str
    end: str
    who: str
    reviewed: str
    at: datetime
    reason: str
    undo: str = ""


@dataclass(frozen=True, slots=True)
class DeskDocumentPage:
    """public: its address for villagers, '' while nothing of it is published."""

    frame: Frame
    document_id: str
    kind: str
    state: StateView
    public: str
    versions: tuple[VersionView, ...]
    follows: tuple[tuple[str, str], ...]
    followed_by: tuple[tuple[str, str], ...]
    cited: int
    can_withdraw: bool
