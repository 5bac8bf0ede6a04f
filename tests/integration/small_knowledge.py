"""A small made-up knowledge folder and town, and an installation on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ingest.service import sync_knowledge
from ingest.sync import SyncResult
from knowledge.database.engine import open_database
from knowledge.database.truth import SqlTruth
from knowledge.ports import Progress
from knowledge.settings import Settings

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TOWN = """
town = "here"
name = "某镇"
assistant_name = "某镇助手"
short_name = "助手"
operator = "某镇人民政府"
region = "500000"
levels = [{ code = "00", name = "国家", words = ["全国"] }]
topics = [{ slug = "dibao", name = "低保" }]
offices = [{ id = "window", name = "窗口", level = "某镇" }]
hotlines = [{ number = "12345", name = "热线" }]
"""
INSTRUMENTS = """
- {id: some-law, title: 某办法, issuer: 某部, level: 国家, effective_from: 2021-07-01}
"""
PARAMETERS = """
- id: rate
  what: 标准
  for: {area: 农村}
  unit: 元
  period: 月
  recheck_month: 7
  ask: ["12345"]
  values:
    - value: VALUE
      from: 2025-07-01
      to: null
      confidence: secondhand
      checked_on: 2026-11-22
      instrument: some-law
      article: null
"""
ENTRY = """---
id: NAME
topic: dibao
question: NAME怎么办？
region: "00"
examples: [NAME啷个办]
facts: [F-1]
author: hand
written_on: 2026-11-22
basis:
  a: {instrument: some-law, article: 第1条, confidence: verified, checked_on: 2026-11-22}
---

## 结论
WORDS〔a〕

## 金额
- 每月{rate}。

## 怎么办
- 先到窗口问。
"""


def quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Place:
    """One installation in a temporary folder."""

    settings: Settings
    truth: SqlTruth

    @property
    def folder(self) -> Path:
        return self.settings.knowledge_dir

    def write_entry(self, name: str, words: str = "可以办。") -> Path:
        path = self.folder / "policies" / "dibao" / f"{name}.md"
        path.write_text(ENTRY.replace("NAME", name).replace("WORDS", words), encoding="utf-8")
        return path

    def write_rate(self, value: str) -> None:
        path = self.folder / "parameters" / "rates.yaml"
        path.write_text(PARAMETERS.replace("VALUE", value), encoding="utf-8")

    def sync(self, progress: Progress = quiet) -> SyncResult:
        return sync_knowledge(self.settings, self.truth, progress, NOW)

    def words(self) -> dict[str, str]:
        """Document id -> conclusion, of what is published."""
        return {item.document_id: item.passages[0].text for item in self.truth.published()}


def small_settings(root: Path, entries: int = 0) -> Settings:
    """A knowledge folder with so many entries, `e1` …, and settings that point at it."""
    folder = root / "knowledge"
    for name in ("policies/dibao", "instruments", "parameters", "report"):
        (folder / name).mkdir(parents=True)
    (root / "town.toml").write_text(TOWN, encoding="utf-8")
    (folder / "instruments" / "laws.yaml").write_text(INSTRUMENTS, encoding="utf-8")
    (folder / "parameters" / "rates.yaml").write_text(PARAMETERS.replace("VALUE", "630"), encoding="utf-8")
    for number in range(1, entries + 1):
        text = ENTRY.replace("NAME", f"e{number}").replace("WORDS", "可以办。")
        (folder / "policies" / "dibao" / f"e{number}.md").write_text(text, encoding="utf-8")
    return Settings(data_dir=root / "data", knowledge_dir=folder, town_file=root / "town.toml")


@contextmanager
def a_place(root: Path, entries: int = 0) -> Iterator[Place]:
    settings = small_settings(root, entries)
    engine = open_database(settings.database, migrate=True)
    try:
        yield Place(settings, SqlTruth(engine, "here"))
    finally:
        engine.dispose()
