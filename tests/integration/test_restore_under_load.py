"""A town's whole truth, backed up and restored while a server answers: nothing is lost and nobody waits (`make prove`)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from bot.adapters.store import SqlStore
from knowledge.database.engine import open_database, reading
from knowledge.database.service_models import answers
from knowledge.database.truth import SqlTruth
from knowledge.settings import Settings
from knowledge.wiring import build_truth
from tests.builders import entry_text, settings_for
from tests.command_line import Installation, Served, installation
from tests.contracts.test_store import a_question, a_turn, an_answer
from tests.fakes import NOW

pytestmark = pytest.mark.prove
DOCUMENTS, QUESTIONS = 240, 5_000
COMMAND_S, ANSWER_S = 60, 5
ASKED = "第七号补助怎么申请？"
Record = Callable[[str, object], None]


@dataclass
class Asked:
    """What somebody got who asked all the time: (status, seconds) of each answer."""

    answers: list[tuple[str, float]] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    @property
    def slowest_s(self) -> float:
        return max(seconds for _, seconds in self.answers)


@contextmanager
def asking(server: Served) -> Iterator[Asked]:
    """One question after the other, as long as the block lasts."""
    stop, found = threading.Event(), Asked()

    def ask() -> None:
        while not stop.is_set():
            began = time.monotonic()
            try:
                found.answers.append((server.chat(ASKED)["status"], time.monotonic() - began))
            except (OSError, ValueError) as error:
                found.faults.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()


def a_town(root: Path) -> Installation:
    """A folder with DOCUMENTS entries and QUESTIONS stored answers."""
    numbers = range(1, DOCUMENTS)
    texts = [entry_text(f"buzhu-{number}", question=f"第{number}号补助多少钱？") for number in numbers]
    place = installation(root, entry_text("buzhu-seven", question=ASKED), *texts)
    truth = build_truth(settings_of(place))
    store = SqlStore(truth.engine, truth.town)
    for number in range(QUESTIONS):
        answer = replace(an_answer(number), conversation_id=f"conversation-{number % 900}")
        store.save(a_question(f"第{number}个人问低保"), answer, a_turn(), NOW)
    truth.engine.dispose()
    return place


def settings_of(place: Installation) -> Settings:
    return settings_for(place.root / "data", place.knowledge)


def stored(engine: Engine) -> int:
    with reading(engine) as connection:
        return connection.execute(select(func.count()).select_from(answers)).scalar_one()


def seconds(place: Installation, *words: str | Path) -> float:
    """Of a command that did what it should, with the start of its process."""
    began = time.monotonic()
    done = place.pufa(*words)
    assert done.code == 0, done.err
    return time.monotonic() - began


def test_a_backup_taken_and_restored_beside_a_server_that_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Record
) -> None:
    monkeypatch.setenv("PUFA_RATE_LIMITS", "off")
    place, other = a_town(tmp_path / "old"), installation(tmp_path / "new")
    file = tmp_path / "backup.tar.gz"
    with place.serving() as server:
        assert server.said.startswith("好了"), server.said
        with asking(server) as asked:
            backup_s = seconds(place, "backup", file)
            restore_s = seconds(other, "restore", file)
    assert asked.faults == [] and {status for status, _ in asked.answers} == {"answered"}
    record_property("backup_s", round(backup_s, 1))
    record_property("restore_s", round(restore_s, 1))
    record_property("answers_meanwhile", len(asked.answers))
    record_property("slowest_answer_s", round(asked.slowest_s, 2))
    assert max(backup_s, restore_s) <= COMMAND_S and asked.slowest_s <= ANSWER_S
    compare(place, other)


def compare(place: Installation, other: Installation) -> None:
    """Every document and original is in both; of the questions all that were there before the backup."""
    old, new = (open_database(settings_of(each).database, migrate=False) for each in (place, other))
    published = [SqlTruth(engine, "qingshi").published() for engine in (old, new)]
    assert published[0] == published[1] and len(published[0]) == DOCUMENTS
    assert QUESTIONS <= stored(new) <= stored(old)
    for engine in (old, new):
        engine.dispose()
    kept = [{path.name for path in settings_of(each).originals_dir.iterdir()} for each in (place, other)]
    assert kept[0] == kept[1] and len(kept[0]) >= DOCUMENTS
