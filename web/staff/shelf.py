"""What the desk asks about documents and does with them, so that pages never see how they are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from knowledge.database.desk_values import CitedAnswer, Closing, Outcome, Step, Succession, VersionRow
from knowledge.database.staff_values import Deed
from knowledge.types import StoredVersion


class Shelf(Protocol):
    """Reading, and actions that are logged in the same transaction when they end with DONE."""

    def rows(self, document_id: str = "") -> Sequence[VersionRow]: ...

    def version(self, document_id: str, version: str) -> StoredVersion | None: ...

    def published(self, document_id: str) -> StoredVersion | None: ...

    def steps(self, document_id: str, version: str) -> Sequence[Step]: ...

    def cited(self, document_id: str, now: datetime) -> tuple[int, Sequence[CitedAnswer]]: ...

    def cited_counts(self, since: date) -> Mapping[str, int]: ...

    def successions(self) -> Sequence[Succession]: ...

    def submit(self, document_id: str, version: str, deed: Deed) -> Outcome: ...

    def send_back(self, document_id: str, version: str, deed: Deed) -> Outcome: ...

    def delete_draft(self, document_id: str, version: str, deed: Deed) -> Outcome: ...

    def publish(
        self,
        document_id: str,
        version: str,
        deed: Deed,
        today: date,
        *,
        two_person: bool,
        closings: Sequence[Closing] = (),
        seen: int | None = None,
    ) -> Outcome: ...

    def withdraw(self, document_id: str, deed: Deed) -> Outcome: ...

    def restore(self, document_id: str, version: str, deed: Deed) -> Outcome: ...

    def plan_succession(self, plan: Succession, deed: Deed) -> Outcome: ...

    def drop_succession(self, successor_id: str, deed: Deed) -> Outcome: ...
