"""`instruments/*.yaml`: laws and notices by id, and the slips that are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge.instruments import day_of, document_ids, load_instruments
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Instrument
from tests.builders import INSTRUMENTS


def load(folder: Path, text: str) -> dict[str, Instrument]:
    (folder / "buzhu.yaml").write_text(text, encoding="utf-8")
    return load_instruments(folder)


def refused(folder: Path, text: str) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder, text)
    return caught.value.problems


def test_an_instrument_is_read_whole(tmp_path: Path) -> None:
    found = load(tmp_path, INSTRUMENTS + "  source_note: 网上转载，未见原文件\n  text_file: banfa.md\n")["banfa"]
    assert found == Instrument(
        id="banfa",
        title="高龄补助办法",
        issuer="某省民政厅",
        level="某省",
        document_number="例〔2024〕7号",
        effective_from=date(2024, 1, 1),
        published_at="某省民政厅网站",
        source_note="网上转载，未见原文件",
        text_file="banfa.md",
    )


def test_what_is_not_known_stays_open(tmp_path: Path) -> None:
    found = load(tmp_path, "- {id: x, title: 甲, issuer: 乙, level: 国家}\n")["x"]
    assert (found.document_number, found.effective_from, found.effective_to, found.date_precision) == (
        None, None, None, "day"
    )  # fmt: skip


SEVERAL = "- {id: x, title: 甲, issuer: 乙, level: 国家, text_files: [x1.md, x2.md, x3.md]}\n"


def test_a_text_in_several_files_gives_each_a_document_of_its_own(tmp_path: Path) -> None:
    found = load(tmp_path, SEVERAL)["x"]
    assert (found.text_file, found.text_files) == ("x1.md", ("x1.md", "x2.md", "x3.md"))
    assert document_ids(found) == {"x1.md": "x", "x2.md": "x-2", "x3.md": "x-3"}


def test_a_text_in_one_file_or_none_goes_under_the_id_itself(tmp_path: Path) -> None:
    found = load(tmp_path, INSTRUMENTS + "  text_file: banfa.md\n")["banfa"]
    assert (found.text_files, document_ids(found)) == ((), {"banfa.md": "banfa"})
    none = load(tmp_path, "- {id: y, title: 甲, issuer: 乙, level: 国家}\n")["y"]
    assert list(document_ids(none).values()) == ["y"]


@pytest.mark.parametrize(
    "files",
    ["text_files: []", "text_files: a.md", "text_files: [a.md, a.md]", "text_file: a.md, text_files: [b.md, c.md]"],
)
def test_a_wrong_list_of_files_is_told_with_its_remedy(tmp_path: Path, files: str) -> None:
    (fault,) = refused(tmp_path, f"- {{id: x, title: 甲, issuer: 乙, level: 国家, {files}}}\n")
    assert (fault.line, "text_files" in fault.what, bool(fault.remedy)) == (1, True, True)


@pytest.mark.parametrize("field", ["title", "issuer", "level"])
def test_a_missing_field_is_told_with_its_line(tmp_path: Path, field: str) -> None:
    lines = [line for line in INSTRUMENTS.splitlines() if not line.strip().startswith(f"{field}:")]
    (fault,) = refused(tmp_path, "# 说明\n" + "\n".join(lines))
    assert (fault.line, field in fault.what, bool(fault.remedy)) == (2, True, True)


def test_an_id_given_twice(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path, INSTRUMENTS + INSTRUMENTS)
    assert "写了两次" in fault.what


def test_all_files_of_the_folder_are_read(tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text("- {id: x, title: 甲, issuer: 乙, level: 国家}\n", encoding="utf-8")
    assert load(tmp_path, INSTRUMENTS).keys() == {"banfa", "x"}


def test_no_folder_is_no_instruments(tmp_path: Path) -> None:
    assert load_instruments(tmp_path / "none") == {}


def test_days() -> None:
    assert day_of("2024-09-01") == day_of(date(2024, 9, 1)) == date(2024, 9, 1)
    assert day_of(None) is None
    with pytest.raises(ValueError, match="month"):
        day_of("2024-13-01")
