"""An entry written as text is read as the same entry, and a fault is found at the field it belongs to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from knowledge.entries import parse_entry
from knowledge.entry_writing import field_of_line, with_front, write_entry
from knowledge.instruments import load_instruments
from knowledge.settings import PACKAGE
from knowledge.types import Claim, Entry, Instrument
from tests.builders import an_entry


def bare(entry: Entry) -> Entry:
    """Without line numbers."""
    parts = tuple(
        replace(part, line=0, claims=tuple(replace(claim, line=0) for claim in part.claims)) for part in entry.parts
    )
    return replace(entry, parts=parts)


@pytest.fixture(scope="module")
def laws() -> dict[str, Instrument]:
    return load_instruments(PACKAGE / "instruments")


def test_every_tenth_bundled_entry_comes_back(laws: dict[str, Instrument]) -> None:
    paths = sorted([*PACKAGE.glob("policies/**/*.md"), *PACKAGE.glob("report/*.md")])[::10]
    assert len(paths) > 20
    for path in paths:
        entry = parse_entry(path.read_text(encoding="utf-8"), path.name, laws)
        again = parse_entry(write_entry(entry), path.name, laws)
        assert bare(again) == bare(entry), path.name


@pytest.mark.parametrize(
    "nasty", ["带: 冒号 # 和井号", "“引号”和'单引号'", "- 像一条", "null", "2024-01-01", "[方括号]", "{花括号}", "*星号 &和", "是"]
)
def test_words_that_look_like_yaml_stay_words(nasty: str) -> None:
    entry = replace(an_entry(), question=nasty, examples=(nasty, "二"), also_asked=(nasty + "呢",))
    laws = {basis.instrument.id: basis.instrument for basis in entry.bases.values()}
    assert bare(parse_entry(write_entry(entry), "x.md", laws)) == bare(entry)


def test_a_line_break_in_a_claim_makes_no_second_claim() -> None:
    entry = an_entry()
    first = replace(entry.parts[0], claims=(Claim("一句\n## 结论\n- 两句", ("a",)),))
    laws = {basis.instrument.id: basis.instrument for basis in entry.bases.values()}
    again = parse_entry(write_entry(replace(entry, parts=(first, *entry.parts[1:]))), "x.md", laws)
    assert again.parts[0].claims[0].text == "一句 ## 结论 - 两句"
    assert len(again.parts) == len(entry.parts)


def test_lines_know_their_field() -> None:
    text = write_entry(an_entry())
    lines = text.split("\n")
    said = {field_of_line(text, number) for number in range(1, len(lines))}
    assert {"question", "examples", "basis-a", "conclusion", ""} <= said
    assert field_of_line(text, lines.index("examples:") + 3) == "examples"
    assert field_of_line(text, 1) == "" == field_of_line(text, 10_000)


def test_a_line_of_the_front_changes_and_nothing_else(tmp_path: Path) -> None:
    text = write_entry(an_entry())
    changed = with_front(text, {"reviewed_by": "李复审", "reviewed_on": date(2026, 11, 22)})
    assert "reviewed_by: 李复审\nreviewed_on: 2026-11-22\n" in changed
    assert changed.replace("reviewed_by: 李复审", "reviewed_by: null").replace("2026-11-22\nbasis", "null\nbasis") == text
    listed = "---\nid: x\nalso_asked:\n- 一\n- 二\nrelated: [a,\n  b]\nbasis:\n  a: {x: 1}\n---\n正文\n"
    assert with_front(listed, {"also_asked": ["三"], "related": []}) == (
        "---\nid: x\nalso_asked: [三]\nrelated: []\nbasis:\n  a: {x: 1}\n---\n正文\n"
    )
    assert with_front("---\nid: x\n---\n正文\n", {"a": None}) == "---\nid: x\na: null\n---\n正文\n"
