"""`pufa counts`: the counts of a kiosk that serves itself, as a file to carry to the town."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from knowledge.database.counts_desk import CountsDesk
from knowledge.settings import load_settings
from knowledge.wiring import build_truth
from web.clock import now
from web.staff.needs.own_counts import own_counts


def run(file: Path, fail: Callable[[str], NoReturn]) -> None:
    truth = build_truth(load_settings())
    made = own_counts(CountsDesk(truth.engine, truth.town), truth.town, now())
    if made is None:
        fail("这台机器还没有人次，没有可导出的。")
    try:
        file.write_text(made, encoding="utf-8")
    except OSError:
        fail(f"写不进 {file}。换一个文件夹，或者看看 U 盘插好没有。")
    print(f"人次导出好了：{file}。拿到镇里，在工作台“大屏”那一页导入。")
