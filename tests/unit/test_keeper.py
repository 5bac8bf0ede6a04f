"""The keeper: follows what is published, purges on time, and outlives what fails."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.library import IndexMissing
from knowledge.locks import LockHeld
from web.keeper import PURGE_EVERY_S, Keeper


class FakeLibrary:
    """Notes what it is asked to do. fault: raised by refresh."""

    def __init__(self, *, behind: bool = False, fault: Exception | None = None) -> None:
        self.done: list[str] = []
        self._behind = behind
        self._fault = fault

    def refresh(self) -> bool:
        self.done.append("refresh")
        if self._fault:
            raise self._fault
        return True

    def behind(self) -> bool:
        return self._behind

    def rebuild(self, progress: Callable[[str, int, int], None]) -> None:
        progress("rows", 1, 1)
        self.done.append("rebuild")


def a_keeper(library: FakeLibrary, purge: Callable[[], None] = lambda: None, every_s: float = 0.01) -> Keeper:
    return Keeper(library, purge, every_s)  # type: ignore[arg-type]


def test_what_is_published_is_taken_over() -> None:
    library = FakeLibrary()
    a_keeper(library).look()
    assert library.done == ["refresh"]


def test_an_index_that_is_behind_is_built_and_taken_over() -> None:
    library = FakeLibrary(behind=True)
    a_keeper(library).look()
    assert library.done == ["refresh", "rebuild", "refresh"]


@pytest.mark.parametrize(
    "fault", [LockHeld(Path("index.lock"), "ingest 12"), IndexMissing(), OSError("disk full")]
)
def test_what_fails_is_left_for_the_next_look(fault: Exception) -> None:
    library = FakeLibrary(fault=fault)
    a_keeper(library).look()
    assert library.done == ["refresh"]


def test_purging_comes_at_once_and_then_on_time() -> None:
    times: list[float] = []
    keeper = a_keeper(FakeLibrary(), lambda: times.append(now))
    for now in (100.0, 101.0, 100.0 + PURGE_EVERY_S - 1, 100.0 + PURGE_EVERY_S, 101.0 + PURGE_EVERY_S):
        keeper.forget(now)
    assert times == [100.0, 100.0 + PURGE_EVERY_S]


def test_the_thread_outlives_a_purge_that_fails() -> None:
    """Looks go on after it, and stop ends the thread."""
    purged, looked = threading.Event(), threading.Event()

    class Watched(FakeLibrary):
        def refresh(self) -> bool:
            looked.set()
            return super().refresh()

    def fail() -> None:
        purged.set()
        raise RuntimeError("no database")

    keeper = a_keeper(Watched(), fail)
    keeper.start()
    assert purged.wait(10) and looked.wait(10)
    keeper.stop()
    assert "keeper" not in {thread.name for thread in threading.enumerate()}
