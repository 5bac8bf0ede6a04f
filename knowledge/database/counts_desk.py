"""What the desk counts and keeps of events, kiosks and their counts; every call is one short transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Engine

from knowledge.database import counts_reading, counts_taking, events, staff_log
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
from knowledge.database.engine import reading
from knowledge.database.staff_values import Deed

_Outcome = TypeVar("_Outcome", EventChange, Taken)
ALL = Choice()


class CountsDesk:
    """What changes something is logged in the same transaction when it ends with DONE."""

    def __init__(self, engine: Engine, town: str) -> None:
        self._engine = engine
        self._town = town

    # -- counts

    def sums(self, first: date, end: date, choice: Choice = ALL) -> list[CountRow]:
        """Counts of [first, end), added up over days and installations."""
        with reading(self._engine) as connection:
            return counts_reading.sums(connection, self._town, first, end, choice)

    def by_day(self, first: date, end: date, choice: Choice = ALL) -> list[tuple[date, int, int]]:
        """(day, questions, sessions) of each day of [first, end) that has any."""
        with reading(self._engine) as connection:
            return counts_reading.by_day(connection, self._town, first, end, choice)

    def own(self) -> tuple[str | None, tuple[DayCounts, ...]]:
        """(this installation's id, its own counts); (None, ()) before the first."""
        with reading(self._engine) as connection:
            held = counts_reading.own_id(connection, self._town)
            return held, counts_reading.own_days(connection, self._town, held) if held else ()

    def take(self, sent: SentCounts, deed: Deed) -> Taken:
        return self._logged(
            deed, lambda held: counts_taking.take(held, self._town, sent, deed.who, deed.at), Taken.DONE
        )

    def imports(self) -> list[CountImport]:
        with reading(self._engine) as connection:
            return counts_taking.imports(connection, self._town)

    # -- events and kiosks

    def events(self) -> list[Event]:
        """The latest day first."""
        with reading(self._engine) as connection:
            return events.every(connection, self._town)

    def event(self, event_id: str) -> Event | None:
        with reading(self._engine) as connection:
            return events.find(connection, self._town, event_id)

    def add_event(self, event: Event, deed: Deed) -> EventChange:
        return self._changed(deed, lambda held: events.add(held, self._town, event))

    def change_event(self, event: Event, deed: Deed) -> EventChange:
        return self._changed(deed, lambda held: events.change(held, self._town, event))

    def remove_event(self, event_id: str, deed: Deed) -> EventChange:
        return self._changed(deed, lambda held: events.remove(held, self._town, event_id, deed.at))

    def pairings(self) -> list[Pairing]:
        with reading(self._engine) as connection:
            return events.pairings(connection, self._town)

    def pair(self, pairing: Pairing, deed: Deed) -> EventChange:
        return self._changed(deed, lambda held: events.pair(held, self._town, pairing))

    def unpair(self, pairing_id: str, deed: Deed) -> EventChange:
        return self._changed(deed, lambda held: events.unpair(held, self._town, pairing_id, deed.at))

    def _changed(self, deed: Deed, change: Callable[[Connection], EventChange]) -> EventChange:
        return self._logged(deed, change, EventChange.DONE)

    def _logged(self, deed: Deed, change: Callable[[Connection], _Outcome], done: _Outcome) -> _Outcome:
        """Change and log, both or neither."""
        return staff_log.logged(self._engine, self._town, deed, change, done)
