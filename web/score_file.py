"""`python -m web.score_file RESULTS_DIR`: docs/score.json out of one folder of `pufa evaluate`."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from web.clock import CHINA
from web.score import FILE

SUFFIX = ".summary.json"
FIRST = ("unseen4", "unseen3", "unseen2", "unseen", "test", "dev2", "dialogues", "report_figures", "first_light")
"""The sets that nobody works towards stand first; others follow by name."""
LEFT_OUT = ("by_topic", "seconds")


def collect(folder: Path) -> dict[str, Any]:
    """Every summary of the folder under the name of its set. Raises FileNotFoundError when there is none."""
    files = sorted(folder.glob(f"*{SUFFIX}"), key=_place)
    if not files:
        raise FileNotFoundError(folder)
    made = datetime.fromtimestamp(max(file.stat().st_mtime for file in files), CHINA)
    sets = {file.name.removesuffix(SUFFIX): json.loads(file.read_text(encoding="utf-8")) for file in files}
    for figures in sets.values():
        for name in LEFT_OUT:
            figures.pop(name, None)
    return {"made_on": made.date().isoformat(), "sets": sets}


def _place(file: Path) -> tuple[int, str]:
    name = file.name.removesuffix(SUFFIX)
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        sys.stderr.write("要给一个文件夹：pufa evaluate 最后一行打印的那个。\n")
        return 2
    try:
        found = collect(Path(arguments[0]))
    except FileNotFoundError:
        sys.stderr.write("这个文件夹里没有结果，先运行 pufa evaluate。\n")
        return 1
    FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
