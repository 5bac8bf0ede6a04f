"""Counts, events and kiosks on every database: sums equal a recount, files taken once, changes logged with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from bot.adapters.store import SqlStore
from knowledge.database.counts_desk import CountsDesk
from knowledge.database.counts_values import Choice, DayCounts, EventChange, Pairing, SentCounts, Taken
from knowledge.database.engine import open_database, reading
from knowledge.database.staff_log import newest
from knowledge.database.staff_values import Deed
from tests.contracts.databases import KINDS, database
from tests.counted import Counted, a_count, an_event, put_counts, recount
from web.staff.needs.figures import figures

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TOWN = "here"
FIRST, END = date(2026, 11, 1), date(2026, 12, 1)
KIOSK = "a" * 32


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def desk(engine: Engine) -> CountsDesk:
    return CountsDesk(engine, TOWN)


def deed(what: str = "step", at: datetime = NOW) -> Deed:
    return Deed("bian", what, "x", at)


def logged(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return [each.what for each in newest(connection, TOWN, 50)]


def sent(*counted: Counted, at: datetime = NOW, digest: str = "1" * 64, **more: object) -> SentCounts:
    days = tuple(
        DayCounts(day, tuple(each.row for each in counted if each.day == day))
        for day in sorted({each.day for each in counted})
    )
    return SentCounts(**({"installation": KIOSK, "made_at": at, "digest": digest, "days": days, "events": ()} | more))  # type: ignore[arg-type]


COUNTED = st.lists(
    st.builds(
        lambda day, source, channel, event, topic, status, questions, sessions: a_count(
            questions, sessions, day=day, channel=channel, event=event, topic=topic, status=status, installation=source
        ),
        st.dates(date(2026, 10, 20), date(2026, 12, 10)),
        st.sampled_from(["0" * 32, KIOSK]),
        st.sampled_from(["phone", "kiosk"]),
        st.sampled_from(["", "fair-1"]),
        st.sampled_from(["", "dibao", "land"]),
        st.sampled_from(["answered", "partial", "no_basis", "danger"]),
        st.integers(1, 50),
        st.integers(0, 5),
    ),
    max_size=25,
    unique_by=lambda each: (each.day, each.installation, each.row.channel, each.row.event, each.row.topic, each.row.status),
)


@pytest.fixture(scope="module")
def memory() -> Iterator[Engine]:
    opened = open_database("sqlite://", migrate=True)
    yield opened
    opened.dispose()


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(counted=COUNTED)
def test_figures_equal_a_recount_of_the_table(memory: Engine, counted: list[Counted]) -> None:
    put_counts(memory, TOWN, counted)
    put_counts(memory, "elsewhere", [a_count(1000)])
    found = figures(CountsDesk(memory, TOWN).sums(FIRST, END))
    for held, key in (
        (found.topics, lambda row: row.topic),
        (found.channels, lambda row: row.channel),
        (found.events, lambda row: row.event),
        (found.statuses, lambda row: row.status),
    ):
        assert held == recount(memory, TOWN, FIRST, END, key)
    days = CountsDesk(memory, TOWN).by_day(FIRST, END)
    assert [day for day, _, _ in days] == sorted({each.day for each in counted if FIRST <= each.day < END})
    assert sum(questions for _, questions, _ in days) == found.questions
    assert sum(sessions for _, _, sessions in days) == found.sessions
    for topic in ("", "dibao"):
        chosen = figures(CountsDesk(memory, TOWN).sums(FIRST, END, Choice(topic=topic)))
        assert chosen.questions == found.topics.get(topic, 0)


def test_figures_stay_when_the_texts_go(engine: Engine, desk: CountsDesk) -> None:
    put_counts(engine, TOWN, [a_count(9, day=date(2026, 1, 5))])
    year = (date(2026, 1, 1), date(2027, 1, 1))
    before = desk.sums(*year)
    SqlStore(engine, TOWN).purge(NOW + timedelta(days=400), TODAY + timedelta(days=400))
    assert desk.sums(*year) == before and before[0].questions == 9


def test_events_are_kept_and_changes_are_logged(engine: Engine, desk: CountsDesk) -> None:
    event = an_event()
    assert desk.add_event(event, deed("add_event")) is EventChange.DONE
    assert desk.add_event(replace(event, name="别的"), deed("again")) is EventChange.EXISTS
    changed = replace(event, present=80, day=TODAY - timedelta(days=1), made_by="fu")
    assert desk.change_event(changed, deed("change_event")) is EventChange.DONE
    assert desk.event("fair-1") == replace(changed, made_by="bian")
    assert desk.change_event(an_event("none"), deed("change_none")) is EventChange.GONE
    desk.add_event(an_event("fair-2", TODAY), deed("add_second"))
    assert [held.id for held in desk.events()] == ["fair-2", "fair-1"]
    assert desk.remove_event("fair-2", deed("delete_event")) is EventChange.DONE
    assert desk.remove_event("fair-2", deed("delete_again")) is EventChange.GONE
    assert sorted(logged(engine)) == ["add_event", "add_second", "change_event", "delete_event"]
    assert CountsDesk(engine, "elsewhere").events() == []


def test_an_event_with_questions_under_it_stays(engine: Engine, desk: CountsDesk) -> None:
    desk.add_event(an_event(), deed())
    put_counts(engine, TOWN, [a_count(event="fair-1")])
    assert desk.remove_event("fair-1", deed("delete_event")) is EventChange.COUNTED
    assert desk.event("fair-1") is not None and "delete_event" not in logged(engine)


def a_pairing(name: str = "p1", event: str = "fair-1", device: str = "kiosk-1") -> Pairing:
    return Pairing(name, event, device, "bian", NOW)


def test_a_kiosk_is_paired_once_and_for_an_event_that_is_there(engine: Engine, desk: CountsDesk) -> None:
    assert desk.pair(a_pairing(), deed()) is EventChange.GONE
    desk.add_event(an_event(), deed())
    assert desk.pair(a_pairing(), deed("pair")) is EventChange.DONE
    assert desk.pair(a_pairing("p2"), deed()) is EventChange.EXISTS
    assert desk.pair(a_pairing("p3", event="", device="hall"), deed("pair")) is EventChange.DONE
    assert {held.id for held in desk.pairings()} == {"p1", "p3"}
    assert desk.unpair("p1", deed("unpair")) is EventChange.DONE
    assert desk.unpair("p1", deed("unpair again")) is EventChange.GONE
    assert desk.pair(a_pairing("p4"), deed()) is EventChange.DONE
    desk.remove_event("fair-1", deed())
    assert [held.id for held in desk.pairings()] == ["p3"]
    assert logged(engine).count("pair") == 2 and "unpair again" not in logged(engine)


def test_counts_brought_twice_change_nothing(engine: Engine, desk: CountsDesk) -> None:
    put_counts(engine, TOWN, [a_count(50)])
    first = sent(a_count(9, event="fair-9"), a_count(6, day=date(2026, 11, 20)), events=(an_event("fair-9"),))
    assert desk.take(first, deed("take_counts")) is Taken.DONE
    held = desk.sums(FIRST, END)
    assert figures(held).questions == 65
    assert desk.take(first, deed("twice")) is Taken.SAME
    assert desk.sums(FIRST, END) == held and "twice" not in logged(engine)
    (line,) = desk.imports()
    assert (line.questions, line.sessions, line.first_day, line.last_day) == (15, 6, date(2026, 11, 20), TODAY)
    assert desk.event("fair-9") is not None


def test_a_later_file_replaces_its_days_and_an_earlier_one_is_refused(desk: CountsDesk) -> None:
    noon = sent(a_count(9), digest="1" * 64)
    evening = sent(a_count(20), at=NOW + timedelta(hours=6), digest="2" * 64)
    assert desk.take(noon, deed()) is Taken.DONE
    assert desk.take(evening, deed(at=NOW + timedelta(hours=7))) is Taken.DONE
    assert figures(desk.sums(FIRST, END)).questions == 20
    assert desk.take(sent(a_count(12), at=NOW + timedelta(hours=1), digest="3" * 64), deed()) is Taken.OLDER
    assert figures(desk.sums(FIRST, END)).questions == 20


def test_own_counts_are_not_brought_in_and_do_not_hold_those_of_others(engine: Engine, desk: CountsDesk) -> None:
    assert desk.own() == (None, ())
    own = SqlStore(engine, TOWN).installation(NOW)
    put_counts(engine, TOWN, [a_count(9, installation=own), a_count(50)])
    held = desk.own()
    assert held[0] == own and [row.questions for day in held[1] for row in day.rows] == [9]
    assert desk.take(sent(a_count(9), installation=own), deed("own")) is Taken.OWN
    assert desk.take(sent(), deed("empty")) is Taken.EMPTY
    assert logged(engine) == []


def test_an_event_known_here_stays_as_it_is(desk: CountsDesk) -> None:
    desk.add_event(an_event(present=300), deed())
    desk.take(sent(a_count(event="fair-1"), events=(replace(an_event(), name="笔记本上的名字", present=None),)), deed())
    held = desk.event("fair-1")
    assert held is not None and held.present == 300 and held.name == "活动fair-1"


def test_a_change_that_cannot_be_logged_is_not_made(engine: Engine, desk: CountsDesk) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE staff_log RENAME TO staff_log_gone"))
    for change in (
        lambda: desk.add_event(an_event(), deed()),
        lambda: desk.take(sent(a_count()), deed()),
    ):
        with pytest.raises(Exception, match="staff_log"):
            change()
    assert desk.events() == [] and desk.sums(FIRST, END) == []


