"""The widget on other sites: light before the tap, the same on hostile ones, and only where it is allowed."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from math import ceil

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live
from tests.browser.hosts import HOSTS, other_site
from tests.browser.report import BrowserReport
from tests.browser.test_accessibility import violations
from tests.integration.web_site import a_site

pytestmark = pytest.mark.browser
DESK = {"width": 1366, "height": 768}


@dataclass
class Hosted:
    """A browser on another site's pages. urls: every request."""

    browser: Browser
    url: str
    live: Live
    urls: list[str]
    errors: list[str]

    def open(self, path: str, width: int = 1366, **more: object) -> Page:
        context = self.browser.new_context(viewport=DESK | {"width": width}, **more)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("request", lambda request: self.urls.append(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.goto(self.url + path, wait_until="networkidle")
        return page


@pytest.fixture(params=[True])
def hosted(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Hosted]:
    """param: whether the settings allow that site to frame us."""
    service: list[str] = []
    with other_site(service) as url:
        with closing(Live(a_site(frame_ancestors=url if request.param else ""))) as live:
            service.append(live.url)
            host = Hosted(browser, url, live, [], [])
            yield host
            for context in browser.contexts:
                context.close()
            assert host.errors == []


def test_before_the_tap_it_is_one_small_request_and_keeps_nothing(
    hosted: Hosted, browser_report: BrowserReport
) -> None:
    page = hosted.open("/plain")
    ours = [url for url in hosted.urls if url.startswith(hosted.live.url)]
    assert ours == [f"{hosted.live.url}/widget.js"]
    reply = page.request.get(ours[0], headers={"Accept-Encoding": "gzip"})
    body = reply.body()
    assert reply.headers["content-encoding"] == "gzip" and len(gzip.compress(body, 9)) <= 5 * 1024
    assert page.locator("iframe").count() == 0
    assert page.context.cookies() == [] and page.evaluate("localStorage.length + sessionStorage.length") == 0
    size = len(gzip.compress(body, 9))
    browser_report.note("weight", f"{ceil(size / 1024)} KB，1 次", "挂件：点之前不超过 5 KB，1 次请求，不存东西")


@pytest.mark.parametrize("path", [path for path in HOSTS if path != "/inline"])
def test_it_looks_and_works_the_same_on_every_host(
    hosted: Hosted, path: str, browser_report: BrowserReport
) -> None:
    page = hosted.open(path)
    launcher = page.get_by_role("button", name="问政策")
    expect(launcher).to_have_count(1)
    box = launcher.bounding_box()
    assert box is not None and box["width"] >= 120 and box["height"] >= 60
    assert (round(1366 - box["x"] - box["width"]), round(768 - box["y"] - box["height"])) == (16, 16)
    assert launcher.evaluate("one => getComputedStyle(one).fontSize") == "20px"
    assert launcher.get_attribute("aria-expanded") == "false"
    launcher.click()
    frame = page.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("您好，想问什么，直接说就行。")
    assert page.locator("iframe").get_attribute("title") == "黄金镇普法助手"
    frame.locator("#question").fill("补助")
    frame.locator("#send").click()
    expect(frame.locator(".card h2")).to_contain_text("可以领")
    assert hosted.live.site.assistant.questions[0].channel.value == "widget"
    browser_report.note("widget", "一样", f"挂件：{len(HOSTS) - 1} 种网站（样式重置、严格策略、旧 jQuery、放两次），样子和用法一样")


def test_closing_keeps_the_talk_and_gives_the_focus_back(hosted: Hosted) -> None:
    page = hosted.open("/plain")
    page.get_by_role("button", name="问政策").click()
    frame = page.frame_locator("iframe")
    frame.locator("#question").fill("写到一半")
    frame.locator("#question").press("Escape")
    launcher = page.get_by_role("button", name="问政策")
    expect(launcher).to_be_focused()
    launcher.click()
    assert frame.locator("#question").input_value() == "写到一半"
    page.get_by_role("button", name="关闭").click()
    expect(launcher).to_be_focused()
    assert page.evaluate("Object.keys(window).filter(name => /pufa/i.test(name))") == ["pufaWidget"]


def test_messages_of_others_are_not_heard(hosted: Hosted) -> None:
    page = hosted.open("/plain")
    page.get_by_role("button", name="问政策").click()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    page.evaluate("window.postMessage({pufa: 'close'}, '*')")
    page.evaluate("new Promise(done => setTimeout(done, 100))")
    expect(page.get_by_role("button", name="关闭")).to_be_visible()


def test_inline_it_opens_in_its_place_and_grows_with_its_page(hosted: Hosted) -> None:
    page = hosted.open("/inline")
    page.get_by_role("button", name="问政策").click()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    page.locator("iframe").wait_for()
    expect(page.locator("iframe")).not_to_have_css("height", "600px")
    box = page.locator("iframe").bounding_box()
    assert box is not None and box["width"] > 800


@pytest.mark.parametrize(("width", "agent"), [(360, ""), (1366, "Mozilla/5.0 Chrome/107 MicroMessenger/8.0")])
def test_on_a_phone_and_in_wechat_it_is_a_plain_link(hosted: Hosted, width: int, agent: str) -> None:
    page = hosted.open("/plain", width, **({"user_agent": agent} if agent else {}))
    page.get_by_role("link", name="问政策").click()
    page.wait_for_url(f"{hosted.live.url}/")


def test_it_is_not_printed(hosted: Hosted) -> None:
    page = hosted.open("/plain")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.get_by_role("button", name="问政策")).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("button", name="问政策")).to_be_visible()


@pytest.mark.parametrize("hosted", [False], indirect=True)
def test_a_site_that_is_not_listed_gets_no_page_in_its_frame(
    hosted: Hosted, browser_report: BrowserReport
) -> None:
    page = hosted.open("/plain")
    page.get_by_role("button", name="问政策").click()
    page.evaluate("new Promise(done => setTimeout(done, 500))")
    framed = [frame for frame in page.frames if frame != page.main_frame]
    assert len(framed) == 1 and "您好" not in framed[0].content()
    browser_report.note("widget", "打不开", "挂件：没登记的网站，服务器不给看")


def test_axe_finds_nothing_before_and_after_the_tap(hosted: Hosted, browser_report: BrowserReport) -> None:
    page = hosted.open("/plain")
    assert violations(page) == []
    page.get_by_role("button", name="问政策").click()
    expect(page.frame_locator("iframe").locator("h1")).to_be_visible()
    assert violations(page) == []
    browser_report.note("axe", "0 处", "挂件：没点开、点开了，0 处毛病")


def test_the_panel_leaves_room_on_a_low_screen(hosted: Hosted) -> None:
    page = hosted.open("/plain")
    page.set_viewport_size({"width": 700, "height": 500})
    page.get_by_role("button", name="问政策").click()
    panel = page.locator("#panel").bounding_box()
    assert panel is not None and (panel["width"], panel["height"]) == (400, 468)
    assert panel["x"] >= 16 and panel["y"] >= 16
