"""Views of 反馈: exactly what each page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from web.staff.unanswered.views import HandoverView
from web.staff.views import Frame
from web.views import CardView


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    question: str
    url: str
    useful: bool
    reason: str
    words: str
    given_at: datetime
    seen_by: str


@dataclass(frozen=True, slots=True)
class FeedbackPage:
    """opinions: on the service as a whole, under 取件号."""

    frame: Frame
    lines: tuple[FeedbackLine, ...]
    opinions: tuple[HandoverView, ...]
    more: str
    back: str = "/staff/feedback"


@dataclass(frozen=True, slots=True)
class FeedbackAnswerPage:
    """card: as the person saw it. sources: (title, version, is it still the one in use?). entry: (id, question)."""

    frame: Frame
    line: FeedbackLine
    card: CardView | None
    sources: tuple[tuple[str, str, bool], ...]
    entry: tuple[str, str]
    group_url: str
