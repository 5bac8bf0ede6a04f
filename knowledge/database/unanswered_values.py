"""Plain values of what nobody could answer: groups, wordings, handed-over questions, feedback, approved questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

UNHELPFUL, HANDED_OVER = "unhelpful", "handed_over"
"""Reasons beside the statuses of answers: people said that it did not help; gave it to the staff."""
OPINION = "意见反馈："
"""How what people think of the service begins; it is read, not grouped (web/pages/handover.py)."""


class GroupState(StrEnum):
    """What the staff made of a group. ANSWERED: an answer was written, or an entry named; see its document."""

    OPEN = "open"
    HANDED = "handed"
    ANSWERED = "answered"
    CLOSED = "closed"


class WordingState(StrEnum):
    """Of a wording given to an entry or staff answer at the desk."""

    IN_REVIEW = "in_review"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How a step on a group or wording ended. Everything but DONE changed nothing and logged nothing."""

    DONE = "done"
    GONE = "gone"  # not there, or changed since the page was made
    SAME_PERSON = "same_person"
    TAKEN = "taken"  # the wording belongs to another entry


@dataclass(frozen=True, slots=True)
class ApprovedQuestion:
    """A wording that two people agreed should be answered from a document."""

    question: str
    document_id: str


@dataclass(frozen=True, slots=True)
class QuestionWording:
    """One way in which a need was asked, masked. times: 人次 with these very words."""

    key: str
    text: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """One need. counts: of all times; channels and reasons add up to it. wordings: the most asked first.

    wordings is () once all words are older than 90 days. reasons: statuses, `unhelpful`, `handed_over`.
    """

    id: str
    state: GroupState
    opened_at: datetime
    last_at: datetime
    owner: str
    document_id: str
    why: str
    changed_by: str
    changed_at: datetime | None
    revision: int
    questions: int
    channels: Mapping[str, int]
    reasons: Mapping[str, int]
    wordings: tuple[QuestionWording, ...] = ()
    draft: Mapping[str, Any] | None = None

    @property
    def title(self) -> str:
        """The wording asked most; '' when the words are gone."""
        return self.wordings[0].text if self.wordings else ""


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A question under a 取件号. group_id: '' for an opinion on the service."""

    number: str
    question: str
    given_at: datetime
    reply: str = ""
    replied_at: datetime | None = None
    group_id: str = ""

    @property
    def is_opinion(self) -> bool:
        return self.question.startswith(OPINION)


@dataclass(frozen=True, slots=True)
class AddedWording:
    """A wording given at the desk to what answers it."""

    key: str
    document_id: str
    wording: str
    state: WordingState
    group_id: str
    made_by: str
    made_at: datetime
    reviewed_by: str | None = None
    reviewed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GivenFeedback:
    """body: the stored answer as JSON, as the person saw it. seen_by: '' while nobody has looked."""

    answer_id: str
    useful: bool
    reason: str
    words: str
    given_at: datetime
    asked_at: datetime
    question: str
    body: Mapping[str, Any] = field(default_factory=dict)
    seen_by: str = ""
    group_id: str = ""
