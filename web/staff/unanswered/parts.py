"""What these pages ask of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from knowledge.database.staff_values import Deed
from knowledge.database.unanswered_values import (
    AddedWording,
    ApprovedQuestion,
    Ending,
    GivenFeedback,
    HandedOver,
    QuestionGroup,
)
from knowledge.types import Instrument, StoredVersion


class Unanswered(Protocol):
    """`knowledge.database.unanswered.UnansweredStore`: what changes something is logged in the same transaction."""

    def gather(self, now: datetime) -> int: ...

    def groups(self) -> Sequence[QuestionGroup]: ...

    def group(self, group_id: str, one_of: str = "") -> QuestionGroup | None: ...

    def handed_over(self, now: datetime) -> Sequence[HandedOver]: ...

    def feedback(self, answer_id: str = "") -> Sequence[GivenFeedback]: ...

    def wordings(self, document_id: str = "") -> Sequence[AddedWording]: ...

    def approved_questions(self) -> Sequence[ApprovedQuestion]: ...

    def hand_on(self, group: QuestionGroup, owner: str, deed: Deed) -> Ending: ...

    def close(self, group: QuestionGroup, deed: Deed) -> Ending: ...

    def reopen(self, group: QuestionGroup, deed: Deed) -> Ending: ...

    def save_draft(self, group: QuestionGroup, draft: Mapping[str, Any], deed: Deed) -> Ending: ...

    def submit(
        self,
        group: QuestionGroup,
        draft: Mapping[str, Any],
        version: StoredVersion,
        resting_on: Mapping[str, Instrument],
        deed: Deed,
        copied: str = "",
    ) -> Ending: ...

    def add_wordings(
        self, group: QuestionGroup, document_id: str, texts: Sequence[str], deed: Deed
    ) -> Ending: ...

    def approve_wordings(self, group_id: str, keys: Sequence[str], deed: Deed, *, two_person: bool) -> Ending: ...

    def withdraw_wordings(self, group_id: str, keys: Sequence[str], deed: Deed) -> Ending: ...

    def reply(self, number: str, words: str, deed: Deed) -> Ending: ...

    def see(self, answer_id: str, deed: Deed) -> Ending: ...
