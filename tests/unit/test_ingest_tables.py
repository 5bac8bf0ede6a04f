"""Tables in words, and papers cut into parts."""

from __future__ import annotations

from ingest.cutting import cut_paper
from ingest.paper import Grid, Paper, Paragraph
from ingest.tables import in_words

TWO_STOREYS = (
    ("档次", "住院报销比例", "住院报销比例", "起付线（元）"),
    ("档次", "一级医院", "三级医院", "起付线（元）"),
    ("一档", "80%", "40%", "300"),
    ("二档", "85%", "45%", "500"),
)


def said(grid: Grid, before: str = "") -> list[str]:
    return [line for row in in_words(grid, before).rows for line in row.text.split("\n")]


def test_each_cell_is_a_sentence_with_its_row_and_column() -> None:
    assert said(Grid(TWO_STOREYS), "一、住院报销比例") == [
        "住院报销比例，一档，一级医院：80%。",
        "住院报销比例，一档，三级医院：40%。",
        "住院报销比例，一档，起付线：300元。",
        "住院报销比例，二档，一级医院：85%。",
        "住院报销比例，二档，三级医院：45%。",
        "住院报销比例，二档，起付线：500元。",
    ]


def test_units_of_columns_and_of_the_whole_table_go_to_the_figures() -> None:
    rows = (("补贴标准表（单位：元/月）",) * 3, ("年龄", "农村", "城市"), ("80", "50", "—"), ("90", "100", "120元"))
    assert said(Grid(rows)) == [
        "补贴标准，年龄80，农村：每月50元。",
        "补贴标准，年龄90，农村：每月100元。",
        "补贴标准，年龄90，城市：120元。",
    ]


def test_a_second_label_column_belongs_to_the_row() -> None:
    rows = (("类型", "情况", "金额"), ("火灾", "部分", "3000元"), ("火灾", "全部", "8000元"), ("旱灾", "绝收", "6000元"))
    assert said(Grid(rows)) == ["火灾，部分，金额：3000元。", "火灾，全部，金额：8000元。", "旱灾，绝收，金额：6000元。"]


def test_a_table_without_a_head_is_read_across() -> None:
    assert said(Grid((("办理地点", "二楼大厅"), ("联系人员", "值班同志")))) == ["办理地点：二楼大厅。", "联系人员：值班同志。"]


def test_a_line_over_the_whole_width_heads_the_rows_below_and_notes_stand_apart() -> None:
    body = (("城市",) * 3, ("低保", "770元", "一年"), ("农村",) * 3, ("低保", "630元", "一年"))
    rows = (("项目", "标准", "时限"), *body, ("注：每年调整",) * 3)
    table = in_words(Grid(rows))
    assert [row.text.split("\n")[0] for row in table.rows] == ["城市，低保，标准：770元。", "农村，低保，标准：630元。"]
    assert table.notes == ("注：每年调整",)


def test_row_numbers_are_no_labels() -> None:
    rows = (("序号", "事项", "窗口"), ("1", "残疾证", "3号"), ("2", "建房", "7号"))
    assert said(Grid(rows)) == ["残疾证，窗口：3号。", "建房，窗口：7号。"]


def test_rows_stand_at_their_place_with_their_heading_path() -> None:
    paper = Paper((Paragraph("关于待遇的通知"), Paragraph("一、住院"), Grid(TWO_STOREYS), Paragraph("二、其他"), Paragraph("没有了。")))
    cut = cut_paper(paper, "文件")
    assert cut.title == "关于待遇的通知"
    assert [(part.part, part.heading[1:]) for part in cut.cuts] == [
        ("t1-1", ("一、住院",)),
        ("t1-2", ("一、住院",)),
        ("p1", ("二、其他",)),
    ]


def test_a_table_inside_an_article_stands_below_it() -> None:
    blocks = (
        Paragraph("某某办法"), Paragraph("第一条 为了规范。"), Paragraph("第二条 标准如下。"), Grid(TWO_STOREYS),
        Paragraph("第三条 自2026年9月1日起施行。"),
    )  # fmt: skip
    cut = cut_paper(Paper(blocks), "文件")
    assert [part.part for part in cut.cuts] == ["1", "2", "t1-1", "t1-2", "3"]
    assert cut.cuts[2].heading[-1] == "第二条"


def test_a_long_row_is_cut_between_its_cells() -> None:
    rows = (("事项", *(f"第{n}项要求" for n in range(20))), ("建房", *("很长的一句话" * 12 for _ in range(20))))
    cut = cut_paper(Paper((Paragraph("关于建房的通知"), Grid(rows), Paragraph("完。"))), "文件")
    parts = [part.part for part in cut.cuts if part.part.startswith("t")]
    assert parts[:2] == ["t1-1", "t1-1-2"]
    assert all(len(part.text) <= 800 for part in cut.cuts)
