"""How fast passwords may be tried: after five failures in a quarter of an hour each further try has to wait."""

from __future__ import annotations

import math
import threading
from collections import defaultdict, deque
from collections.abc import Callable

WINDOW_S = 900.0
PER_ACCOUNT, PER_ADDRESS = 5, 20


class Throttle:
    """A delay, never a lock: one more try is let through every WINDOW_S / limit seconds. Kept in memory.

    clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failed: defaultdict[tuple[str, str], deque[float]] = defaultdict(deque)
        self._lock = threading.Lock()

    def wait_s(self, account_id: str, address: str) -> int:
        """Whole seconds until the next try is let through; 0 for now. The same for a name nobody has."""
        with self._lock:
            now = self._clock()
            waits = [self._wait(key, limit, now) for key, limit in _keys(account_id, address)]
        return math.ceil(max(waits))

    def failed(self, account_id: str, address: str) -> None:
        with self._lock:
            now = self._clock()
            self._forget(now)
            for key, _ in _keys(account_id, address):
                self._failed[key].append(now)

    def succeeded(self, account_id: str) -> None:
        """The account's own failures are forgiven; those of the address stay."""
        with self._lock:
            self._failed.pop(("account", account_id), None)

    def _wait(self, key: tuple[str, str], limit: int, now: float) -> float:
        recent = [at for at in self._failed.get(key, ()) if now - at < WINDOW_S]
        if len(recent) < limit:
            return 0.0
        return max(0.0, recent[-1] + WINDOW_S / limit - now)

    def _forget(self, now: float) -> None:
        """Failures that count no more go, so that made-up names do not fill the memory."""
        for key in [key for key, times in self._failed.items() if now - times[-1] >= WINDOW_S]:
            del self._failed[key]


def _keys(account_id: str, address: str) -> tuple[tuple[tuple[str, str], int], ...]:
    return (("account", account_id), PER_ACCOUNT), (("address", address), PER_ADDRESS)
