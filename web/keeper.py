"""The housekeeping of a running server: one thread that follows what is published and forgets what is due."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

from knowledge.library import IndexMissing, Library
from knowledge.locks import LockHeld

LOOK_EVERY_S = 3.0
PURGE_EVERY_S = 300.0
TIDY_AFTER_S = 600.0
"""Without any change for so long, the index is built anew without the rows that are out of use."""
log = logging.getLogger("pufa.keeper")


def _nothing() -> None:
    return None


class Keeper:
    """Start it once; `stop` ends it within LOOK_EVERY_S. A publish reaches answers within a minute.

    purge: lets go of conversations and texts past their time; called at once and then every PURGE_EVERY_S.
    follow: whatever else is looked at each time (the desk's switches).
    """

    def __init__(
        self,
        library: Library,
        purge: Callable[[], None],
        every_s: float = LOOK_EVERY_S,
        follow: Callable[[], None] = _nothing,
    ) -> None:
        self._library = library
        self._purge = purge
        self._follow = follow
        self._every_s = every_s
        self._purge_at = 0.0
        self._changed_at = 0.0
        self._stop = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._woken.set()
        self._thread.join(timeout=30)

    def wake(self) -> None:
        """Look now: something was published, withdrawn or switched."""
        self._woken.set()

    def look(self, at: float = 0.0) -> None:
        """Take over what changed; build an index at once where it lacks rows, for tidiness when all is quiet.

        Rows of what was withdrawn may stay a while: search drops them, and an undo finds them in their place.
        What fails is logged and tried again. at: seconds of a clock that never goes back.
        """
        try:
            if self._library.refresh():
                self._changed_at = at
            if self._library.lacking():
                self._rebuild(quick=True)
            elif at - self._changed_at >= TIDY_AFTER_S and (self._library.behind() or self._library.worn()):
                self._rebuild(quick=False)
        except LockHeld:
            log.info("index is being built elsewhere")
        except (IndexMissing, OSError, ValueError) as error:
            log.error("library not refreshed: %s", type(error).__name__)

    def _rebuild(self, *, quick: bool) -> None:
        self._library.rebuild(_quiet, quick=quick)
        self._library.refresh()

    def forget(self, at: float) -> None:
        """Purge when it is due. at: seconds of a clock that never goes back."""
        if at >= self._purge_at:
            self._purge_at = at + PURGE_EVERY_S
            self._purge()

    def _keep(self) -> None:
        while True:
            self._woken.wait(self._every_s)
            if self._stop.is_set():
                return
            self._woken.clear()
            self._guarded(self._follow)
            self._guarded(lambda: self.forget(time.monotonic()))
            self._guarded(lambda: self.look(time.monotonic()))

    def _guarded(self, work: Callable[[], None]) -> None:
        """The thread outlives any fault: without it nothing would be taken over or forgotten any more."""
        try:
            work()
        except Exception as error:
            log.error("keeper: %s", type(error).__name__, exc_info=error)


def _quiet(step: str, done: int, total: int) -> None:
    log.debug("%s %s/%s", step, done, total)
