"""Views of the intake: exactly what each of its pages shows."""

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
class PartView:
    """number: place in the draft, from 0. pieces: where it may be cut. warned: it speaks to a machine."""

    number: int
    heading: str
    text: str
    kept: bool
    pieces: tuple[str, ...]
    last: bool
    warned: bool


@dataclass(frozen=True, slots=True)
class ExampleView:
    number: int
    text: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class IntakePartsPage:
    """lines: the whole text as it was read. more_lines: how many are not shown. pages: (words, url, here)."""

    frame: Frame
    steps: tuple[StepLink, ...]
    name: str
    url: str
    revision: int
    lines: tuple[str, ...]
    more_lines: int
    parts: tuple[PartView, ...]
    total: int
    pages: tuple[tuple[str, str, bool], ...]
    page: int
    examples: tuple[ExampleView, ...]
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
