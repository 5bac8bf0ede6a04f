"""What the intake asks of the database and of the answering side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from bot.ports import Assistant
from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.draft_values import Draft, DraftState
from knowledge.database.staff_values import Deed
from knowledge.library import Library
from knowledge.settings import Settings
from knowledge.types import StoredVersion

TrialAssistant = Callable[[Settings, Library], Assistant]
"""An assistant over a trial library; it keeps and counts nothing."""


class Drafts(Protocol):
    """`knowledge.database.draft_store.DraftStore`."""

    def add(self, draft: Draft, deed: Deed) -> None: ...

    def draft(self, draft_id: str) -> Draft | None: ...

    def drafts(self) -> Sequence[Draft]: ...

    def progress(self, draft_id: str, state: DraftState, done: int, total: int) -> bool: ...

    def refuse(self, draft_id: str, reason: str, remedy: str, now: datetime) -> bool: ...

    def finish(self, draft_id: str, state: DraftState, body: Mapping[str, Any], now: datetime) -> bool: ...

    def save(
        self,
        draft: Draft,
        body: Mapping[str, Any],
        now: datetime,
        deed: Deed | None = None,
        state: DraftState | None = None,
    ) -> bool: ...

    def delete(self, draft_id: str, deed: Deed) -> bool: ...

    def names_taken(self, document_id: str) -> int: ...

    def submit(
        self,
        draft: Draft,
        version: StoredVersion,
        facts: Mapping[str, Any],
        deed: Deed,
        follows: Succession | None = None,
    ) -> Outcome: ...

    def facts(self, document_id: str, version: str) -> Mapping[str, Any]: ...

    def every_facts(self) -> Mapping[tuple[str, str], Mapping[str, Any]]: ...
