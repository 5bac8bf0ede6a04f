"""What of a card is folded: said by its summary, nothing lost, nothing doubtful out of sight."""

from __future__ import annotations

from dataclasses import replace

from bot.types import Answer, Block, BlockKind
from bot.wording import load_wording
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import FigureState
from tests.fakes import ON, a_block, a_citation, an_answer, an_entry, danger_answer, full_answer
from web.cards import answer_card, entry_card
from web.views import BlockView, CardView

TOWN = load_town(Settings(_env_file=None).town_file)  # type: ignore[call-arg]


def led(answer: Answer, **rows: tuple[int, ...]) -> CardView:
    """The card of the answer with these leading lines, none in the blocks not named."""
    blocks = tuple(replace(block, leads=rows.get(block.kind.value, ())) for block in answer.blocks)
    return answer_card(replace(answer, blocks=blocks), load_wording(TOWN), TOWN)


def texts(blocks: tuple[BlockView, ...]) -> list[str]:
    return [line.text for block in blocks for line in block.lines]


def test_leading_lines_and_the_short_form_stand_open() -> None:
    card = led(full_answer(), conditions=(1,))
    assert texts(card.parts[0].open) == ["户口在本县。", "户口所在的镇。", "身份证、户口簿、银行卡。"]


def test_the_summary_says_how_much_is_folded_and_what() -> None:
    card = led(full_answer(), conditions=(0, 1))
    assert card.parts[0].summary == "还有 8 条说明：分情况、金额、怎么办、多久、费用、注意"
    assert len(texts(card.parts[0].folded)) == 8


def test_nothing_is_lost_or_said_twice() -> None:
    card = led(full_answer(), conditions=(1,), steps=(0,))
    part = card.parts[0]
    assert sorted(texts(part.open) + texts(part.folded)) == sorted(texts(card.blocks))
    assert {*card.open_sources, *card.folded_sources} == set(card.sources)


def test_an_answer_of_which_nobody_chose_lines_is_not_folded() -> None:
    card = answer_card(full_answer(), load_wording(TOWN), TOWN)
    assert card.parts[0].folded == () and card.parts[0].open == card.blocks


def test_beside_danger_nothing_is_folded() -> None:
    both = replace(full_answer(), blocks=(*danger_answer().blocks, *full_answer().blocks))
    card = led(both)
    assert card.parts[0].folded == () and card.folded_sources == ()


def test_each_of_two_questions_keeps_its_conclusion_open_and_has_its_own_fold() -> None:
    one, two = a_block(BlockKind.CONDITIONS, "一。\n二。"), a_block(text="再说第二件。")
    answer = an_answer(blocks=(a_block(), one, two, a_block(BlockKind.STEPS, "三。\n四。")), citations=(a_citation(1),))
    first, second = led(answer, conditions=(0,), steps=(1,)).parts
    assert (texts(first.open), texts(first.folded)) == (["一。"], ["二。"])
    assert (texts(second.open), texts(second.folded)) == (["再说第二件。", "四。"], ["三。"])


def test_what_was_known_last_is_not_folded() -> None:
    last = Block(BlockKind.AMOUNT, "每月100元。\n每月200元。", title="最近知道的", leads=())
    answer = an_answer(blocks=(a_block(), last), citations=(a_citation(1),))
    assert answer_card(answer, load_wording(TOWN), TOWN).parts[0].folded == ()


def test_sources_of_the_conclusion_stand_open_and_doubtful_ones_of_open_lines() -> None:
    steps = a_block(BlockKind.STEPS, "一。\n二。\n三。", ((2,), (3,), (4,)))
    old = [a_citation(number, title=f"第{number}个", state=FigureState.LAST_KNOWN) for number in (3, 4)]
    cited = (a_citation(1), a_citation(2, title="乙"), *old)
    card = led(an_answer(blocks=(a_block(marks=((1,),)), steps), citations=cited), steps=(0, 1))
    assert [source.numbers for source in card.open_sources] == [(1,), (3,)]
    assert card.sources_summary == "还有 2 条依据"


def test_one_source_always_stands_open() -> None:
    steps = a_block(BlockKind.STEPS, "一。\n二。", ((1,), (2,)))
    card = led(an_answer(blocks=(a_block(marks=((),)), steps), citations=(a_citation(1), a_citation(2, title="乙"))))
    assert [source.numbers for source in card.open_sources] == [(1,)]


def test_an_entry_opens_with_its_first_lines_and_keeps_its_addresses() -> None:
    card = entry_card(an_entry(), load_wording(TOWN), TOWN, ON)
    shown = [*card.parts[0].open, *card.parts[0].folded]
    assert [block.anchor for block in shown] == ["conditions", "steps"]
