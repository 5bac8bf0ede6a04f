"""No fact of the lists is lost: an entry names it, or a coverage file says which fact stands for it."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.content import load_content
from knowledge.town import load_town
from tests.project_files import ROOT

KNOWLEDGE = ROOT / "knowledge"
DATA = ROOT / "tests" / "data"
FACTS = 446
# Instructions to the product, not statements to people: only these may be covered by a `rule`.
PRODUCT_RULES = frozenset({"F-RX-030", "F-RX-031"})
REASONS = ("same_as", "superseded_by", "rule")
CONFIDENCE = {"高": "verified", "中": "secondhand", "低": "unknown"}
FACT_LINE = re.compile(r"^- \[(?P<id>F-[A-Z]+-\d+)\] .*\| 置信度: (?P<mark>[高中低])", re.M)


def ids_of(name: str) -> list[str]:
    return [json.loads(line)["id"] for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@cache
def named_by_entries() -> frozenset[str]:
    content = load_content(KNOWLEDGE, load_town(KNOWLEDGE / "town.toml"))
    return frozenset(fact for _, _, entry in content.context.entries.values() for fact in entry.facts)


@cache
def coverage() -> tuple[dict[str, Any], ...]:
    files = sorted((KNOWLEDGE / "coverage").glob("*.yaml"))
    return tuple(row for file in files for row in yaml.safe_load(file.read_text(encoding="utf-8")) or ())


def test_every_fact_is_covered() -> None:
    listed = ids_of("fact_figures.jsonl")
    assert len(listed) == len(set(listed)) == FACTS
    covered = named_by_entries() | {row["id"] for row in coverage()}
    missing = [fact for fact in listed if fact not in covered]
    assert not missing, f"{FACTS - len(missing)} of {FACTS}; missing: {', '.join(missing)}"


def test_every_place_of_the_report_is_covered() -> None:
    assert set(ids_of("report_figures.jsonl")) <= named_by_entries()


def test_coverage_rows_say_one_allowed_reason() -> None:
    wrong = [row for row in coverage() if len(row) != 2 or not any(reason in row for reason in REASONS)]
    assert not wrong


def test_only_product_rules_are_left_out_by_a_rule() -> None:
    left_out = {row["id"] for row in coverage() if "rule" in row}
    assert left_out <= PRODUCT_RULES


def test_a_fact_that_stands_for_another_is_itself_in_an_entry() -> None:
    for row in coverage():
        for other in (row.get("same_as"), row.get("superseded_by")):
            assert other is None or (other in named_by_entries() and other != row["id"]), row


def test_each_fact_is_left_out_once_and_not_used_as_well() -> None:
    counts = Counter(row["id"] for row in coverage())
    assert not [fact for fact, times in counts.items() if times > 1]
    assert not counts.keys() & named_by_entries()
    assert counts.keys() <= set(ids_of("fact_figures.jsonl"))


def test_the_list_agrees_with_the_fact_files(shared_dir: Path) -> None:
    """Where the folder of facts lies beside the checkout: the same ids with the same confidence."""
    files = sorted((shared_dir / "facts").glob("*.md"))
    texts = "\n".join(file.read_text(encoding="utf-8") for file in files)
    held = {match["id"]: CONFIDENCE[match["mark"]] for match in FACT_LINE.finditer(texts)}
    lines = (DATA / "fact_figures.jsonl").read_text(encoding="utf-8").splitlines()
    assert {row["id"]: row["confidence"] for row in map(json.loads, lines)} == held
