"""The keeper's one look: take over, rebuild where rows are missing, never raise for what may happen."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Any, cast

import pytest

from knowledge.library import IndexMissing
from knowledge.locks import LockHeld
from web.keeper import TIDY_AFTER_S, Keeper


class Library:
    """Notes what is asked of it; errors: name of a call -> what it raises."""

    def __init__(self, lacking: bool = False, behind: bool = False, worn: bool = False, **errors: Exception) -> None:
        self.is_lacking, self.is_behind, self.is_worn, self.errors = lacking, behind, worn, errors
        self.changes = True
        self.calls: list[str] = []
        self.called = threading.Event()

    def _call(self, name: str) -> None:
        self.calls.append(name)
        self.called.set()
        if name in self.errors:
            raise self.errors[name]

    def refresh(self) -> bool:
        self._call("refresh")
        return self.changes

    def lacking(self) -> bool:
        return self.is_lacking

    def behind(self) -> bool:
        return self.is_behind

    def worn(self) -> bool:
        return self.is_worn

    def rebuild(self, progress: Any, quick: bool) -> None:
        progress("encode", 1, 1)
        self._call("rebuild quickly" if quick else "rebuild")


def keeper(library: Library, every_s: float = 60.0) -> Keeper:
    return Keeper(cast(Any, library), lambda: None, every_s)


def test_a_look_takes_over_what_changed() -> None:
    library = Library()
    keeper(library).look()
    assert library.calls == ["refresh"]


def test_an_index_that_lacks_rows_is_built_at_once_and_taken() -> None:
    library = Library(lacking=True)
    keeper(library).look()
    assert library.calls == ["refresh", "rebuild quickly", "refresh"]


@pytest.mark.parametrize("why", ["behind", "worn"])
def test_rows_out_of_use_and_old_thresholds_wait_until_all_is_quiet(why: str) -> None:
    library = Library(**{why: True})  # type: ignore[arg-type]
    kept = keeper(library)
    kept.look(5000.0)
    library.changes = False
    kept.look(5000.0 + TIDY_AFTER_S - 1)
    assert library.calls == ["refresh", "refresh"]
    kept.look(5000.0 + TIDY_AFTER_S)
    assert library.calls[2:] == ["refresh", "rebuild", "refresh"]


@pytest.mark.parametrize("error", [IndexMissing(), OSError("disk"), ValueError("damaged"), LockHeld(Path("x"), "7")])
@pytest.mark.parametrize("name", ["refresh", "rebuild quickly"])
def test_what_may_happen_is_logged_and_not_raised(name: str, error: Exception, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "pufa.keeper")
    keeper(Library(lacking=True, **{name: error})).look()
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
