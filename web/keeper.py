"""Keeps a running server's library with what is published: a thread that looks every few seconds."""

from __future__ import annotations

import logging
import threading

from knowledge.library import IndexMissing, Library
from knowledge.locks import LockHeld

LOOK_EVERY_S = 3.0
log = logging.getLogger("pufa.keeper")


class Keeper:
    """Start it once; `stop` ends it within LOOK_EVERY_S. A publish reaches answers within a minute."""

    def __init__(self, library: Library, every_s: float = LOOK_EVERY_S) -> None:
        self._library = library
        self._every_s = every_s
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._keep, name="keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(timeout=30)

    def look(self) -> None:
        """Take over what changed; build an index where it lacks rows. What fails is logged and tried again."""
        try:
            self._library.refresh()
            if self._library.behind():
                self._library.rebuild(_quiet)
                self._library.refresh()
        except LockHeld:
            log.info("index is being built elsewhere")
        except (IndexMissing, OSError, ValueError) as error:
            log.error("library not refreshed: %s", type(error).__name__)

    def _keep(self) -> None:
        while not self._stop.wait(self._every_s):
            try:
                self.look()
            except Exception as error:
                log.error("keeper: %s", type(error).__name__, exc_info=error)


def _quiet(step: str, done: int, total: int) -> None:
    log.debug("%s %s/%s", step, done, total)
