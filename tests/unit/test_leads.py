"""Which lines a small screen shows first: those of what was asked, with every caution that belongs to them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.leads import MOST, leads, with_leads
from bot.types import Block, BlockKind, Draft, Part
from knowledge.types import PartKind
from tests.fakes import a_citation

CAUTION = "这是2022年1月起的数，之后有没有调，要问12333。"
SEVERAL = "这些是2022年1月起、2020年起的数，之后有没有调，要问12333。"
CONCLUSION = Block(BlockKind.CONCLUSION, "可以领，每月发。", (1,), marks=((1,),))
CONDITIONS = Block(BlockKind.CONDITIONS, "年满60岁。\n户口在本县。\n没有领别的。\n一直住在家里。", (1,), marks=((1,),) * 4)
AMOUNT = Block(BlockKind.AMOUNT, f"每月100元。\n80岁起每月200元。\n{CAUTION}", (2,), marks=((2,), (2,), (2,)))
STEPS = Block(BlockKind.STEPS, "到窗口填表。\n等两天听通知。", (), marks=((), ()))
BLOCKS = [CONCLUSION, CONDITIONS, AMOUNT, STEPS]
TITLES = {1: "办法", 2: "通知"}


def test_the_lines_that_share_words_with_the_question_lead() -> None:
    conclusion, conditions, amount, steps = leads(BLOCKS, TITLES, "户口不在本县的人要不要填表")
    assert conclusion == () and 1 in conditions and 0 in steps
    assert amount == ()


def test_the_part_asked_for_leads() -> None:
    *_, amount, steps = leads(BLOCKS, TITLES, "去了该啷个弄", PartKind.STEPS.value)
    assert steps == (0, 1) and amount == ()


def test_where_nothing_speaks_of_the_question_the_first_lines_lead() -> None:
    assert leads(BLOCKS, TITLES)[1] == tuple(range(MOST))


@pytest.mark.parametrize("caution", [CAUTION, SEVERAL], ids=["one date", "several dates"])
def test_a_figure_never_leads_without_its_caution(caution: str) -> None:
    amount = replace(AMOUNT, text=f"每月100元。\n每月200元。\n每月300元。\n{caution}", marks=((2,),) * 4)
    assert leads([CONCLUSION, amount], TITLES, "一个月好多钱", PartKind.AMOUNT.value)[1] == (0, 1, 2, 3)


def test_a_caution_of_another_block_comes_with_the_figures_of_its_document() -> None:
    """An entry says a caution once: under the first block that has figures of the document."""
    first = replace(CONDITIONS, text=f"交过钱的人。\n{CAUTION}", marks=((2,), (2,)))
    sums = replace(AMOUNT, text="每月100元。\n80岁起每月200元。\n90岁起每月300元。", marks=((2,),) * 3)
    conditions, amount = leads([first, sums], TITLES, "好多", "amount")
    assert conditions == (1,) and amount == (0, 1, 2)


def test_a_caution_that_the_conclusion_gives_is_not_given_twice() -> None:
    said = replace(CONCLUSION, text=f"每月100元。\n{CAUTION}", marks=((2,), (2,)))
    assert leads([said, AMOUNT], TITLES, "好多", "amount")[1] == (0, 1)


@pytest.mark.parametrize(("other", "lines"), [(CAUTION, ()), (CAUTION.replace("2022", "2021"), (1,))], ids=["same", "older"])
def test_a_caution_never_stands_alone_where_the_same_is_said_beside_a_sum(other: str, lines: tuple[int, ...]) -> None:
    amount = replace(AMOUNT, text=f"每月100元。\n每月200元。\n每月300元。\n{SEVERAL}", marks=((2,),) * 4)
    elsewhere = replace(AMOUNT, kind=BlockKind.COMPARISON, text=f"别处也发。\n{other}", marks=((2,), (2,)))
    assert leads([CONCLUSION, amount, elsewhere], TITLES, "一个月好多钱", "amount")[1:] == [(0, 1, 2, 3), lines]


def test_rules_that_differ_are_never_out_of_sight() -> None:
    note = Block(BlockKind.NOTE, "老条例写的不一样，和法律冲突。\n别的以后再说。", (1,), marks=((1,), ()))
    assert 0 in leads([CONCLUSION, CONDITIONS, note], TITLES, "户口在本县")[2]


def test_a_part_hands_its_words_on_and_its_blocks_stay_as_they_are() -> None:
    drafts = tuple(Draft(block, (a_citation(1), a_citation(2))) for block in BLOCKS)
    part = with_leads(Part("填表要等好久", typed="填表要等好久", wanted=PartKind.STEPS, drafts=drafts))
    assert part.drafts[3].block.leads == (0, 1)
    assert [replace(draft.block, leads=None) for draft in part.drafts] == BLOCKS
