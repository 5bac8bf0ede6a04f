"""Splitting free texts along their outline, without losing a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.chunk import MAX_CHARS, MAX_JOINED_CHARS, chunk, split_points
from ingest.outline import Rank, read_line, walk
from ingest.readers.plain import read_plain
from ingest.shown_text import lines_of


def cuts_of(text: str) -> list[tuple[tuple[str, ...], str]]:
    """(headings below the title, text) of each passage."""
    return [(cut.heading[1:], cut.text) for cut in read_plain(text, "通知.txt").cuts]


@pytest.mark.parametrize(
    ("line", "rank"),
    [
        ("第二编 物权", Rank.PART),
        ("第一分编 通则", Rank.SUBPART),
        ("第十二章 附则", Rank.CHAPTER),
        ("第三节 送达", Rank.SECTION),
        ("第一百三十三条 之前", Rank.ARTICLE),
        ("一、总体要求", Rank.HAN_COMMA),
        ("（一）加强领导", Rank.HAN_BRACKET),
        ("(十二)加强领导", Rank.HAN_BRACKET),
        ("1.教育救助", Rank.DIGIT_POINT),
        ("12、住房救助", Rank.DIGIT_POINT),
        ("（3）其他", Rank.DIGIT_BRACKET),
        ("2）其他", Rank.DIGIT_BRACKET),
        ("①其他", Rank.DIGIT_BRACKET),
        ("1.5倍以内的家庭", None),
        ("2025.10起执行", None),
        ("一、二级医院都报", None),
        ("第三条规定的情形", None),
        ("第三章规定的情形", None),
        ("一般的家庭", None),
        ("### 小标题", 3),
    ],
)
def test_each_marker_has_its_rank(line: str, rank: int | None) -> None:
    assert read_line(line).rank == rank


def test_headings_make_the_path_and_items_their_own_passages() -> None:
    long = "各村要把名单张榜公示，群众有意见的可以当场提，也可以打电话提，干部要当面讲清楚，不许推诿。"
    assert cuts_of(
        f"通知\n一、做什么\n（一）公示\n1.先贴榜。{long}\n2.再入户。{long}\n二、谁来做\n村里做。"
    ) == [
        (("一、做什么", "（一）公示"), f"1.先贴榜。{long}"),
        (("一、做什么", "（一）公示"), f"2.再入户。{long}"),
        (("二、谁来做",), "村里做。"),
    ]


def test_short_items_stay_with_what_introduces_them() -> None:
    assert cuts_of("通知\n要带的东西：\n1.身份证；\n2.户口簿。") == [
        ((), "要带的东西：\n1.身份证；\n2.户口簿。")
    ]


def test_a_heading_with_nothing_below_is_kept_as_text() -> None:
    assert [text for _, text in cuts_of("通知\n一、第一件\n二、第二件\n说明在后。\n三、第三件")] == [
        "一、第一件",
        "说明在后。",
        "三、第三件",
    ]


def test_a_numbered_sentence_is_no_heading() -> None:
    found = cuts_of("通知\n（一）完善名单。各村每季度核一次。\n后面一段。")
    assert found == [((), "（一）完善名单。各村每季度核一次。\n后面一段。")]


def points(length: int) -> str:
    filler = "把该做的事情一件一件做好" * (length // 12)
    return f"抓好三件事：一是{filler}；二是{filler}；三是{filler}。"


def test_points_are_split_only_in_long_paragraphs() -> None:
    short, long = points(100), points(300)
    assert len(short) <= MAX_JOINED_CHARS < len(long)
    assert [text for _, text in cuts_of(f"通知\n{short}")] == [short]
    pieces = [text for _, text in cuts_of(f"通知\n{long}")]
    assert [piece[:2] for piece in pieces] == ["抓好", "一是", "二是", "三是"]
    assert "".join(pieces) == long


@pytest.mark.parametrize(
    "text", ["统一是好事，二是数字。", "只有一是这一点，没有下文。", "三是先说，一是后说。"]
)
def test_words_that_only_look_like_points_are_left_alone(text: str) -> None:
    assert split_points(text) == [text]


def test_a_very_long_paragraph_is_cut_at_sentence_ends() -> None:
    text = "这句话要说得长一点才像公文里的句子。" * 120
    pieces = [piece for _, piece in cuts_of(f"通知\n{text}")]
    assert "".join(pieces) == text
    assert all(piece.endswith("。") and len(piece) <= MAX_CHARS for piece in pieces)
    assert len(pieces) > 3


SENTENCE = st.text(alphabet="镇村户口簿低保金额2025年，；", min_size=1, max_size=60).map(
    lambda text: f"办{text}。"
)
MARK = st.sampled_from(
    ["", "一、", "二、", "（一）", "(二)", "1.", "2.", "（1）", "一是", "- ", "> ", "**重点** "]
)
PARAGRAPH = st.builds(
    lambda mark, parts: mark + "".join(parts), MARK, st.lists(SENTENCE, min_size=1, max_size=25)
)
HEADING = st.sampled_from(["# 大题", "## 中题", "第一章 总则", "一、总体要求", "（二）做法", "三、分工"])


@given(st.lists(st.one_of(PARAGRAPH, HEADING), min_size=1, max_size=12))
def test_no_sentence_is_lost_or_told_twice(blocks: list[str]) -> None:
    lines = lines_of("\n\n".join(blocks))
    pieces = walk([read_line(line) for line in lines], "题")
    told = "".join(cut.text for cut in chunk(pieces)).replace("\n", "")
    headings = {"大题", "中题", "第一章 总则", "一、总体要求", "（二）做法", "三、分工"}
    body = [line.lstrip("# ") for line in lines]
    # A heading may be told as text when nothing stands below it; sentences are told once, in order.
    assert [line for line in body if line not in headings] == _without(told, body, headings)


def _without(told: str, body: list[str], headings: set[str]) -> list[str]:
    """The body lines that are no headings, read off what was told; fails where the order differs."""
    found = []
    for line in body:
        if told.startswith(line):
            told = told[len(line) :]
            found += [] if line in headings else [line]
        else:
            assert line in headings, f"{line!r} is missing before {told[:40]!r}"
    assert told == ""
    return found


@given(st.lists(st.one_of(PARAGRAPH, HEADING), min_size=1, max_size=12))
def test_part_names_are_unique_and_in_order(blocks: list[str]) -> None:
    pieces = walk([read_line(line) for line in lines_of("\n".join(blocks))], "题")
    assert [cut.part for cut in chunk(pieces)] == [f"p{number}" for number, _ in enumerate(chunk(pieces), 1)]
