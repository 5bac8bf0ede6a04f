"""Views of documents and what is done with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.differences import DifferenceRow
from web.staff.life_review import Review
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
class StepView:
    words: str
    who: str
    at: datetime
    why: str


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


@dataclass(frozen=True, slots=True)
class PartView:
    """paragraphs: (words, something in them has to be looked at)."""

    heading: str
    paragraphs: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class CitedView:
    """What an older text was used for. questions: newest answers, masked. ready: ready questions that lean on it."""

    number: int
    questions: tuple[tuple[datetime, str], ...]
    ready: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class VersionPage:
    """One version with what may be done about it now. Every `can_` stands for a form on the page.

    why_not: why 发布 is not offered, '' where it is or where nothing waits. plan: (document, day) of a succession.
    """

    frame: Frame
    document_id: str
    version: str
    state: StateView
    facts: tuple[tuple[str, str], ...]
    parts: tuple[PartView, ...]
    steps: tuple[StepView, ...]
    differences: tuple[DifferenceRow, ...]
    against: str
    cited: CitedView | None
    can_submit: bool
    can_publish: bool
    can_send_back: bool
    can_delete: bool
    can_follow: bool
    why_not: str
    others: tuple[tuple[str, str], ...]
    plan: tuple[str, str]
    why: str = ""
    review: Review | None = None
    """Of a version that waits."""
    upgraded: tuple[DifferenceRow, ...] = ()
    """What an upgrade of the program changed in the text that this one was written over."""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A last look before it is done. sentence: the consequence, in one sentence. needs_why: a reason is asked for."""

    frame: Frame
    sentence: str
    action: str
    button: str
    back: str
    needs_why: bool
    cited: CitedView | None = None
    why: str = ""
