"""The kiosk forgets: by itself when nobody is there, at once when told to; nothing of one person is left for the next."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Live
from tests.browser.kiosk_visit import (
    PUBLIC,
    SHAPES,
    Visit,
    a_kiosk_site,
    a_visit,
    do,
    is_on,
    left_behind,
    press,
    type_and_send,
    until,
)
from tests.browser.report import BrowserReport

pytestmark = pytest.mark.browser
ANSWER = "可以领，年满80岁就能申请。"
NAMES = {"type": "打字页", "answer": "回答", "help": "电话", "scan": "扫码", "list": "题目"}
Enter = Callable[..., Visit]


@pytest.fixture(scope="module")
def kiosk() -> Iterator[Live]:
    with closing(Live(a_kiosk_site())) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, kiosk: Live) -> Iterator[Enter]:
    visits: list[Visit] = []

    def come(shape: str = "portrait", *, clock: bool = True, **more: object) -> Visit:
        visits.append(a_visit(browser, kiosk.url, SHAPES[shape], clock=clock, **more))
        return visits[-1]

    yield come
    for visit in visits:
        visit.context.close()
    assert [error for visit in visits for error in visit.errors] == []


def asked(page: Page) -> bool:
    return page.is_visible("#still")


def test_the_start_screen_goes_back_after_45_seconds(enter: Enter, browser_report: BrowserReport) -> None:
    visit = enter()
    page = visit.start()
    visit.still()
    page.click("#home h1")
    visit.pass_s(44.9)
    assert is_on(page, "home")
    visit.pass_s(0.2)
    until(page, "attract")
    assert not asked(page)
    browser_report.note("kiosk-idle", "45", "大屏首页：45 秒没人动就回到开头")


@pytest.mark.parametrize(("screen", "patience"), [("type", 60), ("answer", 90), ("help", 90), ("scan", 90), ("list", 60)])
def test_other_screens_ask_first_and_wipe_30_seconds_later(
    enter: Enter, browser_report: BrowserReport, screen: str, patience: int
) -> None:
    visit = enter()
    page = visit.start()
    if screen == "answer":
        type_and_send(page, "80岁有没有补助")
    elif screen == "list":
        page.click("[data-topic=dibao]")
    else:
        do(page, screen)
    visit.still()
    page.click(f"#{screen} h1", force=True)
    visit.pass_s(patience - 0.1)
    assert not asked(page)
    visit.pass_s(0.2)
    assert asked(page) and page.inner_text("#still-title") == "还在看吗？"
    assert page.evaluate("document.activeElement.textContent") == "我还在看"
    box = page.locator("#still [data-do=stay]").bounding_box()
    assert box is not None and box["height"] >= 96
    visit.pass_s(29)
    assert is_on(page, screen)
    visit.pass_s(1.2)
    until(page, "attract")
    browser_report.note("kiosk-idle", f"{patience}+30", f"大屏{NAMES[screen]}：{patience} 秒后问一声，再 30 秒清除")


def test_staying_can_be_said_twelve_times_and_more(enter: Enter, browser_report: BrowserReport) -> None:
    visit = enter()
    page = visit.start()
    type_and_send(page, "80岁有没有补助")
    visit.still()
    page.click("#answer .card", force=True)
    for _ in range(12):
        visit.pass_s(90.2)
        assert asked(page)
        visit.pass_s(20)
        do(page, "stay")
        assert not asked(page)
    assert is_on(page, "answer") and ANSWER in page.inner_text("#answer")
    browser_report.note("kiosk-idle", "12 次，回答还在", "大屏：可以一直说“我还在看”")


def test_reading_on_counts_as_being_there(enter: Enter) -> None:
    visit = enter()
    page = visit.start()
    page.click("[data-topic=dibao]")
    page.click("#list .pages button >> nth=0")
    visit.still()
    page.click("#answer .card", force=True)
    for sign in ("wheel", "scroll", "touchmove", "keydown"):
        visit.pass_s(89)
        page.dispatch_event("#answer .pages", sign)
    visit.pass_s(89)
    assert is_on(page, "answer") and not asked(page)


def test_an_answer_on_its_way_counts_as_being_there(enter: Enter, kiosk: Live) -> None:
    visit = enter()
    page = visit.start()
    do(page, "type")
    gate = kiosk.site.assistant.gate = threading.Event()
    page.evaluate("document.getElementById('typed').value = '80岁有没有补助'")
    visit.still()
    page.click(".send")
    page.wait_for_selector("#answer .wait")
    visit.pass_s(28)
    gate.set()
    kiosk.site.assistant.gate = None
    page.wait_for_selector("#answer .closing")
    visit.pass_s(89.8)
    assert not asked(page)
    visit.pass_s(0.4)
    assert asked(page)


def test_ending_wipes_within_a_second_even_without_a_network(enter: Enter, kiosk: Live) -> None:
    visit = enter(clock=False, service_workers="block")
    page = visit.start()
    type_and_send(page, "80岁有没有补助4711")
    do(page, "large")
    visit.context.set_offline(True)
    took = page.evaluate(
        """() => { const from = performance.now();
        Array.from(document.querySelectorAll('[data-do=end]')).find(one => one.offsetParent).click();
        return performance.now() - from; }"""
    )
    assert took < 1000 and is_on(page, "attract")
    held = left_behind_offline(page)
    assert "4711" not in held and ANSWER not in held and 'class="js large"' not in held
    page.wait_for_timeout(900)
    assert is_on(page, "attract"), "without a network the wiped page itself stays"


def left_behind_offline(page: Page) -> str:
    return str(page.evaluate("document.documentElement.outerHTML + document.getElementById('typed').value"))


def test_ending_forgets_the_conversation_on_the_server_too(enter: Enter, kiosk: Live) -> None:
    visit = enter(clock=False)
    page = visit.start()
    type_and_send(page, "80岁有没有补助")
    held = page.evaluate("window.pufaKiosk.session.id")
    with page.expect_navigation():
        do(page, "end")
    assert held and held in kiosk.site.store.ended


# --- nothing of one person is left for the next -----------------------------------------------------------

PATIENCE = {"home": (45, 0), "type": (60, 30), "list": (60, 30), "answer": (90, 30), "scan": (90, 30), "help": (90, 30)}
STEPS = ("topic", "ready", "turn", "letters", "digits", "send", "large", "help", "scan", "other", "match", "take")


def one_step(page: Page, rng: random.Random, secret: str) -> None:
    """One thing a person may do where they stand; what cannot be done there is left out."""
    step = rng.choice(STEPS)
    if step == "topic" and is_on(page, "home"):
        page.click(f"#home .topics li:nth-child({rng.randint(1, 6)}) a")
    elif step == "ready" and is_on(page, "list"):
        page.click("#list .pages button:not(.elsewhere) >> nth=0")
    elif step == "turn" and page.is_visible("#answer .pager [aria-disabled=true] ~ button:not([aria-disabled])"):
        page.click("#answer .pager button:not([aria-disabled]) >> nth=0")
    elif step == "letters" and is_on(page, "type"):
        press(page, "buzhu")
    elif step == "match" and is_on(page, "type"):
        page.click("#matching button >> nth=0")
    elif step == "digits" and is_on(page, "type"):
        page.keyboard.type(secret)
    elif step == "send" and not is_on(page, "attract"):
        if not is_on(page, "type"):
            do(page, "type")
        page.keyboard.type(secret)
        page.evaluate("document.getElementById('typed').value += '补助'")
        page.click(".send")
        page.wait_for_selector("#answer .closing, #type-alert:not([hidden])")
    elif step == "take" and page.is_visible("#answer .side .main-act"):
        page.click("#answer .side .main-act")
        page.wait_for_selector("#answer .side img.qr, #answer .side .alert")
    elif step in ("large", "help", "scan") and page.is_visible(f"[data-do={step}]"):
        do(page, step)
    elif step == "other" and page.is_visible(".foot [data-do=home]"):
        do(page, "home")


def journey(visit: Visit, rng: random.Random, secret: str, ends: str) -> None:
    page = visit.start()
    begun = page.evaluate("history.length")
    for _ in range(rng.randint(3, 8)):
        one_step(page, rng, secret)
    if rng.random() < 0.8 and not is_on(page, "answer"):
        do(page, "type") if not is_on(page, "type") else None
        page.keyboard.type(secret)
    with page.expect_navigation():
        if ends == "idle":
            first, then = PATIENCE[page.evaluate("window.pufaKiosk.screen")]
            visit.pass_s(first + 0.2)
            visit.pass_s(then + 0.1)
        else:
            do(page, "end")
    page.wait_for_selector("html[data-ready]")
    look_for(page, secret, begun)
    page.go_back()
    look_for(page, secret, None)


def look_for(page: Page, secret: str, begun: int | None) -> None:
    if page.url == "about:blank":
        return
    found = left_behind(page)
    for place in ("page", "boxes", "address", "title", "local", "session", "name", "cookies", "state"):
        assert secret not in found[place] and ANSWER not in found[place], place
    assert (found["local"], found["session"], found["cookies"], found["bases"]) == ("{}", "{}", "", 0)
    kept = {url.partition("?")[0].partition("/kiosk")[2] for url in found["caches"]}
    assert all(path in ("", "/ready.json", "/words.json") or path.startswith("/static/") for path in kept), kept
    if begun is not None:
        assert found["history"] == begun


def journeys(enter: Enter, rng: random.Random, count: int) -> None:
    for number in range(count):
        secret = f"{rng.randint(100000, 999999)}"
        ends = ("idle", "end")[number % 2]
        visit = enter(rng.choice(tuple(SHAPES)), clock=ends == "idle")
        journey(visit, rng, secret, ends)
        visit.context.close()


def test_nothing_is_left_of_fifteen_people(
    enter: Enter, rng: random.Random, browser_report: BrowserReport
) -> None:
    journeys(enter, rng, 15)
    browser_report.note("kiosk-idle", "15 次，0 处", "大屏：随便用一遍，清除后什么也找不到")


@pytest.mark.prove
def test_nothing_is_left_of_two_hundred_people(enter: Enter, rng: random.Random) -> None:
    journeys(enter, rng, 200)


def test_a_page_that_comes_back_from_the_browsers_memory_loads_again(enter: Enter) -> None:
    visit = enter(clock=False)
    page = visit.start()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    until(page, "attract")


def test_every_six_hours_it_begins_anew_while_nobody_is_there(enter: Enter) -> None:
    visit = enter()
    page = visit.open()
    page.evaluate("window.pufaKiosk.before = true")
    visit.still()
    page.clock.run_for(5 * 3600 * 1000)
    assert page.evaluate("window.pufaKiosk.before") is True
    with page.expect_navigation():
        page.clock.run_for(3601 * 1000 + 60_000)
    assert page.evaluate("window.pufaKiosk.before") is None
    assert "event=fair" in page.url and PUBLIC not in page.url


def test_a_heartbeat_every_minute_names_the_device(enter: Enter) -> None:
    visit = enter()
    page = visit.open()
    visit.still()
    with page.expect_request("**/api/kiosk/heartbeat") as sent:
        visit.pass_s(60)
    assert sent.value.post_data_json == {"device": "kiosk-7", "event": "fair", "screen": "attract"}
