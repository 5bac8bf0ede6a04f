"""From free wording to a sum on the card: what is asked back, what is shown side by side, what is not computed."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest

from bot.calculators.words import load_words
from bot.conversation import load_follow_ups
from bot.stages.calculate import Desk, calculate_stage
from bot.stages.rewrite import rewrite
from bot.stages.verify import verify
from bot.types import AnswerStatus, BlockKind, Inquiry, Origin, Part, Question, Turn
from bot.wording import load_wording
from knowledge.instruments import load_instruments
from knowledge.normalise import normalise
from knowledge.parameters import load_parameters
from knowledge.places import Places
from knowledge.settings import Settings
from knowledge.snapshot import Snapshot
from knowledge.town import load_town
from knowledge.types import Basis, Confidence, Period
from tests.builders import ON, ShelfLibrary, a_hit, a_parameter, a_snapshot, an_instrument, found

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
LEXICON = KNOWLEDGE / "lexicon"
TOWN = load_town(Settings(_env_file=None).town_file)  # type: ignore[call-arg]
MEASURED = "程序测算，以审核为准。"


@cache
def bundled() -> Snapshot:
    """Our own figures and instruments, with one small entry."""
    instruments = load_instruments(KNOWLEDGE / "instruments")
    parameters = load_parameters(KNOWLEDGE / "parameters", instruments)
    return replace(a_snapshot(), instruments=instruments, parameters={"old-age": a_parameter(), **parameters})


def a_desk(snapshot: Snapshot | None = None) -> Desk:
    library = ShelfLibrary(snapshot or bundled(), found(a_hit()), TOWN)
    words, follow_ups = load_words(LEXICON / "calculators.yaml"), load_follow_ups(LEXICON)
    return Desk(cast(Any, library), words, follow_ups, load_wording(TOWN))


def asked(text: str, *, history: tuple[Turn, ...] = (), desk: Desk | None = None, **more: Any) -> Part:
    typed = normalise(text)
    part = Part(typed, typed=typed, about=Period.of_day(ON), **more)
    inquiry = Inquiry(Question(text, ON), history=history, parts=(part,))
    return calculate_stage(inquiry, desk=desk or a_desk()).parts[0]


def back(text: str, *choices: str) -> Turn:
    """The turn of a question back to `text`."""
    return Turn(text, text, AnswerStatus.ASK_BACK, pending=text, choices=choices)


def blocks(part: Part) -> dict[BlockKind, str]:
    return {draft.block.kind: draft.block.text for draft in part.drafts}


def test_a_whole_question_is_worked_out_and_says_so_once() -> None:
    part = asked("我1970年8月出生，男职工，什么时候退休？")
    shown = blocks(part)
    assert part.rule == "calculate:retirement"
    assert shown[BlockKind.CONCLUSION].startswith("法定退休年龄是61岁5个月，2032年1月退休。")
    assert BlockKind.CALCULATION in shown
    assert "\n".join(shown.values()).count(MEASURED) == 1
    assert shown[BlockKind.NOTE].endswith(MEASURED)
    assert {draft.block.origin for draft in part.drafts} == {Origin.CALCULATOR}


def test_every_result_cites_the_rule_and_the_figure_it_rests_on() -> None:
    part = asked("我家3口人农村的，收入一个月1000，低保能补多少？")
    cited = {citation.basis.title for draft in part.drafts for citation in draft.citations}
    assert "社会救助法" in cited
    assert any("保障标准" in title for title in cited)
    conclusion = part.drafts[0]
    assert conclusion.block.marks[0] == conclusion.block.citations == tuple(c.number for c in conclusion.citations)


def test_a_figure_that_may_have_changed_keeps_its_hedge() -> None:
    note = blocks(asked("我家3口人农村的，收入一个月1000，低保能补多少？"))[BlockKind.NOTE]
    assert "2025年7月起的数，之后有没有调，要问" in note


@pytest.mark.parametrize(
    "text",
    [
        "我1970年8月出生，男职工，什么时候退休？",
        "我家3口人农村的，收入一个月1000，低保能补多少？",
        "居民养老，个人账户里有8000元，每月能领多少？",
        "居民医保一档在一级医院住院花了2000元，能报多少？",
        "我2026年10月31日收到决定，申请行政复议最晚到哪天？",
        "医保断了一年没交，再交要等多久才能报？",
        "我1972年3月出生，什么时候退休？",
        "我1982年的女工人，多大退？",
        "我1982年的，多大退？",
    ],
)
def test_what_is_worked_out_passes_the_checks(text: str) -> None:
    part = asked(text, history=(back("别的问题", "甲"),))
    phones = frozenset(TOWN.hotlines)
    assert part.drafts
    for draft in part.drafts:
        judged = verify(draft, question_text=part.standalone, about=Period.of_day(ON), phones=phones)
        assert judged is not None, draft.block.text


def test_a_year_of_birth_is_enough_and_the_month_makes_it_exact() -> None:
    part = asked("我1982年的女干部，多大退")
    assert part.status is None
    assert blocks(part)[BlockKind.CONCLUSION].startswith("法定退休年龄是58岁，2040年1月到12月退休。\n告诉我出生月份，可以算准。")


def test_a_year_and_an_open_kind_give_one_line_for_each_kind() -> None:
    part = asked("我1982年的，多大退", history=(back("别的问题", "甲"),))
    assert blocks(part)[BlockKind.COMPARISON].split("\n") == [
        "男职工：法定退休年龄是63岁，2045年1月到12月退休。",
        "女干部、管理技术岗：法定退休年龄是58岁，2040年1月到12月退休。",
        "女工人：法定退休年龄53岁7个月到54岁，2035年8月到2036年12月退休。",
    ]


def test_one_missing_fact_is_asked_back_with_two_to_four_choices() -> None:
    part = asked("我什么时候退休？")
    assert part.status is AnswerStatus.ASK_BACK
    assert part.note == "ask:请问是哪年出生的？"
    assert 2 <= len(part.choices) <= 4
    assert part.pending == part.standalone


@pytest.mark.parametrize("answer", ["女工人", "女工"])
def test_an_answer_is_read_with_the_question_that_waited(answer: str) -> None:
    waiting = back("我1976年3月出生的女职工，什么时候退休", "女工人", "女干部或管理技术岗")
    part = asked(answer, history=(waiting,))
    assert "2026年11月" in blocks(part)[BlockKind.CONCLUSION]


def test_an_answer_in_free_words_is_completed() -> None:
    part = asked("一九七二年三月", history=(back("我是女工人，什么时候退休", "1970到1974年出生"),))
    assert "2022年3月" in blocks(part)[BlockKind.CONCLUSION]


@pytest.mark.parametrize("answer", ["不清楚", "我不晓得"])
def test_who_does_not_know_is_shown_every_case(answer: str) -> None:
    waiting = back("我1972年3月出生，什么时候退休", "男职工", "女工人", "女干部或管理技术岗")
    shown = blocks(asked(answer, history=(waiting,)))
    assert shown[BlockKind.COMPARISON].count("\n") == 2
    assert "女工人：" in shown[BlockKind.COMPARISON]
    assert shown[BlockKind.CONCLUSION].startswith("要看情况")


def test_never_two_questions_back_in_a_row() -> None:
    part = asked("1972年3月", history=(back("我什么时候退休", "1970到1974年出生"),))
    assert part.status is None
    assert blocks(part)[BlockKind.COMPARISON]


def test_a_new_question_after_a_question_back_stands_for_itself() -> None:
    waiting = back("我什么时候退休", "1970到1974年出生")
    part = asked("我家3口人农村的，收入一个月1000，低保能补多少？", history=(waiting,))
    assert part.rule == "calculate:dibao"
    assert "890元" in blocks(part)[BlockKind.CONCLUSION]


def test_a_follow_up_changes_the_case_that_was_worked_out() -> None:
    first = "我72年3月的女工人什么时候退休？"
    inquiry = Inquiry(Question("那68年5月的男职工呢？", ON), history=(Turn(first, first, AnswerStatus.ANSWERED),))
    places = Places((), {"local": (), "county": (), "other": ()}, (), (), (), ())
    asking = rewrite(inquiry, follow_ups=load_follow_ups(LEXICON), places=places, part_words={})
    done = calculate_stage(asking, desk=a_desk()).parts[0]
    assert "2029年4月退休" in blocks(done)[BlockKind.CONCLUSION]
    assert "72年3月" in done.understood


def test_a_follow_up_about_another_person_leaves_the_sex_and_post_of_the_first_behind() -> None:
    first = "我72年3月的女工人什么时候退休？"
    inquiry = Inquiry(Question("那我老公68年5月的呢？", ON), history=(Turn(first, first, AnswerStatus.ANSWERED),))
    places = Places((), {"local": (), "county": (), "other": ()}, (), (), (), ())
    asking = rewrite(inquiry, follow_ups=load_follow_ups(LEXICON), places=places, part_words={})
    done = calculate_stage(asking, desk=a_desk()).parts[0]
    assert "2029年4月退休" in blocks(done)[BlockKind.CONCLUSION]


PLACES = Places((), {"local": (), "county": (), "other": ()}, (), (), (), ())


@pytest.mark.parametrize(
    ("turns", "sum_"),
    [
        (["我家农村的，三口人，平均一个人一个月400块，低保能给多少", "要是平均只有300呢"], "990元"),
        (["农村三口人，我一个月挣1200，低保能补好多", "那五口人呢"], "1950元"),
        (["农村三口人，我一个月挣1200，低保能补好多", "那五口人呢", "要是挣1500呢"], "1650元"),
        (["农村三口人，我一个月挣1200，低保能补好多", "我老汉还有500呢"], "190元"),
    ],
)
def test_another_number_takes_the_place_of_the_first(turns: list[str], sum_: str) -> None:
    history = tuple(Turn(text, text, AnswerStatus.ANSWERED) for text in turns[:-1])
    asking = rewrite(
        Inquiry(Question(turns[-1], ON), history=history), follow_ups=load_follow_ups(LEXICON), places=PLACES, part_words={}
    )
    assert sum_ in blocks(calculate_stage(asking, desk=a_desk()).parts[0])[BlockKind.CONCLUSION]


def test_where_two_sums_could_be_meant_none_is_worked_out() -> None:
    first = "我家农村两口人，我打工1000，老婆卖菜100，低保补多少"
    inquiry = Inquiry(Question("要是挣800呢", ON), history=(Turn(first, first, AnswerStatus.ANSWERED),))
    asking = rewrite(inquiry, follow_ups=load_follow_ups(LEXICON), places=PLACES, part_words={})
    assert calculate_stage(asking, desk=a_desk()).parts[0].drafts == ()


def test_a_follow_up_about_something_else_is_not_worked_out_again() -> None:
    context, typed = "我72年3月的女工人什么时候退休?", "要带什么材料?"
    part = Part(f"{context}，{typed}", typed=typed, about=Period.of_day(ON))
    done = calculate_stage(Inquiry(Question(typed, ON), parts=(part,)), desk=a_desk()).parts[0]
    assert (done.drafts, done.rule, done.status) == ((), "", None)


def test_a_figure_that_is_not_held_gives_no_sum_but_the_phone() -> None:
    part = asked("居民养老每年交150元，交20年，每月能领多少？")
    assert part.status is AnswerStatus.NO_BASIS
    assert part.drafts == ()
    assert "12333" in part.note and "12333" in part.ask


def test_without_any_figure_nothing_is_computed() -> None:
    empty = replace(bundled(), parameters={})
    part = asked("我家3口人农村的，收入一个月1000，低保能补多少？", desk=a_desk(empty))
    assert (part.status, part.drafts) == (AnswerStatus.NO_BASIS, ())


def test_without_the_rules_nothing_is_claimed() -> None:
    unknown = replace(bundled(), instruments={"banfa": an_instrument()})
    part = asked("我1970年8月出生，男职工，什么时候退休？", desk=a_desk(unknown))
    assert (part.status, part.drafts, part.rule) == (None, (), "")


def test_impossible_input_gets_a_sentence() -> None:
    part = asked("我家30口人农村的，收入一个月1000，低保能补多少？")
    assert part.status is AnswerStatus.NO_BASIS
    assert part.note == "no-figure:家里人数要在1到20人之间。"


def test_local_sums_are_not_made_for_another_place_but_national_ones_are() -> None:
    assert asked("居民医保一档在一级医院住院花了2000元，能报多少？", place="某市").drafts == ()
    assert asked("我1970年8月出生，男职工，什么时候退休？", place="某市").drafts != ()


def test_what_has_ended_is_left_alone() -> None:
    part = Part("我1970年8月出生，男职工，什么时候退休？", typed="我1970年8月出生，男职工，什么时候退休？")
    ended = part.end(AnswerStatus.DECLINED, "x")
    inquiry = Inquiry(Question("x", ON), parts=(ended,))
    assert calculate_stage(inquiry, desk=a_desk()).parts == (ended,)


def test_the_entry_that_explains_the_rule_is_the_passage_that_is_cited() -> None:
    plain = bundled()
    name, entry = next(iter(plain.entries.items()))
    basis = Basis(plain.instruments["yanchi-tuixiu-banfa"], "第1条、附件1", Confidence.VERIFIED, ON)
    snapshot = replace(plain, entries={name: replace(entry, bases=dict.fromkeys(entry.bases, basis))})
    library = ShelfLibrary(snapshot, found(a_hit(name)), TOWN)
    desk = replace(a_desk(), library=cast(Any, library))
    first = asked("我1970年8月出生，男职工，什么时候退休？", desk=desk).drafts[0].citations[0]
    assert first.passage.document_id == name
    assert first.passage.url.startswith(f"/entries/{name}#")
    assert first.basis.title == basis.instrument.title
