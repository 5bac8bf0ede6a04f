"""The port Truth, and the writing that stands beside it, on every database we serve from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text, update
from sqlalchemy.exc import DatabaseError, IntegrityError

from knowledge.database.engine import writing
from knowledge.database.models import versions
from knowledge.database.service_models import staff_log
from knowledge.database.states import SYNC, VersionState
from knowledge.database.truth import SqlTruth
from knowledge.types import (
    Basis,
    Confidence,
    DocumentKind,
    DocumentOrigin,
    Instrument,
    Parameter,
    ParameterValue,
    PartKind,
    Passage,
    Period,
    StoredVersion,
)
from tests.contracts.databases import KINDS, database

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
TEXTS = ("某法上.md", "某法下.md")
LAW = Instrument("law", "某法", "某机关", "国家", effective_from=date(2020, 1, 1), text_files=TEXTS)


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def truth(engine: Engine) -> SqlTruth:
    return SqlTruth(engine, "here")


def a_version(document_id: str = "doc", version: str = "1-a", words: str = "给630元。") -> StoredVersion:
    heading = ("能领多少", "金额")
    return StoredVersion(
        document_id=document_id,
        version=version,
        kind=DocumentKind.ENTRY,
        origin=DocumentOrigin.BUNDLED,
        topic="dibao",
        title="能领多少",
        region="00",
        content=words,
        digest=f"digest of {words}",
        period=Period(date(2026, 1, 1), None),
        passages=tuple(
            Passage(
                f"{document_id}@{version}:{part}",
                document_id,
                version,
                part,
                kind,
                heading,
                words,
                f"d{part}",
            )
            for part, kind in (("conclusion", PartKind.CONCLUSION), ("amount", PartKind.AMOUNT))
        ),
        original_sha256="0" * 64,
        original_name="多少.md",
        written_by="hand",
    )


def a_figure(value: str = "630", name: str = "rate") -> Parameter:
    basis = Basis(LAW, "第1条", Confidence.SECONDHAND, date(2026, 11, 22))
    period = Period(date(2025, 7, 1), None)
    past = ParameterValue(
        Decimal("610.50"), Period(date(2024, 9, 1), date(2025, 7, 1)), basis, facts=("F-1",)
    )
    return Parameter(
        name,
        "标准",
        {"area": "农村"},
        "元",
        "月",
        (past, ParameterValue(Decimal(value), period, basis, recheck_on=date(2026, 7, 1))),
        recheck_month=7,
        ask=("12345",),
    )


def test_what_is_published_comes_back_as_it_was_given(truth: SqlTruth) -> None:
    version = a_version()
    truth.add(version, VersionState.PUBLISHED, NOW)
    assert truth.published() == (version,)
    assert truth.version("doc", "1-a") == version
    assert truth.version("doc", "9-z") is None


def test_nothing_is_published_at_first(truth: SqlTruth) -> None:
    assert (truth.revision(), truth.published(), truth.parameters(), truth.instruments()) == (0, (), {}, {})


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.IN_REVIEW])
def test_what_is_not_published_shows_nowhere(truth: SqlTruth, state: VersionState) -> None:
    truth.add(a_version(), state, NOW)
    assert (truth.published(), truth.revision()) == ((), 0)
    assert truth.held()["doc"].latest.state is state


def test_a_new_version_replaces_the_old_and_both_are_kept(truth: SqlTruth) -> None:
    old, new = a_version(), a_version(version="2-b", words="给640元。")
    truth.add(old, VersionState.PUBLISHED, NOW)
    truth.add(new, VersionState.PUBLISHED, NOW + timedelta(days=1))
    assert truth.published() == (new,)
    assert truth.version("doc", "1-a") == old
    states = [(item.version, item.ordinal, item.state) for item in truth.held()["doc"].versions]
    assert states == [("1-a", 1, VersionState.REPLACED), ("2-b", 2, VersionState.PUBLISHED)]


def test_a_draft_becomes_published_once(truth: SqlTruth) -> None:
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    truth.add(a_version(version="2-b"), VersionState.IN_REVIEW, NOW)
    assert truth.publish("doc", "2-b", NOW, by="wang")
    assert [item.version for item in truth.published()] == ["2-b"]
    assert not truth.publish("doc", "2-b", NOW, by="wang")
    assert not truth.publish("doc", "1-a", NOW, by="wang")
    assert not truth.publish("none", "1-a", NOW, by="wang")


def test_a_withdrawn_document_is_gone_at_once_but_kept(truth: SqlTruth) -> None:
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    assert truth.withdraw("doc", NOW, by=SYNC, reason="没有了")
    assert truth.published() == ()
    latest = truth.held()["doc"].latest
    assert (latest.state, latest.closed_by) == (VersionState.WITHDRAWN, SYNC)
    assert not truth.withdraw("doc", NOW, by=SYNC, reason="没有了")


def test_the_revision_grows_with_every_change_of_what_is_published_and_no_other(truth: SqlTruth) -> None:
    seen = [truth.revision()]
    steps = (
        lambda: truth.add(a_version(), VersionState.PUBLISHED, NOW),
        lambda: truth.add(a_version(version="2-b"), VersionState.DRAFT, NOW),
        lambda: truth.publish("doc", "2-b", NOW, by="wang"),
        lambda: truth.withdraw("doc", NOW, by="wang", reason="错了"),
        lambda: truth.withdraw("doc", NOW, by="wang", reason="错了"),
        lambda: truth.put_figures({"rate": a_figure()}, {"law": LAW}, NOW),
        lambda: truth.put_figures({"rate": a_figure()}, {"law": LAW}, NOW),
    )
    for step in steps:
        step()
        seen.append(truth.revision())
    assert seen == [0, 1, 1, 2, 3, 3, 4, 4]


def test_figures_and_laws_come_back_as_they_were_given(truth: SqlTruth) -> None:
    figure = a_figure("0.05")
    assert truth.put_figures({"rate": figure}, {"law": LAW}, NOW)
    assert truth.parameters() == {"rate": figure}
    assert truth.instruments() == {"law": LAW}


def test_figures_follow_the_folder_but_laws_stay_for_what_rests_on_them(truth: SqlTruth) -> None:
    truth.put_figures({"rate": a_figure(), "old": a_figure(name="old")}, {"law": LAW}, NOW)
    other = replace(LAW, id="other")
    assert truth.put_figures({"rate": a_figure("640")}, {"other": other}, NOW)
    assert truth.parameters() == {"rate": a_figure("640")}
    assert truth.instruments() == {"law": LAW, "other": other}


def test_a_law_that_changes_its_name_changes_it_under_every_figure(truth: SqlTruth) -> None:
    truth.put_figures({"rate": a_figure()}, {"law": LAW}, NOW)
    renamed = replace(LAW, title="新名字")
    truth.put_figures({"rate": a_figure()}, {"law": renamed}, NOW)
    assert truth.parameters()["rate"].values[0].basis.instrument == renamed


def test_a_figure_of_the_desk_is_not_touched_by_the_folder(truth: SqlTruth) -> None:
    truth.put_figures({"rate": a_figure()}, {"law": LAW}, NOW)
    truth.put_parameter(a_figure("650"), DocumentOrigin.DESK, NOW)
    assert not truth.put_figures({"rate": a_figure("640")}, {"law": LAW}, NOW)
    assert not truth.put_figures({}, {"law": LAW}, NOW)
    assert truth.parameters() == {"rate": a_figure("650")}


def test_what_fails_on_the_way_leaves_no_trace(truth: SqlTruth) -> None:
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    before = (truth.published(), truth.revision(), truth.held())

    def fail() -> None:
        raise RuntimeError("power cut")

    new = a_version(version="2-b")
    with pytest.raises(RuntimeError):
        truth.add(new, VersionState.PUBLISHED, NOW, half_written=fail)
    with pytest.raises(RuntimeError):
        truth.add(new, VersionState.PUBLISHED, NOW, before_commit=fail)
    with pytest.raises(RuntimeError):
        truth.withdraw("doc", NOW, by=SYNC, reason="", before_commit=fail)
    assert (truth.published(), truth.revision(), truth.held()) == before


def test_towns_in_one_database_do_not_see_each_other(engine: Engine, truth: SqlTruth) -> None:
    there = SqlTruth(engine, "there")
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    truth.put_figures({"rate": a_figure()}, {"law": LAW}, NOW)
    assert (there.revision(), there.published(), there.parameters(), there.held()) == (0, (), {}, {})
    there.add(a_version(words="别处的。"), VersionState.PUBLISHED, NOW)
    assert there.withdraw("doc", NOW, by=SYNC, reason="")
    assert len(truth.published()) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET content = '改了'",
        "UPDATE versions SET effective_to = '2026-01-01'",
        "UPDATE versions SET state = 'draft'",
        "DELETE FROM passages",
        "UPDATE passages SET text = '改了'",
        "DELETE FROM versions",
    ],
)
def test_a_published_version_cannot_be_changed_in_place(
    engine: Engine, truth: SqlTruth, statement: str
) -> None:
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    with pytest.raises(DatabaseError), writing(engine) as connection:
        connection.execute(text(statement))
    assert truth.published() == (a_version(),)


def test_two_published_versions_of_one_document_cannot_be(engine: Engine, truth: SqlTruth) -> None:
    truth.add(a_version(), VersionState.PUBLISHED, NOW)
    truth.add(a_version(version="2-b"), VersionState.DRAFT, NOW)
    second = update(versions).where(versions.c.version == "2-b").values(state="published")
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(second)


def a_log_line(at: datetime) -> dict[str, object]:
    row = {"town": "here", "id": at.isoformat(), "at": at, "who": "wang", "what": "withdraw"}
    return row | {"subject": "doc", "why": "错了", "details": {}}


@pytest.mark.parametrize("statement", ["UPDATE staff_log SET why = '没事'", "DELETE FROM staff_log"])
def test_the_staff_log_can_only_grow(engine: Engine, statement: str) -> None:
    with writing(engine) as connection:
        connection.execute(insert(staff_log), a_log_line(datetime.now(UTC)))
    with pytest.raises(DatabaseError), writing(engine) as connection:
        connection.execute(text(statement))


def test_lines_of_the_staff_log_may_go_after_three_years(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(staff_log), a_log_line(datetime.now(UTC) - timedelta(days=3 * 366)))
    with writing(engine) as connection:
        assert connection.execute(text("DELETE FROM staff_log")).rowcount == 1
