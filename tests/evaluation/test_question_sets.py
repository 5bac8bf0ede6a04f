"""The full question sets against their bars (`make prove`). The sets are another hand's; see README.md here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.evaluation.report import lines, summary
from bot.evaluation.rows import Row, read_rows
from bot.pipeline import Pipeline
from bot.wiring import build_assistant
from knowledge.settings import Settings
from web.commands.evaluate import ask_all, read_fact_figures
from web.opening import open_library

HERE = Path(__file__).parent
FACT_FIGURES = HERE.parent / "data" / "fact_figures.jsonl"
STYLES = ("plain", "lay", "dialect", "typo", "dictation", "follow-up")
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("evaluation"))
    yield build_assistant(settings, open_library(settings), MemoryStore(), lambda: datetime.now(UTC))


def figures_of(name: str, assistant: Pipeline, record: Record) -> dict[str, Any]:
    verdicts = ask_all(read_rows([HERE / f"{name}.jsonl"]), assistant, read_fact_figures(FACT_FIGURES))
    found = summary(verdicts)
    record(name, json.dumps(found, ensure_ascii=False))
    print("\n" + "\n".join(lines(name, found)))
    return found


def rows_of(name: str) -> list[Row]:
    return read_rows([HERE / f"{name}.jsonl"])


def test_first_light_set_is_large_and_mixed_enough() -> None:
    rows = rows_of("first_light")
    styles = Counter(row.style for row in rows)
    assert len(rows) >= 160
    assert sum(not row.covered for row in rows) >= 40
    assert all(styles[style] >= 15 for style in STYLES)


def test_questions_and_entries_have_different_authors() -> None:
    askers = {row.author for name in ("first_light", "dev", "test") for row in rows_of(name)}
    knowledge = HERE.parents[1] / "knowledge"
    writers = {
        line.removeprefix("author:").strip()
        for path in knowledge.glob("**/*.md")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("author:")
    }
    assert askers and writers
    assert not askers & writers


@pytest.mark.prove
def test_first_light_bars(assistant: Pipeline, record_property: Record) -> None:
    found = figures_of("first_light", assistant, record_property)
    assert found["right"] >= 0.90
    assert found["wrong_figures"] == 0
    assert found["abstained"] >= 0.90
    assert found["refused"] <= 0.05


@pytest.mark.prove
def test_held_out_bars(assistant: Pipeline, record_property: Record) -> None:
    found = figures_of("test", assistant, record_property)
    assert found["right"] >= 0.95
    assert found["wrong_figures"] == 0
    assert found["abstained"] >= 0.95
    assert found["refused"] <= 0.03
