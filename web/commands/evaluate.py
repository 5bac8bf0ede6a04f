"""`pufa evaluate`: question sets against this installation's knowledge; one folder of results per run."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

from bot.adapters.memory_store import MemoryStore
from bot.evaluation.judge import Verdict, judge
from bot.evaluation.report import lines, summary
from bot.evaluation.rows import Row, read_rows
from bot.pipeline import Pipeline
from bot.types import Channel, Question
from bot.wiring import build_assistant
from knowledge.settings import load_settings
from web.clock import now
from web.opening import open_library

SETS = Path("tests/evaluation")
DEFAULT_SETS = ("first_light", "report_figures", "dev", "test")
FACT_FIGURES = (Path("tests/data/fact_figures.jsonl"), Path("tests/data/report_figures.jsonl"))


def run(sets: list[Path], out: Path | None, fail: Callable[[str], NoReturn]) -> None:
    """Ask every row, judge it, write answers and figures, print the figures."""
    files = sets or [SETS / f"{name}.jsonl" for name in DEFAULT_SETS if (SETS / f"{name}.jsonl").is_file()]
    if not files:
        fail("没有题目：请给出题目文件，例如 pufa evaluate tests/evaluation/first_light.jsonl。")
    settings = load_settings()
    library = open_library(settings)
    assistant = build_assistant(settings, library, MemoryStore(), now)
    folder = (out or settings.data_dir / "results") / datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    folder.mkdir(parents=True, exist_ok=True)
    figures = read_fact_figures(FACT_FIGURES)
    for file in files:
        began = time.perf_counter()
        verdicts = ask_all(read_rows([file]), assistant, figures)
        result = summary(verdicts) | {"seconds": round(time.perf_counter() - began, 1)}
        write(folder, file.stem, verdicts, result)
        print("\n".join(lines(file.stem, result)))
    print(f"结果在 {folder}")


def ask_all(rows: list[Row], assistant: Pipeline, figures: Mapping[str, frozenset[str]]) -> list[Verdict]:
    """Every row as its own conversation, in order."""
    entries = assistant.finish.library.shelf.snapshot.entries
    found = []
    for row in rows:
        conversation = f"evaluate-{row.id}"
        for turn in row.turns:
            answer = assistant.answer(Question(turn, row.on, Channel.CLI, conversation))
        found.append(judge(row, answer, entries, figures))
    return found


def read_fact_figures(paths: Iterable[Path]) -> dict[str, frozenset[str]]:
    """Fact id -> `630元` strings, of the files that are there."""
    lines = [line for path in paths if path.is_file() for line in path.read_text(encoding="utf-8").splitlines()]
    return {
        row["id"]: frozenset(f"{figure['value']}{figure.get('unit') or ''}" for figure in row["figures"])
        for row in map(json.loads, filter(None, lines))
    }


def write(folder: Path, name: str, verdicts: list[Verdict], result: dict[str, Any]) -> None:
    (folder / f"{name}.summary.json").write_text(
        json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    with (folder / f"{name}.jsonl").open("w", encoding="utf-8") as file:
        for verdict in verdicts:
            file.write(json.dumps(_line(verdict), ensure_ascii=False) + "\n")


def _line(verdict: Verdict) -> dict[str, Any]:
    answer = verdict.answer
    return {
        "id": verdict.row.id,
        "turns": verdict.row.turns,
        "status": answer.status.value,
        "right": verdict.right,
        "cited": verdict.cited,
        "refused": verdict.refused,
        "missing": verdict.missing,
        "wrong_figures": verdict.wrong_figures,
        "documents": answer.documents,
        "text": answer.text,
        "trace": [asdict(note) for note in answer.trace],
    }
