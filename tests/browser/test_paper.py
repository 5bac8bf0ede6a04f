"""Paper: an answer on one A4 page, on an 80 mm slip, the poster; their codes read as a phone reads them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page

from knowledge.library import Library
from tests.browser.conftest import Live, Served
from tests.browser.paper import code_on_screen, print_last_card, printed
from tests.browser.report import BrowserReport
from tests.browser.story import ask_and_wait
from tests.fakes import NOW, full_answer

pytestmark = pytest.mark.browser
A4, SLIP_MM = (210, 297), 80
SECTIONS = """[...document.querySelectorAll('.blocks .block')].map(one => {
  const head = one.querySelector('h3'), seen = head && getComputedStyle(head).display !== 'none';
  return [seen ? head.textContent : '', [...one.querySelectorAll('li, p')].map(line => line.textContent)]; })"""
"""[heading as far as it is shown, its lines] of every block, down the page."""
Sections = list[tuple[str, list[str]]]
FULLEST = 8


def fullest(library: Library) -> list[str]:
    """The entries with the most words: where one of them fits on a page, the others do."""

    def words(name: str) -> int:
        return sum(len(claim.text) for part in entries[name].parts for claim in part.claims)

    entries = library.shelf.snapshot.entries
    return sorted(entries, key=words, reverse=True)[:FULLEST]


def joined(sections: Sections) -> Sections:
    """The lines of one heading together, where it stood first."""
    found: dict[str, list[str]] = {}
    for heading, lines in sections:
        found.setdefault(heading, []).extend(lines)
    return list(found.items())


def read_down(sections: Sections) -> Sections:
    """As it is read: lines without a heading belong to the one above."""
    found: Sections = []
    for heading, lines in sections:
        if heading or not found:
            found.append((heading, [*lines]))
        else:
            found[-1][1].extend(lines)
    return found


@pytest.fixture
def live(lasting: Live) -> Live:
    return lasting


@pytest.mark.parametrize("size", ["", "size-huge"])
def test_one_answer_on_one_a4_page(
    open_page: Callable[..., Page], live: Any, size: str, browser_report: BrowserReport
) -> None:
    page = open_page("/", size=size)
    ask_and_wait(page, "没有依据")
    ask_and_wait(page, "补助")
    sheet = print_last_card(page)
    assert len(sheet) == 1 and sheet.millimetres == A4
    address = sheet.code()
    assert re.fullmatch(re.escape(live.url) + r"/answers/\w+", address)
    for word in ("可以领", "程序摘录", "2026年11月22日", "《某项补助办法》", "例〔2026〕7号", "仅供参考", address):
        assert word in sheet.text
    assert "这个事我没查到" not in sheet.text and "有用" not in sheet.text and "接着问" not in sheet.text
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    browser_report.note("print", "1 页", "手机页：A4 一页，有依据、日期、标识、二维码")
    browser_report.note("qr", "认得出", "手机页：打印在 A4 上的二维码")


def test_the_fullest_entries_of_the_service_print_on_one_page(
    real: Served, bundled_library: Library, open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("about:blank")
    long = []
    for name in fullest(bundled_library):
        link = f"{real.url}/entries/{name}"
        page.goto(link)
        sheet = print_last_card(page)
        if len(sheet) != 1 or sheet.code() != link:
            long.append((link, len(sheet), sheet.code()))
    assert long == []
    browser_report.note("print", f"{FULLEST} 条各 1 页", f"手机页：字最多的 {FULLEST} 条真条目，A4 一页，二维码认得出")


def test_on_paper_a_torn_block_is_whole_again(
    real: Served, bundled_library: Library, open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    """On the screen its folded lines stand under its heading once more; nobody folds paper."""
    torn = 0
    for name in fullest(bundled_library)[:3]:
        page = open_page(f"{real.url}/entries/{name}")
        screen, before = page.evaluate(SECTIONS), page.inner_html(".card")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert read_down(page.evaluate(SECTIONS)) == joined(screen)
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.inner_html(".card") == before
        torn += len(screen) > len(joined(screen))
    assert torn
    browser_report.note("print", "0 处", "手机页：打印出来，同一个小标题 0 处重复")


def test_a_slip_of_80_millimetres(
    open_page: Callable[..., Page], live: Any, real: Served, browser_report: BrowserReport
) -> None:
    token = live.site.store.share(full_answer(), "", NOW)
    page = open_page(f"/answers/{token}/slip")
    slip = printed(page)
    assert len(slip) == 1 and slip.millimetres[0] == SLIP_MM
    assert slip.code() == f"{live.url}/answers/{token}"
    for word in ("可以领", "程序摘录", "先到窗口填表", "12345", "《某项补助办法》", "仅供参考"):
        assert word in slip.text
    assert "80岁老人有没有补助" not in slip.text
    page.goto(f"{real.url}/entries/dibao-amount-rural/slip")
    slip = printed(page)
    assert len(slip) == 1 and slip.code() == f"{real.url}/entries/dibao-amount-rural"
    browser_report.note("print", "1 页", "手机页：80 毫米小票一页，有依据、日期、标识、二维码，没有打的字")
    browser_report.note("qr", "认得出", "手机页：小票上的二维码")


def test_the_poster(real: Served, open_page: Callable[..., Page], browser_report: BrowserReport) -> None:
    page = open_page("about:blank")
    page.goto(f"{real.url}/poster")
    sheet = printed(page)
    assert len(sheet) == 1 and sheet.millimetres == A4 and sheet.code() == f"{real.url}/"
    for word in ("微信扫一扫", "12345", "12348", "低保、救助", "也可能答错"):
        assert word in sheet.text
    assert "PUFA_PUBLIC_URL" not in sheet.text and "字大小" not in sheet.text
    browser_report.note("print", "1 页", "海报：A4 一页，有大二维码、题目、电话、标识")
    browser_report.note("qr", "认得出", "海报：二维码")


def test_the_code_of_a_shared_page_and_what_its_address_tells(
    open_page: Callable[..., Page], live: Any, caplog: pytest.LogCaptureFixture, browser_report: BrowserReport
) -> None:
    caplog.set_level(logging.DEBUG)
    page = open_page("about:blank")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto("/")
    ask_and_wait(page, "补助canary怎么领")
    page.evaluate("delete Navigator.prototype.share")
    with page.expect_response("**/api/share") as shared:
        page.click(".tools .share")
    address = shared.value.json()["url"]
    response = page.goto(address)
    assert response is not None
    assert (response.headers["cache-control"], response.headers["x-robots-tag"]) == ("no-store", "noindex")
    assert code_on_screen(page.locator(".own .code")) == address
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.documentElement.classList.add('contrast')")
    assert code_on_screen(page.locator(".own .code")) == address
    assert "canary" not in page.content() and "canary" not in caplog.text
    assert [url for url in urls if "canary" in url] == []
    browser_report.note("qr", "认得出", "手机页：分享页屏幕上的二维码，高对比也行")
    browser_report.note("qr", "0 处", "手机页：网址、日志、分享页里 0 处打的字；no-store、noindex")


def test_the_shared_page_is_over_after_30_days(
    open_page: Callable[..., Page], live: Any, browser_report: BrowserReport
) -> None:
    token = live.site.store.share(full_answer(), "", NOW - timedelta(days=30))
    page = open_page("about:blank")
    response = page.goto(f"/answers/{token}")
    assert response is not None and response.status == 410
    assert "过了 30 天" in page.inner_text("h1") and "可以领" not in page.content()
    browser_report.note("qr", "打不开", "手机页：30 天后打不开，可以再问")
