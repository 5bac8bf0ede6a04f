"""How often one may ask: per conversation, per address, and the service as a whole (decisions.md 26)."""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from knowledge.settings import Settings

NUMBER_TRIES = (RateLimitItemPerMinute(6), RateLimitItemPerHour(40))
ALL_NUMBER_TRIES = RateLimitItemPerMinute(60)


class TooFast(Exception):
    """Refused for now. retry_after_s: whole seconds, at least 1."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(retry_after_s)
        self.retry_after_s = retry_after_s


class Rates:
    """Counts in memory; a refused request adds to the buckets before the one that refused it only."""

    def __init__(self, settings: Settings) -> None:
        self._on = settings.rate_limits == "on"
        self._window = MovingWindowRateLimiter(MemoryStorage())
        self._session = RateLimitItemPerMinute(settings.session_per_minute)
        self._address = RateLimitItemPerMinute(settings.address_per_minute)
        self._service = RateLimitItemPerMinute(settings.service_per_minute)

    def admit(self, conversation_id: str | None, address: str) -> None:
        """Raises TooFast. Without a conversation only the address and the service count."""
        if not self._on:
            return
        if conversation_id:
            self._hit(self._session, "session", conversation_id)
        self._hit(self._address, "address", address)
        self._hit(self._service, "service", "all")

    def admit_number(self, address: str) -> None:
        """Count one try at a 取件号, so that numbers cannot be walked through. Raises TooFast."""
        if not self._on:
            return
        for item in NUMBER_TRIES:
            self._hit(item, "number", address)
        self._hit(ALL_NUMBER_TRIES, "number", "all")

    def _hit(self, item: RateLimitItem, *key: str) -> None:
        if self._window.hit(item, *key):
            return
        reset = self._window.get_window_stats(item, *key).reset_time
        raise TooFast(max(1, math.ceil(reset - time.time())))
