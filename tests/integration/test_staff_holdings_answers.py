"""What is published at the desk is what the real pipeline answers: a figure, a text, an office; the old day too."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.ports import Assistant
from bot.types import Answer, AnswerStatus, Channel, Question
from bot.wiring import build_assistant
from knowledge.overlay_town import FollowedTown
from knowledge.town import load_town
from knowledge.wiring import build_tools
from tests.integration.desk_walk import QuickLibrary
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, send
from tests.unit.small_index import HashedPairs

FIGURE, ENTRY, OFFICE = "/staff/parameters/old-age", "/staff/entries/buzhu-who", "/staff/offices/window"
ASKED = "buzhu-who例问甲"


@dataclass
class Served:
    """The desk, and an assistant that follows what it publishes."""

    held: HoldingsSite
    library: QuickLibrary
    town: FollowedTown
    assistant: Assistant

    def ask(self, text: str = ASKED) -> Answer:
        self.library.follow(rebuild=True)
        self.town.look()
        return self.assistant.answer(Question(text, self.held.site.clock().date(), Channel.PHONE))

    def says(self, text: str = ASKED) -> str:
        answer = self.ask(text)
        assert answer.status is AnswerStatus.ANSWERED, answer
        return "\n".join(block.text for block in answer.blocks)


@pytest.fixture
def served(tmp_path: Path) -> Served:
    held = a_holdings_site(tmp_path)
    settings, truth = held.settings, held.site.truth
    tools = replace(build_tools(settings), embedder=HashedPairs())
    town = FollowedTown(load_town(settings.town_file), truth.town_records)
    library = QuickLibrary(truth, town.town, tools, settings.index_dir, settings.calibration_dir, lambda _: True)
    library.follow(rebuild=True)
    return Served(held, library, town, build_assistant(settings, library, MemoryStore(), held.site.clock))


def publish_figure(held: HoldingsSite, **fields: str) -> None:
    editor, reviewer = held.browser("bian"), held.browser("fu")
    send(editor, editor.get(FIGURE), FIGURE, {}, **fields)
    page = reviewer.get(FIGURE)
    where = next(part for part in page.text.split('"') if part.endswith("/publish"))
    assert send(reviewer, page, where).status_code == 303


def test_a_figure_changed_at_the_desk_changes_the_answer_and_the_old_day_keeps_its_own(served: Served) -> None:
    assert "100元" in served.says()
    publish_figure(served.held, value="120", since="2026-07-01")
    now = served.says()
    assert "120元" in now and "100元" not in now
    last_year = served.says(f"2025年{ASKED}")
    assert "100元" in last_year and "120元" not in last_year
    assert "旧数" in last_year
    citation = served.ask().citations[0]
    assert citation.basis.title == "高龄补助办法"


def test_a_figure_of_a_later_day_waits_for_its_day(served: Served) -> None:
    publish_figure(served.held, value="150", since="2026-12-01")
    assert "100元" in served.says() and "150元" not in served.says()
    served.held.site.clock.on(days=9)
    assert "150元" in served.says()


def test_an_approved_entry_says_no_more_that_nobody_reviewed_it(served: Served) -> None:
    assert not served.ask().reviewed
    reviewer = served.held.browser("fu")
    send(reviewer, reviewer.get(ENTRY), f"{ENTRY}/approve")
    assert served.ask().reviewed


def test_a_text_published_at_the_desk_is_the_answer_and_is_found_by_its_new_wording(served: Served) -> None:
    editor, reviewer = served.held.browser("bian"), served.held.browser("fu")
    page = editor.get(ENTRY)
    wordings = "buzhu-who例问甲\nbuzhu-who例问乙\nbuzhu-who例问丙\n年纪大了镇里管不管钱"
    answer = send(editor, page, ENTRY, **{"part-conclusion": "年满80岁就能领，每月{old-age}。〔a〕", "examples": wordings, "do": "hand_in"})
    version = answer.headers["location"]
    editor.get(version)
    editor.post(f"{version}/submit")
    reviewer.get(version)
    assert reviewer.post(f"{version}/publish").status_code == 303
    assert "年满80岁就能领" in served.says("年纪大了镇里管不管钱")


def test_a_confirmed_office_stands_among_the_contacts(served: Served) -> None:
    def numbers() -> list[str]:
        return [contact.phone for contact in served.ask().contacts]

    assert "023-12345678" not in numbers()
    editor = served.held.browser("bian")
    send(editor, editor.get(OFFICE), OFFICE, {}, phone="023-12345678")
    assert "023-12345678" in numbers()


def test_a_phone_rung_in_vain_is_said_so_under_the_answer(served: Served) -> None:
    editor = served.held.browser("bian")
    (line,) = [contact for contact in served.ask().contacts if contact.phone == "12345"]
    page = f"/staff/hotlines/{line.phone}"
    send(editor, editor.get(page), f"{page}/silent")
    told = {contact.phone: contact.hours for contact in served.ask().contacts}
    assert told["12345"] == "11月22日打过，没打通，过后再打"


