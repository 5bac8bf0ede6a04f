"""`pufa ingest`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from ingest.plan import Plan
from ingest.service import ingest_paths, plan_knowledge, plan_paths, sync_knowledge
from knowledge.locks import LockHeld
from knowledge.problems import Problem
from knowledge.settings import load_settings
from knowledge.wiring import build_library, build_truth
from web.opening import counts, report
from web.progress import ShownProgress


def run(paths: list[Path], plan: bool, fail: Callable[[str], NoReturn]) -> None:
    """Publish files (or the bundled knowledge), then bring the index up to date; ends with the four counts."""
    missing = [str(path) for path in paths if not path.exists()]
    if missing:
        fail(f"找不到 {'、'.join(missing)}，看看路径写对没有。")
    settings = load_settings()
    truth = build_truth(settings)
    if plan:
        _print_plan(*(plan_paths(paths, settings, truth) if paths else plan_knowledge(settings, truth)))
        return
    with ShownProgress() as progress:
        result = (
            ingest_paths(paths, settings, truth, progress)
            if paths
            else sync_knowledge(settings, truth, progress)
        )
        report(result)
        try:
            build_library(settings, truth).ensure_index(progress)
        except LockHeld:
            print("另一个程序正在建索引，这次的改动由它或正在运行的服务接着建进去。")
    print(counts(result))
    if result.problems:
        fail(f"有 {len(result.problems)} 处没读进来，照上面每行的“→”改好再来一次；别的都已经收好。")


def _print_plan(plan: Plan, problems: tuple[Problem, ...]) -> None:
    for verb, names in (("新增", plan.added), ("更新", plan.updated), ("撤下", plan.deleted)):
        for name in names:
            print(f"{verb}  {name}")
    for problem in problems:
        print(problem)
    print(
        f"会新增 {len(plan.added)}，更新 {len(plan.updated)}，撤下 {len(plan.deleted)}，没变 {len(plan.skipped)}"
    )
