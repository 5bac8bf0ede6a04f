"""The keeper's one look: take over, rebuild where rows are missing, never raise for what may happen."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from knowledge.library import IndexMissing
from knowledge.locks import LockHeld
from web.keeper import Keeper


class Library:
    """Notes what is asked of it; errors: name of a call -> what it raises."""

    def __init__(self, behind: bool = False, **errors: Exception) -> None:
        self.is_behind, self.errors = behind, errors
        self.calls: list[str] = []
        self.called = threading.Event()

    def _call(self, name: str) -> None:
        self.calls.append(name)
        self.called.set()
        if name in self.errors:
            raise self.errors[name]

    def refresh(self) -> bool:
        self._call("refresh")
        return True

    def behind(self) -> bool:
        return self.is_behind

    def rebuild(self, progress: Any) -> None:
        progress("encode", 1, 1)
        self._call("rebuild")


def keeper(library: Library, every_s: float = 60.0) -> Keeper:
    return Keeper(cast(Any, library), lambda: None, every_s)


def test_a_look_takes_over_what_changed() -> None:
    library = Library()
    keeper(library).look()
    assert library.calls == ["refresh"]


def test_an_index_that_is_behind_is_built_and_taken() -> None:
    library = Library(behind=True)
    keeper(library).look()
    assert library.calls == ["refresh", "rebuild", "refresh"]


@pytest.mark.parametrize("error", [IndexMissing(), OSError("disk"), ValueError("damaged"), LockHeld(Path("x"), "7")])
@pytest.mark.parametrize("name", ["refresh", "rebuild"])
def test_what_may_happen_is_logged_and_not_raised(name: str, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "pufa.keeper")
    keeper(Library(behind=True, **{name: error})).look()
    assert len(caplog.records) == 1
    assert "disk" not in caplog.text and "damaged" not in caplog.text


def test_it_looks_by_itself_and_goes_on_after_the_unforeseen(caplog: pytest.LogCaptureFixture) -> None:
    library = Library(refresh=RuntimeError("unforeseen"))
    kept = keeper(library, every_s=0.01)
    kept.start()
    try:
        for _ in range(3):
            assert library.called.wait(10)
            library.called.clear()
    finally:
        kept.stop()
    assert len(library.calls) >= 3
    assert not any(thread.name == "keeper" and thread.is_alive() for thread in threading.enumerate())


def test_stopping_does_not_wait_for_the_next_look() -> None:
    library = Library()
    kept = keeper(library, every_s=3600)
    kept.start()
    kept.stop()
    assert library.calls == []
