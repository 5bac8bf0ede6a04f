"""The keeper lets go of what is past its time: at once, then on time, and whatever else fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, cast

from web.keeper import PURGE_EVERY_S, Keeper


class Library:
    """Nothing ever changes in it. looked: somebody asked."""

    def __init__(self) -> None:
        self.looked = threading.Event()

    def refresh(self) -> bool:
        self.looked.set()
        return False

    def behind(self) -> bool:
        return False


def keeper(library: Library, purge: Callable[[], None]) -> Keeper:
    return Keeper(cast(Any, library), purge, every_s=0.01)


def test_purging_comes_at_once_and_then_on_time() -> None:
    times: list[float] = []
    kept = keeper(Library(), lambda: times.append(now))
    for now in (100.0, 101.0, 100.0 + PURGE_EVERY_S - 1, 100.0 + PURGE_EVERY_S, 101.0 + PURGE_EVERY_S):
        kept.forget(now)
    assert times == [100.0, 100.0 + PURGE_EVERY_S]


def test_looking_goes_on_after_a_purge_that_failed() -> None:
    library, purged = Library(), threading.Event()

    def fail() -> None:
        purged.set()
        raise RuntimeError("no database")

    kept = keeper(library, fail)
    kept.start()
    try:
        assert purged.wait(10) and library.looked.wait(10)
    finally:
        kept.stop()
