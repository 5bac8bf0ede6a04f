"""What became of a document that is not shown any more. Runs inside the caller's session."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from knowledge.database.desk_reading import rows
from knowledge.database.desk_steps import followers
from knowledge.database.desk_values import VersionRow
from knowledge.types import Gone, How

_CHINA = ZoneInfo("Asia/Shanghai")


def gone(connection: Connection, town: str, document_id: str, on: date) -> Gone | None:
    """None for what was never shown, is shown that day, or is only to come."""
    shown = [row for row in rows(connection, town, document_id) if row.published_at is not None]
    published = next((row for row in shown if row.state == "published"), None)
    if published is None:
        closed = max(shown, key=lambda row: (row.closed_at or row.created_at, row.ordinal), default=None)
        return None if closed is None else Gone(How.WITHDRAWN, _day(closed.closed_at))
    end = published.period.end
    if end is None or on < end:
        return None
    successor = _successor(connection, town, document_id, on)
    how = How.EXPIRED if successor is None else How.REPLACED
    return Gone(how, end, published.title, successor)


def _successor(connection: Connection, town: str, document_id: str, on: date) -> tuple[str, str] | None:
    """The document that took over and is in force that day."""
    for plan in followers(connection, town):
        if plan.document_id == document_id:
            found = next((row for row in rows(connection, town, plan.successor_id) if _holds(row, on)), None)
            if found is not None:
                return found.document_id, found.title
    return None


def _holds(row: VersionRow, on: date) -> bool:
    return row.state == "published" and row.period.covers(on)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(_CHINA).date() if moment else None
