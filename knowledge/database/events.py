"""Events and the kiosks paired to them. Every function runs inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from knowledge.database.counts_values import Event, EventChange, EventKind, Pairing
from knowledge.database.service_models import daily_counts, event_devices, events

_E, _P = events.c, event_devices.c


def every(connection: Connection, town: str) -> list[Event]:
    """The latest day first."""
    asked = select(events).where(_E.town == town).order_by(_E.day.desc(), _E.made_at.desc(), _E.id)
    return [_event(row) for row in connection.execute(asked).mappings()]


def find(connection: Connection, town: str, event_id: str) -> Event | None:
    row = connection.execute(select(events).where(_E.town == town, _E.id == event_id)).mappings().first()
    return None if row is None else _event(row)


def add(connection: Connection, town: str, event: Event) -> EventChange:
    if find(connection, town, event.id) is not None:
        return EventChange.EXISTS
    connection.execute(insert(events), {"town": town} | _values(event))
    return EventChange.DONE


def add_unknown(connection: Connection, town: str, given: Iterable[Event]) -> None:
    """Events that came with counts; one that is held here stays as it is."""
    for event in given:
        add(connection, town, event)


def change(connection: Connection, town: str, event: Event) -> EventChange:
    """Everything but the id, and who made it when."""
    kept = {name: value for name, value in _values(event).items() if name not in ("id", "made_by", "made_at")}
    same = (_E.town == town, _E.id == event.id)
    done = connection.execute(update(events).where(*same).values(**kept)).rowcount
    return EventChange.DONE if done else EventChange.GONE


def remove(connection: Connection, town: str, event_id: str, at: datetime) -> EventChange:
    """An event made by mistake. One under which questions stand is kept; its kiosks are no longer paired."""
    counted = select(func.count()).select_from(daily_counts)
    under = counted.where(daily_counts.c.town == town, daily_counts.c.event == event_id)
    if connection.execute(under).scalar():
        return EventChange.COUNTED
    if not connection.execute(delete(events).where(_E.town == town, _E.id == event_id)).rowcount:
        return EventChange.GONE
    standing = (_P.town == town, _P.event == event_id, _P.ended_at.is_(None))
    connection.execute(update(event_devices).where(*standing).values(ended_at=at))
    return EventChange.DONE


def pairings(connection: Connection, town: str) -> list[Pairing]:
    """Those that stand, the newest first."""
    asked = select(*(_P[name] for name in Pairing.__slots__)).where(_P.town == town, _P.ended_at.is_(None))
    return [Pairing(*row) for row in connection.execute(asked.order_by(_P.paired_at.desc(), _P.id))]


def pair(connection: Connection, town: str, pairing: Pairing) -> EventChange:
    """GONE without the event, EXISTS where this kiosk stands there already."""
    if pairing.event and find(connection, town, pairing.event) is None:
        return EventChange.GONE
    if any((held.event, held.device) == (pairing.event, pairing.device) for held in pairings(connection, town)):
        return EventChange.EXISTS
    row = {name: getattr(pairing, name) for name in Pairing.__slots__}
    connection.execute(insert(event_devices), {"town": town} | row)
    return EventChange.DONE


def unpair(connection: Connection, town: str, pairing_id: str, at: datetime) -> EventChange:
    standing = (_P.town == town, _P.id == pairing_id, _P.ended_at.is_(None))
    done = connection.execute(update(event_devices).where(*standing).values(ended_at=at)).rowcount
    return EventChange.DONE if done else EventChange.GONE


def _event(row: RowMapping) -> Event:
    kept = {name: row[name] for name in Event.__slots__}
    return Event(**(kept | {"kind": EventKind(row["kind"])}))


def _values(event: Event) -> dict[str, object]:
    return {name: getattr(event, name) for name in Event.__slots__} | {"kind": event.kind.value}
