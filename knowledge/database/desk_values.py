"""Plain values of the life of a document at the desk: a version in short, its steps, who takes over from whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from knowledge.types import Period

UNDO = timedelta(hours=24)
"""How long a withdrawal or a replacement can be undone."""
SOON = timedelta(days=30)


class Outcome(StrEnum):
    """How an action on a version ended. Everything but DONE changed nothing and logged nothing."""

    DONE = "done"
    GONE = "gone"  # no such version, or no longer in the state the page showed
    SAME_PERSON = "same_person"  # the second look needs another pair of eyes
    NOT_SUBMITTED = "not_submitted"
    TOO_LATE = "too_late"
    GAP = "gap"  # from today to its first day nothing would be in force
    WRONG_DAY = "wrong_day"  # the document to be followed does not hold on the day of the change
    EMPTY = "empty"  # a version without any text
    MOVED = "moved"  # something else was published since the page with the contradictions was made


class ShownState(StrEnum):
    """What a clerk reads; the four in the middle come from the dates."""

    DRAFT = "草稿"
    IN_REVIEW = "待复审"
    NOT_YET = "未到生效日"
    IN_FORCE = "生效中"
    ENDING = "30天内失效"
    EXPIRED = "已失效"
    REPLACED = "已被替换"
    WITHDRAWN = "已撤回"


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version without its text. state, kind, origin: the stored slugs. followed: another document took over."""

    document_id: str
    version: str
    ordinal: int
    state: str
    kind: str
    origin: str
    topic: str
    region: str
    title: str
    period: Period
    written_by: str
    created_at: datetime
    reviewed_by: str | None
    reviewed_on: date | None
    published_at: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    reason: str | None
    original_name: str
    original_sha256: str
    followed: bool = False

    def shown(self, on: date) -> ShownState:
        """The state in words for a day."""
        fixed = {
            "draft": ShownState.DRAFT,
            "in_review": ShownState.IN_REVIEW,
            "replaced": ShownState.REPLACED,
            "withdrawn": ShownState.WITHDRAWN,
        }.get(self.state)
        if fixed is not None:
            return fixed
        if self.period.start is not None and on < self.period.start:
            return ShownState.NOT_YET
        if self.period.end is None:
            return ShownState.IN_FORCE
        if self.period.end <= on:
            return ShownState.REPLACED if self.followed else ShownState.EXPIRED
        return ShownState.ENDING if self.period.end - on <= SOON else ShownState.IN_FORCE

    def can_be_undone(self, now: datetime) -> bool:
        """Withdrawn less than a day ago."""
        return self.state == "withdrawn" and self.closed_at is not None and now - self.closed_at < UNDO


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a version. step: submit, send_back, publish, replace, take_over, withdraw, restore."""

    step: str
    who: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True)
class Succession:
    """`successor_id` takes over from `document_id` on the day `since`, once it is published."""

    document_id: str
    successor_id: str
    since: date


@dataclass(frozen=True, slots=True)
class Closing:
    """An older document or figure that ends on `since` because a new text says otherwise; the other id is ''."""

    since: date
    document_id: str = ""
    parameter_id: str = ""


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """An answer of the last 90 days that cited a document. question: masked."""

    asked_at: datetime
    question: str
