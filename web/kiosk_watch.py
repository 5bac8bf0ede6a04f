"""Which kiosks have spoken lately: for the people at the desk, in memory only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

MOST = 200
SILENT_AFTER = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Seen:
    """device, event: as the kiosk names itself. screen: where it stands. at: the server's clock, UTC."""

    device: str
    event: str
    screen: str
    at: datetime

    def silent(self, now: datetime) -> bool:
        return now - self.at > SILENT_AFTER


class KioskWatch:
    """The last word of each paired kiosk; the longest silent one makes room when there are too many."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], Seen] = {}

    def hear(self, seen: Seen) -> None:
        self._seen.pop((seen.event, seen.device), None)
        self._seen[seen.event, seen.device] = seen
        while len(self._seen) > MOST:
            del self._seen[next(iter(self._seen))]

    def devices(self) -> tuple[Seen, ...]:
        """The one heard last stands first."""
        return tuple(reversed(self._seen.values()))
