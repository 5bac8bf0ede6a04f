"""The desk and the public pages over a copy of the repository's knowledge: real pipeline, real store, real index."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from starlette.testclient import TestClient

from bot.adapters.store import SqlStore
from bot.ports import Assistant
from bot.types import Answer, Channel, Question
from bot.wiring import build_assistant
from knowledge.database.staff_records import StaffRecords
from knowledge.database.staff_values import Deed
from knowledge.database.truth import SqlTruth
from knowledge.library import Library
from knowledge.settings import Settings
from knowledge.wiring import build_library, build_truth
from tests.fakes import NOW, FakeLibrary
from tests.staff_site import ORIGIN, PASSWORD, PEOPLE, Browser, Clock
from web.app import create_app
from web.staff.desk import DeskParts
from web.staff.passwords import Passwords
from web.staff.wiring import build_desk

GROUP = re.compile(r"/staff/unanswered/([0-9a-f]{24})")


@dataclass
class UnansweredSite:
    """on: the civil day of NOW."""

    library: Library
    store: SqlStore
    assistant: Assistant
    desk: DeskParts
    client: TestClient
    clock: Clock

    def ask(self, question: str, channel: Channel = Channel.PHONE) -> Answer:
        """As a villager: stored and counted."""
        return self.assistant.answer(Question(question, NOW.date(), channel))

    def try_(self, questions: Iterable[str]) -> list[Answer]:
        """As the desk tries questions: channel staff, never counted."""
        return [self.ask(question, Channel.STAFF) for question in questions]

    def browser(self, account: str) -> Browser:
        opened = Browser(TestClient(self.client.app, base_url=ORIGIN, follow_redirects=False))
        assert opened.sign_in(account).status_code == 303
        return opened

    def catch_up(self) -> None:
        """What the keeper does after a publish."""
        self.library.refresh()
        if self.library.behind():
            self.library.rebuild(lambda step, done, total: None, quick=True)
            self.library.refresh()

    def groups(self) -> Sequence[str]:
        assert self.desk.unanswered is not None
        self.desk.unanswered.gather(self.clock())
        return [group.id for group in self.desk.unanswered.groups()]

    def members(self) -> dict[str, list[str]]:
        """Group -> its wordings."""
        self.groups()
        assert self.desk.unanswered is not None
        return {group.id: [each.text for each in group.wordings] for group in self.desk.unanswered.groups()}


def an_unanswered_site(folder: Path, bundled: Settings) -> UnansweredSite:
    """bundled: settings of a data folder that is copied, so that nothing of it changes."""
    shutil.copytree(bundled.data_dir, folder / "data")
    settings = Settings(_env_file=None, data_dir=folder / "data")  # type: ignore[call-arg]
    truth = build_truth(settings)
    library = build_library(settings, truth)
    library.refresh()
    with_people(truth)
    clock, store = Clock(), SqlStore(truth.engine, truth.town)
    desk = replace(build_desk(truth, library=library), passwords=Passwords(memory_kib=8))
    assistant = build_assistant(settings, library, store, clock)
    app = create_app(assistant, FakeLibrary(), store, settings, library.town, now=clock, desk=desk)
    return UnansweredSite(library, store, assistant, desk, TestClient(app, base_url=ORIGIN), clock)


def with_people(truth: SqlTruth) -> None:
    records, hashed = StaffRecords(truth.engine, truth.town), Passwords(memory_kib=8).hash(PASSWORD)
    for person in PEOPLE.values():
        records.add_account(person, hashed, Deed("test", "add_account", person.id, NOW))
