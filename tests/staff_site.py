"""The desk over a real database in a folder and fakes for the assistant, ready to be used by its people."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path

from fastapi import FastAPI
from httpx import Response
from starlette.testclient import TestClient

from knowledge.database.digests import digest_of_version
from knowledge.database.engine import open_database, sqlite_path
from knowledge.database.staff_records import StaffRecords
from knowledge.database.staff_values import Deed, Role, StaffAccount
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.passages import passage_digest, passage_id
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import DocumentKind, DocumentOrigin, PartKind, Passage, Period, StoredVersion
from tests.fakes import NOW, FakeAssistant, FakeLibrary, FakeStore
from web.app import create_app
from web.staff.desk import DeskParts
from web.staff.passwords import Passwords
from web.staff.wiring import build_desk

ORIGIN = "http://testserver"
PASSWORD = "一句记得住的话 2026"
PEOPLE = {
    "bian": StaffAccount("bian", "张编辑", Role.EDITOR),
    "fu": StaffAccount("fu", "李复审", Role.REVIEWER),
    "guan": StaffAccount("guan", "王管理", Role.ADMIN),
}
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]+)"')


@dataclass
class Clock:
    """A clock that tests move."""

    at: datetime = NOW

    def __call__(self) -> datetime:
        return self.at

    def on(self, **more: float) -> None:
        self.at += timedelta(**more)


@dataclass
class Browser:
    """A person's browser: keeps cookies, sends the Origin, finds the token of the page it is on."""

    client: TestClient
    token: str = ""
    pages: list[Response] = field(default_factory=list)

    def get(self, path: str) -> Response:
        return self._seen(self.client.get(path))

    def post(self, path: str, **fields: str) -> Response:
        """As the form on the last page seen would."""
        return self._seen(
            self.client.post(path, data={"csrf": self.token, **fields}, headers={"origin": ORIGIN})
        )

    def sign_in(self, account: str, password: str = PASSWORD) -> Response:
        self.get("/staff/login")
        answer = self.post("/staff/login", account=account, password=password)
        if answer.status_code == 303:
            self.get("/staff/password")
        return answer

    def _seen(self, answer: Response) -> Response:
        found = _TOKEN.search(answer.text)
        if found:
            self.token = found[1]
        self.pages.append(answer)
        return answer


@dataclass
class StaffSite:
    app: FastAPI
    desk: DeskParts
    truth: SqlTruth
    clock: Clock
    open: dict[str, Browser] = field(default_factory=dict)

    def store(self, version: StoredVersion, state: VersionState = VersionState.DRAFT) -> StoredVersion:
        """Put a version on the shelf as intake does."""
        self.truth.add(version, state, self.clock())
        return version

    def browser(self, account: str = "") -> Browser:
        """A new browser; of an account the one it signed in with, as long as the session lasts."""
        if account in self.open and self.open[account].client.get("/staff/password").status_code == 200:
            return self.open[account]
        opened = Browser(TestClient(self.app, base_url=ORIGIN, follow_redirects=False))
        if account:
            assert opened.sign_in(account).status_code == 303
            self.open[account] = opened
        return opened


def a_text(
    name: str = "gonggao",
    version: str = "v1",
    texts: Sequence[str] = ("修路从6月开始。",),
    title: str = "关于修路的公告",
    period: Period | None = None,
    by: str = "bian",
) -> StoredVersion:
    """A free document written at the desk, one passage per text."""
    parts = [f"p{number}" for number in range(1, len(texts) + 1)]
    passages = tuple(
        Passage(
            passage_id(name, version, part),
            name,
            version,
            part,
            PartKind.TEXT,
            (title, part),
            text,
            passage_digest((title, part), text),
        )
        for part, text in zip(parts, texts, strict=True)
    )
    bare = StoredVersion(
        name, version, DocumentKind.POLICY, DocumentOrigin.DESK, "dibao", title, "00", "\n".join(texts), "",
        period or Period(), passages, "", "通知.docx", by,
    )  # fmt: skip
    return replace(bare, digest=digest_of_version(bare))


@lru_cache(maxsize=1)
def _with_people(town: str) -> bytes:
    """A database of today's schema with the three accounts, made once."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.sqlite3"
        engine = open_database(f"sqlite:///{path}", migrate=True)
        records, hashed = StaffRecords(engine, town), Passwords(memory_kib=8).hash(PASSWORD)
        for person in PEOPLE.values():
            records.add_account(person, hashed, Deed("test", "add_account", person.id, NOW))
        engine.dispose()
        return path.read_bytes()


def a_staff_site(folder: Path, **changes: object) -> StaffSite:
    """changes: settings. The three people of PEOPLE have the password PASSWORD, cheaply hashed."""
    settings = Settings(_env_file=None, data_dir=folder, **changes)  # type: ignore[call-arg, arg-type]
    town = load_town(settings.town_file)
    path = sqlite_path(settings.database)
    assert path is not None
    path.write_bytes(_with_people(town.id))
    truth = SqlTruth(open_database(settings.database, migrate=True), town.id)
    clock = Clock()
    desk = replace(build_desk(truth), passwords=Passwords(memory_kib=8))
    store = FakeStore()
    app = create_app(FakeAssistant(store), FakeLibrary(), store, settings, town, now=clock, desk=desk)
    return StaffSite(app, desk, truth, clock)
