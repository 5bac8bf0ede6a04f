"""Readers of Office files and web pages, in this process: structure kept, unseen words left out and counted."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.paper import Grid, Paper, Paragraph, as_json, from_json
from ingest.readers.docx import read_docx
from ingest.readers.docx_numbers import _chinese
from ingest.readers.html import read_html
from ingest.readers.pasted import read_pasted
from ingest.readers.sheet import read_sheet, shown_value
from tests.office_files import SAME, WIDE, docx, hide, saved, xlsx

TABLE = [["档次", "比例", WIDE], [SAME, "一级", "三级"], ["一档", "80%", "40%"], ["二档", SAME, "45%"]]
FILLED = (
    ("档次", "比例", "比例"),
    ("档次", "一级", "三级"),
    ("一档", "80%", "40%"),
    ("二档", "80%", "45%"),
)


def texts(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Paragraph)]


def grids(paper: Paper) -> list[Grid]:
    return [block for block in paper.blocks if isinstance(block, Grid)]


def test_merged_cells_of_word_are_filled_in_place() -> None:
    paper = read_docx(docx(["前面", TABLE, "# 一、标题"], title="通知"), "a.docx")
    assert [block.text if isinstance(block, Paragraph) else "表" for block in paper.blocks] == [
        "通知",
        "前面",
        "表",
        "一、标题",
    ]
    assert grids(paper)[0].rows == FILLED
    assert [block.level for block in paper.blocks if isinstance(block, Paragraph)] == [1, None, 1]


def test_merged_cells_of_a_sheet_are_filled_and_its_title_stands_above() -> None:
    paper = read_sheet(xlsx({"表": [["某某标准表", WIDE, WIDE], *TABLE]}), "a.xlsx")
    assert texts(paper) == ["某某标准表"]
    assert grids(paper)[0].rows == FILLED


def test_merged_cells_of_a_web_page_are_filled() -> None:
    page = (
        "<table><tr><th rowspan=2>档次</th><th colspan=2>比例</th></tr><tr><th>一级</th><th>三级</th></tr>"
        "<tr><td>一档</td><td rowspan=2>80%</td><td>40%</td></tr><tr><td>二档</td><td>45%</td></tr></table>"
    )
    grid = grids(read_html(page.encode(), "a.html"))[0]
    assert (grid.rows, grid.headers) == (FILLED, 2)


@pytest.mark.parametrize("how", ["hidden", "tiny", "white"])
def test_words_nobody_sees_are_dropped_and_counted(how: str) -> None:
    document = Document()
    line = document.add_paragraph("看得见。")
    hide(line.add_run("看不见。"), how)
    paper = read_docx(saved(document), "a.docx")
    assert (texts(paper), paper.dropped) == (["看得见。"], {how: 1})


def test_tracked_changes_read_as_they_would_print() -> None:
    document = Document()
    xml = (
        f'<w:p {nsdecls("w")}><w:r><w:t>每月</w:t></w:r><w:del w:id="1" w:author="x"><w:r><w:delText>50</w:delText></w:r>'
        '</w:del><w:ins w:id="2" w:author="x"><w:r><w:t>60</w:t></w:r></w:ins><w:r><w:t>元</w:t></w:r></w:p>'
    )
    document.element.body.insert(0, parse_xml(xml))
    paper = read_docx(saved(document), "a.docx")
    assert (texts(paper), paper.dropped) == (["每月60元"], {"deleted": 1})


def test_automatic_numbers_stand_in_the_text() -> None:
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="{form}"/></w:lvl>'
        for depth, form in enumerate(("%1、", "（%2）"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for depth, words in ((0, "条件"), (1, "户籍"), (1, "年龄"), (0, "材料"), (1, "身份证")):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        pointer = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="78"/></w:numPr>'
        properties.append(parse_xml(pointer))
    assert texts(read_docx(saved(document), "a.docx")) == ["一、条件", "（一）户籍", "（二）年龄", "二、材料", "（一）身份证"]


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (103, "一百零三"), (133, "一百三十三")]
)
def test_numbers_are_written_as_in_outlines(number: int, words: str) -> None:
    assert _chinese(number) == words


@pytest.mark.parametrize(
    ("value", "form", "words"),
    [
        (0.45, "0%", "45%"),
        (0.125, "0.0%", "12.5%"),
        (630, "General", "630"),
        (7.5, "General", "7.5"),
        (1200.0, "#,##0.00", "1200"),
        (3, "0", "3"),
        (datetime(2026, 9, 1), "yyyy", "2026-09-01"),
        (date(2026, 9, 1), "", "2026-09-01"),
        (None, "", ""),
        (True, "", "是"),
        (" 两 \n行 ", "", "两\n行"),
    ],
)
def test_cells_read_as_the_sheet_shows_them(value: object, form: str, words: str) -> None:
    assert shown_value(value, form) == words


def test_pasted_tabs_and_pipes_are_tables() -> None:
    paper = read_pasted("# 标准\n\n前面的话\n\n档次\t比例\n一档\t80%\n\n| 项目 | 钱 |\n|---|---|\n| 甲 | 5元 |\n")
    assert [(block.text, block.level) for block in paper.blocks if isinstance(block, Paragraph)] == [
        ("标准", 1),
        ("前面的话", None),
    ]
    assert [grid.rows for grid in grids(paper)] == [
        (("档次", "比例"), ("一档", "80%")),
        (("项目", "钱"), ("甲", "5元")),
    ]


def test_links_keep_their_address_as_words() -> None:
    assert texts(read_pasted("看[这里](http://bad.example.com/x)。")) == ["看这里（http://bad.example.com/x）。"]


def test_a_paper_survives_the_pipe() -> None:
    paper = Paper((Paragraph("一", 1, 2), Grid((("a", "b"),), 1, 3, "表")), {"tiny": 2}, 4, (1,))
    assert from_json(as_json(paper)) == paper
