"""Plain values about what the town needs to know: counts, events, paired kiosks, counts brought in by file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CountRow:
    """One row of `daily_counts`, or a sum of rows over days. questions, sessions: how many, >= 0."""

    channel: str
    event: str
    topic: str
    entry: str
    status: str
    questions: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Only rows of this channel, event or topic; None: of all."""

    channel: str | None = None
    event: str | None = None
    topic: str | None = None


class EventKind(StrEnum):
    FAIR = "fair"
    YARD = "yard"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Event:
    """A market day, a talk in a yard. present: how many came, counted by hand; None: not filled in."""

    id: str
    name: str
    kind: EventKind
    day: date
    place: str
    present: int | None
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Pairing:
    """A kiosk that may count under an event; event '': it stands there on every day, under no event."""

    id: str
    event: str
    device: str
    paired_by: str
    paired_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DayCounts:
    day: date
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class SentCounts:
    """All own counts of one installation at one moment. digest: of the file's content, sha256 in hex.

    events: those that questions stand under; who made them where they come from is not told.
    """

    installation: str
    made_at: datetime
    digest: str
    days: tuple[DayCounts, ...]
    events: tuple[Event, ...]

    @property
    def questions(self) -> int:
        return sum(row.questions for day in self.days for row in day.rows)

    @property
    def sessions(self) -> int:
        return sum(row.sessions for day in self.days for row in day.rows)


@dataclass(frozen=True, slots=True)
class CountImport:
    """A file that was brought in. first_day, last_day: None for one without counts."""

    installation: str
    made_at: datetime
    first_day: date | None
    last_day: date | None
    questions: int
    sessions: int
    taken_by: str
    taken_at: datetime


class Taken(StrEnum):
    """How bringing in a file ended. Everything but DONE changed nothing and logged nothing."""

    DONE = "done"
    SAME = "same"  # this very file was brought in before
    OLDER = "older"  # a later one of this installation was
    OWN = "own"  # these are this installation's own counts
    EMPTY = "empty"  # no counts in it


class EventChange(StrEnum):
    """How a change of an event or pairing ended. Everything but DONE changed nothing and logged nothing."""

    DONE = "done"
    GONE = "gone"
    EXISTS = "exists"
    COUNTED = "counted"  # questions stand under it, so it stays
