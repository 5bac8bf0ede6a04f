"""A stream that breaks, drips or comes whole: the right words, the text kept, no half card, nothing uncited."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.report import BrowserReport
from tests.browser.states import SLOW_STREAM, TEXT, push, stream_parts
from tests.browser.story import alert, ask

pytestmark = pytest.mark.browser
UNCITED = """() => Array.from(document.querySelectorAll('.card .mark')).filter(
  mark => !document.getElementById(mark.hash.slice(1))).map(mark => mark.parentNode.textContent)"""
BARE_FIGURES = r"""() => Array.from(document.querySelectorAll('.card .block p, .card .block li, .card h2')).filter(
  line => /\d{2}/.test(line.firstChild.data) && !line.querySelector('.mark') && !line.closest('.note')
).map(line => line.textContent)"""


@pytest.fixture
def live(lasting: Live) -> Live:
    return lasting


def test_cut_at_every_block(open_page: Callable[..., Page], browser_report: BrowserReport) -> None:
    """Each time half of the next event is on its way. Odd cuts break the connection, even ones close it."""
    page = open_page("/")
    page.evaluate(SLOW_STREAM)
    parts = stream_parts()
    for cut in range(len(parts)):
        ask(page, TEXT)
        page.wait_for_selector(".card[aria-busy]")
        push(page, [*parts[:cut], parts[cut][: len(parts[cut]) // 2]])
        blocks = sum(part.startswith("event: block") for part in parts[:cut])
        page.wait_for_function("count => document.querySelectorAll('.card h2, .card .block').length >= count", arg=blocks)
        assert page.evaluate(UNCITED) == [] and page.evaluate(BARE_FIGURES) == []
        page.evaluate("window.cut()" if cut % 2 else "window.finish()")
        assert "没查成，不是您的问题。" in alert(page)
        assert page.locator(".card").count() == 0
        assert page.input_value("#question") == TEXT
        assert page.get_attribute("#send", "aria-disabled") is None
    page.click("#form-alert button:has-text('再试一次')")
    page.wait_for_url("**/a/*")
    assert "可以领" in page.inner_text(".card h2")
    browser_report.note("streams", f"{len(parts)} 处断，0 张半截卡", "手机页：每一块断一次，字还在，再试能成，没有半截卡，没有无依据的话")


@pytest.mark.parametrize("size", [1, 5, 100_000])
def test_in_pieces_of_any_size_it_is_the_same_card(
    open_page: Callable[..., Page], size: int, browser_report: BrowserReport
) -> None:
    """Pieces end inside characters and events."""
    page = open_page("/")
    page.evaluate(SLOW_STREAM)
    ask(page, TEXT)
    page.evaluate("([text, size]) => window.pushBytes(text, size)", ["".join(stream_parts()), size])
    page.wait_for_selector(".closing")
    assert page.locator(".card").count() == 1
    words = page.inner_text(".card")
    for word in ("可以领，年满80岁就能申请。", "先到窗口填表。", "约20个工作日。", "本回答由程序从政策资料中摘录"):
        assert words.count(word) == 1
    browser_report.note("streams", "一样", "手机页：一个字节一块、整块一次来，卡片一样")


def test_what_was_shown_stays_when_the_rest_comes(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.evaluate(SLOW_STREAM)
    ask(page, TEXT)
    shown = ""
    for part in stream_parts():
        push(page, [part])
        page.evaluate("() => new Promise(done => setTimeout(done, 0))")
        now = re.sub(r"\s", "", page.inner_text(".card .at-head") + page.inner_text(".card .at-blocks"))
        assert now.startswith(shown)
        shown = now
    assert "可以领" in shown
