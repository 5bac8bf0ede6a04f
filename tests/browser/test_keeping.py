"""What this tab and this phone keep: the last ten answers, the pages that work offline, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.report import BrowserReport
from tests.browser.story import ask_and_wait

pytestmark = pytest.mark.browser
CACHED = """async () => { const found = [];
  for (const name of await caches.keys()) for (const one of await (await caches.open(name)).keys())
    found.push(new URL(one.url).pathname);
  return found; }"""
CACHED_TEXT = """async () => { const found = [];
  for (const name of await caches.keys()) { const cache = await caches.open(name);
    for (const one of await cache.keys()) found.push(await (await cache.match(one)).text()); }
  return found; }"""


def test_earlier_answers_of_this_tab_can_be_opened_again(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    ask_and_wait(page, "没有依据")
    page.goto("/")
    assert page.is_visible(".welcome > .topics") and page.locator(".history .card").count() == 2
    page.click(".history summary")
    assert page.is_visible("text=可以领，年满80岁就能申请。")


def test_ten_are_kept(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    for number in range(12):
        ask_and_wait(page, f"补助{number}")
    page.goto("/")
    bubbles = page.locator(".history .bubble").all_text_contents()
    assert bubbles == [f"补助{number}" for number in range(2, 12)]


def test_clearing_leaves_nothing(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.goto("/")
    page.click(".history summary")
    page.click(".history button:has-text('清空记录')")
    page.wait_for_url("**/?cleared=1")
    assert page.locator(".history").count() == 0
    assert page.evaluate("sessionStorage.length") == 0 and len(live.site.store.ended) == 1


def test_another_tab_knows_nothing_of_it(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    other = page.context.new_page()
    other.goto("/")
    assert other.locator(".history").count() == 0


def test_help_in_danger_is_not_kept_on_the_phone(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "救命")
    assert page.evaluate("sessionStorage.length") == 0


def test_without_a_network_what_was_seen_is_there_and_no_answer_is(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    ask_and_wait(page, "补助canary")
    answer = page.request.post("/share", form={"answer_id": page.get_attribute(".tools", "data-answer") or ""})
    page.goto("/topics/dibao")
    page.goto("/entries/buzhu")
    page.goto(answer.url)
    page.goto("/about")
    page.context.set_offline(True)
    seen = (
        ("/", "您好"),
        ("/topics/dibao", "哪些人可以领补助"),
        ("/entries/buzhu", "先到窗口填表"),
        ("/hotlines", "12348"),
        ("/dictation", "键盘上的话筒"),
    )
    for path, words in seen:
        page.goto(path)
        expect(page.locator("main")).to_contain_text(words)
    for path in ("/entries/yibao-pay", "/about", answer.url, "/?cleared=1"):
        page.goto(path)
        expect(page.locator("main")).to_contain_text("您好" if "?" in path else "没有网络，这一页打不开")
        expect(page.locator("main a[href='tel:110']")).to_be_visible()
    cached = page.evaluate(CACHED)
    assert {"/", "/topics", "/topics/dibao", "/entries/buzhu", "/hotlines", "/offline"} <= set(cached)
    assert [path for path in cached if path.startswith(("/a/", "/api/", "/answers/", "/share"))] == []
    texts = page.evaluate(CACHED_TEXT)
    assert len(texts) == len(cached) and not any("canary" in text for text in texts)
    page.context.set_offline(False)
    browser_report.note("streams", "打得开", "手机页：断网时，看过的题目、电话打得开；打的字和回答 0 处留下")


def test_a_new_release_throws_the_old_pages_away(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.evaluate("caches.open('pufa-old').then(cache => cache.put('/entries/x', new Response('old')))")
    page.evaluate("caches.open('another').then(cache => cache.put('/x', new Response('not ours')))")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("caches.keys().then(names => !names.includes('pufa-old'))")
    assert "another" in page.evaluate("caches.keys()")
