"""Laws: one passage per 条, whatever the file looks like."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.effective import effective_from
from ingest.readers import read_document
from knowledge.types import DocumentKind, Instrument, PartKind

# Made up for these tests.
LAW = """# 村务账本办法

2020年3月1日 某大会通过

2021年1月1日 施行

<!-- INFO END -->

## 目　　录

第一章　总　则

第二章　附　则

## 第一章　　总　　则

第一条 每个村都要有账本。

账本要用钢笔写。

（一）日期写全；

（二）金额写全。

第二条 账本放在村里。

第二条之一 账本可以复印。

## 第二章　　附　　则

第三条 本办法自2021年1月1日起施行。
"""


def read(text: str, name: str = "村务账本办法.md", instruments: dict[str, Instrument] | None = None):  # type: ignore[no-untyped-def]
    return read_document(text.encode(), name, instruments or {}, {"国家": "00", "重庆": "50"})


def test_one_passage_per_article_with_its_paragraphs_and_path() -> None:
    law = read(LAW)
    assert law.kind is DocumentKind.STATUTE
    assert law.title == "村务账本办法"
    articles = [cut for cut in law.cuts if cut.part[0].isdigit()]
    assert [cut.part for cut in articles] == ["1", "2", "2-1", "3"]
    assert (
        articles[0].text == "第一条 每个村都要有账本。\n账本要用钢笔写。\n（一）日期写全；\n（二）金额写全。"
    )
    assert articles[0].heading == ("村务账本办法", "第一章 总则")
    assert articles[3].heading == ("村务账本办法", "第二章 附则")
    assert all(cut.kind is PartKind.TEXT for cut in law.cuts)


def test_the_table_of_contents_is_left_out_and_the_header_kept() -> None:
    free = [cut.text for cut in read(LAW).cuts if not cut.part[0].isdigit()]
    assert free == ["2020年3月1日 某大会通过\n2021年1月1日 施行"]


@pytest.mark.parametrize(
    "style",
    ["- **第{}条**　　{}", "　　第{}条　{}", "第{}条{}", "> 第{}条 {}"],
    ids=["list with bold", "wide blanks", "no blank", "quoted"],
)
def test_the_dress_of_a_file_does_not_matter(style: str) -> None:
    text = "某办法\n" + "\n".join(style.format(number, f"{number}号规矩。") for number in "一二三四")
    assert [cut.part for cut in read(text).cuts] == ["1", "2", "3", "4"]


def test_an_annex_counting_anew_gets_names_of_its_own() -> None:
    text = "某决定\n第一条 甲。\n第二条 乙。\n第三条 丙。\n# 附：某办法\n第一条 丁。\n第二条 戊。"
    assert [cut.part for cut in read(text).cuts] == ["1", "2", "3", "1.2", "2.2"]


def test_a_notice_that_quotes_articles_is_no_law() -> None:
    text = "通知\n第三条规定的户，要上报。\n第五条讲的事，要公示。\n第九条讲的钱，要打卡。"
    assert read(text).kind is DocumentKind.POLICY


def test_the_name_of_a_file_does_not_make_a_law() -> None:
    assert read("今天开会。\n大家都来。", "某某法.md").kind is DocumentKind.POLICY


def test_a_listed_law_takes_id_dates_and_region_from_the_list() -> None:
    listed = Instrument(
        "cunwu",
        "村务账本办法",
        "某大会",
        "重庆",
        effective_from=date(2022, 5, 1),
        text_file="村务账本办法.md",
    )
    law = read(LAW, instruments={"cunwu": listed})
    assert (law.id, law.region, law.period.start) == ("cunwu", "50", date(2022, 5, 1))
    other = read(LAW, "别的名字.md", {"cunwu": listed})
    assert other.id != "cunwu"
    assert other.period.start == date(2021, 1, 1)


def test_each_file_of_a_law_in_several_is_a_document_of_its_own() -> None:
    listed = Instrument("cunwu", "村务账本办法", "某大会", "重庆", text_files=("上.md", "下.md"))
    assert [read(LAW, name, {"cunwu": listed}).id for name in ("上.md", "下.md")] == ["cunwu", "cunwu-2"]


def test_a_listed_notice_takes_them_too() -> None:
    listed = Instrument(
        "tongzhi", "村务通知", "某局", "重庆", effective_from=date(2022, 5, 1), text_file="通知.txt"
    )
    notice = read("关于扫街的通知\n一、时间\n每月初一。\n二、地点\n街上。", "通知.txt", {"tongzhi": listed})
    assert (notice.kind, notice.id, notice.title) == (DocumentKind.POLICY, "tongzhi", "村务通知")
    assert (notice.region, notice.period.start) == ("50", date(2022, 5, 1))


def test_a_year_alone_is_no_day_of_effect() -> None:
    listed = Instrument(
        "cunwu", "村务账本办法", "某大会", "国家", effective_from=date(2022, 1, 1), date_precision="year",
        text_file="村务账本办法.md",
    )  # fmt: skip
    assert read(LAW, instruments={"cunwu": listed}).period.start == date(2021, 1, 1)


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["某法", "2020年5月28日 通过", "2021年1月1日 施行", "第一条 甲。"], date(2021, 1, 1)),
        (["某法", "2026-04-30 公布", "2026-07-01 施行", "第一条 甲。"], date(2026, 7, 1)),
        (["某法", "第一条 甲。", "第二条 本法自2005年4月1日起施行。"], date(2005, 4, 1)),
        (["某法", "2018年10月26日 修正", "第一条 甲。", "第二条 本法自2005年4月1日起施行。"], None),
        (["某法", "2025年6月1日 修订", "第一条 甲。", "第九条 本法自2026年1月1日起施行。"], date(2026, 1, 1)),
        (["某法", "2005年4月1日 施行", "2018年10月26日 修正", "第一条 甲。"], None),
        (["某法", "第一条 甲。"], None),
        (["某法", "2021年13月45日 施行", "第一条 甲。"], None),
    ],
)
def test_the_day_of_effect_is_said_by_the_text_or_unknown(lines: list[str], day: date | None) -> None:
    assert effective_from(lines) == day
