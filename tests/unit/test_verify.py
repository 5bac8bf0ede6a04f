"""No 依据, no claim: what verify lets through and what it stops."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.stages.verify import verify
from bot.types import BasisRef, Block, BlockKind, Citation, Draft, Origin, PassageRef
from knowledge.figures import figures_in
from knowledge.types import Confidence, FigureState, Period

ON = date(2026, 11, 22)
TODAY = Period.of_day(ON)
DIBAO = "农村低保每人每月630元。\n城市低保每人每月770元。"


def a_citation(
    quote: str,
    number: int = 1,
    *,
    state: FigureState = FigureState.IN_FORCE,
    title: str = "",
    basis: str = "某某办法",
    document_number: str | None = None,
    article: str | None = None,
    start: date | None = None,
    end: date | None = None,
) -> Citation:
    rests_on = BasisRef(basis, document_number, "", article, "国家", start, end)
    passage = PassageRef(f"d{number}@v:p", f"d{number}", "v", title, "/entries/d", quote)
    return Citation(number, Confidence.VERIFIED, state, ON, passage, rests_on)


def a_draft(
    text: str,
    *citations: Citation,
    kind: BlockKind = BlockKind.AMOUNT,
    origin: Origin = Origin.EXTRACT,
    marks: tuple[tuple[int, ...], ...] = (),
) -> Draft:
    return Draft(Block(kind, text, tuple(c.number for c in citations), origin, marks), citations)


def passes(
    draft: Draft, question: str = "", about: Period = TODAY, phones: frozenset[str] = frozenset()
) -> bool:
    return verify(draft, question_text=question, about=about, phones=phones) is draft


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        ("农村低保每人每月630元。", "", True),
        ("农村低保每人每月770元。", "", False),
        ("每人每月630元。", "农村低保多少", True),
        ("每人每月770元。", "农村低保多少", False),
        ("每人每月630元。", "低保多少", False),
        ("农村的一个月630块。", "", True),
        ("农村低保每人每年630元。", "", False),
        ("农村低保每人每月六百三十元。", "", True),
        ("农村低保每人每月640元。", "", False),
        ("农村低保每人每月不超过630元。", "", False),
        ("特困人员每人每月630元。", "", False),
        ("要看一家人的收入。", "", True),
    ],
)
def test_value_and_type(text: str, question: str, expected: bool) -> None:
    assert passes(a_draft(text, a_citation(DIBAO)), question) is expected


def test_the_same_figure_for_somebody_else_is_no_answer() -> None:
    draft = a_draft("城市低保每人每月770元。", a_citation(DIBAO), kind=BlockKind.CONCLUSION)
    assert not passes(draft, "农村低保一个月多少")
    assert passes(draft, "城市低保一个月多少")
    assert passes(draft, "农村低保和城市低保差多少")


def test_a_block_without_citations_may_hold_no_figure() -> None:
    assert passes(a_draft("先问村干部。"))
    assert not passes(a_draft("先等30天。"))
    assert not passes(a_draft("依据第13条。"))


def test_only_cited_passages_count() -> None:
    cited, other = a_citation("要看收入。", 1), a_citation(DIBAO, 2)
    draft = Draft(Block(BlockKind.AMOUNT, "农村低保每人每月630元。", (1,)), (cited, other))
    assert not passes(draft)
    assert passes(replace(draft, block=replace(draft.block, citations=(1, 2))))


def test_a_line_rests_on_its_own_citations() -> None:
    first, second = a_citation("住院报80%。", 1), a_citation("门诊报60%。", 2)
    good = a_draft("住院报80%。\n门诊报60%。", first, second, marks=((1,), (2,)))
    bad = a_draft("住院报80%。\n门诊报60%。", first, second, marks=((2,), (1,)))
    unmarked = a_draft("住院报80%。\n门诊报60%。", first, second)
    assert (passes(good), passes(bad), passes(unmarked)) == (True, False, True)


@pytest.mark.parametrize(
    ("state", "about", "expected"),
    [
        (FigureState.IN_FORCE, TODAY, True),
        (FigureState.LAST_KNOWN, TODAY, True),
        (FigureState.UNKNOWN, TODAY, False),
        (FigureState.SUPERSEDED, TODAY, False),
        (FigureState.SUPERSEDED, Period.of_year(2024), True),
        (FigureState.SUPERSEDED, Period.of_day(date(2025, 7, 1)), False),
        (FigureState.NOT_YET, TODAY, False),
    ],
)
def test_state(state: FigureState, about: Period, expected: bool) -> None:
    cited = a_citation("每人每月610元。", state=state, start=date(2024, 9, 1), end=date(2025, 7, 1))
    assert passes(a_draft("每人每月610元。", cited), about=about) is expected


def test_a_coming_figure_answers_only_its_own_time() -> None:
    cited = a_citation("每人每月650元。", state=FigureState.NOT_YET, start=date(2027, 7, 1))
    draft = a_draft("每人每月650元。", cited)
    assert not passes(draft)
    assert passes(draft, about=Period.of_year(2027))


def test_a_superseded_figure_without_an_end_is_never_that_of_today() -> None:
    cited = a_citation("每人每月610元。", state=FigureState.SUPERSEDED, start=date(2024, 9, 1))
    draft = a_draft("每人每月610元。", cited)
    assert not passes(draft)
    assert passes(draft, about=Period.of_year(2024))
    assert not passes(draft, about=Period.of_year(2023))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年7月1日起施行。", True),
        ("2021年7月起施行。", True),
        ("2021年起施行。", True),
        ("2021年8月起施行。", False),
        ("2021年7月2日起施行。", False),
        ("依据民发〔2021〕57号。", True),
        ("依据民发〔2021〕75号。", False),
        ("依据财发〔2021〕57号。", False),
        ("依据《某某办法》第7条。", True),
        ("依据《某某办法》第8条。", False),
        ("依据《别的办法》第7条。", False),
        ("依据《某某办法》第七条。", True),
        ("依据第10条。", True),
        ("依据第12条。", False),
    ],
)
def test_numbers_of_the_basis(text: str, expected: bool) -> None:
    cited = a_citation(
        "要看收入。",
        document_number="民发〔2021〕57号",
        article="第7条、第9条至第11条",
        start=date(2021, 7, 1),
    )
    assert passes(a_draft(text, cited)) is expected


def test_an_article_belongs_to_its_own_law() -> None:
    first = a_citation("要看收入。", 1, basis="甲办法", article="第7条")
    second = a_citation("要看财产。", 2, basis="乙办法", article="第9条")
    assert passes(a_draft("依据《甲办法》第7条、《乙办法》第9条。", first, second))
    assert not passes(a_draft("依据《甲办法》第9条、《乙办法》第7条。", first, second))


def test_figures_inside_a_cited_title_are_no_claims() -> None:
    cited = a_citation("要看收入。", basis="关于做好2023年第2批10项工作的通知")
    assert passes(a_draft("见《关于做好2023年第2批10项工作的通知》。", cited))
    assert not passes(a_draft("见《关于做好2023年第2批12项工作的通知》。", cited))


def test_phones_come_from_the_records() -> None:
    cited = a_citation(DIBAO + "\n问12345或者12349。")
    draft = a_draft("农村低保每人每月630元，问12345。", cited)
    assert passes(draft, phones=frozenset({"12345"}))
    assert not passes(draft, phones=frozenset({"12349"}))
    assert passes(a_draft("打 023-5423 1234。"), phones=frozenset({"023-54231234"}))
    assert not passes(a_draft("打13800138000。"))


@pytest.mark.parametrize("swapped", ["机构里的每月1651元，散居的每月1851元。", "散居的每月1851元。"])
def test_swapped_values_are_stopped_by_the_wording(swapped: str) -> None:
    quote = "机构里的每月1851元，散居的每月1651元。"
    assert passes(a_draft(quote, a_citation(quote)))
    assert not passes(a_draft(swapped, a_citation(quote)))


def test_clauses_may_be_told_in_another_order() -> None:
    quote = "普通程序60日内作决定，简易程序30日内作决定。"
    assert passes(a_draft("简易程序30日内作决定，普通程序60日内作决定。", a_citation(quote)))


def test_older_of_two_figures_answers_only_its_year() -> None:
    quote = "2024年9月起每人每月610元。\n2025年7月起每人每月630元。"
    assert passes(a_draft("每人每月630元。", a_citation(quote)))
    assert not passes(a_draft("每人每月610元。", a_citation(quote)))
    assert passes(a_draft("每人每月610元。", a_citation(quote)), about=Period.of_year(2024))


def test_calculators_are_trusted_with_sums_but_not_with_articles_and_phones() -> None:
    cited = a_citation(DIBAO, article="第20条")
    worked_out = "大约每月690元。"
    assert passes(a_draft(worked_out, cited, origin=Origin.CALCULATOR))
    assert not passes(a_draft(worked_out, cited, origin=Origin.EXTRACT))
    assert not passes(a_draft(worked_out + "见第21条。", cited, origin=Origin.CALCULATOR))
    assert not passes(a_draft(worked_out + "问12333。", cited, origin=Origin.CALCULATOR))


LINES = (
    "农村低保每人每月630元（原610元）。",
    "一档住院：一级医院报80%，二级医院报70%，三级医院报50%。",
    "年满60周岁、累计缴费满15年，可以领。",
    "镇里收齐材料后，30个工作日内给结果。",
    "2030年要缴15年半，2031年要缴16年。",
    "每年缴200元，政府补40元。",
    "罚款500元以上3000元以下，拘留15日以下。",
    "依据是民发〔2021〕57号第13条。",
    "2025年1月1日起施行。",
    "要三分之二以上的村民代表同意。",
)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=5, unique=True), st.data())
def test_a_text_verifies_against_itself_and_so_does_each_line(lines: list[str], data: st.DataObject) -> None:
    cited = a_citation("\n".join(lines))
    assert passes(a_draft("\n".join(lines), cited))
    assert passes(a_draft(data.draw(st.sampled_from(lines)), cited))


@given(st.sampled_from(LINES), st.data())
def test_changing_any_digit_is_stopped(line: str, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from([i for i, c in enumerate(line) if c.isdigit()] or [-1]))
    assume(place >= 0)
    digit = data.draw(st.sampled_from([d for d in "123456789" if d != line[place]]))
    changed = line[:place] + digit + line[place + 1 :]
    assume(figures_in(changed) != figures_in(line))
    assert not passes(a_draft(changed, a_citation(line)))


def test_a_figure_from_the_next_line_is_stopped() -> None:
    tried = 0
    for line in LINES:
        for other in LINES:
            cited = a_citation(line + "\n" + other)
            for changed in _with_figures_of(line, other):
                tried += 1
                assert not passes(a_draft(changed, cited)), changed
    assert tried >= 50


def _with_figures_of(line: str, other: str) -> list[str]:
    """The line with one figure replaced by another one of the same unit from either line."""
    found = []
    for here in figures_in(line):
        for there in (*figures_in(line), *figures_in(other)):
            alike = here.kind is there.kind and here.unit == there.unit
            if alike and (here.value, here.key) != (there.value, there.key):
                found.append(line[: here.start] + there.text + line[here.end :])
    return found
