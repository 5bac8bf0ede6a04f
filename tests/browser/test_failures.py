"""What may go wrong on the way: the right words, the text kept, another try that works, no half card."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.report import BrowserReport
from tests.browser.states import TEXT, busy, reply, stream_parts, too_fast
from tests.browser.story import alert, ask, ask_and_wait

pytestmark = pytest.mark.browser


def assert_nothing_half(page: Page) -> None:
    assert page.locator(".card").count() == 0
    assert page.input_value("#question") == TEXT
    assert page.get_attribute("#send", "aria-disabled") is None


def test_a_stream_that_comes_all_at_once(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    reply(page, "".join(stream_parts()))
    ask_and_wait(page, TEXT)
    assert page.locator(".card").count() == 1


def test_a_browser_without_readable_bodies(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    page.evaluate("Object.defineProperty(Response.prototype, 'body', {get: () => undefined})")
    ask_and_wait(page, TEXT)
    assert "可以领" in page.inner_text(".card h2")
    browser_report.note("streams", "能", "手机页：没有 response.body 也能看回答")


def test_a_page_in_place_of_an_answer_leads_to_the_plain_form(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    reply(page, "<p>gateway</p>", "text/html", 502)
    ask(page, TEXT)
    page.wait_for_url("**/a/*")
    assert "可以领" in page.inner_text(".card h2")


def test_the_assistant_breaks_under_way(
    open_page: Callable[..., Page], live: Any, browser_report: BrowserReport
) -> None:
    live.site.assistant.error = RuntimeError("down")
    page = open_page("/")
    ask(page, TEXT)
    assert "没查成，不是您的问题。" in alert(page)
    assert page.get_attribute("#form-alert a", "href") == "tel:12345"
    assert_nothing_half(page)
    live.site.assistant.error = None
    ask_and_wait(page, TEXT)
    assert not page.is_visible("#form-alert")
    browser_report.note("streams", "在", "手机页：服务出错，字还在，有电话，再问能成")


def test_too_fast_counts_down_and_lets_go(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    reply(page, too_fast(2), "application/json", 429)
    ask(page, TEXT)
    assert "问得太快了" in alert(page)
    assert page.input_value("#question") == TEXT
    assert page.get_attribute("#send", "aria-disabled") == "true"
    page.wait_for_function("document.getElementById('send').textContent === '发送'")
    page.unroute("**/api/chat")
    page.click("#send")
    page.wait_for_selector(".closing")
    browser_report.note("streams", "在", "手机页：限速，字还在，数完能发")


def test_busy_says_how_many_wait(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    reply(page, busy(), "application/json", 503)
    ask(page, TEXT)
    assert "前面还有" in alert(page)
    assert_nothing_half(page)
    browser_report.note("streams", "在", "手机页：人多，说前面几位，字还在")


def test_offline_keeps_the_text_and_phones(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    page.context.set_offline(True)
    page.wait_for_selector("#offline:not([hidden])")
    ask(page, TEXT)
    assert "没有网络。您写的字还在" in page.inner_text("#offline")
    assert page.input_value("#question") == TEXT
    assert page.locator("a[href='tel:110']").is_visible()
    page.context.set_offline(False)
    page.wait_for_selector("#offline", state="hidden")
    page.click("#send")
    page.wait_for_selector(".closing")
    browser_report.note("streams", "在", "手机页：断网又好，字还在，电话在，能发")


def test_ten_twenty_and_thirty_seconds(
    open_page: Callable[..., Page], live: Any, browser_report: BrowserReport
) -> None:
    live.site.assistant.gate = threading.Event()
    page = open_page("about:blank")
    page.clock.install()
    page.goto("/")
    ask(page, TEXT)
    page.wait_for_selector("text=正在核对依据…")
    page.clock.run_for(10_500)
    assert page.inner_text(".wait") == "还在查，请等一下。"
    page.clock.run_for(10_000)
    assert page.inner_text(".wait") == "有点慢。急的话可以先打 12348。"
    page.clock.run_for(10_000)
    assert "没查成，不是您的问题。" in alert(page)
    assert_nothing_half(page)
    browser_report.note("streams", "对", "手机页：10、20、30 秒没声，说的话对，字还在")


def test_giving_up(open_page: Callable[..., Page], live: Any) -> None:
    live.site.assistant.gate = threading.Event()
    page = open_page("about:blank")
    page.clock.install()
    page.goto("/")
    ask(page, TEXT)
    page.wait_for_selector("text=正在核对依据…")
    page.clock.run_for(20_500)
    page.click("text=不等了")
    assert_nothing_half(page)
    assert not page.is_visible("#form-alert")
