"""No block of a bundled entry is held back by our own checks: a card that loses its steps helps nobody."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.types import Channel, Question
from bot.wiring import build_assistant
from knowledge.library import Library
from knowledge.settings import Settings

NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


def test_every_block_of_every_entry_passes_the_checks(
    bundled_settings: Settings, bundled_library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    assistant = build_assistant(bundled_settings, bundled_library, MemoryStore(), lambda: NOON)
    held_back = []
    with caplog.at_level(logging.WARNING, logger="pufa.pipeline"):
        for entry in bundled_library.shelf.snapshot.entries.values():
            caplog.clear()
            assistant.answer(Question(entry.question, NOON.date(), Channel.CLI, entry.id))
            if any("stopped by" in record.getMessage() for record in caplog.records):
                held_back.append(entry.id)
    assert held_back == []
