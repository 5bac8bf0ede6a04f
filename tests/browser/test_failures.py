"""What may go wrong on the way: the right words, the text kept, another try that works, no half card."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.story import alert, ask, ask_and_wait
from tests.integration.web_site import a_site
from web.slots import AnswerSlots

pytestmark = pytest.mark.browser
TEXT = "补助怎么领"
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def parts() -> list[str]:
    """The events of one whole stream, as sent."""
    response = a_site().client.post("/api/chat", json={"question": TEXT}, headers=STREAM)
    return [f"{part}\n\n" for part in response.text.split("\n\n") if part]


def serve(page: Page, body: str, kind: str = "text/event-stream", status: int = 200) -> None:
    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=body.encode(), content_type=kind)

    page.route("**/api/chat", fulfil)


def assert_nothing_half(page: Page) -> None:
    assert page.locator(".card").count() == 0
    assert page.input_value("#question") == TEXT
    assert page.get_attribute("#send", "aria-disabled") is None


@pytest.mark.parametrize("after", [0, 1, 4, 9, 12])
def test_a_stream_that_is_cut(open_page: Callable[..., Page], parts: list[str], after: int) -> None:
    page = open_page("/")
    serve(page, "".join(parts[:after]) + "event: blo")
    ask(page, TEXT)
    assert "没查成，不是您的问题。" in alert(page)
    assert_nothing_half(page)
    page.unroute("**/api/chat")
    page.click("#form-alert button:has-text('再试一次')")
    page.wait_for_url("**/a/*")
    assert "可以领" in page.inner_text(".card h2")


def test_a_stream_that_comes_all_at_once(open_page: Callable[..., Page], parts: list[str]) -> None:
    page = open_page("/")
    serve(page, "".join(parts))
    ask_and_wait(page, TEXT)
    assert page.locator(".card").count() == 1


def test_a_browser_without_readable_bodies(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.evaluate("Object.defineProperty(Response.prototype, 'body', {get: () => undefined})")
    ask_and_wait(page, TEXT)
    assert "可以领" in page.inner_text(".card h2")


def test_a_page_in_place_of_an_answer_leads_to_the_plain_form(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    serve(page, "<p>gateway</p>", "text/html", 502)
    ask(page, TEXT)
    page.wait_for_url("**/a/*")
    assert "可以领" in page.inner_text(".card h2")


def test_the_assistant_breaks_under_way(open_page: Callable[..., Page], live: Any) -> None:
    live.site.assistant.error = RuntimeError("down")
    page = open_page("/")
    ask(page, TEXT)
    assert "没查成，不是您的问题。" in alert(page)
    assert page.get_attribute("#form-alert a", "href") == "tel:12345"
    assert_nothing_half(page)
    live.site.assistant.error = None
    ask_and_wait(page, TEXT)
    assert not page.is_visible("#form-alert")


def test_too_fast_counts_down_and_lets_go(open_page: Callable[..., Page]) -> None:
    refused = a_site(address_per_minute=1).client
    refused.post("/api/chat", json={"question": TEXT})
    body = refused.post("/api/chat", json={"question": TEXT}).json() | {"retry_after": 2}
    page = open_page("/")
    serve(page, json.dumps(body), "application/json", 429)
    ask(page, TEXT)
    assert "问得太快了" in alert(page)
    assert page.input_value("#question") == TEXT
    assert page.get_attribute("#send", "aria-disabled") == "true"
    page.wait_for_function("document.getElementById('send').textContent === '发送'")
    page.unroute("**/api/chat")
    page.click("#send")
    page.wait_for_selector(".closing")


def test_busy_says_how_many_wait(open_page: Callable[..., Page]) -> None:
    full = a_site(slots=AnswerSlots(slots=1, queue=-1)).client
    body = full.post("/api/chat", json={"question": TEXT})
    assert body.status_code == 503
    page = open_page("/")
    serve(page, body.text, "application/json", 503)
    ask(page, TEXT)
    assert "前面还有" in alert(page)
    assert_nothing_half(page)


def test_offline_keeps_the_text_and_phones(open_page: Callable[..., Page]) -> None:
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


def test_ten_twenty_and_thirty_seconds(open_page: Callable[..., Page], live: Any) -> None:
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
