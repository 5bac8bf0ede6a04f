"""Random steps at the desk of a real installation, and what the public then sees, beside the oracle."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event
from starlette.testclient import TestClient

from bot.adapters.store import SqlStore
from bot.wiring import build_assistant
from ingest.service import sync_knowledge
from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.library import Library, Shelf
from knowledge.places import load_places
from knowledge.snapshot import take_snapshot
from knowledge.town import load_town
from knowledge.types import DocumentOrigin, Period, StoredVersion
from knowledge.wiring import build_tools, build_truth
from tests.builders import a_version, entry_text, settings_for, write_knowledge
from tests.integration.desk_oracle import DAY, Oracle, Text
from tests.integration.small_knowledge import quiet
from tests.staff_site import ORIGIN, a_text
from tests.unit.small_index import HashedPairs, an_index
from web.app import create_app
from web.clock import CHINA
from web.shelves import Shelves
from web.staff.wiring import build_desk

THINGS = "织布 撑船 守林 挑水 养蜂 编筐 打铁 酿酒 采茶 喂鸭 放牛 磨面".split()
STEPS = ("add", "replace", "delete", "withdraw", "restore", "expire", "follow", "day")
WEIGHTS = (5, 5, 1, 4, 4, 3, 2, 1)


class QuickLibrary(Library):
    """Follows what is published as the keeper does, with an index made in memory."""

    def follow(self, rebuild: bool) -> None:
        """rebuild False: the moment after a publish, when the rows of the index are those of before."""
        held = self._shelf
        known = held is not None and held.snapshot.revision == self.truth.revision()
        snapshot = held.snapshot if held is not None and known else take_snapshot(self.truth)
        index = held.index if held is not None and not rebuild else an_index(snapshot.rows)
        self._shelf = Shelf(snapshot, index, Path("in memory"))


def _forget_the_disk(engine: Engine) -> None:
    """Nothing is pulled out here, so that no step waits for the disk; crash tests have databases of their own."""
    engine.dispose()

    def hurry(connection: Any, record: object) -> None:
        connection.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", hurry)


@dataclass
class Walk:
    """One installation with its oracle. documents are about one thing each; every version tells another sum."""

    folder: Path
    rng: random.Random
    at: datetime = datetime(2026, 11, 22, 2, tzinfo=CHINA)
    figure: int = 1000
    shared: list[tuple[str, frozenset[tuple[str, str]]]] = field(default_factory=list)
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        settings = settings_for(self.folder / "data", write_knowledge(self.folder / "knowledge"), rate_limits="off")
        self.truth = build_truth(settings)
        _forget_the_disk(self.truth.engine)
        sync_knowledge(settings, self.truth, quiet, self.at)
        tools = replace(build_tools(settings), embedder=HashedPairs())
        town = load_town(settings.town_file)
        self.library = QuickLibrary(self.truth, town, tools, settings.index_dir, settings.calibration_dir, lambda _: True)
        self.library.follow(rebuild=True)
        self.desk = build_desk(self.truth, library=self.library)
        self.oracle = Oracle()
        store = SqlStore(self.truth.engine, self.truth.town)
        assistant = build_assistant(settings, self.library, store, lambda: self.at)
        shelves = Shelves(self.library, load_places(settings.lexicon_dir / "places.yaml", town))
        app = create_app(assistant, shelves, store, settings, town, now=lambda: self.at, desk=self.desk)
        self.public = TestClient(app, base_url=ORIGIN, follow_redirects=False)

    @property
    def today(self) -> date:
        return self.at.astimezone(CHINA).date()

    def step(self) -> str:
        """One random step, at the desk and in the oracle; the name of the document it was about."""
        kind = self.rng.choices(STEPS, WEIGHTS)[0]
        self.at += DAY if kind == "day" else timedelta(minutes=20)
        document = self.rng.choice(THINGS)
        name = f"{'entry' if THINGS.index(document) % 2 else 'doc'}-{THINGS.index(document)}"
        getattr(self, f"_{kind}")(name, document)
        self.done[kind] = self.done.get(kind, 0) + 1
        return document

    # -- steps: each does the same in both worlds and compares how it ended

    def _add(self, document: str, thing: str) -> None:
        self._publish(document, thing, Period(self._some_day(-3), None))

    _replace = _add

    def _expire(self, document: str, thing: str) -> None:
        self._publish(document, thing, Period(None, self.today + DAY * self.rng.randint(0, 2)))

    def _delete(self, document: str, thing: str) -> None:
        name = self._draft(document, thing, Period())
        assert self.desk.shelf.delete_draft(document, name, self._deed("bian")) is Outcome.DONE
        self.oracle.delete(document, name)

    def _withdraw(self, document: str, thing: str) -> None:
        outcome = self.desk.shelf.withdraw(document, self._deed("bian"))
        assert (outcome is Outcome.DONE) is self.oracle.withdraw(document, self.at)

    def _restore(self, document: str, thing: str) -> None:
        texts = self.oracle.documents.get(document, [])
        if texts:
            name = self.rng.choice(texts).name
            outcome = self.desk.shelf.restore(document, name, self._deed("bian"))
            assert (outcome is Outcome.DONE) is self.oracle.restore(document, name, self.at), (document, name)

    def _follow(self, document: str, thing: str) -> None:
        """A new document on the same thing takes over today, tomorrow or the day after."""
        since = self.today + DAY * self.rng.randint(0, 2)
        successor = f"{document}-next{self.figure}"
        if not document.startswith("doc") or self.oracle.published(document) is None:
            return
        name = self._draft(successor, thing, Period(since))
        plan = Succession(document, successor, since)
        assert self.desk.shelf.plan_succession(plan, self._deed("bian")) is Outcome.DONE
        self.oracle.plans[successor] = (document, since)
        self._put_out(successor, name)

    def _day(self, document: str, thing: str) -> None:
        """The clock alone."""

    def _publish(self, document: str, thing: str, period: Period) -> None:
        self._put_out(document, self._draft(document, thing, period))

    def _put_out(self, document: str, name: str) -> None:
        shelf = self.desk.shelf
        assert shelf.submit(document, name, self._deed("bian")) is Outcome.DONE
        outcome = shelf.publish(document, name, self._deed("fu"), self.today, two_person=True)
        assert (outcome is Outcome.DONE) is self.oracle.publish(document, name, self.at, self.today)

    def _draft(self, document: str, thing: str, period: Period) -> str:
        self.figure += 1
        name = f"v{self.figure}"
        version = self._version(document, name, thing, period)
        self.truth.add(version, VersionState.DRAFT, self.at)
        self.oracle.add(document, Text(name, self.figure, period.start, period.end))
        return name

    def _version(self, document: str, name: str, thing: str, period: Period) -> StoredVersion:
        line = f"{thing}补贴每人每月{self.figure}元。"
        if document.startswith("doc"):
            return a_text(document, name, (line, f"领{thing}补贴先到便民窗口填表。"), f"{thing}补贴办法", period)
        related = [f"entry-{number}" for number in range(1, len(THINGS), 2) if f"entry-{number}" != document]
        text = entry_text(
            document,
            f"\n## 结论\n{line}〔a〕\n\n## 怎么办\n- 先到便民窗口填表。〔b〕\n",
            question=f"{thing}补贴每月多少？",
            examples=[f"{thing}补贴好多钱", f"领{thing}补贴有多少"],
            related=related[:3],
        )
        return a_version(text, name, period, origin=DocumentOrigin.DESK, written_by="bian")

    def _some_day(self, earliest: int) -> date | None:
        return None if self.rng.random() < 0.5 else self.today + DAY * self.rng.randint(earliest, 0)

    def _deed(self, who: str) -> Deed:
        return Deed(who, "step", "walk", self.at, "walk")
