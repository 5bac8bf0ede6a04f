"""Long work shown to a person: a moving bar on a terminal, plain lines otherwise."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

WORDS = {
    "figures": "读数字",
    "read": "读资料",
    "original-stored": "收资料",
    "before-commit": "收资料",
    "committed": "收资料",
    "encode": "算向量",
    "vectors-written": "写向量",
    "lexical-written": "建词索引",
    "calibrated": "定门槛",
    "before-switch": "换上新索引",
    "switched": "换上新索引",
}


class ShownProgress:
    """A `knowledge.ports.Progress` for a terminal or a log. Words for unknown steps are left out."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._said = ""

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._bar = Progress(*columns, console=self._console, transient=True)
            self._bar.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, step: str, done: int, total: int) -> None:
        words = WORDS.get(step)
        if words is None:
            return
        if self._bar is not None:
            self._move(self._bar, words, done, total)
        elif words != self._said:
            print(f"{words}（共 {total}）……", file=sys.stderr, flush=True)
        self._said = words

    def _move(self, bar: Progress, words: str, done: int, total: int) -> None:
        if words != self._said and self._task is not None:
            bar.remove_task(self._task)
            self._task = None
        if self._task is None:
            self._task = bar.add_task(words, total=total)
        bar.update(self._task, completed=done, total=total)
