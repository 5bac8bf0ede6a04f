"""Every kiosk screen at both orientations and both sizes: readable, reachable, nothing clipped, nothing against axe."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Live
from tests.browser.kiosk_visit import SHAPES, Visit, a_kiosk_site, a_visit, do, type_and_send
from tests.browser.report import BrowserReport
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser
Enter = Callable[..., Visit]
STATES = (
    "attract", "home", "list", "ready", "type", "written", "waiting", "answered", "partial", "ask-back", "no-basis",
    "danger", "declined", "taken", "failed", "offline", "scan", "help", "still",
)  # fmt: skip
QUESTIONS = {
    "answered": "补助",
    "partial": "一部分",
    "ask-back": "反问",
    "no-basis": "没有依据",
    "danger": "救命",
    "declined": "骗保",
    "taken": "补助",
}
SMALLEST_PX, TARGET_PX, MAIN_PX = 28, 80, 96
ZONE = (0.30, 0.95)
LOOK = """() => {
  const seen = one => one.offsetParent !== null && getComputedStyle(one).visibility === 'visible' && one.getBoundingClientRect().width > 1;
  const told = one => (one.textContent || '').trim().slice(0, 12);
  const modal = document.querySelector('#still:not([hidden])');
  const reach = modal || document;
  const controls = Array.from(reach.querySelectorAll('button, a[href]')).filter(one => one.id !== 'attract' && seen(one)).map(one => {
    const box = one.getBoundingClientRect();
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    return { told: told(one), top: box.top, bottom: box.bottom, left: box.left, right: box.right, height: box.height, width: box.width,
      main: one.matches('.main-act, .pager button, [data-do=stay]'), key: one.matches('.key'), candidate: one.matches('.candidates button'),
      header: !!one.closest('.top'), hit: !!hit && one.contains(hit),
      clipped: one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1 };
  });
  const texts = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const one = node.parentElement;
    const words = node.textContent.trim().slice(0, 12);
    if (words && seen(one)) texts.push({ told: words, size: parseFloat(getComputedStyle(one).fontSize) });
  }
  const cut = Array.from(document.querySelectorAll('.screen:not([hidden]), #shell > *, .side, .board, .asked')).filter(seen)
    .filter(one => { const box = one.getBoundingClientRect(); return box.bottom > innerHeight + 1 || box.right > innerWidth + 1 ||
      one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1; })
    .map(one => one.id || one.className);
  const lines = Array.from(document.querySelectorAll('.side')).filter(seen).flatMap(one => Array.from(one.querySelectorAll('*')))
    .filter(one => { const box = one.getBoundingClientRect(), side = one.closest('.side').getBoundingClientRect();
      return box.width && (box.bottom > side.bottom + 1 || box.right > side.right + 1 || box.top < side.top - 1); }).map(told);
  return { controls, texts, cut, lines, height: innerHeight, sideways: document.scrollingElement.scrollWidth - innerWidth };
}"""


@pytest.fixture(scope="module")
def kiosk() -> Iterator[Live]:
    with closing(Live(a_kiosk_site())) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, kiosk: Live) -> Iterator[Enter]:
    visits: list[Visit] = []

    def come(shape: str, **more: Any) -> Visit:
        visits.append(a_visit(browser, kiosk.url, SHAPES[shape], **more))
        return visits[-1]

    yield come
    for visit in visits:
        visit.context.close()
    assert [error for visit in visits for error in visit.errors] == []


def reach(visit: Visit, live: Live, state: str, large: bool = False) -> Page:
    """The kiosk in that state."""
    page = visit.open("/kiosk?print=1&event=fair")
    if state == "attract":
        return page
    page.click("#attract")
    page.wait_for_selector("html[data-words]")
    if large:
        do(page, "large")
    if state in QUESTIONS:
        type_and_send(page, QUESTIONS[state])
        if state == "taken":
            page.click("#answer .side .main-act")
            page.wait_for_selector("#answer .qr")
    elif state in ("list", "ready"):
        page.click("[data-topic=dibao]")
        if state == "ready":
            page.click("#list .pages button >> nth=0")
            page.wait_for_selector("#answer .qr")
    elif state in ("scan", "help", "type"):
        do(page, state)
    elif state != "home":
        OTHERS[state](visit, live, page)
    return page


def _written(visit: Visit, live: Live, page: Page) -> None:
    do(page, "type")
    page.keyboard.type("buzhuzenmeban")


def _waiting(visit: Visit, live: Live, page: Page) -> None:
    live.site.assistant.gate = threading.Event()
    do(page, "type")
    page.evaluate("document.getElementById('typed').value = '补助'")
    page.click(".send")
    page.wait_for_selector("#answer .wait")


def _failed(visit: Visit, live: Live, page: Page) -> None:
    page.route("**/api/chat", lambda route: route.abort())
    do(page, "type")
    page.evaluate("document.getElementById('typed').value = '补助'")
    page.click(".send")
    page.wait_for_selector("#type-alert:not([hidden])")


def _offline(visit: Visit, live: Live, page: Page) -> None:
    visit.context.set_offline(True)
    do(page, "type")
    page.wait_for_selector("#type-alert:not([hidden])")


def _still(visit: Visit, live: Live, page: Page) -> None:
    do(page, "help")
    visit.pass_s(90.5)
    page.wait_for_selector("#still:not([hidden])")


OTHERS = {"written": _written, "waiting": _waiting, "failed": _failed, "offline": _offline, "still": _still}


@pytest.fixture
def at(enter: Enter, kiosk: Live) -> Iterator[Callable[..., Page]]:
    def come(state: str, shape: str, large: bool = False) -> Page:
        return reach(enter(shape, clock=state == "still"), kiosk, state, large)

    yield come
    if kiosk.site.assistant.gate is not None:
        kiosk.site.assistant.gate.set()
        kiosk.site.assistant.gate = None


@pytest.fixture(scope="module")
def clean(browser_report: BrowserReport) -> Iterator[set[str]]:
    found: set[str] = set()
    yield found
    if len(found) == 2 * len(STATES):
        browser_report.note("axe", f"{len(found)} 个，0 处", "大屏：每个状态，竖屏和横屏，0 处违反")


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing(at: Callable[..., Page], clean: set[str], state: str, shape: str) -> None:
    page = at(state, shape)
    found = Axe().run(page, options=RULES).response["violations"]
    faults = [f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
    assert faults == []
    clean.add(f"{state} {shape}")


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("state", [state for state in STATES if state not in ("waiting", "failed")])
def test_everything_can_be_read_and_reached(at: Callable[..., Page], state: str, shape: str, large: bool) -> None:
    page = at(state, shape, large)
    found = page.evaluate(LOOK)
    assert found["sideways"] <= 0 and found["cut"] == [] and found["lines"] == []
    assert [text for text in found["texts"] if text["size"] < SMALLEST_PX - 0.1] == []
    controls = found["controls"]
    assert controls or state == "attract"
    for one in controls:
        least = MAIN_PX if one["main"] or one["key"] else TARGET_PX
        assert one["height"] >= least - 0.5 and one["width"] >= (94 if one["key"] else TARGET_PX) - 0.5, one
        assert one["hit"] and not one["clipped"], one
        if one["candidate"]:
            assert one["width"] >= 104 - 0.5, one
        if shape == "portrait" and not one["header"]:
            assert one["top"] >= ZONE[0] * found["height"] - 1 and one["bottom"] <= ZONE[1] * found["height"] + 1, one


@pytest.mark.parametrize("shape", SHAPES)
def test_topics_are_eight_big_cards(at: Callable[..., Page], shape: str) -> None:
    page = at("home", shape)
    boxes = [card.bounding_box() for card in page.locator(".topics a").all()]
    assert len(boxes) == 8
    wide, high = (500, 180) if shape == "portrait" else (300, 180)
    assert all(box is not None and box["width"] >= wide and box["height"] >= high for box in boxes)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_screen_has_a_way_on_an_end_and_help(at: Callable[..., Page], shape: str) -> None:
    for state in ("list", "ready", "type", "answered", "no-basis", "scan", "help"):
        page = at(state, shape)
        for act in ("home", "end"):
            assert page.locator(f"[data-do={act}] >> visible=true").count() >= 1, (state, act)
        if state != "help":
            assert page.locator("[data-do=help] >> visible=true").count() >= 1, state


def test_long_answers_turn_screen_by_screen_and_no_line_is_cut(at: Callable[..., Page]) -> None:
    page = at("answered", "landscape", large=True)
    shown = page.inner_text("#answer .page-no")
    assert shown.startswith("第 1 屏") and not shown.endswith("共 1 屏")
    page.click('#answer .pager button:text-is("下一屏")')
    assert page.inner_text("#answer .page-no").startswith("第 2 屏")
    frame = page.locator("#answer .pages").bounding_box()
    assert frame is not None
    cut = page.evaluate(
        """() => { const box = document.querySelector('#answer .pages').getBoundingClientRect();
        const range = document.createRange(), cut = [];
        document.querySelectorAll('#answer .pages li, #answer .pages p, #answer .pages h2').forEach(one => {
          range.selectNodeContents(one);
          for (const line of range.getClientRects()) if (line.right > box.left && line.left < box.right &&
            (line.top < box.top - 1 || line.bottom > box.bottom + 1)) cut.push(one.textContent); });
        return cut; }"""
    )
    assert cut == []
    page.click('#answer .pager button:text-is("上一屏")')
    assert page.inner_text("#answer .page-no").startswith("第 1 屏")


def test_one_question_back_is_answered_by_a_button(at: Callable[..., Page]) -> None:
    page = at("ask-back", "portrait")
    assert page.locator("#answer .acts button").all_inner_texts()[-1] == "不清楚"
    page.click("#answer .acts button >> nth=0")
    page.wait_for_selector("#answer .closing")


def test_danger_shows_its_numbers_first_and_large(at: Callable[..., Page]) -> None:
    page = at("danger", "portrait")
    assert page.inner_text("#answer .pages > :first-child").startswith("如果现在有危险，先打 110")
    assert page.locator("#answer .dial .number").all_inner_texts() == ["110", "120"]
    assert page.locator("a[href^='tel:']").count() == 0


def test_what_failed_keeps_the_words(at: Callable[..., Page]) -> None:
    page = at("failed", "portrait")
    assert page.input_value("#typed") == "补助"
    assert "没查成" in page.inner_text("#type-alert")
    assert page.locator("#answer .pages *").count() == 0


def test_a_question_for_the_staff_gets_its_number(at: Callable[..., Page]) -> None:
    page = at("no-basis", "portrait")
    page.click('#answer button:text-is("交给工作人员")')
    expect(page.locator("#answer .acts")).to_contain_text("取件号")


def test_under_reduced_motion_nothing_moves(enter: Enter, browser_report: BrowserReport) -> None:
    visit = enter("portrait", clock=True, reduced_motion="reduce")
    page = visit.open()
    first = page.inner_text(".teaser:not([hidden]) .teaser-question")
    visit.pass_s(30)
    assert page.inner_text(".teaser:not([hidden]) .teaser-question") == first
    assert page.evaluate("document.getAnimations().length") == 0
    browser_report.note("motion", "0", "大屏：减少动画时在动的")


def test_six_cards_take_turns_every_eight_seconds(enter: Enter) -> None:
    visit = enter("portrait", clock=True)
    page = visit.open()
    visit.still()
    seen = []
    for _ in range(6):
        seen.append(page.inner_text(".teaser:not([hidden]) .teaser-question"))
        visit.pass_s(8)
    assert len(set(seen)) == 6
    assert page.inner_text(".teaser:not([hidden]) .teaser-question") == seen[0]


@pytest.mark.parametrize("shape", SHAPES)
def test_without_scripts_topics_and_answers_are_plain_links(enter: Enter, shape: str) -> None:
    page = enter(shape, java_script_enabled=False).page
    page.goto("/kiosk")
    assert page.is_visible("#home h1") and not page.is_visible("#attract")
    page.click("a:text-is('看病、医保')")
    page.click("text=医保怎么缴费？")
    assert "可以领" in page.inner_text("h2") and page.is_visible("svg.qr")
    page.click(".foot a >> text=求助")
    assert "110" in page.inner_text("main") and "红马甲" in page.inner_text("main")
