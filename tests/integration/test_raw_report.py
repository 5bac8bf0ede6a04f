"""Without one entry: the town's report as it came, ingested by the real command, still answers for its figures."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.evaluation.judge import Verdict, judge
from bot.evaluation.rows import Row, read_rows
from bot.pipeline import Pipeline
from bot.types import Channel, Question
from bot.wiring import build_assistant
from tests.builders import settings_for
from web.opening import open_library

pytestmark = pytest.mark.ci
ROOT = Path(__file__).parents[2]
LEAST_RIGHT = 0.9
FIGURE = re.compile(r"\d")


def rows_with_figures() -> list[Row]:
    rows = read_rows([ROOT / "tests" / "evaluation" / "report_figures.jsonl"])
    return [row for row in rows if any(FIGURE.search(word) for options in row.must for word in options)]


@pytest.fixture(scope="module")
def assistant(shared_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    """Over a data folder that holds the report file and nothing else."""
    report = shared_dir / "report"
    if not any(report.glob("*.txt")):
        pytest.skip("no report in the shared folder (set PUFA_SHARED_DIR)")
    data, empty = (tmp_path_factory.mktemp(name) for name in ("data", "knowledge"))
    environment = {**os.environ, "PUFA_DATA_DIR": str(data), "PUFA_KNOWLEDGE_DIR": str(empty)}
    command = [sys.executable, "-m", "web.cli", "ingest", str(report)]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "新增 1，更新 0，撤下 0，没变 0"), ran.stderr
    settings = settings_for(data, knowledge_dir=empty)
    library = open_library(settings, sync=False)
    assert {version.origin for version in library.truth.published()} == {"cli"}
    yield build_assistant(settings, library, MemoryStore(), lambda: datetime.now(UTC))


def judged(row: Row, assistant: Pipeline) -> Verdict:
    answer = assistant.answer(Question(row.turns[-1], row.on, Channel.CLI, row.id))
    return judge(row, answer, {}, {})


def test_the_figures_of_the_report_are_answered_from_its_text_alone(
    assistant: Pipeline, record_property: Callable[[str, object], None]
) -> None:
    rows = rows_with_figures()
    assert len(rows) >= 30
    verdicts = [judged(row, assistant) for row in rows]
    wrong = [
        f"{v.row.id} {v.row.turns[-1]} {v.answer.status} {v.missing}"
        for v in verdicts
        if v.refused or v.missing
    ]
    share = 1 - len(wrong) / len(rows)
    record_property("right", f"{len(rows) - len(wrong)} of {len(rows)}")
    print("\n".join([f"{len(rows) - len(wrong)} of {len(rows)}", *wrong]))
    assert share >= LEAST_RIGHT, "\n".join(wrong)


def test_what_the_report_does_not_say_is_not_answered(assistant: Pipeline) -> None:
    """The bar above is not met by answering anything."""
    day = rows_with_figures()[0].on
    for number, asked in enumerate(("医保今年交多少钱？", "娃儿上小学在哪里报名？")):
        answer = assistant.answer(Question(asked, day, Channel.CLI, f"other-{number}"))
        assert answer.status not in ("answered", "partial"), (asked, answer.text)
