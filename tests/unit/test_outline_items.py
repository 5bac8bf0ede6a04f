"""第一（二）项: what a basis names in a notice, and which passages that is."""

from __future__ import annotations

import pytest

from knowledge.outline_items import ItemPath, item_path, items_in, passages_named
from knowledge.types import PartKind, Passage


def a_passage(part: str, text: str, *headings: str) -> Passage:
    return Passage(f"n@1:{part}", "n", "1", part, PartKind.TEXT, ("某通知", *headings), text, part)


NOTICE = (
    a_passage("p1", "总的要求在这里。"),
    a_passage("p2", "（一）先问清楚。", "一、受理"),
    a_passage("p3", "（二）再登记。", "一、受理"),
    a_passage("p4", "1.看户口簿。", "二、审核", "（一）看材料"),
    a_passage("p5", "2.看账单。", "二、审核", "（一）看材料"),
    a_passage("p6", "17.张榜。", "二、审核", "（二）公示"),
)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("第一（二）项", ((1, 2),)),
        ("第二项", ((2,),)),
        ("四（二）1", ((4, 2, 1),)),
        ("第24项", ((24,),)),
        ("第一（二）项、第三项", ((1, 2), (3,))),
        ("第十一项", ((11,),)),
        ("第3条", ()),
        ("第1条、附件2", ()),
        ("", ()),
    ],
)
def test_items_are_read(text: str, items: tuple[ItemPath, ...]) -> None:
    assert items_in(text) == items


def test_where_a_passage_stands() -> None:
    assert [item_path(passage) for passage in NOTICE] == [
        (),
        (1, 1),
        (1, 2),
        (2, 1, 1),
        (2, 1, 2),
        (2, 2, 17),
    ]


@pytest.mark.parametrize(
    ("items", "parts"),
    [
        (((1, 2),), ["p3"]),
        (((2, 1),), ["p4", "p5"]),
        (((2,),), ["p4", "p5", "p6"]),
        (((2, 1, 2),), ["p5"]),
        (((17,),), ["p6"]),
        (((1, 2), (1,)), ["p3", "p2"]),
        (((3,),), []),
        (((2, 17),), []),
        ((), []),
    ],
)
def test_an_item_names_its_passages(items: tuple[ItemPath, ...], parts: list[str]) -> None:
    assert [passage.part for passage in passages_named(items, NOTICE)] == parts
