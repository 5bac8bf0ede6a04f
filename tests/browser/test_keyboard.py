"""The whole journey without a finger: every stop can be seen, none is covered; and what a reader hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live
from tests.browser.hosts import other_site
from tests.browser.report import BrowserReport
from tests.browser.states import SLOW_STREAM, TEXT, push, stream_parts
from tests.browser.story import ask
from tests.integration.web_site import a_site

pytestmark = pytest.mark.browser
MOST_STOPS = 80
FOCUS = """() => { const node = document.activeElement, box = node.getClientRects()[0] || node.getBoundingClientRect();
  const look = getComputedStyle(node), top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const name = node.tagName + '.' + node.className + ' ' + node.textContent.trim().slice(0, 12);
  if (box.top < 0 || box.left < 0 || box.bottom > innerHeight + 1 || box.right > innerWidth + 1) return name + ': outside';
  if (!top || !node.contains(top)) return name + ': covered by ' + (top && top.className);
  if (look.outlineStyle !== 'solid' || parseFloat(look.outlineWidth) < 3) return name + ': no ring';
  return ''; }"""
HEARD = """() => { const said = window.said = [];
  new MutationObserver(changes => { for (const change of changes) {
    const at = change.target.nodeType === 3 ? change.target.parentNode : change.target;
    const region = at.closest('[role=status], [role=alert], [aria-live]');
    const text = region ? region.textContent.trim() : '';
    if (text && said[said.length - 1] !== text) said.push(text);
  } }).observe(document.body, {childList: true, characterData: true, subtree: true}); }"""


def tab_to(page: Page, selector: str) -> None:
    """Tab until the focus is there; every stop on the way must be in sight."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS) == ""
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no {selector} after {MOST_STOPS} stops")


def test_the_phone_page(open_page: Callable[..., Page], live: Any, browser_report: BrowserReport) -> None:
    page = open_page("/")
    tab_to(page, ".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "question"
    page.keyboard.type("补助")
    tab_to(page, "#send")
    page.keyboard.press("Enter")
    page.wait_for_selector(".closing")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    tab_to(page, ".conditions .mark")
    page.keyboard.press("Enter")
    tab_to(page, "summary")
    page.keyboard.press("Enter")
    expect(page.locator(".sources blockquote").first).to_be_visible()
    tab_to(page, ".phones a")
    tab_to(page, ".feedback button:nth-child(2)")
    page.keyboard.press("Enter")
    tab_to(page, ".feedback div div button")
    page.keyboard.press("Enter")
    expect(page.locator(".feedback > p")).to_have_text("收到，谢谢。")
    tab_to(page, ".tools .copy")
    tab_to(page, ".choices button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".talk > li:nth-child(4) .closing")
    tab_to(page, "button.clear")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice")
    assert len(live.site.store.feedbacks) == 1 and len(live.site.store.ended) == 1
    tab_to(page, "#sizes-open")
    page.keyboard.press("Enter")
    tab_to(page, "#sizes [data-size=size-huge]")
    page.keyboard.press("Enter")
    tab_to(page, ".topics a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/topics/*")
    browser_report.note("keyboard", "走完", "手机页：问、看依据、反馈、复制、再问、清空、换字号，每一步焦点看得见")


@pytest.fixture
def host(browser: Browser) -> Iterator[Page]:
    """Another site's page with the widget."""
    service: list[str] = []
    with other_site(service) as url, closing(Live(a_site(frame_ancestors=url))) as live:
        service.append(live.url)
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        page = context.new_page()
        page.set_default_timeout(8000)
        page.goto(f"{url}/plain", wait_until="networkidle")
        yield page
        context.close()


def test_the_widget(host: Page, browser_report: BrowserReport) -> None:
    launcher = host.get_by_role("button", name="问政策")
    while not launcher.evaluate("one => one.getRootNode().activeElement === one"):
        host.keyboard.press("Tab")
    assert launcher.evaluate("one => one.style.outline") == "rgb(255, 191, 0) solid 3px"
    host.keyboard.press("Enter")
    frame = host.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    for _ in range(MOST_STOPS):
        host.keyboard.press("Tab")
        if frame.locator("#question").evaluate("one => one === document.activeElement"):
            break
    host.keyboard.type("补助")
    host.keyboard.press("Tab")
    host.keyboard.press("Enter")
    expect(frame.locator(".card h2")).to_contain_text("可以领")
    host.keyboard.press("Escape")
    expect(launcher).to_be_focused()
    browser_report.note("keyboard", "走完", "挂件：打开、问、看回答、Esc 关上，焦点回到按钮")


@pytest.mark.parametrize("slow", [False, True])
def test_what_is_heard_of_one_question(
    open_page: Callable[..., Page], slow: bool, browser_report: BrowserReport
) -> None:
    page = open_page("/")
    if slow:
        page.clock.install()
        page.goto("/")
    page.evaluate(SLOW_STREAM)
    page.evaluate(HEARD)
    ask(page, TEXT)
    page.wait_for_selector("text=正在查政策文件…")
    if slow:
        page.clock.run_for(21_000)
    push(page, stream_parts())
    page.wait_for_selector(".closing")
    said = page.evaluate("window.said")
    assert len(said) <= 4, said
    assert sum("可以领，年满80岁就能申请。" in one for one in said) == 1
    assert said[-1] == "回答好了。可以领，年满80岁就能申请。"
    limit = "手机页：慢 20 秒也不超过 4 句，结论 1 句" if slow else "手机页：一个问题不超过 4 句，结论 1 句"
    browser_report.note("status", f"{len(said)} 句", limit)
