"""What can be done with a card: copy, send on, print, listen, correct, give to the staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.report import BrowserReport
from tests.browser.story import ask_and_wait
from tests.browser.voices import ZH, with_voices

pytestmark = pytest.mark.browser
WECHAT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 Mobile MicroMessenger/8.0"
CLIPBOARD = ["clipboard-read", "clipboard-write"]


def listener(open_page: Callable[..., Page], voices: list[dict[str, str]], late: bool = False) -> Page:
    """A phone with these voices, and an answer on it."""
    page = open_page("about:blank")
    with_voices(page, voices, late)
    page.goto("/")
    ask_and_wait(page, "补助")
    return page


def clipboard(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_the_copied_text_carries_label_sources_date_and_link(
    open_page: Callable[..., Page], live: Any
) -> None:
    page = open_page("/", permissions=CLIPBOARD)
    ask_and_wait(page, "补助")
    page.click(".tools .copy")
    expect(page.locator(".told")).to_have_text("已复制。")
    text = clipboard(page)
    for word in (
        "程序摘录",
        "2026年11月22日 10:21",
        "可以领，年满80岁就能申请。",
        "《某项补助办法》",
        "12345",
        "本回答由程序从政策资料中摘录",
        f"{live.url}/answers/",
    ):
        assert word in text
    assert "有用" not in text and "看原话" not in text


def test_without_a_share_sheet_the_link_is_copied_and_leads_to_the_answer(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/", permissions=CLIPBOARD)
    page.evaluate("delete Navigator.prototype.share")
    ask_and_wait(page, "补助")
    page.click(".tools .share")
    expect(page.locator(".told")).to_have_text("网址已复制，粘贴给家人就行。")
    page.goto(clipboard(page))
    assert "可以领，年满80岁就能申请。" in page.inner_text("article")
    assert page.locator(".feedback").count() == 0


def test_the_share_sheet_of_the_phone_gets_the_link(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    sent = page.evaluate("""() => new Promise(done => {
      Navigator.prototype.share = what => { done(what); return Promise.resolve(); };
      document.querySelector('.tools .share').click(); })""")
    assert sent["url"].startswith(f"{live.url}/answers/") and sent["text"] == "可以领，年满80岁就能申请。"


def test_in_wechat_the_page_itself_is_forwarded_and_nothing_is_printed(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/", user_agent=WECHAT)
    ask_and_wait(page, "补助")
    assert not page.is_visible(".tools .print")
    page.click(".tools .share")
    page.wait_for_url("**/answers/*")
    assert page.is_visible("text=点右上角 ··· 转发给家人。")


def test_without_scripts_the_answer_gets_its_address_by_a_form(open_page: Callable[..., Page]) -> None:
    page = open_page("/", js=False)
    page.fill("#question", "补助")
    page.click("#send")
    assert not page.is_visible(".tools .copy")
    page.click(".tools [data-act=share]")
    page.wait_for_url("**/answers/*")
    assert "可以领" in page.inner_text("article")


def test_without_a_chinese_voice_there_is_nothing_to_listen_to(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    assert not listener(open_page, [{"lang": "en-US", "name": "x"}]).is_visible(".listen")
    browser_report.note("voices", "不出现", "手机页：没有中文语音，听一听不出现")


def test_a_browser_without_speech_shows_nothing_and_fails_nothing(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("about:blank")
    page.add_init_script("delete window.speechSynthesis")
    page.goto("/")
    ask_and_wait(page, "补助")
    assert not page.is_visible(".listen")
    browser_report.note("voices", "不出现，不出错", "手机页：没有语音功能，听一听不出现，不出错")


def test_a_voice_that_comes_late_is_used(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = listener(open_page, ZH, late=True)
    assert not page.is_visible(".listen")
    page.evaluate("window.come()")
    assert page.is_visible(".listen")
    browser_report.note("voices", "出现", "手机页：语音来得晚，听一听才出现")


def test_listening_says_the_label_first_and_short_sentences(open_page: Callable[..., Page]) -> None:
    page = listener(open_page, ZH)
    page.click(".listen")
    expect(page.locator(".listen")).to_have_text("听一听", timeout=8000)
    spoken = [text for text in page.evaluate("window.spoken") if text != "(stop)"]
    assert spoken[:2] == ["以下内容由程序从政策资料中摘录。", "可以领，年满80岁就能申请。"]
    assert "先到窗口填表。" in spoken and any("12345" in text for text in spoken)
    assert all(len(text) <= 60 and "〔" not in text for text in spoken)


def test_a_second_press_stops_listening(open_page: Callable[..., Page]) -> None:
    page = listener(open_page, ZH)
    page.evaluate("() => { window.speechSynthesis.speak = one => window.spoken.push(one.text); }")
    page.click(".listen")
    assert page.inner_text(".listen") == "停"
    page.click(".listen")
    assert page.inner_text(".listen") == "听一听"
    assert page.evaluate("window.spoken[window.spoken.length - 1]") == "(stop)"


def test_what_was_understood_can_be_corrected(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.click(".edit")
    assert page.input_value("#question") == "补助"
    assert page.evaluate("document.activeElement.id") == "question"


def test_a_question_is_given_to_the_staff_in_the_same_place(
    open_page: Callable[..., Page], live: Any
) -> None:
    page = open_page("/")
    ask_and_wait(page, "没有依据")
    page.click(".handover button")
    page.wait_for_selector(".handed")
    assert "已交给工作人员，不用留名字。" in page.inner_text(".handed")
    assert page.inner_text(".handed .ticket") == "取件号：100000"
    assert list(live.site.store.handed_over) == ["100000"]


def test_who_was_not_helped_can_give_the_question_to_the_staff(
    open_page: Callable[..., Page], live: Any
) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.click(".feedback button:has-text('没帮上')")
    page.click(".handover button")
    page.wait_for_selector(".handed")
    assert len(live.site.store.handed_over) == 1
