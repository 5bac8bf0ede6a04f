"""`pufa reindex`."""

from __future__ import annotations

from collections.abc import Callable
from typing import NoReturn

from knowledge.library import Library
from knowledge.locks import LockHeld
from knowledge.settings import load_settings
from knowledge.wiring import build_library, build_truth
from web.progress import ShownProgress


def run(embedder: str, fit: bool, fail: Callable[[str], NoReturn]) -> None:
    """Build a new generation beside the one in use; with --fit from a newly fitted table."""
    settings = load_settings()
    if embedder:
        settings = settings.model_copy(update={"embedder": embedder})
    if fit:
        from knowledge.fit import main as fit_table

        fit_table()
    library: Library = build_library(settings, build_truth(settings))
    try:
        with ShownProgress() as progress:
            folder = library.rebuild(progress, refit=True)
    except LockHeld as held:
        fail(f"另一个程序（{held.holder}）正在建索引，等它完了再来一次。")
    except OSError as error:
        fail(f"没建成：{error.__class__.__name__}。看看模型的文件夹对不对、盘满没有。旧索引还在用。")
    if embedder:
        print(f"要一直用这个模型，把 PUFA_EMBEDDER={embedder} 写进 .env。")
    print(f"新索引已经换上：{folder.name}")
