"""What the desk keeps besides documents, on every database it may be kept in: records, figures, texts, parcels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from knowledge.database.desk_figures import FigureStore
from knowledge.database.desk_parcels import ParcelStore
from knowledge.database.desk_records import RecordStore, kept_digests
from knowledge.database.desk_values import Outcome
from knowledge.database.engine import reading
from knowledge.database.figures import desk_figures_in
from knowledge.database.overlays import OverlayStore
from knowledge.database.staff_records import StaffRecords
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.overlay_figures import row_of, value_row
from knowledge.overlay_values import ChangeState, FigureChange, Paper, Parcel, RecordKind, TownRecord
from knowledge.types import DocumentOrigin
from tests.builders import a_parameter, a_value, a_version, entry_text
from tests.contracts.databases import KINDS, database

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TOWN = "here"
HELD = a_parameter()
LAW = HELD.values[0].basis.instrument


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def truth(engine: Engine) -> SqlTruth:
    """With one bundled figure."""
    made = SqlTruth(engine, TOWN)
    made.put_figures({HELD.id: HELD}, {LAW.id: LAW}, NOW)
    return made


def deed(who: str = "bian", at: datetime = NOW) -> Deed:
    return Deed(who, "step", HELD.id, at)


def logged(engine: Engine) -> int:
    return len(StaffRecords(engine, TOWN).deeds(99))


def an_office(**fields: str) -> TownRecord:
    return TownRecord(RecordKind.OFFICE, "window", fields, ("hours",), TODAY, "bian", NOW)


def a_paper(subject: str = "window") -> Paper:
    return Paper("p" * 32, RecordKind.OFFICE, subject, "a" * 64, "盖章.jpg", 12, "bian", NOW)


def a_change(value: str = "120", number: str = "c1") -> FigureChange:
    new = a_value(value, date(2026, 11, 1), instrument=LAW)
    return FigureChange(number, HELD.id, ChangeState.IN_REVIEW, value_row(new), row_of(HELD), "bian", NOW)


def today_of(truth: SqlTruth) -> str:
    return next(str(value.value) for value in truth.parameters()[HELD.id].values if value.period.covers(TODAY))


def test_the_newest_record_of_an_office_holds_and_its_paper_is_kept(engine: Engine) -> None:
    store = RecordStore(engine, TOWN)
    store.confirm(an_office(phone="023-12345678"), deed())
    store.confirm(an_office(phone="023-87654321", address="街上1号"), deed(), a_paper())
    assert store.records() == [an_office(phone="023-87654321", address="街上1号")]
    assert store.papers(RecordKind.OFFICE, "window") == [a_paper()] and store.papers(subject="other") == []
    assert RecordStore(engine, "elsewhere").records() == []
    with reading(engine) as connection:
        assert kept_digests(connection) == {"a" * 64}
    assert (logged(engine), SqlTruth(engine, TOWN).revision()) == (2, 2)


def test_a_figure_goes_through_two_people_and_can_be_undone_for_a_day(engine: Engine, truth: SqlTruth) -> None:
    store = FigureStore(engine, TOWN)
    assert store.propose(a_change(), deed()) is Outcome.DONE
    assert store.propose(a_change(number="c2"), deed()) is Outcome.GONE
    assert store.publish("c1", deed(), two_person=True) is Outcome.SAME_PERSON
    assert (today_of(truth), logged(engine)) == ("100", 1)
    assert store.publish("c1", deed("fu"), two_person=True) is Outcome.DONE
    assert today_of(truth) == "120"
    assert store.undo("c1", deed("fu", NOW + timedelta(hours=24))) is Outcome.TOO_LATE
    assert store.undo("c1", deed("fu", NOW + timedelta(hours=23))) is Outcome.DONE
    assert (today_of(truth), store.changes()[0].state) == ("100", ChangeState.UNDONE)


@pytest.mark.parametrize(("theirs", "value"), [(True, "110"), (False, "120")])
def test_a_bundled_figure_that_changes_under_the_desks_is_decided(
    engine: Engine, truth: SqlTruth, theirs: bool, value: str
) -> None:
    store = FigureStore(engine, TOWN)
    store.propose(a_change(), deed())
    store.publish("c1", deed("fu"), two_person=True)
    newer = replace(HELD, values=(a_value("110", instrument=LAW),))
    truth.put_figures({HELD.id: newer}, {LAW.id: LAW}, NOW)
    (overlay,) = store.overlays()
    assert (overlay.base, overlay.bundled, today_of(truth)) == (row_of(HELD), row_of(newer), "120")
    if theirs:
        taken = replace(a_change(number="c2"), body=overlay.bundled)
        assert store.propose(taken, deed()) is Outcome.DONE
        assert today_of(truth) == "120"
        assert store.publish("c2", deed(), two_person=True) is Outcome.SAME_PERSON
        assert store.publish("c2", deed("fu"), two_person=True) is Outcome.DONE
        assert store.overlays() == []
    else:
        assert store.keep_ours(HELD.id, deed("fu")) is Outcome.DONE
    assert today_of(truth) == value
    assert store.keep_ours(HELD.id, deed("fu")) is Outcome.GONE
    with reading(engine) as connection:
        assert (HELD.id in desk_figures_in(connection, TOWN)) is not theirs


def test_a_bundled_figure_that_was_taken_can_be_undone(engine: Engine, truth: SqlTruth) -> None:
    store = FigureStore(engine, TOWN)
    store.propose(a_change(), deed())
    store.publish("c1", deed("fu"), two_person=True)
    truth.put_figures({HELD.id: replace(HELD, values=(a_value("110", instrument=LAW),))}, {LAW.id: LAW}, NOW)
    store.propose(replace(a_change(number="c2"), body=store.overlays()[0].bundled), deed())
    store.publish("c2", deed("fu"), two_person=True)
    assert store.undo("c2", deed("fu")) is Outcome.DONE
    assert today_of(truth) == "120" and store.overlays()[0].bundled is None


def test_a_text_over_a_bundled_entry_takes_the_place_of_its_own_draft_only(engine: Engine, truth: SqlTruth) -> None:
    bundled = a_version()
    truth.add(bundled, VersionState.PUBLISHED, NOW)
    store = OverlayStore(engine, TOWN)
    first, second = (
        a_version(entry_text(question=words), name, origin=DocumentOrigin.DESK, written_by="bian")
        for name, words in (("d1", "高龄补助发给哪个？"), ("d2", "高龄补助哪些人有？"))
    )
    assert store.save(first, "", deed()) is Outcome.DONE
    assert store.save(second, "", deed()) is Outcome.GONE
    assert store.save(second, "d1", deed()) is Outcome.DONE
    assert {row.version: row.state for row in truth.held()[bundled.document_id].versions} == {"v1": "published", "d2": "draft"}
    assert store.approve(bundled.document_id, "v1", deed("fu"), TODAY) is Outcome.DONE
    assert store.approve(bundled.document_id, "v1", deed("fu"), TODAY) is Outcome.GONE


def test_a_parcel_is_taken_over_once_by_another_person(engine: Engine, truth: SqlTruth) -> None:
    store = ParcelStore(engine, TOWN)
    parcel = Parcel("k" * 32, "镇里.zip", "b" * 64, "waiting", "bian", NOW)
    store.add(parcel, deed())
    figure = replace(HELD, values=(a_value("130", instrument=LAW),))
    brought = ([a_version()], [figure], [LAW], [an_office(phone="023-12345678")])
    assert store.take(parcel.id, *brought, deed(), two_person=True) is Outcome.SAME_PERSON
    assert (store.parcels(), today_of(truth)) == ([parcel], "100")
    assert store.take(parcel.id, *brought, deed("fu"), two_person=True) is Outcome.DONE
    assert store.take(parcel.id, *brought, deed("fu"), two_person=True) is Outcome.GONE
    assert (store.parcels(), today_of(truth), len(truth.published())) == ([], "130", 1)
    assert truth.town_records() == [an_office(phone="023-12345678")]
