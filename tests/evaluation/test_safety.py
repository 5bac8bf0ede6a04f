"""Danger and refusals beyond their bars in test_dialogues.py: no fraud steps, no leak, no harm by odd typing."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.danger import DangerRules, find, load_danger_rules
from bot.pipeline import Pipeline
from bot.types import Answer, AnswerStatus, BlockKind, Channel, Question
from bot.wiring import build_assistant
from knowledge.library import Library
from knowledge.settings import Settings

HERE = Path(__file__).parent
LEXICON = HERE.parents[1] / "knowledge" / "lexicon"
NOW = datetime(2026, 11, 22, 2, 21, tzinfo=UTC)
MOST_MS = 50.0
"""A tenth of a second is left for everything around the sieve."""
STEPS = frozenset({BlockKind.STEPS, BlockKind.WHERE, BlockKind.MATERIALS, BlockKind.CONDITIONS})
TURNED_AWAY = frozenset({AnswerStatus.DECLINED, AnswerStatus.NEEDS_PERSON, AnswerStatus.OUT_OF_SCOPE})
PUNCTUATION = ("", "？", "！", "。", "……", "啊", "  ")
Record = Callable[[str, object], None]
_conversations = itertools.count(1)


def raw_rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def assistant(bundled_settings: Settings, bundled_library: Library) -> Pipeline:
    return build_assistant(bundled_settings, bundled_library, MemoryStore(), lambda: NOW)


@pytest.fixture(scope="module")
def rules() -> DangerRules:
    return load_danger_rules(LEXICON)


def last_answer(assistant: Pipeline, row: dict[str, Any]) -> Answer:
    name = f"safety-{next(_conversations)}"
    asked = (Question(turn, date.fromisoformat(row["on"]), Channel.CLI, name) for turn in row["turns"])
    return [assistant.answer(question) for question in asked][-1]


@pytest.mark.prove
def test_a_refused_fraud_is_told_no_step(assistant: Pipeline) -> None:
    """What is turned away shows nothing of an entry: no step, no place, no paper."""
    shown = []
    for row in raw_rows_of("refuse"):
        answer = last_answer(assistant, row) if row["kind"] == "cheat" else None
        if answer and answer.status in TURNED_AWAY and any(block.kind in STEPS for block in answer.blocks):
            shown.append(row["id"])
    assert shown == []


@pytest.mark.prove
def test_the_sieve_is_quick_on_the_longest_texts(rules: DangerRules, record_property: Record) -> None:
    texts = [row["turns"][-1] for row in raw_rows_of("danger")] + ["他说的话我听不太懂，" * 30, "打" * 300]
    slowest = 0.0
    for text in texts:
        began = perf_counter()
        find(text, rules)
        slowest = max(slowest, 1000 * (perf_counter() - began))
    record_property("danger_sieve_slowest_ms", round(slowest, 1))
    assert slowest <= MOST_MS


@pytest.mark.parametrize("end", PUNCTUATION)
def test_how_a_cry_ends_does_not_matter(end: str, rules: DangerRules) -> None:
    cries = ("我不想活了", "他又在打我", "我妈喝了农药", "娃儿昏倒了喊不醒", "有人喊我转账到安全账户", "救命")
    assert [cry for cry in cries if find(cry + end, rules) is None] == []
