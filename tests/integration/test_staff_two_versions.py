"""Two versions of one rule: today, on the boundary days and for "2024年" the right one answers, and says which it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from bot.adapters.memory_store import MemoryStore
from bot.wiring import build_assistant
from ingest.service import sync_knowledge
from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.places import load_places
from knowledge.types import Period
from knowledge.wiring import build_library, build_truth
from tests.builders import entry_text, settings_for, write_knowledge
from tests.integration.small_knowledge import quiet
from tests.staff_site import ORIGIN, a_text
from web.app import create_app
from web.shelves import Shelves
from web.staff.wiring import build_desk

NOW = datetime(2024, 12, 1, 4, tzinfo=UTC)
OLD, NEW = "采茶补贴每人每月210元。", "采茶补贴每人每月340元。"
QUESTION = "采茶补贴每人每月多少元？"
OTHER = entry_text(
    "buzhu-dog",
    "\n## 结论\n要登记：养狗的人家到便民窗口登记。〔a〕\n\n## 怎么办\n- 带狗的照片。〔b〕\n",
    question="养狗要不要登记？",
    examples=["狗儿登不登记", "养狗在哪里登记", "狗要办证不"],
)
CHANGE = date(2025, 7, 1)


class Town:
    """The service with a clock that tests set."""

    def __init__(self, root: Path) -> None:
        settings = settings_for(root / "data", write_knowledge(root / "knowledge", OTHER), rate_limits="off")
        truth = build_truth(settings)
        sync_knowledge(settings, truth, quiet, NOW)
        library = build_library(settings, truth)
        self.at = NOW
        desk = build_desk(truth, library=library)
        self._publish(desk, truth)
        library.ensure_index(quiet)
        assistant = build_assistant(settings, library, MemoryStore(), lambda: self.at)
        shelves = Shelves(library, load_places(settings.lexicon_dir / "places.yaml", library.town))
        app = create_app(assistant, shelves, MemoryStore(), settings, library.town, now=lambda: self.at, desk=desk)
        self.public = TestClient(app, base_url=ORIGIN, follow_redirects=False)

    def _publish(self, desk: Any, truth: Any) -> None:
        """The old rule first; months later the new one, which takes over on its first day."""
        rest = "申请到便民窗口，带身份证。"
        texts = (
            a_text("cha-old", "v1", (OLD, rest), "采茶补贴办法", Period(date(2020, 1, 1)), by="bian"),
            a_text("cha-new", "v1", (NEW, rest), "采茶补贴办法（修订）", Period(CHANGE), by="bian"),
        )
        for text in texts:
            truth.add(text, VersionState.IN_REVIEW, NOW)
        deed = Deed("fu", "publish", "cha", NOW)
        plan = Succession("cha-old", "cha-new", CHANGE)
        assert desk.shelf.publish("cha-old", "v1", deed, NOW.date(), two_person=True) is Outcome.DONE
        assert desk.shelf.plan_succession(plan, deed) is Outcome.DONE
        assert desk.shelf.publish("cha-new", "v1", deed, NOW.date(), two_person=True) is Outcome.DONE

    def ask(self, question: str, on: date) -> dict[str, Any]:
        self.at = datetime(on.year, on.month, on.day, 4, tzinfo=UTC)
        answer: dict[str, Any] = self.public.post("/api/chat", json={"question": question}).json()
        return answer


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with ExitStack() as stack:
        made = Town(tmp_path_factory.mktemp("two"))
        stack.enter_context(made.public)
        yield made


def said(answer: dict[str, Any]) -> str:
    return " ".join(block["text"] for block in answer["blocks"])


def states(answer: dict[str, Any]) -> set[str]:
    return {citation["state"] for citation in answer["citations"]}


@pytest.mark.parametrize(
    ("question", "on", "figure", "other", "state"),
    [
        (QUESTION, date(2025, 6, 30), "210", "340", "in_force"),
        (QUESTION, date(2025, 7, 1), "340", "210", "in_force"),
        (QUESTION, date(2026, 11, 22), "340", "210", "in_force"),
        (f"2024年{QUESTION}", date(2026, 11, 22), "210", "340", "superseded"),
        (f"去年{QUESTION}", date(2025, 11, 22), "210", "340", "superseded"),
        (f"2026年{QUESTION}", date(2025, 1, 5), "340", "210", "not_yet"),
    ],
)
def test_the_rule_of_the_time_asked_about_answers_and_is_labelled(
    town: Town, question: str, on: date, figure: str, other: str, state: str
) -> None:
    answer = town.ask(question, on)
    assert answer["status"] == "answered", said(answer)
    assert figure in said(answer) and other not in said(answer)
    assert states(answer) == {state}


def test_the_page_of_the_old_rule_says_since_when_and_by_what_it_was_replaced(town: Town) -> None:
    town.ask(QUESTION, date(2025, 6, 30))
    assert town.public.get("/documents/cha-old").status_code == 200
    assert town.public.get("/documents/cha-new").status_code == 404
    town.ask(QUESTION, CHANGE)
    page = town.public.get("/documents/cha-old")
    assert page.status_code == 410 and page.headers["cache-control"] == "no-store"
    assert "这一份从2025年7月1日起不用了" in page.text and "采茶补贴办法" in page.text
    assert 'href="/documents/cha-new">采茶补贴办法（修订）</a>' in page.text
    assert "210元" not in page.text
    assert town.public.get("/documents/cha-new").status_code == 200
