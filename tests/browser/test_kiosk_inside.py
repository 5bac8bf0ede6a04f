"""The kiosk's bounds: its weight, its codes for phones, life without a network, paper, and no way out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live
from tests.browser.kiosk_visit import (
    PUBLIC,
    SHAPES,
    TALL,
    Visit,
    a_kiosk_site,
    a_visit,
    do,
    type_and_send,
    until,
)
from tests.browser.paper import code_on_screen
from tests.browser.report import BrowserReport
from tests.integration.web_site import a_site
from web.assets import STATIC

pytestmark = pytest.mark.browser
Enter = Callable[..., Visit]
KB = 1024
ANSWER = "可以领，年满80岁就能申请。"


@pytest.fixture(scope="module")
def kiosk() -> Iterator[Live]:
    with closing(Live(a_kiosk_site())) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, kiosk: Live) -> Iterator[Enter]:
    visits: list[Visit] = []

    def come(shape: str = "portrait", url: str = "", **more: Any) -> Visit:
        visits.append(a_visit(browser, url or kiosk.url, SHAPES[shape], **more))
        return visits[-1]

    yield come
    for visit in visits:
        visit.context.close()
    assert [error for visit in visits for error in visit.errors] == []


# --- weight ------------------------------------------------------------------------------------------------


def test_a_first_visit_to_the_whole_of_our_knowledge_is_light(
    enter: Enter, real: Any, browser_report: BrowserReport
) -> None:
    visit = enter(url=real.url, service_workers="block")
    network = visit.context.new_cdp_session(visit.page)
    network.send("Network.enable")
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network.on("Network.requestWillBeSent", lambda event: names.update({event["requestId"]: event["request"]["url"]}))
    network.on("Network.loadingFinished", lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}))
    visit.open("/kiosk")
    visit.page.wait_for_selector("html[data-words]", timeout=30_000)
    held = {urlsplit(names[request]).path: size for request, size in sizes.items() if request in names}
    script = sum(size for path, size in held.items() if path.endswith(".js"))
    asked = [url for url in visit.urls if not url.startswith("data:")]
    assert all(url.startswith(real.url) for url in asked), "another host was asked"
    assert len(asked) <= 8 and sum(held.values()) <= 250 * KB and 0 < script <= 60 * KB
    assert 0 < held["/kiosk/words.json"] <= 120 * KB
    browser_report.note("weight", f"{sum(held.values()) / KB:.0f} KB，{len(asked)} 次", "大屏：不超过 250 KB、8 次，连全部题目和拼音")
    browser_report.note("weight", f"{script / KB:.0f} KB", "大屏：脚本不超过 60 KB")
    browser_report.note("weight", "0", "大屏：找别家几次")


# --- codes for phones --------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", SHAPES)
def test_the_code_of_a_ready_question_leads_to_its_public_page(
    enter: Enter, browser_report: BrowserReport, shape: str
) -> None:
    page = enter(shape).start()
    page.click("[data-topic=yibao]")
    page.click("#list .pages button >> nth=0")
    page.wait_for_selector("#answer img.qr")
    assert code_on_screen(page.locator("#answer .qr")) == f"{PUBLIC}/entries/yibao-pay"
    assert page.inner_text("#answer .link") == "pufa.test/entries/yibao-pay"
    box = page.locator("#answer .qr").bounding_box()
    assert box is not None and box["width"] * 29 / 37 >= 280
    browser_report.note("qr", "认得出", "大屏：题目的码通到公开的页面")


def test_the_code_of_a_typed_question_carries_the_answer_and_not_the_question(
    enter: Enter, kiosk: Live, browser_report: BrowserReport
) -> None:
    page = enter().start()
    type_and_send(page, "我家80岁有没有补助")
    assert page.locator("#answer .qr").count() == 0, "nothing is kept before it is asked for"
    page.click("#answer .side .main-act")
    page.wait_for_selector("#answer img.qr")
    address = code_on_screen(page.locator("#answer .qr"))
    assert address.startswith(f"{PUBLIC}/answers/") and "补助" not in address
    shared = enter().page
    response = shared.goto(urlsplit(address).path)
    assert response is not None and response.headers["x-robots-tag"] == "noindex"
    assert response.headers["cache-control"] == "no-store"
    assert ANSWER in shared.inner_text("main") and "我家80岁" not in shared.content()
    browser_report.note("qr", "认得出，没有问题", "大屏：打字问的码通到只有回答的页面")


@pytest.mark.parametrize("shape", SHAPES)
def test_scan_to_ask_leads_to_the_phone_page(enter: Enter, shape: str) -> None:
    page = enter(shape).start()
    do(page, "scan")
    assert code_on_screen(page.locator("#scan .qr")) == f"{PUBLIC}/"


def test_a_machine_that_phones_cannot_reach_shows_no_code(browser: Browser) -> None:
    with closing(Live(a_site(rate_limits="off"))) as running:
        visit = a_visit(browser, running.url, TALL)
        page = visit.start("/kiosk")
        do(page, "scan")
        assert page.locator(".qr").count() == 0 and "扫不了码" in page.inner_text("#scan")
        type_and_send(page, "补助")
        assert "扫不了码" in page.inner_text("#answer .side")
        visit.context.close()


# --- without a network -------------------------------------------------------------------------------------


def test_ready_answers_and_phones_go_on_without_a_network(enter: Enter) -> None:
    visit = enter(service_workers="block")
    page = visit.start()
    visit.context.set_offline(True)
    page.click("[data-topic=yibao]")
    page.click("#list .pages button >> nth=0")
    assert "可以领" in page.inner_text("#answer h2")
    do(page, "help")
    assert "12345" in page.inner_text("#help")
    do(page, "type")
    assert page.inner_text("#type-alert") == "没有网络，先点上面的题目看。"
    page.keyboard.type("buzhu ")
    assert page.get_attribute(".send", "aria-disabled") == "true"
    page.keyboard.press("Enter")
    assert page.input_value("#typed") == "补助" and page.is_visible("#type")
    visit.context.set_offline(False)
    expect(page.locator("#type-alert")).to_be_hidden()
    page.click(".send")
    page.wait_for_selector("#answer .closing")


def test_it_starts_without_a_network_once_it_has_been_seen(enter: Enter) -> None:
    visit = enter()
    page = visit.open()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_selector("html[data-words]")
    visit.context.set_offline(True)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.click("#attract")
    page.click("[data-topic=yibao]")
    page.click("#list .pages button >> nth=0")
    assert "可以领" in page.inner_text("#answer h2")


def test_a_kiosk_wiped_without_a_network_begins_anew_once_there_is_one(enter: Enter) -> None:
    visit = enter(clock=True, service_workers="block")
    page = visit.start()
    page.evaluate("window.pufaKiosk.before = true")
    visit.context.set_offline(True)
    visit.still()
    do(page, "end")
    visit.pass_s(30)
    assert page.evaluate("window.pufaKiosk.before") is True
    visit.context.set_offline(False)
    with page.expect_navigation():
        visit.pass_s(60)
    until(page, "attract")


# --- paper -------------------------------------------------------------------------------------------------


def printed(page: Page, button: str) -> str:
    """The words on the slip."""
    page.evaluate(
        """() => { window.print = () => { window.slip = document.body.className; }; }"""
    )
    page.click(f'.slips button:text-is("{button}")')
    page.emulate_media(media="print")
    page.evaluate("name => { document.body.className = name; }", page.evaluate("window.slip"))
    return page.inner_text("#answer")


def test_a_slip_has_the_question_only_when_asked_for(enter: Enter) -> None:
    page = enter().start("/kiosk?print=1")
    type_and_send(page, "我家80岁有没有补助")
    words = printed(page, "打印")
    assert ANSWER in words and "先到窗口填表" in words and "12345" in words and "程序摘录" in words
    assert "仅供参考" in words and "我家80岁" not in words
    page.emulate_media(media="screen")
    assert "我家80岁有没有补助" in printed(page, "连问题打印")


def test_a_slip_of_a_ready_question_has_its_code(enter: Enter) -> None:
    page = enter().start("/kiosk?print=1")
    page.click("[data-topic=yibao]")
    page.click("#list .pages button >> nth=0")
    page.wait_for_selector("#answer img.qr")
    assert "医保怎么缴费" in printed(page, "打印")
    assert page.is_visible("#answer .qr") and not page.is_visible(".foot")


def test_without_the_setting_there_is_no_paper(enter: Enter) -> None:
    page = enter().start("/kiosk")
    type_and_send(page, "补助")
    assert page.locator(".slips").count() == 0


# --- no way out --------------------------------------------------------------------------------------------

PREVENTED = """([selector, name, options]) => {
  const event = new (window[options.type] || Event)(name, Object.assign({ bubbles: true, cancelable: true }, options));
  document.querySelector(selector).dispatchEvent(event);
  return event.defaultPrevented;
}"""


def prevented(page: Page, name: str, selector: str = "#home h1", **options: Any) -> bool:
    return bool(page.evaluate(PREVENTED, [selector, name, options]))


def _right_click(page: Page) -> bool:
    return prevented(page, "contextmenu", type="MouseEvent", button=2)


def _long_press(page: Page) -> bool:
    return prevented(page, "contextmenu", ".topics a", type="PointerEvent", pointerType="touch")


def _pinch(page: Page) -> bool:
    session = page.context.new_cdp_session(page)
    centre = {"x": 500, "y": 900}
    session.send("Input.synthesizePinchGesture", {**centre, "scaleFactor": 3})
    return page.evaluate("visualViewport.scale") == 1


def _zoom_wheel(page: Page) -> bool:
    return prevented(page, "wheel", type="WheelEvent", ctrlKey=True, deltaY=-100)


def _zoom_keys(page: Page) -> bool:
    return all(prevented(page, "keydown", type="KeyboardEvent", key=key, ctrlKey=True) for key in "+-0")


def _menu_keys(page: Page) -> bool:
    keys = "ntwplsoufjhdr"
    return all(prevented(page, "keydown", type="KeyboardEvent", key=key, ctrlKey=True) for key in keys)


def _function_keys(page: Page) -> bool:
    keys = ("F1", "F3", "F5", "F6", "F7", "F11", "F12", "BrowserBack", "ContextMenu")
    return all(prevented(page, "keydown", type="KeyboardEvent", key=key) for key in keys)


def _back_keys(page: Page) -> bool:
    keys = ("ArrowLeft", "ArrowRight", "Home")
    return all(prevented(page, "keydown", type="KeyboardEvent", key=key, altKey=True) for key in keys)


def _middle_click(page: Page) -> bool:
    page.click(".topics a >> nth=0", button="middle")
    return len(page.context.pages) == 1


def _modified_click(page: Page) -> bool:
    page.click(".topics a >> nth=0", modifiers=["Control"])
    return len(page.context.pages) == 1


def _selection(page: Page) -> bool:
    page.mouse.move(40, 300)
    page.mouse.down()
    page.mouse.move(900, 500)
    page.mouse.up()
    page.keyboard.press("Control+a")
    return page.evaluate("String(getSelection())") == ""


def _dropped_file(page: Page) -> bool:
    return all(prevented(page, name, type="DragEvent") for name in ("dragstart", "dragover", "drop"))


def _links(page: Page) -> bool:
    outside = page.evaluate(
        "Array.from(document.querySelectorAll('a, form, iframe, area')).filter(one => one.target || one.download ||"
        " !(one.getAttribute('href') || '').startsWith('/kiosk')).length"
    )
    return outside == 0


ESCAPES = (
    _right_click, _long_press, _pinch, _zoom_wheel, _zoom_keys, _menu_keys, _function_keys, _back_keys, _middle_click,
    _modified_click, _selection, _dropped_file, _links,
)  # fmt: skip


@pytest.mark.parametrize("escape", ESCAPES, ids=lambda escape: escape.__name__[1:])
def test_an_escape_fails(enter: Enter, escape: Callable[[Page], bool]) -> None:
    page = enter().start()
    assert escape(page)
    assert urlsplit(page.url).path == "/kiosk" and len(page.context.pages) == 1


def test_there_are_twelve_escapes_at_least(browser_report: BrowserReport) -> None:
    assert len(ESCAPES) >= 12
    browser_report.note("kiosk-escape", f"{len(ESCAPES)} 种，0 种出得去", "大屏：试 12 种办法")


def test_every_link_and_button_stays_inside(enter: Enter) -> None:
    visit = enter()
    page = visit.start()
    for number in range(page.locator(".topics a").count()):
        page.locator(".topics a").nth(number).click()
        assert urlsplit(page.url).path == "/kiosk"
        do(page, "home")
    page.click(".name")
    assert urlsplit(page.url).path == "/kiosk"
    assert all(url.startswith((visit.page.url.split("/kiosk")[0], "data:")) for url in visit.urls)


def test_the_scripts_know_no_way_out() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("kiosk*.js"))
    for way in ("window.open", "_blank", "innerHTML", "insertAdjacentHTML", "localStorage", "sessionStorage", "document.cookie", "eval("):
        assert way not in text
    assert "location.href =" not in text and "pushState" not in text


def test_answers_carry_their_label_and_the_composer_says_what_it_is(enter: Enter, browser_report: BrowserReport) -> None:
    page = enter().start()
    do(page, "type")
    assert "智能检索，内容摘自政策资料" in page.inner_text(".made-by")
    type_and_send(page, "补助")
    assert page.inner_text("#answer .chip") == "程序摘录"
    assert page.inner_text("#answer .closing").startswith("本回答由程序从政策资料中摘录")
    browser_report.note("label", "有", "大屏：回答第一行、最后一行、输入旁边都有标识")


def test_no_words_become_markup(enter: Enter) -> None:
    page = enter().start()
    type_and_send(page, "<img src=x onerror=alert(1)>补助<b>")
    assert page.locator("#answer .understood img, #answer .understood b b").count() == 0
    assert "<img src=x" in page.inner_text("#answer .understood")
