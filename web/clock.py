"""The two clocks of the service: the civil day in China and the moment in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Aware, UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day in Asia/Shanghai, by which validity is judged."""
    return now().astimezone(CHINA).date()
