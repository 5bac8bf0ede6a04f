"""The first screen of an answer carries what she needs; the rest is one press away, and on paper."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from knowledge.library import Library
from tests.browser.conftest import PHONE, Served
from tests.browser.measure import faults
from tests.browser.paper import printed
from tests.browser.report import BrowserReport
from tests.browser.story import ask, ask_and_wait

pytestmark = pytest.mark.browser
SAMPLED = 5
FULL = 6
"""Lines of an entry from which on something of it is folded for certain."""
ENDS = """() => { const card = document.querySelector('.card'), top = card.getBoundingClientRect().top;
  const end = node => node ? node.getBoundingClientRect().bottom - top : Infinity;
  return ['.chip', 'h2', '.call', '.blocks > .block li, .blocks > .block p'].map(one => end(card.querySelector(one))); }"""
LINES = "all => all.map(one => one.firstChild.textContent.replace(/\\s/g, ''))"
SEEN = "one => one.checkVisibility({contentVisibilityAuto: true}) && one.getClientRects().length > 0"


@pytest.fixture
def questions(bundled_library: Library, seed: int) -> list[str]:
    """Ready questions of entries that say much, drawn by the seed."""
    entries = bundled_library.shelf.snapshot.entries.values()
    long = [entry.question for entry in entries if sum(len(part.claims) for part in entry.parts) > FULL]
    return random.Random(f"{seed} first screen").sample(long, SAMPLED)


def asked(page: Page, real: Served, question: str) -> Page:
    page.goto(real.url)
    page.evaluate("sessionStorage.clear()")
    page.goto(real.url)
    ask_and_wait(page, question)
    return page


def test_label_conclusion_phone_and_the_first_line_asked_for(
    real: Served, questions: list[str], open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page, late = open_page("about:blank"), []
    for question in questions:
        ends = asked(page, real, question).evaluate(ENDS)
        late += [(question, ends)] if max(ends) > PHONE["height"] else []
        assert faults(page) == [], question
    assert late == []
    browser_report.note("viewports", "在", f"手机页：抽 {SAMPLED} 个真回答，标识、结论、电话、头一条说明在头一屏")


def test_what_is_folded_opens_by_keyboard(
    real: Served, questions: list[str], open_page: Callable[..., Page]
) -> None:
    page, folds = open_page("about:blank"), 0
    for question in questions[:3]:
        asked(page, real, question)
        for fold in page.locator(".card details.rest").all():
            assert not fold.locator(".block, .number").first.evaluate(SEEN)
            fold.locator("> summary").focus()
            page.keyboard.press("Enter")
            assert all(one.evaluate(SEEN) for one in fold.locator(".block, .sources .number").all())
            folds += 1
    assert folds >= 3


def test_without_scripts_the_same_is_folded_and_paper_has_all_of_it(
    real: Served, questions: list[str], open_page: Callable[..., Page]
) -> None:
    page, plain = open_page("about:blank"), open_page("about:blank", js=False)
    for question in questions[:3]:
        asked(page, real, question)
        plain.goto(real.url)
        ask(plain, question)
        folded = ".card .blocks .rest li, .card .blocks .rest p"
        lines = plain.locator(folded).evaluate_all(LINES)
        assert lines and page.locator(folded).evaluate_all(LINES) == lines
        assert plain.locator(".rest > summary").all_inner_texts() == page.locator(".rest > summary").all_inner_texts()
        for paper in (printed(page).text, printed(plain).text):
            assert [line for line in lines if line not in paper] == []


def test_a_mark_opens_the_source_it_leads_to(
    real: Served, questions: list[str], open_page: Callable[..., Page]
) -> None:
    page, led = open_page("about:blank"), 0
    for question in questions:
        asked(page, real, question)
        numbers = page.locator(".sources > .rest .number")
        if not numbers.count():
            continue
        target = str(numbers.first.get_attribute("id"))
        page.evaluate("document.querySelectorAll('.blocks .rest').forEach(fold => { fold.open = true; })")
        page.click(f".mark[href='#{target}']")
        assert page.locator(f"#{target}").evaluate(SEEN)
        led += 1
    assert led


def test_copied_text_has_all_of_it(
    real: Served, questions: list[str], open_page: Callable[..., Page]
) -> None:
    page = asked(open_page("about:blank", permissions=["clipboard-read", "clipboard-write"]), real, questions[0])
    lines = page.locator(".card .blocks .rest li, .card .blocks .rest p").evaluate_all(LINES)
    page.click(".tools .copy")
    expect(page.locator(".told")).not_to_be_empty()
    copied = "".join(str(page.evaluate("navigator.clipboard.readText()")).split())
    assert lines and [line for line in lines if line not in copied] == []


@pytest.mark.parametrize("size", ["size-large", "size-huge"])
def test_a_folded_entry_in_large_letters(
    real: Served, bundled_library: Library, open_page: Callable[..., Page], size: str
) -> None:
    entries = bundled_library.shelf.snapshot.entries
    name = max(entries, key=lambda one: sum(len(part.claims) for part in entries[one].parts))
    page = open_page(f"{real.url}/entries/{name}", size=size, viewport={"width": 320, "height": 568})
    assert page.locator(".card h2").is_visible()
    page.locator(".blocks .rest > summary").click()
    assert faults(page, size) == []
