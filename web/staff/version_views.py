"""Views of one version, and of a last look before something is done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.differences import DifferenceRow
from web.staff.life_review import Review
from web.staff.life_views import StateView
from web.staff.version_bases import BasisView
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class StepView:
    words: str
    who: str
    at: datetime
    why: str


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
    bases: tuple[BasisView, ...] = ()
    """What an entry rests on."""


@dataclass(frozen=True, slots=True)
class ConfirmPage:
    """A last look before it is done. sentence: the consequence, in one sentence. needs_why: a reason is asked for.

    grave: it takes something away.
    """

    frame: Frame
    sentence: str
    action: str
    button: str
    back: str
    needs_why: bool
    cited: CitedView | None = None
    why: str = ""
    grave: bool = True
