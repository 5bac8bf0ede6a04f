"""Which kiosks are paired at the desk: only those count under an event. A value in memory, read again by `refresh`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from knowledge.database.counts_values import Event, Pairing


class Source(Protocol):
    def pairings(self) -> Sequence[Pairing]: ...

    def events(self) -> Sequence[Event]: ...


class KioskPairs:
    """Asked on every question, so nothing is read here but by `refresh`, which raises what the source raises."""

    def __init__(self, source: Source | None = None) -> None:
        self._source = source
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._days: dict[str, date] = {}

    def refresh(self) -> None:
        if self._source is None:
            return
        pairs = frozenset((pairing.event, pairing.device) for pairing in self._source.pairings())
        self._days = {event.id: event.day for event in self._source.events()}
        self._pairs = pairs

    def stands(self, event: str | None, device: str | None) -> bool:
        """Was this kiosk paired to this event (or to none)?"""
        return ((event or ""), (device or "")) in self._pairs

    def event_on(self, event: str | None, device: str | None, on: date) -> str | None:
        """The event under which a question of that day counts: of a paired kiosk, on the event's own day.

        A kiosk that is back in the hall with the address of last week's fair counts under no event.
        """
        return event if event and self.stands(event, device) and self._days.get(event) == on else None
