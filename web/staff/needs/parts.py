"""What these pages ask of the database, so that they never see how it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from knowledge.database.counts_values import (
    Choice,
    CountImport,
    CountRow,
    DayCounts,
    Event,
    EventChange,
    Pairing,
    SentCounts,
    Taken,
)
from knowledge.database.staff_values import Deed

ALL = Choice()


class Counts(Protocol):
    """Counts, events, kiosks. What changes something is logged with it, in one transaction."""

    def sums(self, first: date, end: date, choice: Choice = ALL) -> Sequence[CountRow]: ...

    def by_day(self, first: date, end: date, choice: Choice = ALL) -> Sequence[tuple[date, int, int]]: ...

    def own(self) -> tuple[str | None, Sequence[DayCounts]]: ...

    def take(self, sent: SentCounts, deed: Deed) -> Taken: ...

    def imports(self) -> Sequence[CountImport]: ...

    def events(self) -> Sequence[Event]: ...

    def event(self, event_id: str) -> Event | None: ...

    def add_event(self, event: Event, deed: Deed) -> EventChange: ...

    def change_event(self, event: Event, deed: Deed) -> EventChange: ...

    def remove_event(self, event_id: str, deed: Deed) -> EventChange: ...

    def pairings(self) -> Sequence[Pairing]: ...

    def pair(self, pairing: Pairing, deed: Deed) -> EventChange: ...

    def unpair(self, pairing_id: str, deed: Deed) -> EventChange: ...
