"""The entry format: what is read, and what each slip is told, with its line."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.entries import claim_of, parse_entry
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Confidence, DocumentKind, PartKind
from tests.builders import BODY, an_entry, entry_text, instruments_by_id


def faults(text: str) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        parse_entry(text, "policies/buzhu/buzhu-who.md", instruments_by_id())
    return caught.value.problems


def line_of(text: str, needle: str) -> int:
    return next(number for number, line in enumerate(text.split("\n"), 1) if needle in line)


def test_an_entry_is_read_whole() -> None:
    entry = an_entry()
    assert (entry.id, entry.topic, entry.kind, entry.region) == ("buzhu-who", "buzhu", DocumentKind.ENTRY, "50")
    assert [part.kind for part in entry.parts] == [
        PartKind.CONCLUSION,
        PartKind.CONDITIONS,
        PartKind.STEPS,
        PartKind.NOTE,
    ]
    assert entry.bases["a"].article == "第7条"
    assert entry.bases["a"].confidence is Confidence.VERIFIED
    assert entry.bases["b"].checked_on == date(2026, 11, 22)
    assert (entry.written_on, entry.reviewed_on) == (date(2026, 11, 22), None)
    assert len(entry.examples) == 4


def test_marks_leave_the_text_and_lines_are_those_of_the_file() -> None:
    text = entry_text()
    conditions = an_entry(text).part(PartKind.CONDITIONS)
    assert conditions is not None
    assert [claim.text for claim in conditions.claims] == ["年满80岁。", "户口在本镇。"]
    assert [claim.marks for claim in conditions.claims] == [("a",), ("a", "b")]
    assert [claim.line for claim in conditions.claims] == [
        line_of(text, "- 年满80岁。"),
        line_of(text, "- 户口在本镇。"),
    ]
    assert conditions.line == line_of(text, "## 条件")


def test_a_part_that_is_not_there_is_none() -> None:
    assert an_entry().part(PartKind.FEE) is None


def test_an_entry_of_the_report_is_of_that_kind() -> None:
    assert an_entry(entry_text("report-x", topic="report")).kind is DocumentKind.REPORT


def test_windows_line_ends_are_read() -> None:
    text = entry_text()
    assert parse_entry(text.replace("\n", "\r\n"), "x.md", instruments_by_id()) == an_entry(text)


def test_a_mark_written_twice_counts_once() -> None:
    assert claim_of("满80岁〔a〕，在本镇〔b〕〔a〕。").marks == ("a", "b")


def test_without_front_matter() -> None:
    (fault,) = faults("## 结论\n可以。\n")
    assert (fault.line, "---" in fault.what) == (1, True)
    assert "entry-format" in fault.remedy


@pytest.mark.parametrize(
    "key", ["id", "topic", "question", "region", "examples", "facts", "author", "written_on", "basis"]
)
def test_each_required_field(key: str) -> None:
    (fault,) = faults(entry_text(**{key: None}))
    assert key in fault.what


def test_broken_yaml_names_its_line() -> None:
    text = entry_text().replace("topic: buzhu", 'topic: "buzhu')
    (fault,) = faults(text)
    assert fault.line >= line_of(text, "topic:")
    assert "YAML" in fault.what


def test_an_unknown_heading() -> None:
    text = entry_text(body=BODY + "\n## 办法\n- 不晓得。\n")
    (fault,) = faults(text)
    assert (fault.line, "办法" in fault.what) == (line_of(text, "## 办法"), True)
    assert "怎么办" in fault.remedy


def test_words_before_the_first_heading() -> None:
    text = entry_text(body="\n先说几句。\n" + BODY)
    (fault,) = faults(text)
    assert fault.line == line_of(text, "先说几句")


def test_a_line_that_is_no_bullet() -> None:
    text = entry_text(body=BODY + "再补一句。\n")
    (fault,) = faults(text)
    assert (fault.line, "- " in fault.remedy) == (line_of(text, "再补一句"), True)


@pytest.mark.parametrize(
    ("slip", "told"),
    [
        ({"instrument": "none-such"}, "none-such"),
        ({"confidence": "sure"}, "sure"),
        ({"checked_on": "2026-13-01"}, "month"),
    ],
)
def test_a_basis_that_cannot_be_read(slip: dict[str, str], told: str) -> None:
    basis = {"instrument": "banfa", "article": None, "confidence": "verified", "checked_on": "2026-11-22"}
    text = entry_text(basis={"a": basis | slip, "b": basis})
    (fault,) = faults(text)
    assert (fault.line, told in fault.what) == (line_of(text, "  a:"), True)


def test_basis_must_be_a_mapping() -> None:
    assert "basis" in faults(entry_text(basis=["banfa"]))[0].what
