"""A circuit breaker: after several failures in a short time a model is left alone for a while."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable


class Circuit:
    """Open while `failures` failures lie within the last `within_s` seconds; closes by itself as they age."""

    def __init__(self, clock: Callable[[], float], failures: int = 5, within_s: float = 60.0) -> None:
        """clock: monotonic seconds."""
        if failures < 1 or within_s <= 0:
            raise ValueError("failures and within_s must be positive")
        self._clock = clock
        self._within_s = within_s
        self._times: deque[float] = deque(maxlen=failures)
        self._lock = threading.Lock()

    def is_open(self) -> bool:
        """Whether the model must not be asked now."""
        with self._lock:
            full = len(self._times) == self._times.maxlen
            return full and self._clock() - self._times[0] < self._within_s

    def failed(self) -> None:
        with self._lock:
            self._times.append(self._clock())
