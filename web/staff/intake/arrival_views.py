"""Views of a file on its way in: chosen, being read, refused, or stopped for what is personal in it."""

from __future__ import annotations

from dataclasses import dataclass

from web.staff.intake.views import StepLink
from web.staff.views import Frame


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A file on its way. tone: plain | ok | warn | danger."""

    name: str
    url: str
    state: str
    tone: str
    who: str
    size: str


@dataclass(frozen=True, slots=True)
class IntakeStartPage:
    """drafts: what is under way. accept: endings that the file dialogue offers."""

    frame: Frame
    steps: tuple[StepLink, ...]
    drafts: tuple[DraftLine, ...]
    accept: str
    title: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class IntakeReadingPage:
    """done of total pages; total 0 while it is not known."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    done: int
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class IntakeRefusedPage:
    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    reason: str
    remedy: str
    url: str


@dataclass(frozen=True, slots=True)
class IntakePersonalPage:
    """may_release: this person may say that the file goes on."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    numbers: int
    names: int
    shown: tuple[str, ...]
    may_release: bool
    url: str
    why: str = ""
