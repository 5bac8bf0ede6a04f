"""Bytes to text, the shown form, ids, and the choice of reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.encoding import decode
from ingest.errors import UnreadableEncoding, UnsupportedDocument
from ingest.readers import read_document
from ingest.readers.plain import read_plain
from ingest.shown_text import lines_of, normalise_text
from ingest.slugs import slug_of
from knowledge.types import DocumentKind

WORDS = "低保金每月发放，共630元。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312"])
def test_text_in_the_encodings_of_offices_is_read(encoding: str) -> None:
    assert decode(f"{WORDS}\r\n第二行\r".encode(encoding), "a.txt") == f"{WORDS}\n第二行\n"


@pytest.mark.parametrize(
    "data",
    [WORDS.encode("utf-16"), bytes(range(256)), b"\x00\x01\x02", b"\xa4\x40\xff\xff", b"\xff\xfe\xfd"],
    ids=["utf-16", "all bytes", "nul", "half a sign", "noise"],
)
def test_other_bytes_are_refused_by_name_in_chinese(data: bytes) -> None:
    with pytest.raises(UnreadableEncoding) as caught:
        decode(data, "坏.txt")
    assert caught.value.problem.path == "坏.txt"
    assert "UTF-8" in caught.value.problem.remedy


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=50))
def test_whatever_utf8_says_is_read_as_said(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("⺠政局⻓期⻔诊⻋费", "民政局长期门诊车费"),
        ("⼈⼝", "人口"),
        ("ＡＢ１２％", "AB12%"),
        ("（一）你好，世界：完；！？", "（一）你好，世界：完；！？"),
        ("面积10²，见①", "面积10²，见①"),
        ("隐\u200b藏\u202e字\U000e0041", "隐藏字"),
        ("两　　个  空格", "两 个 空格"),
        ("正文<!-- 批注 -->还在", "正文还在"),
    ],
)
def test_the_shown_form(raw: str, shown: str) -> None:
    assert normalise_text(raw) == shown


def test_marks_of_markdown_go_and_tables_keep_their_words() -> None:
    text = "- **第一**\n> 引用\n---\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n# 题"
    assert lines_of(text) == ["第一", "引用", "甲 | 乙", "1 | 2", "# 题"]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# 办事指南\n正文。", "办事指南"),
        ("办事指南\n正文。", "办事指南"),
        ("某局\n关于发钱的通知\n正文。", "某局关于发钱的通知"),
        ("# 大法\n# 分编\n正文。", "大法 分编"),
        ("这一行本身就是一句话。\n正文。", "文件名"),
        ("一、先说这个\n正文。", "文件名"),
        ("只有一行", "文件名"),
    ],
)
def test_the_title_is_the_first_heading_or_the_file_name(text: str, title: str) -> None:
    document = read_plain(text, "目录/文件名.txt")
    assert document.title == title
    assert document.cuts[0].heading[0] == title


def test_a_report_is_known_by_its_title() -> None:
    assert read_plain("年度工作报告\n做了三件事。", "a.txt").kind is DocumentKind.REPORT
    assert read_plain("年度工作安排\n做了三件事。", "a.txt").kind is DocumentKind.POLICY


@pytest.mark.parametrize("text", ["", "\n\n", "---\n", "\u200b"])
def test_an_empty_file_is_refused(text: str) -> None:
    with pytest.raises(UnsupportedDocument):
        read_plain(text, "空.txt")


@pytest.mark.parametrize(
    "data", [b"%PDF-1.7", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1", b"\x89PNG\r\n", b"\xff\xd8\xff"]
)
def test_other_kinds_of_file_are_refused_with_a_way_on(data: bytes) -> None:
    with pytest.raises(UnsupportedDocument) as caught:
        read_document(data + b"rest", "看着像.txt", {}, {})
    assert caught.value.remedy.endswith(("传", "传一次"))


@pytest.mark.parametrize("name", ["dibao-who", "a1"])
def test_a_slug_stays_itself(name: str) -> None:
    assert slug_of(name) == name


@given(st.text(min_size=1, max_size=80))
def test_every_name_gives_one_ascii_slug(name: str) -> None:
    slug = slug_of(name)
    assert slug == slug_of(name)
    assert slug.isascii() and slug == slug.lower() and not set(slug) & set("/@:. _")
    assert 0 < len(slug) <= 70


def test_two_names_that_sound_alike_stay_apart() -> None:
    assert slug_of("实施办法") != slug_of("试试办法")
