"""axe finds nothing in any state: in one look each, drawn by the seed; `make prove` takes every look."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.report import BrowserReport
from tests.browser.states import LOOKS, SURFACES, show
from tests.browser.story import ask_and_wait
from tests.fakes import NOW, full_answer

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BARS = """position => document.querySelectorAll('.top, .composer').forEach(bar => {
  bar.style.position = position; })"""


@pytest.fixture
def live(lasting: Live) -> Live:
    return lasting


@pytest.fixture(scope="module")
def clean(browser_report: BrowserReport) -> Iterator[set[str]]:
    """Surfaces on which axe found nothing; noted when the module is over."""
    found: set[str] = set()
    yield found
    limit = f"手机页：{len(SURFACES)} 个状态和页面，每个抽一种字号或高对比，0 处毛病"
    browser_report.note("axe", f"{len(found)} 个，0 处", limit)


def violations(page: Page) -> list[str]:
    """Rule and place of each.

    The animation is over first, for it changes colours; the bars let go, for what they half cover can be
    scrolled free.
    """
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
    page.evaluate(BARS, "static")
    found = Axe().run(page, options=RULES).response["violations"]
    page.evaluate(BARS, "")
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.browser
@pytest.mark.parametrize("surface", SURFACES)
def test_in_one_look(
    open_page: Callable[..., Page], surface: str, rng: random.Random, clean: set[str]
) -> None:
    size, contrast = rng.choice(LOOKS)
    found = violations(show(open_page, surface, size=size, contrast=contrast))
    assert found == [], f"{surface} {size} {contrast}"
    clean.add(surface)


@pytest.mark.prove
@pytest.mark.parametrize("surface", SURFACES)
def test_in_every_look(open_page: Callable[..., Page], surface: str) -> None:
    for size, contrast in LOOKS:
        found = violations(show(open_page, surface, size=size, contrast=contrast))
        assert found == [], f"{surface} {size} {contrast}"


@pytest.mark.browser
@pytest.mark.parametrize("question", ["补助", "反问", "救命", "没有依据"])
def test_answers_without_scripts_look_the_same_to_a_reader(
    open_page: Callable[..., Page], question: str
) -> None:
    page = open_page("/")
    page.evaluate("document.getElementById('composer').submit = null")
    page.fill("#question", question)
    with page.expect_navigation():
        page.evaluate("HTMLFormElement.prototype.submit.call(document.getElementById('composer'))")
    assert violations(page) == []


@pytest.mark.browser
def test_a_shared_answer_before_and_after_a_change(
    open_page: Callable[..., Page], live: Any, rng: random.Random
) -> None:
    size, contrast = rng.choice(LOOKS)
    token = live.site.store.share(full_answer(), "", NOW)
    assert violations(open_page(f"/answers/{token}", size=size, contrast=contrast)) == []
    held = live.site.library.documents.pop("buzhu")
    page = open_page(f"/answers/{token}", size=size, contrast=contrast)
    assert page.is_visible("text=依据已更新") and violations(page) == []
    live.site.library.documents["buzhu"] = held


@pytest.mark.browser
def test_giving_to_the_staff_and_reading_the_reply(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "没有依据")
    page.click(".handover button")
    page.wait_for_selector(".handed")
    number = max(live.site.store.handed_over)
    live.site.store.replies[number] = "到窗口补办。"
    page.goto("/handover")
    page.fill("[name=number]", number)
    page.click(".lookup button")
    page.wait_for_selector("text=到窗口补办")
    assert violations(page) == []
