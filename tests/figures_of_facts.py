"""The figures that facts, articles and places of the report state, and how an entry is held against them.

Read by the tests about figures. The data was written from the fact lists alone: see tests/data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from knowledge.check import Context
from knowledge.content import load_content
from knowledge.entries import MARK, PLACEHOLDER
from knowledge.figures import figures_in, same_amount
from knowledge.mentions import FigureKind, Mention
from knowledge.parameters import parameter_named
from knowledge.town import load_town
from knowledge.types import Claim, Entry, Parameter, ParameterValue
from tests.project_files import ROOT

Figure = Mapping[str, str]
KNOWLEDGE = ROOT / "knowledge"
DATA = ROOT / "tests" / "data"
TITLE = re.compile(r"《[^》]*》")
NOT_COMPARED = frozenset({FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER, FigureKind.PHONE})


@cache
def context() -> Context:
    return load_content(KNOWLEDGE, load_town(KNOWLEDGE / "town.toml")).context


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@cache
def facts() -> dict[str, dict[str, Any]]:
    """Fact id or place of the report -> confidence and figures."""
    return {row["id"]: row for row in (*rows("fact_figures.jsonl"), *rows("report_figures.jsonl"))}


@cache
def article_figures() -> dict[tuple[str, str], list[Figure]]:
    return {(row["instrument"], row["article"]): row["figures"] for row in rows("article_figures.jsonl")}


def words(figure: Figure) -> str:
    """The figure as a text would say it, so that one scanner reads both sides."""
    value, unit = figure["value"], figure["unit"]
    if unit == "日期":
        parts = [part.lstrip("0") for part in value.split("-")]
        return "".join(map("".join, zip(parts, "月日" if len(value) == 5 else "年月日", strict=False)))
    if unit.startswith("第"):
        return f"第{value}{unit[1:]}"
    return f"打{value}" if unit == "电话" else f"{value}{unit}"


def mention_of(figure: Figure) -> Mention:
    found = figures_in(words(figure))
    assert len(found) == 1, f"one figure expected: {figure}"
    return found[0]


def same(said: Mention, held: Mention) -> bool:
    """Equal, or a date said less exactly than it is held (2025年 for 2025-07-01)."""
    return same_amount(said, held) or bool(said.key and held.key and held.key.startswith(said.key + "-"))


def is_a_word(text: str, mention: Mention) -> bool:
    """一次, 两个人, 一年里, 上一级: numbers that belong to the language, not to a rule."""
    written_out = not any(c.isdigit() for c in mention.text)
    if mention.kind is FigureKind.GRADE:
        return text[: mention.start].endswith(("上", "市"))
    if mention.kind is FigureKind.DURATION:
        return mention.text in ("一年", "一个月", "一天", "一日")
    return written_out and mention.kind in (FigureKind.COUNT, FigureKind.OTHER, FigureKind.MONEY)


def said_by(claim: Claim) -> list[Mention]:
    """The figures that a claim says itself; those of its placeholders are looked at with the parameters."""
    text = TITLE.sub("", MARK.sub("", PLACEHOLDER.sub("某", claim.text)))
    return [m for m in figures_in(text) if m.kind not in NOT_COMPARED and not is_a_word(text, m)]


def is_known(fact: str) -> bool:
    return str(facts()[fact]["confidence"]) != "unknown"


def sayable(fact: str) -> list[Figure]:
    """The figures of a fact; of an unknown one only the dates for which nothing was found."""
    return [f for f in facts()[fact]["figures"] if is_known(fact) or f["unit"] == "日期"]


def allowed_for(entry: Entry) -> list[Mention]:
    """What an entry may say: its facts (of unknown ones only dates), its articles, when its papers began."""
    held = [mention_of(f) for fact in entry.facts for f in sayable(fact)]
    for basis in entry.bases.values():
        held += [mention_of(f) for f in article_figures().get((basis.instrument.id, basis.article or ""), ())]
        if basis.instrument.effective_from:
            held.append(mention_of({"value": basis.instrument.effective_from.isoformat(), "unit": "日期"}))
    for parameter in used_by(entry):
        held += [mention for word in parameter.audience.values() for mention in figures_in(word)]
    return held


def used_by(entry: Entry) -> Iterator[Parameter]:
    for part in entry.parts:
        for claim in part.claims:
            for name in PLACEHOLDER.findall(claim.text):
                if not name.startswith("tel:"):
                    yield parameter_named(name, context().parameters)


def entries() -> list[Entry]:
    return [entry for _, _, entry in context().entries.values()]


def parameter_values() -> Iterator[tuple[Parameter, ParameterValue]]:
    return ((p, value) for p in context().parameters.values() for value in p.values)
