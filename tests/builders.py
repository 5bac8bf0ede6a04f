"""Small values for tests, all of an invented town. What a test does not name is sound and dull."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from bot.types import Inquiry, Part, Question
from knowledge.check import Context
from knowledge.entries import parse_entry
from knowledge.homophones import Homophones
from knowledge.lexicon import Lexicon
from knowledge.passages import passage_digest, passages_of_entry
from knowledge.render import Moment, Renderer
from knowledge.search import Scope
from knowledge.settings import Settings
from knowledge.shown import ShownEntry, show_entry
from knowledge.snapshot import Snapshot, take_snapshot
from knowledge.types import (
    Basis,
    Confidence,
    DocumentKind,
    DocumentOrigin,
    Entry,
    Hit,
    Hotline,
    Instrument,
    Level,
    Office,
    Parameter,
    ParameterValue,
    PartKind,
    Passage,
    Period,
    Reject,
    SearchResult,
    StoredVersion,
    Topic,
    Town,
)

ON = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 2, 21, tzinfo=UTC)


def a_town() -> Town:
    return Town(
        id="qingshi",
        name="青石镇",
        assistant_name="青石镇普法助手",
        short_name="普法助手",
        operator="青石镇人民政府",
        region="town",
        levels=(
            Level("00", "国家", ("全国",)),
            Level("50", "某省", ("全省",)),
            Level("town", "青石镇", ("青石镇", "青石")),
        ),
        topics=(Topic("buzhu", "补助"), Topic("report", "镇里的工作")),
        offices={
            "window": Office("window", "便民窗口", "town"),
            "justice": Office("justice", "司法所", "town", phone="055-1234567", hours="9点到17点", confirmed_on="2026-11-01"),
            "unasked": Office("unasked", "没问过的所", "town", phone="055-7654321"),
        },
        hotlines={
            "12345": Hotline("12345", "政务服务热线"),
            "12348": Hotline("12348", "法律援助热线"),
            "12393": Hotline("12393", "医保热线"),
            "110": Hotline("110", "报警", urgent=True),
            "120": Hotline("120", "急救", urgent=True),
        },
    )


def an_instrument(name: str = "banfa", **changes: Any) -> Instrument:
    given: dict[str, Any] = {
        "title": "高龄补助办法",
        "issuer": "某省民政厅",
        "level": "某省",
        "document_number": "例〔2024〕7号",
        "effective_from": date(2024, 1, 1),
        "published_at": "某省民政厅网站",
    }
    return Instrument(name, **given | changes)


def a_basis(
    instrument: Instrument | None = None,
    article: str | None = "第7条",
    confidence: Confidence = Confidence.VERIFIED,
    checked_on: date = ON,
) -> Basis:
    return Basis(instrument or an_instrument(), article, confidence, checked_on)


def a_value(
    value: str,
    start: date | None = date(2024, 1, 1),
    end: date | None = None,
    *,
    confidence: Confidence = Confidence.VERIFIED,
    recheck_on: date | None = None,
    instrument: Instrument | None = None,
) -> ParameterValue:
    basis = a_basis(instrument or an_instrument("tongzhi", title="补助标准通知"), None, confidence)
    return ParameterValue(Decimal(value), Period(start, end), basis, recheck_on)


def a_parameter(*values: ParameterValue, name: str = "old-age", **changes: Any) -> Parameter:
    given: dict[str, Any] = {
        "what": "高龄补助",
        "audience": {"age": "80岁以上"},
        "unit": "元",
        "per": "月",
        "recheck_month": 7,
        "ask": ("12345", "window"),
    }
    return Parameter(name, values=values or (a_value("100"),), **given | changes)


# --- entries ----------------------------------------------------------------------------------------------

BODY = """
## 结论
可以领：年满80岁、户口在本镇的老人，每月有{old-age}。〔a〕

## 条件
- 年满80岁。〔a〕
- 户口在本镇。〔a〕〔b〕

## 怎么办
- 先到便民窗口填表。〔b〕

## 注意
- 拿不准的先打{tel:12345}问。
"""


def entry_text(name: str = "buzhu-who", body: str = BODY, **front: Any) -> str:
    """An entry as its author writes it. front: replaces fields of the front matter; None takes one out."""
    basis = {"instrument": "banfa", "article": "第7条", "confidence": "verified", "checked_on": "2026-11-22"}
    fields: dict[str, Any] = {
        "id": name,
        "topic": "buzhu",
        "question": "哪些老人可以领高龄补助？",
        "yes_no": False,
        "region": "50",
        "examples": [f"{name}例问{number}" for number in "甲乙丙丁"],
        "also_asked": [],
        "offices": ["window"],
        "hotlines": ["12345"],
        "related": [],
        "facts": ["F-1"],
        "author": "content-buzhu",
        "written_on": "2026-11-22",
        "reviewed_by": None,
        "reviewed_on": None,
        "basis": {"a": basis, "b": {**basis, "article": "第9条"}},
    } | front
    kept = {key: value for key, value in fields.items() if value is not None or key.startswith("reviewed")}
    return f"---\n{yaml.safe_dump(kept, allow_unicode=True, sort_keys=False)}---\n{body}"


def path_of(text: str) -> str:
    """policies/TOPIC/ID.md, as the entry's own front matter says."""
    front = yaml.safe_load(text.split("---\n")[1])
    folder = "report" if front["topic"] == "report" else f"policies/{front['topic']}"
    return f"{folder}/{front['id']}.md"


