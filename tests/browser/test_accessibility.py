"""axe finds nothing in any state, at any size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.story import alert, ask, ask_and_wait

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
BARS = """position => document.querySelectorAll('.top, .composer').forEach(bar => {
  bar.style.position = position; })"""
LOOKS = [("", False), ("size-large", False), ("size-huge", False), ("", True)]
ANSWERS = {
    "补助": "answered",
    "一部分": "partial",
    "反问": "ask-back",
    "没有依据": "no-basis",
    "天气": "out-of-scope",
    "骗保": "declined",
    "文书": "needs-person",
    "没通过": "withheld",
    "你好": "greeting",
    "救命": "danger",
}
PATHS = {
    "/": "home",
    "/topics": "topics",
    "/topics/dibao": "topic",
    "/entries/buzhu": "entry",
    "/documents/banfa": "document",
    "/hotlines": "hotlines",
    "/about": "about",
    "/privacy": "privacy",
    "/nothing": "not-found",
}


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


def picture_name(state: str, size: str, contrast: bool) -> str:
    """Every state in the first look, two of them in all four; '' for no picture."""
    look = "-contrast" if contrast else size.removeprefix("size")
    return f"{state}{look}" if not look or state in ("home", "answered") else ""


@pytest.mark.parametrize(("size", "contrast"), LOOKS)
@pytest.mark.parametrize("path", PATHS)
def test_pages(
    open_page: Callable[..., Page],
    picture: Callable[[Page, str], None],
    path: str,
    size: str,
    contrast: bool,
) -> None:
    page = open_page(path, size=size, contrast=contrast)
    assert violations(page) == []
    if name := picture_name(PATHS[path], size, contrast):
        picture(page, name)


@pytest.mark.parametrize(("size", "contrast"), LOOKS)
@pytest.mark.parametrize("question", ANSWERS)
def test_answers(
    open_page: Callable[..., Page],
    picture: Callable[[Page, str], None],
    question: str,
    size: str,
    contrast: bool,
) -> None:
    page = open_page("/", size=size, contrast=contrast)
    ask_and_wait(page, question)
    assert violations(page) == []
    if name := picture_name(ANSWERS[question], size, contrast):
        picture(page, name)


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


def test_the_states_of_the_input(
    open_page: Callable[..., Page], picture: Callable[[Page, str], None]
) -> None:
    page = open_page("/")
    page.fill("#question", "补助" * 130)
    assert violations(page) == []
    page.fill("#question", "补助" * 160)
    assert violations(page) == []
    picture(page, "too-long")
    page.fill("#question", "我的号码是13800001111")
    page.dispatch_event("#question", "change")
    assert violations(page) == []
    picture(page, "number-hidden")


def test_a_failure(
    open_page: Callable[..., Page], picture: Callable[[Page, str], None], live: object
) -> None:
    live.site.assistant.error = RuntimeError("down")  # type: ignore[attr-defined]
    page = open_page("/")
    ask(page, "补助怎么领")
    alert(page)
    assert violations(page) == []
    picture(page, "error")


def test_the_choice_of_sizes(open_page: Callable[..., Page], picture: Callable[[Page, str], None]) -> None:
    page = open_page("/")
    page.click("#sizes-open")
    assert violations(page) == []
    picture(page, "sizes")
