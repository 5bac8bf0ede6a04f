"""A row of a table answers only the question that names it."""

from __future__ import annotations

import pytest

from bot.stages.table_rows import FITS, cell_weight, names_row
from knowledge.types import PartKind, Passage


def row(number: int, *lines: str) -> Passage:
    part = f"t1-{number}"
    return Passage(f"d@v:{part}", "d", "v", part, PartKind.TEXT, ("标题",), "\n".join(lines), "")


ROWS = (
    row(1, "补助，柑橘，每亩：350元。", "补助，柑橘，验收：10月。"),
    row(2, "补助，花椒，每亩：310元。", "补助，花椒，验收：8月。"),
)
GRADES = (row(1, "一级残疾，标准：100元。"), row(2, "二级残疾，标准：80元。"))
AGES = (row(1, "年龄80，标准：50元。"), row(2, "年龄90，标准：100元。"))


@pytest.mark.parametrize(
    ("rows", "question", "named"),
    [
        (ROWS, "柑橘每亩补助多少", [True, False]),
        (ROWS, "枇杷每亩补助多少", [False, False]),
        (GRADES, "二级残疾补多少", [False, True]),
        (GRADES, "三级残疾补多少", [False, False]),
        (AGES, "90岁的标准", [False, True]),
        (AGES, "85岁的标准", [False, False]),
    ],
)
def test_a_row_has_to_be_named(rows: tuple[Passage, ...], question: str, named: list[bool]) -> None:
    assert [names_row(each, rows, question) for each in rows] == named


def test_other_passages_and_the_only_row_need_no_name() -> None:
    text = Passage("d@v:p1", "d", "v", "p1", PartKind.TEXT, ("标题",), "随便。", "")
    assert names_row(text, (text, *ROWS), "别的")
    assert names_row(ROWS[0], ROWS[:1], "别的")


@pytest.mark.parametrize(
    ("sentence", "question", "weight"),
    [
        ("补助，柑橘，每亩：350元。", "柑橘补多少", FITS),
        ("补助，柑橘，验收：10月。", "柑橘补多少", 1.0),
        ("补助，柑橘，验收：10月。", "柑橘哪个月验收", FITS),
        ("窗口，残疾证，窗口：3号。", "残疾证在哪个窗口", FITS),
    ],
)
def test_the_cell_that_is_asked_for_counts_more(sentence: str, question: str, weight: float) -> None:
    assert cell_weight(ROWS[0], sentence, question) == weight
    assert cell_weight(Passage("x", "d", "v", "p1", PartKind.TEXT, (), "", ""), sentence, question) == 1.0