def instruments_by_id(*more: Instrument) -> dict[str, Instrument]:
    return {each.id: each for each in (an_instrument(), *more)}


def an_entry(text: str | None = None, *more: Instrument) -> Entry:
    text = text or entry_text()
    return parse_entry(text, path_of(text), instruments_by_id(*more))


def a_context(
    *texts: str, parameters: Iterable[Parameter] | None = None, more: Iterable[Instrument] = ()
) -> Context:
    """What the checker sees of these entry files; where none is given, of one sound entry."""
    entries = {}
    for text in texts or (entry_text(),):
        entry = an_entry(text, *more)
        entries[entry.id] = (path_of(text), text, entry)
    given = [a_parameter()] if parameters is None else parameters
    return Context(a_town(), {each.id: each for each in given}, instruments_by_id(*more), entries)


# --- what is published ------------------------------------------------------------------------------------


def a_version(
    text: str | None = None, version: str = "v1", period: Period | None = None, **changes: Any
) -> StoredVersion:
    """A published entry."""
    text = text or entry_text()
    entry = an_entry(text)
    given: dict[str, Any] = {
        "document_id": entry.id,
        "version": version,
        "kind": entry.kind,
        "origin": DocumentOrigin.BUNDLED,
        "topic": entry.topic,
        "title": entry.question,
        "region": entry.region,
        "content": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "period": period or Period(),
        "passages": passages_of_entry(entry, version),
        "original_sha256": "0" * 64,
        "original_name": path_of(text),
        "reviewed_by": entry.reviewed_by,
    }
    return StoredVersion(**given | changes)


def a_document_version(
    name: str = "gonggao",
    title: str = "关于修路的公告",
    texts: Sequence[str] = ("修路从6月开始。",),
    kind: DocumentKind = DocumentKind.POLICY,
    period: Period | None = None,
    parts: Sequence[str] = (),
    region: str = "town",
) -> StoredVersion:
    """A published free document, one passage per text."""
    names = parts or [f"p{number}" for number in range(1, len(texts) + 1)]
    passages = tuple(
        Passage(
            f"{name}@v1:{part}",
            name,
            "v1",
            part,
            PartKind.TEXT,
            (title, part),
            text,
            passage_digest((title, part), text),
        )
        for part, text in zip(names, texts, strict=True)
    )
    content = "\n".join(texts)
    digest = hashlib.sha256(content.encode()).hexdigest()
    return StoredVersion(
        name, "v1", kind, DocumentOrigin.CLI, "buzhu", title, region, content, digest,
        period or Period(), passages, digest,
    )  # fmt: skip


@dataclass
class MemoryTruth:
    """A `knowledge.ports.Truth` in memory."""

    versions: list[StoredVersion] = field(default_factory=lambda: [a_version()])
    figures: dict[str, Parameter] = field(default_factory=lambda: {"old-age": a_parameter()})
    laws: dict[str, Instrument] = field(default_factory=instruments_by_id)
    number: int = 1

    def revision(self) -> int:
        return self.number

    def published(self) -> list[StoredVersion]:
        return list(self.versions)

    def parameters(self) -> Mapping[str, Parameter]:
        return self.figures

    def instruments(self) -> Mapping[str, Instrument]:
        return self.laws


def a_snapshot(*versions: StoredVersion, parameters: Iterable[Parameter] | None = None) -> Snapshot:
    given = [a_parameter()] if parameters is None else parameters
    return take_snapshot(MemoryTruth(list(versions) or [a_version()], {each.id: each for each in given}))


def a_renderer(*parameters: Parameter) -> Renderer:
    town = a_town()
    given = parameters or (a_parameter(),)
    return Renderer({each.id: each for each in given}, town.hotlines, town.offices)


def moment(on: date = ON, about: Period | None = None) -> Moment:
    """The asking day; about: the time that the question names."""
    return Moment(on, about or Period.of_day(on), about is not None)


