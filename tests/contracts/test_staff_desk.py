"""What the desk keeps, on every database it may be kept in: accounts, sessions, the life of a document, guards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, insert, text
from sqlalchemy.exc import DBAPIError

from knowledge.database import staff_log
from knowledge.database.desk_shelf import DeskShelf
from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.engine import writing
from knowledge.database.service_models import answers
from knowledge.database.staff_guards import STAFF_GUARDS
from knowledge.database.staff_records import StaffRecords
from knowledge.database.staff_values import Deed, Notice, Role, StaffAccount, Switch, SwitchName
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.types import Period
from tests.contracts.databases import KINDS, database
from tests.staff_site import a_text

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
TODAY = date(2026, 11, 22)
TOWN = "here"


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    with database(request.param, tmp_path) as opened:
        yield opened


@pytest.fixture
def records(engine: Engine) -> StaffRecords:
    return StaffRecords(engine, TOWN)


@pytest.fixture
def shelf(engine: Engine) -> DeskShelf:
    return DeskShelf(engine, TOWN)


def deed(who: str = "fu", what: str = "step", at: datetime = NOW) -> Deed:
    return Deed(who, what, "doc", at, "because", {"more": "words"})


def an_account(name: str = "fu", role: Role = Role.REVIEWER) -> StaffAccount:
    return StaffAccount(name, "李", role)


def live(engine: Engine, shelf: DeskShelf, name: str = "doc", version: str = "v1", **more: object) -> None:
    SqlTruth(engine, TOWN).add(a_text(name, version, **more), VersionState.IN_REVIEW, NOW)  # type: ignore[arg-type]
    assert shelf.publish(name, version, deed(), TODAY, two_person=True) is Outcome.DONE


def test_accounts_and_sessions(records: StaffRecords) -> None:
    assert records.add_account(an_account(), "hash", deed())
    assert not records.add_account(an_account(), "other", deed())
    assert records.account("fu") == (an_account(), "hash")
    records.open_session("fu", "t" * 64, deed())
    found = records.session("t" * 64, NOW + timedelta(minutes=29))
    assert found is not None and found.account.id == "fu"
    assert records.session("t" * 64, NOW + timedelta(minutes=58)) is not None, "seen at 29"
    assert records.session("t" * 64, NOW + timedelta(minutes=120)) is None
    records.set_password("fu", "new", True, deed())
    assert records.session("t" * 64, NOW + timedelta(minutes=58)) is None
    assert len(records.deeds(9)) == 3


def test_one_admin_stays(records: StaffRecords) -> None:
    for name in ("one", "two"):
        records.add_account(an_account(name, Role.ADMIN), "hash", deed())
    assert records.set_disabled("one", True, deed())
    assert not records.set_disabled("two", True, deed())
    assert not records.set_role("two", Role.EDITOR, deed())


def test_switches_and_notices(records: StaffRecords) -> None:
    assert not any(switch.off for switch in records.switches().values())
    for off in (True, False, True):
        records.set_switch(Switch(SwitchName.MODEL, off, "why", "fu", NOW), deed())
    assert records.switches()[SwitchName.MODEL] == Switch(SwitchName.MODEL, True, "why", "fu", NOW)
    records.add_notice(Notice("n1", "停电", TODAY, None, "fu", NOW), deed())
    assert records.end_notice("n1", TODAY, deed()) and not records.end_notice("n2", TODAY, deed())
    assert [notice.stands(TODAY) for notice in records.notices()] == [False]


def test_a_deed_is_kept_only_where_the_action_was(records: StaffRecords) -> None:
    assert not records.set_deputy("nobody", TODAY, deed())
    assert records.deeds(9) == []
    records.log(deed(at=NOW))
    records.log(deed("bian", at=NOW + timedelta(seconds=1)))
    assert [held.who for held in records.deeds(9)] == ["bian", "fu"]
    assert records.deeds(9, who="fu")[0].details == {"more": "words"}


def test_the_life_of_a_document(engine: Engine, shelf: DeskShelf) -> None:
    live(engine, shelf)
    live(engine, shelf, version="v2", texts=("另一句。",))
    assert shelf.restore("doc", "v1", deed()) is Outcome.DONE
    assert {row.version: row.state for row in shelf.rows("doc")} == {"v1": "published", "v2": "withdrawn"}
    assert shelf.withdraw("doc", deed()) is Outcome.DONE
    assert shelf.withdraw("doc", deed()) is Outcome.GONE
    late = deed(at=NOW + timedelta(hours=24))
    assert shelf.restore("doc", "v1", late) is Outcome.TOO_LATE
    assert [step.step for step in shelf.steps("doc", "v1")].count("withdraw") == 1


def test_the_writer_does_not_publish(engine: Engine, shelf: DeskShelf) -> None:
    SqlTruth(engine, TOWN).add(a_text("doc"), VersionState.DRAFT, NOW)
    assert shelf.publish("doc", "v1", deed(), TODAY, two_person=True) is Outcome.NOT_SUBMITTED
    assert shelf.submit("doc", "v1", deed("helper")) is Outcome.DONE
    for who in ("bian", "helper"):
        assert shelf.publish("doc", "v1", deed(who), TODAY, two_person=True) is Outcome.SAME_PERSON
    assert shelf.publish("doc", "v1", deed("fu"), TODAY, two_person=True) is Outcome.DONE


def test_a_successor_ends_the_old_document(engine: Engine, shelf: DeskShelf) -> None:
    live(engine, shelf, "old", period=Period(date(2020, 1, 1)))
    SqlTruth(engine, TOWN).add(a_text("new", period=Period(date(2027, 1, 1))), VersionState.IN_REVIEW, NOW)
    assert shelf.plan_succession(Succession("old", "new", date(2027, 1, 1)), deed()) is Outcome.DONE
    assert shelf.publish("new", "v1", deed(), TODAY, two_person=True) is Outcome.DONE
    published = {item.document_id: item for item in SqlTruth(engine, TOWN).published()}
    assert published["old"].period == Period(date(2020, 1, 1), date(2027, 1, 1))
    assert [part.id for part in published["old"].passages] == ["old@v2-end:p1"]


def test_a_version_without_words_goes_nowhere(engine: Engine, shelf: DeskShelf) -> None:
    SqlTruth(engine, TOWN).add(a_text("doc", texts=()), VersionState.DRAFT, NOW)
    assert shelf.submit("doc", "v1", deed()) is Outcome.EMPTY


def test_answers_that_cited_a_document_are_found(engine: Engine, shelf: DeskShelf) -> None:
    body = {"citations": [{"passage": {"document_id": "doc_1", "version": "v1"}}]}
    with writing(engine) as connection:
        for number, held in enumerate((body, {"citations": []})):
            row = {
                "town": TOWN, "id": f"a{number}", "session_hash": "", "asked_at": NOW, "day": TODAY,
                "channel": "phone", "event": "", "question": "问", "status": "answered", "topic": "", "body": held,
            }  # fmt: skip
            connection.execute(insert(answers), row)
    number, newest = shelf.cited("doc_1", NOW)
    assert (number, [each.question for each in newest]) == (1, ["问"])
    assert shelf.cited("docx1", NOW)[0] == 0


def test_what_was_not_done_leaves_neither_a_change_nor_a_line_in_the_log(engine: Engine, records: StaffRecords) -> None:
    def half(connection: Connection) -> bool:
        connection.execute(text("DELETE FROM staff_accounts"))
        return False

    assert records.add_account(an_account(), "hash", deed())
    assert staff_log.logged(engine, TOWN, deed(what="half"), half, True) is False
    assert records.account("fu") is not None and [each.what for each in records.deeds(9)] == ["step"]


def test_steps_cannot_be_changed(engine: Engine, shelf: DeskShelf) -> None:
    live(engine, shelf)
    for statement in ("UPDATE version_steps SET who = 'x'", "DELETE FROM version_steps"):
        with pytest.raises(DBAPIError), writing(engine) as connection:
            connection.execute(text(statement))


def test_both_databases_have_the_same_guards() -> None:
    def names(dialect: str) -> set[str]:
        return {line.split()[2] for line in STAFF_GUARDS[dialect] if line.startswith("CREATE TRIGGER")}

    assert names("sqlite") == names("postgresql") != set()
