"""Views of a file that was read: the four steps, checking what it says of itself, trying, handing in."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.conflicts import Conflict
from ingest.findings import Finding
from web.staff.intake.rerunning import RunState
from web.staff.views import Frame
from web.views import CardView

STEPS = ("选文件", "核对信息", "看拆分、试问", "送去复审")


@dataclass(frozen=True, slots=True)
class StepLink:
    """One of the four steps. url: '' where one cannot go yet."""

    words: str
    url: str
    here: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """kind: text | date | choice. options: for a choice, (value, words)."""

    name: str
    label: str
    hint: str
    kind: str
    value: str
    where: str
    ticked: bool
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class IntakeCheckPage:
    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    url: str
    revision: int
    fields: tuple[FieldView, ...]
    topic: str
    topics: tuple[tuple[str, str], ...]
    replaces: str
    documents: tuple[tuple[str, str], ...]
    dropped: tuple[str, ...]
    findings: tuple[tuple[str, str], ...]
    seen: str
    original: str


@dataclass(frozen=True, slots=True)
class IntakeTryPage:
    """cards: (question, card), the newest first."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    url: str
    revision: int
    cards: tuple[tuple[str, CardView, bool], ...]
    question: str
    ready: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IntakeRerunPage:
    """The question set is being asked again: done of total; total 0 while it is not known."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    done: int
    total: int
    url: str


@dataclass(frozen=True, slots=True)
class IntakeSubmitPage:
    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    url: str
    revision: int
    facts: tuple[tuple[str, str], ...]
    conflicts: tuple[tuple[Conflict, bool], ...]
    run: RunState
    findings: tuple[Finding, ...]
    why: str
