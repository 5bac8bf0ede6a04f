"""axe finds nothing in any state, at any size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.story import alert, ask, ask_and_wait
from tests.fakes import NOW, full_answer

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BARS = """position => document.querySelectorAll('.top, .composer').forEach(bar => {
  bar.style.position = position; })"""
LOOKS = [("", False), ("size-large", False), ("size-huge", False), ("", True)]
ANSWERS = ("补助", "一部分", "反问", "没有依据", "天气", "骗保", "文书", "没通过", "你好", "救命")
PATHS = (
    "/",
    "/topics",
    "/topics/dibao",
    "/entries/buzhu",
    "/documents/banfa",
    "/hotlines",
    "/about",
    "/privacy",
    "/handover",
    "/score",
    "/feedback",
    "/nothing",
)


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


@pytest.mark.parametrize(("size", "contrast"), LOOKS)
@pytest.mark.parametrize("path", PATHS)
def test_pages(open_page: Callable[..., Page], path: str, size: str, contrast: bool) -> None:
    page = open_page(path, size=size, contrast=contrast)
    assert violations(page) == []


@pytest.mark.parametrize(("size", "contrast"), LOOKS)
@pytest.mark.parametrize("question", ANSWERS)
def test_answers(open_page: Callable[..., Page], question: str, size: str, contrast: bool) -> None:
    page = open_page("/", size=size, contrast=contrast)
    ask_and_wait(page, question)
    assert violations(page) == []


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


@pytest.mark.parametrize(("size", "contrast"), LOOKS)
def test_a_shared_answer_before_and_after_a_change(
    open_page: Callable[..., Page], live: Any, size: str, contrast: bool
) -> None:
    token = live.site.store.share(full_answer(), "", NOW)
    assert violations(open_page(f"/answers/{token}", size=size, contrast=contrast)) == []
    del live.site.library.documents["buzhu"]
    page = open_page(f"/answers/{token}", size=size, contrast=contrast)
    assert page.is_visible("text=依据已更新") and violations(page) == []


def test_giving_to_the_staff_and_reading_the_reply(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "没有依据")
    page.click(".handover button")
    page.wait_for_selector(".handed")
    assert violations(page) == []
    live.site.store.replies["100000"] = "到窗口补办。"
    page.goto("/handover")
    page.fill("[name=number]", "100000")
    page.click(".lookup button")
    page.wait_for_selector("text=到窗口补办")
    assert violations(page) == []


def test_the_states_of_the_input(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.fill("#question", "补助" * 130)
    assert violations(page) == []
    page.fill("#question", "补助" * 160)
    assert violations(page) == []
    page.fill("#question", "我的号码是13800001111")
    page.dispatch_event("#question", "change")
    assert violations(page) == []


def test_a_failure(open_page: Callable[..., Page], live: object) -> None:
    live.site.assistant.error = RuntimeError("down")  # type: ignore[attr-defined]
    page = open_page("/")
    ask(page, "补助怎么领")
    alert(page)
    assert violations(page) == []


def test_the_choice_of_sizes(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.click("#sizes-open")
    assert violations(page) == []
