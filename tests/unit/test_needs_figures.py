"""普法需求: adding up, hiding small groups, spans, what rose, advice that names its figures, charts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.database.counts_values import CountRow
from tests.counted import an_event
from web.staff.needs.advice import TOO_FEW, Seen, advice
from web.staff.needs.chart import bars, columns
from web.staff.needs.figures import OUTCOMES, figures
from web.staff.needs.hiding import FEW, LEAST, cell, fold
from web.staff.needs.names import Names
from web.staff.needs.rising import rises
from web.staff.needs.spans import Span, before, month_of, months_of, span_of
from web.staff.needs.tables import ranked

TODAY = date(2026, 11, 22)
NAMES = Names({"dibao": "低保", "yibao": "医保"}, {"a": "怎么办"}, {"fair": "赶集"})
ROWS = st.lists(
    st.builds(
        CountRow,
        st.sampled_from(["phone", "kiosk", ""]),
        st.sampled_from(["", "fair", "gone"]),
        st.sampled_from(["", "dibao", "yibao"]),
        st.sampled_from(["", "a", "b"]),
        st.sampled_from([*OUTCOMES, "new_status"]),
        st.integers(1, 40),
        st.integers(0, 9),
    ),
    max_size=40,
)


def row(questions: int, status: str = "answered", topic: str = "dibao", event: str = "", entry: str = "") -> CountRow:
    return CountRow("phone", event, topic, entry, status, questions, 1)


def span(key: str, today: date = TODAY) -> Span:
    found = span_of(key, today)
    assert found is not None
    return found


@settings(deadline=None)
@given(ROWS)
def test_every_sum_is_what_a_slow_count_says(rows: list[CountRow]) -> None:
    found = figures(rows)
    assert found.questions == sum(each.questions for each in rows)
    for held, name in ((found.topics, "topic"), (found.channels, "channel"), (found.events, "event")):
        for value in {getattr(each, name) for each in rows}:
            assert held[value] == sum(each.questions for each in rows if getattr(each, name) == value)
        assert sum(held.values()) == found.questions
    assert found.unanswered == sum(each.questions for each in rows if each.status in ("no_basis", "withheld"))
    assert sum(found.outcomes.values()) == found.questions
    missed = [each for each in rows if each.status in ("no_basis", "withheld", "partial")]
    assert sum(found.missed.values()) == sum(each.questions for each in missed)
    helped = [each for each in rows if each.status in ("answered", "partial") and each.entry]
    assert sum(found.helped.values()) == sum(each.questions for each in helped)
    assert sum(found.event_sessions.values()) == found.sessions


@settings(deadline=None)
@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 30), max_size=12))
def test_no_group_under_five_is_shown_and_nothing_is_lost(counts: dict[str, int]) -> None:
    groups = fold(counts)
    assert all(group.number is not None and group.number >= LEAST for group in groups.shown)
    assert {group.name for group in groups.shown} == {name for name, number in counts.items() if number >= LEAST}
    rest = sum(number for number in counts.values() if number < LEAST)
    assert (groups.folded is None) == (rest == 0)
    if groups.folded is not None:
        assert groups.folded.cell == (rest if rest >= LEAST else FEW)
    shown = ranked("表", "项", counts, str)
    assert not any(isinstance(value, int) and 0 < value < LEAST for _, value in shown.rows)


@pytest.mark.parametrize(("number", "shown"), [(0, 0), (1, FEW), (4, FEW), (5, 5)])
def test_a_single_count(number: int, shown: int | str) -> None:
    assert cell(number) == shown


@pytest.mark.parametrize("key", ["", "2026-13", "2026-1", "26-11", "2019", "2026-12", "2027", "2026-11-22", "２０２６"])
def test_what_is_no_time_or_not_begun(key: str) -> None:
    assert span_of(key, TODAY) is None


def test_a_month_and_a_year() -> None:
    assert (span("2026-11").first, span("2026-11").end) == (date(2026, 11, 1), date(2026, 12, 1))
    assert span("2026-11").words == "2026年11月" and not span("2026-11").is_year
    assert (span("2026").first, span("2026").last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert [month.key for month in months_of(span("2026"))] == [f"2026-{number:02d}" for number in range(1, 13)]
    assert [month.key for month in months_of(span("2026-02"))][0] == "2025-03"


@settings(deadline=None)
@given(st.dates(date(2021, 1, 1), date(2030, 12, 31)))
def test_a_running_month_is_compared_with_as_many_days(today: date) -> None:
    now = month_of(today)
    compared = before(now, today)
    assert compared.end <= now.first and month_of(compared.first).end == now.first
    length, days = (compared.end - compared.first).days, (today - now.first).days + 1
    whole = (now.first - compared.first).days
    assert length == (whole if today == now.last else min(days, whole))


def test_a_time_that_is_over_is_compared_whole() -> None:
    assert before(span("2026-10"), TODAY).words == "2026年9月"
    assert before(span("2026-11"), TODAY).words == "2026年10月1日到22日"
    assert before(span("2026"), TODAY).words == "2025年1月1日到11月22日"
    assert before(span("2025"), TODAY).words == "2024年"


def test_what_rose_most_stands_first_and_small_things_stay_out() -> None:
    found = rises({"a": 9, "b": 30, "c": 4, "d": 8, "": 50}, {"a": 8, "b": 10, "d": 8})
    assert [(rise.name, rise.more) for rise in found] == [("b", 20), ("a", 1)]


def a_seen(rows: list[CountRow], earlier: list[CountRow] | None = None, **more: object) -> Seen:
    return Seen(figures(rows), figures(earlier or []), before(span("2026-11"), TODAY), (), NAMES, **more)  # type: ignore[arg-type]


@settings(deadline=None)
@given(ROWS, ROWS)
def test_every_figure_in_an_advice_comes_from_the_counts(rows: list[CountRow], earlier: list[CountRow]) -> None:
    seen = a_seen(rows, earlier)
    held: Counter[str] = Counter()
    for tally in (seen.now.topics, seen.now.missed, seen.now.statuses, seen.earlier.topics):
        held.update(str(number) for number in tally.values())
    held.update(["0", str(seen.now.questions), "110", "120"])
    for sentence in advice(seen):
        plain = sentence.replace(seen.compared.words, "").replace(FEW, "")
        for number, percent in re.findall(r"(\d+)(%?)", plain):
            assert percent or number in held, sentence


def test_each_rule_speaks_when_its_figures_are_there() -> None:
    rows = [row(60), row(20, "no_basis"), row(9, "needs_person", "yibao"), row(5, "danger", "")]
    said = "\n".join(advice(a_seen(rows, [row(10)])))
    assert "“低保”问了 80 次，20 次没答上或只答了一部分（25%）" in said
    assert "10 次，现在 80 次。建议下一场普法讲这个" in said
    assert "问得最多的是“低保”，80 次，占全部 94 次的 85%" in said
    assert "有 9 次要当面问（占 10%）" in said
    assert "有 5 次说到眼前的危险" in said


def test_events_without_their_number_and_without_a_kiosk_are_named() -> None:
    events = (an_event("a", present=None), an_event("b"))
    seen = Seen(figures([row(30, event="b")]), figures([]), before(span("2026-11"), TODAY), events, NAMES)
    said = "\n".join(advice(seen))
    assert "2 场活动里有 1 场没填到场人次（活动a）" in said
    assert "2 场活动里有 1 场没有大屏的次数" in said


@pytest.mark.parametrize("rows", [[], [row(4)], [row(4, "no_basis"), row(4, "needs_person", "yibao")]])
def test_too_few_questions_make_no_advice(rows: list[CountRow]) -> None:
    assert advice(a_seen(rows)) == (TOO_FEW,)


@pytest.mark.parametrize("make", [bars, columns])
def test_a_chart_is_plain_markup_without_script_or_style(make: object) -> None:
    drawn = str(make("图<b>", [("<script>alert(1)</script>", 9), ("二", 3), ("三", 0)]))  # type: ignore[operator]
    assert "<script" not in drawn and "style=" not in drawn and "&lt;script" in drawn
    assert 'role="img"' in drawn and "图&lt;b&gt;" in drawn
    heights = [int(number) for number in re.findall(r' height="(\d+)"', drawn)]
    assert all(number >= 0 for number in heights)
    assert make("空", []) == "" and make("空", [("一", 0)]) == ""  # type: ignore[operator]


def test_the_longest_bar_belongs_to_the_largest_number() -> None:
    wide = [int(number) for number in re.findall(r'width="(\d+)"', str(bars("图", [("一", 50), ("二", 25)])))]
    assert wide[0] == 2 * wide[1]
