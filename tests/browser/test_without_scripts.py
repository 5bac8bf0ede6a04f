"""The whole journey with JavaScript off: ask, read, source, phones, feedback, clear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.report import BrowserReport

pytestmark = pytest.mark.browser


def send(page: Page, text: str) -> None:
    page.fill("#question", text)
    page.click("#send")


def test_a_villager_asks_without_scripts(
    open_page: Callable[..., Page], live: Any, browser_report: BrowserReport
) -> None:
    page = open_page("/", js=False)
    send(page, "80岁老人有没有补助")
    assert "/a/" in page.url and "%" not in page.url
    assert "可以领" in page.inner_text(".card h2")
    page.click(".sources summary")
    assert "年满八十周岁" in page.inner_text("blockquote")
    assert page.get_attribute(".call", "href") == "tel:12345"
    page.click("text=没帮上")
    page.click("text=看不懂")
    assert "收到，谢谢" in page.inner_text(".feedback")
    assert list(live.site.store.feedbacks.values()) == [(False, "unreadable", None)]
    page.click(".choices button")
    assert "要带什么材料" in page.inner_text(".bubble")
    page.click(".clear button")
    assert "已清空" in page.inner_text(".notice")
    assert live.site.store.answers == {}
    browser_report.note("no-scripts", "走完", "手机页：问、看回答和依据、打电话、反馈、再问、清空")


def test_a_topic_leads_to_an_entry_and_its_source(open_page: Callable[..., Page]) -> None:
    page = open_page("/", js=False)
    page.click(".topics a")
    page.click("text=哪些人可以领补助")
    page.click(".conditions .mark")
    page.click(".sources summary")
    page.click("text=看全文")
    assert page.url.endswith("/documents/banfa#passage-article-5")
    assert page.evaluate("getComputedStyle(document.querySelector(':target')).outlineStyle") == "solid"


def test_a_question_back_and_danger(open_page: Callable[..., Page]) -> None:
    page = open_page("/", js=False)
    send(page, "反问")
    page.click("text=满了")
    assert page.inner_text(".bubble") == "满了"
    send(page, "救命")
    assert page.get_attribute(".dial a", "href") == "tel:110"
    page.click("text=快速离开")
    assert page.is_visible("h1")


def test_text_is_kept_when_it_is_refused(open_page: Callable[..., Page]) -> None:
    page = open_page("/", js=False)
    send(page, "补" * 305)
    assert page.input_value("#question") == "补" * 305
    assert "请删掉 5 字" in page.inner_text(".alert")


def test_nothing_is_shown_that_needs_scripts(open_page: Callable[..., Page]) -> None:
    page = open_page("/", js=False)
    assert not page.is_visible("#sizes-open") and not page.is_visible("#sizes")