def shown(
    text: str | None = None, *parameters: Parameter, at: Moment | None = None, **changes: Any
) -> ShownEntry:
    """One entry as a card gets it."""
    version = a_version(text, **changes)
    snapshot = a_snapshot(version, parameters=parameters or None)
    entry = snapshot.entries[version.document_id]
    return show_entry(entry, snapshot, a_renderer(*parameters), at or moment())


# --- the library and a question on its way ----------------------------------------------------------------


@dataclass
class ShelfLibrary:
    """What stages ask of a library, over one snapshot; search gives what it was told to give."""

    snapshot: Snapshot
    found: SearchResult = SearchResult()
    town: Town = field(default_factory=a_town)
    asked: list[tuple[str, Scope, int]] = field(default_factory=list)
    tools: Any = field(default_factory=lambda: SimpleNamespace(lexicon=Lexicon((), Homophones.of([]))))

    @property
    def shelf(self) -> Any:
        return SimpleNamespace(snapshot=self.snapshot, index=SimpleNamespace(idf=lambda token: float(len(token))))

    @property
    def renderer(self) -> Renderer:
        return Renderer(self.snapshot.parameters, self.town.hotlines, self.town.offices)

    def search(self, text: str, scope: Scope, top_k: int = 8) -> SearchResult:
        self.asked.append((text, scope, top_k))
        return self.found

    def ready(self) -> bool:
        return True


class BrokenLibrary:
    """Raises at every touch."""

    town = a_town()

    def __getattr__(self, name: str) -> Any:
        raise OSError(f"library gone: {name}")


def a_hit(
    document_id: str = "buzhu-who", passage_id: str | None = None, score: float = 20.0, matched: str = ""
) -> Hit:
    return Hit(document_id, passage_id, score, 0.9, score, 0.5, matched)


def found(*hits: Hit, rejects: Iterable[Reject] = ()) -> SearchResult:
    return SearchResult(hits, tuple(rejects))


def a_part(standalone: str = "哪些老人可以领补助", **changes: Any) -> Part:
    return Part(standalone, **{"understood": standalone, "about": Period.of_day(ON)} | changes)


def an_inquiry(*parts: Part, text: str = "哪些老人可以领补助", **changes: Any) -> Inquiry:
    return Inquiry(Question(text, ON, conversation_id="c1"), answer_id="a1", parts=parts or (a_part(),), **changes)


# --- a knowledge folder on disk ---------------------------------------------------------------------------

PARAMETERS = """- id: old-age
  what: 高龄补助
  for: {age: 80岁以上}
  unit: 元
  period: 月
  recheck_month: 7
  ask: ["12345", window]
  values:
    - {value: 100, from: 2024-01-01, to: null, recheck_on: 2027-07-01,
       confidence: verified, checked_on: 2026-11-22, instrument: banfa, article: 第8条}
"""
INSTRUMENTS = """- id: banfa
  title: 高龄补助办法
  document_number: 例〔2024〕7号
  issuer: 某省民政厅
  level: 某省
  effective_from: 2024-01-01
  published_at: 某省民政厅网站
"""
TOWN = """town = "qingshi"
name = "青石镇"
assistant_name = "青石镇普法助手"
short_name = "普法助手"
operator = "青石镇人民政府"
region = "town"
levels = [
  { code = "00", name = "国家", words = ["全国"] },
  { code = "50", name = "某省", words = ["全省"] },
  { code = "town", name = "青石镇", words = ["青石镇", "青石"] },
]
[[topics]]
slug = "buzhu"
name = "补助"
[[topics]]
slug = "report"
name = "镇里的工作"
[[offices]]
id = "window"
name = "便民窗口"
level = "town"
[[hotlines]]
number = "12345"
name = "政务服务热线"
[[hotlines]]
number = "12348"
name = "法律援助热线"
[[hotlines]]
number = "110"
name = "报警"
urgent = true
"""


def write_knowledge(folder: Path, *texts: str, parameters: str = PARAMETERS, instruments: str = INSTRUMENTS) -> Path:
    """A knowledge folder with these entries, one figure and one law; town.toml stands in it too."""
    shutil.rmtree(folder, ignore_errors=True)
    for text in texts or (entry_text(),):
        file = folder / path_of(text)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    for name, content in (("parameters", parameters), ("instruments", instruments)):
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "buzhu.yaml").write_text(content, encoding="utf-8")
    (folder / "town.toml").write_text(TOWN, encoding="utf-8")
    return folder


def settings_for(data: Path, knowledge: Path | None = None, **changes: Any) -> Settings:
    """Settings of a test: no .env; bundled knowledge where no folder is named."""
    given: dict[str, Any] = {"data_dir": data}
    if knowledge is not None:
        given |= {"knowledge_dir": knowledge, "town_file": knowledge / "town.toml"}
    return Settings(_env_file=None, **given | changes)  # type: ignore[call-arg]
