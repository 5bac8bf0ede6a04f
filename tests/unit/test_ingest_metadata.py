"""What official papers say about themselves, and where it was read."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.letterhead import split_title, without_signature
from ingest.metadata import Metadata, read_metadata
from ingest.outline import read_line
from ingest.said_days import days_in, only_day
from knowledge.types import Level

LEVELS = (
    Level("00", "国家", ("全国",)),
    Level("50", "某市", ("某市",)),
    Level("5001", "甲县", ("甲县",)),
    Level("town", "乙镇", ("乙镇",)),
)
PAPER = [
    "甲县人民政府办公室文件",
    "甲府办发〔2024〕12号",
    "甲县人民政府办公室",
    "关于印发《高龄津贴办法》的通知",
    "各乡镇人民政府：",
    "一、津贴每人每月50元。",
    "二、本办法自2024年9月1日起施行，有效期5年。",
    "甲县人民政府办公室",
    "2024年8月30日",
]


def read(lines: list[str], title: str = "通知") -> Metadata:
    return read_metadata(title, lines, LEVELS)


def test_all_of_a_full_paper() -> None:
    title, body = split_title([read_line(line) for line in PAPER], "文件")
    assert title == "甲县人民政府办公室关于印发《高龄津贴办法》的通知"
    assert [line.text for line in without_signature(body)] == PAPER[5:7]
    said = read(PAPER, title)
    assert said.document_number.value == "甲府办发〔2024〕12号"
    assert (said.issuer.value, said.issuer.where) == ("甲县人民政府办公室", "红头「甲县人民政府办公室文件」")
    assert (said.issued_on.value, said.effective_from.value) == ("2024-08-30", "2024-09-01")
    assert (said.effective_to.value, said.level.value, said.region.value) == ("2029-08-31", "甲县", "甲县")


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("自2025年1月1日起执行，有效期至2026年12月31日。", "2025-01-01", "2026-12-31"),
        ("本办法自二〇二五年一月一日起施行。", "2025-01-01", ""),
        ("有效期为2025年1月1日至2025年12月31日，请执行。", "", "2025-12-31"),
        ("2025年度缴费时间为2024年9月1日至12月31日。", "", ""),
        ("2024年9月1日参保的人员按此办理。", "", ""),
    ],
)
def test_days_of_effect(line: str, start: str, end: str) -> None:
    said = read(["通知", line])
    assert (said.effective_from.value, said.effective_to.value) == (start, end)


def test_from_the_day_of_issue() -> None:
    said = read(["通知", "一、照办。", "本通知自印发之日起施行。", "乙镇人民政府", "2026年3月5日"])
    assert (said.effective_from.value, said.level.value) == ("2026-03-05", "乙镇")
    assert "按成文日期" in said.effective_from.where
    assert said.issuer.where == "落款「乙镇人民政府」"


def test_what_is_not_said_stays_empty() -> None:
    said = read(["一句话。"])
    assert {getattr(said, name).value for name in Metadata.__slots__ if name != "title"} == {""}


@pytest.mark.parametrize("number", ["甲府发[2024]3号", "甲府发（2024）3号", "甲府发【2024】第3号"])
def test_document_numbers_are_written_in_one_form(number: str) -> None:
    assert read([number, "通知"]).document_number.value == "甲府发〔2024〕3号"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年9月1日", date(2024, 9, 1)),
        ("二〇二四年十二月三十一日", date(2024, 12, 31)),
        ("（2024-02-29）", date(2024, 2, 29)),
        ("2023年2月29日", None),
        ("2024年9月1日起", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert only_day(text) == day


def test_days_inside_a_text_come_in_order() -> None:
    assert [day for day, _ in days_in("从2024年1月2日到二〇二四年三月四日")] == [date(2024, 1, 2), date(2024, 3, 4)]
