"""An answer becomes the card of the design guide: order, tags, dates, marks, danger first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.types import Answer, AnswerStatus, BlockKind, Origin
from bot.wording import Wording, load_wording
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import Confidence, FigureState, Town
from tests.fakes import ON, FakeLine, a_block, a_citation, an_answer, an_entry, danger_answer, full_answer
from web.cards import answer_card, entry_card, in_order, lines_of, spell_day
from web.views import CardView, ContactView

TOWN = load_town(Settings(_env_file=None).town_file)  # type: ignore[call-arg]


@pytest.fixture(scope="module")
def town() -> Town:
    return TOWN


@pytest.fixture(scope="module")
def wording(town: Town) -> Wording:
    return load_wording(town)


def card_of(answer: Answer) -> CardView:
    return answer_card(answer, load_wording(TOWN), TOWN)


def test_blocks_stand_in_the_order_of_the_guide_whatever_order_they_came_in() -> None:
    answer = full_answer()
    backwards = replace(answer, blocks=tuple(reversed(answer.blocks)))
    kinds = [block.kind for block in card_of(backwards).blocks]
    assert kinds == [
        "conditions",
        "comparison",
        "amount",
        "steps",
        "where",
        "materials",
        "duration",
        "fee",
        "note",
    ]
    assert card_of(backwards).heading == "可以领，年满80岁就能申请。"


def test_two_questions_keep_their_own_conclusions_and_order() -> None:
    first, second = a_block(text="一。"), a_block(text="二。")
    note, steps = a_block(BlockKind.NOTE), a_block(BlockKind.STEPS)
    assert in_order([first, note, steps, second, note]) == [first, steps, note, second, note]


def test_marks_stay_with_their_line() -> None:
    lines = lines_of(a_block(BlockKind.CONDITIONS, "年满80岁。\n户口在本县。", ((1,), (2,))))
    assert [line.marks for line in lines] == [(1,), (2,)]


def test_without_marks_per_line_the_last_line_carries_all() -> None:
    block = replace(a_block(BlockKind.STEPS, "一。\n二。"), marks=(), citations=(1, 3))
    assert [line.marks for line in lines_of(block)] == [(), (1, 3)]


@pytest.mark.parametrize(
    ("state", "ends", "tag", "tone"),
    [
        (FigureState.IN_FORCE, None, "现行有效", "ok"),
        (FigureState.IN_FORCE, date(2027, 1, 1), "2027年1月1日起失效", "warn"),
        (FigureState.LAST_KNOWN, None, "可能有调整", "warn"),
        (FigureState.SUPERSEDED, None, "已被替换", "danger"),
        (FigureState.NOT_YET, None, "还没施行", "warn"),
        (FigureState.UNKNOWN, None, "没查到现行的", "warn"),
    ],
)
def test_a_source_says_what_it_is_worth(state: FigureState, ends: date | None, tag: str, tone: str) -> None:
    answer = an_answer(blocks=(a_block(),), citations=(a_citation(state=state, effective_to=ends),))
    source = card_of(answer).sources[0]
    assert (source.tag, source.tone) == (tag, tone)


def test_a_source_names_number_issuer_date_and_article() -> None:
    source = card_of(full_answer()).sources[0]
    assert source.details == ("例〔2026〕7号", "某部门", "2026年9月1日起施行", "第5条")


def test_a_secondhand_source_is_named_as_such() -> None:
    answer = an_answer(blocks=(a_block(),), citations=(a_citation(confidence=Confidence.SECONDHAND),))
    assert card_of(answer).sources[0].secondhand == "网上转载，未见原文件"


def test_one_place_in_a_document_is_one_line_with_all_its_numbers() -> None:
    answer = an_answer(
        blocks=(a_block(),), citations=(a_citation(1), a_citation(2), a_citation(3, title="另一个"))
    )
    assert [source.numbers for source in card_of(answer).sources] == [(1, 2), (3,)]


def test_only_what_is_known_of_a_date_is_said() -> None:
    day = date(2026, 9, 1)
    assert [spell_day(day, precision) for precision in ("day", "month", "year")] == [
        "2026年9月1日",
        "2026年9月",
        "2026年",
    ]


def test_danger_stands_first_with_its_numbers_and_not_twice() -> None:
    card = card_of(danger_answer())
    assert card.danger == ("如果现在有危险，先打 110。",)
    assert [contact.phone for contact in card.urgent] == ["110", "120"]
    assert [contact.phone for contact in card.contacts] == ["12338"]
    assert all(block.kind != "danger" for block in card.blocks)


def test_a_question_back_ends_with_not_sure() -> None:
    answer = an_answer(AnswerStatus.ASK_BACK, suggestions=("满了", "没满"))
    card = card_of(answer)
    assert card.choices == ("满了", "没满", "不清楚")
    assert card.suggestions == ()


def test_a_sentence_of_its_own_wins_over_the_status_sentence() -> None:
    card = card_of(an_answer(AnswerStatus.NO_BASIS, sentence="别处的规定我没有。"))
    assert card.heading == "别处的规定我没有。"


@pytest.mark.parametrize("origin", Origin)
def test_the_chip_is_the_strongest_origin_of_the_answer(wording: Wording, origin: Origin) -> None:
    card = card_of(replace(full_answer(), origin=origin))
    assert card.chip == wording.chip(origin)
    assert card.closing == wording.closing(origin)


def test_not_reviewed_is_said_until_someone_of_the_town_has() -> None:
    assert card_of(full_answer()).not_reviewed == "本条由项目整理，镇里还没有审核"
    assert card_of(replace(full_answer(), reviewed=True)).not_reviewed == ""


def test_an_entry_is_a_card_whose_parts_have_addresses(wording: Wording, town: Town) -> None:
    card = entry_card(an_entry(), wording, town, ON)
    assert [block.anchor for block in card.blocks] == ["conditions", "steps"]
    assert card.heading == "年满80岁、户口在本县的，可以领。"
    assert [contact.phone for contact in card.contacts] == ["12345"]
    assert card.sources[0].url == "/documents/banfa#passage-article-5"


def test_nothing_a_conclusion_says_is_lost(wording: Wording, town: Town) -> None:
    """The caution about a figure is its second line: on an answer and on an entry's page."""
    caution = "之后有没有调，要问12345。"
    answer = an_answer(blocks=(a_block(text=f"每月100元。\n{caution}", marks=((1,), (2,))),))
    assert [line.text for line in card_of(answer).more] == [caution]
    entry = an_entry()
    lines = (*entry.parts[0].lines, FakeLine(caution, (1,)))
    cautious = replace(entry, parts=(replace(entry.parts[0], lines=lines), *entry.parts[1:]))
    assert [line.text for line in entry_card(cautious, wording, town, ON).more] == [caution]


def test_a_telephone_link_holds_digits_only() -> None:
    assert ContactView("某所", "023-5423 0000").tel == "tel:02354230000"
