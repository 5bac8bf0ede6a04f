"""Nothing is cut off, covered, too small or too close: on every screen, at every size, with the keyboard open."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Live
from tests.browser.measure import LOOSE, WIDTHS, faults, letters_at, seen
from tests.browser.report import BrowserReport
from tests.browser.states import SLOW_STREAM, SURFACES, push, show, stream_parts
from tests.browser.story import ask, ask_and_wait

VIEWPORTS = (
    (320, 568),
    (360, 640),
    (390, 844),
    (640, 360),
    (768, 1024),
    (1366, 768),
    (1080, 1920),
    (1920, 1080),
)
SIZES = ("", "size-large", "size-huge")
EVERYWHERE = ("empty", "answered", "danger", "sizes")
SAMPLED = 12
KEYBOARD = {"width": 360, "height": 300}


@pytest.fixture
def live(lasting: Live) -> Live:
    return lasting


def at_every_viewport(page: Page, size: str) -> list[str]:
    found = []
    for width, height in VIEWPORTS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}x{height} {fault}" for fault in faults(page, size)]
    return found


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("surface", EVERYWHERE)
def test_on_every_screen(
    open_page: Callable[..., Page], surface: str, size: str, browser_report: BrowserReport
) -> None:
    assert at_every_viewport(show(open_page, surface, size=size), size) == []
    limit = f"手机页：{len(EVERYWHERE)} 个状态 × {len(VIEWPORTS)} 种屏幕 × {len(SIZES)} 种字号，0 处毛病"
    browser_report.note("viewports", "0 处", limit)


@pytest.mark.browser
@pytest.mark.parametrize("number", range(SAMPLED))
def test_other_surfaces_on_a_screen_drawn_by_the_seed(
    open_page: Callable[..., Page], number: int, seed: int, browser_report: BrowserReport
) -> None:
    rest = [surface for surface in SURFACES if surface not in EVERYWHERE]
    draw = random.Random(f"{seed} screens")
    drawn = [(name, draw.choice(SIZES), draw.choice(VIEWPORTS)) for name in draw.sample(rest, SAMPLED)]
    surface, size, (width, height) = drawn[number]
    page = show(open_page, surface, size=size, viewport={"width": width, "height": height})
    assert faults(page, size) == [], f"{surface} {size} {width}x{height}"
    limit = f"手机页：另外抽 {SAMPLED} 个状态、字号、屏幕，0 处毛病"
    browser_report.note("viewports", "0 处", limit)


@pytest.mark.prove
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_on_every_screen(open_page: Callable[..., Page], surface: str, size: str) -> None:
    assert at_every_viewport(show(open_page, surface, size=size), size) == []


@pytest.mark.browser
def test_the_measuring_finds_what_is_wrong(open_page: Callable[..., Page]) -> None:
    page = open_page("/hotlines")
    page.evaluate("""() => { const main = document.querySelector('main').style, button = document.querySelector('main .button').style;
      main.width = '500px'; button.minHeight = '10px'; button.height = '20px'; button.fontSize = '12px';
      document.querySelector('.top').style.cssText = 'position: fixed; height: 500px'; }""")
    kinds = {fault.split(":")[0] for fault in faults(page)}
    assert {"scrolls sideways", "low", "small letters", "covered"} <= kinds


@pytest.mark.browser
def test_sending_and_calling_are_sixty_pixels_high(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    assert page.locator("#send").bounding_box()["height"] >= 60  # type: ignore[index]
    ask_and_wait(page, "补助")
    assert page.locator(".call").bounding_box()["height"] >= 60  # type: ignore[index]


@pytest.mark.browser
def test_conclusion_and_call_button_stand_in_the_first_part_of_the_screen(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    box = page.locator(".call").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 560
    assert seen(page, ".call") and seen(page, ".card h2")
    browser_report.note("viewports", "在", "手机页：360×640 标准字，结论和打电话在头 560 像素里")


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_the_input_stays_visible_with_the_keyboard_open(
    open_page: Callable[..., Page], size: str, browser_report: BrowserReport
) -> None:
    page = open_page("/", size=size, viewport=KEYBOARD)
    for question in ("", "补助"):
        if question:
            ask_and_wait(page, question)
        page.focus("#question")
        page.locator("#send").scroll_into_view_if_needed()
        assert seen(page, "#question") and seen(page, "#send")
    browser_report.note("keyboard-open", "看得见", "手机页：360×300，三种字号，输入框和发送整个看得见")


@pytest.mark.browser
@pytest.mark.parametrize("surface", ["empty", "answered"])
def test_with_letters_at_200_percent(
    open_page: Callable[..., Page], surface: str, browser_report: BrowserReport
) -> None:
    page = show(open_page, surface)
    letters_at(page, 32)
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 40
    page.focus("#question")
    page.locator("#send").scroll_into_view_if_needed()
    assert seen(page, "#question") and seen(page, "#send")
    assert faults(page, targets=False) == []
    browser_report.note("keyboard-open", "看得见", "手机页：系统字号 200%，输入框和发送整个看得见，不横着滚")


@pytest.mark.browser
@pytest.mark.parametrize("surface", ["empty", "answered", "no-basis", "/entries/buzhu"])
def test_reflow_and_spacing_of_the_readers_own(
    open_page: Callable[..., Page], surface: str, browser_report: BrowserReport
) -> None:
    """1280x1024 at 400 % is a window of 320x256."""
    page = show(open_page, surface, viewport={"width": 320, "height": 256})
    assert faults(page, targets=False) == []
    page.set_viewport_size({"width": 320, "height": 568})
    page.evaluate(LOOSE)
    assert faults(page, targets=False) == []
    browser_report.note("reflow", "0 处", "手机页：320×256（1280 放大到 400%），0 处毛病")
    browser_report.note("reflow", "0 处", "手机页：320 宽，自己调字距、行距、段距，0 处毛病")


@pytest.mark.browser
@pytest.mark.parametrize("size", SIZES)
def test_header_is_one_row(open_page: Callable[..., Page], size: str) -> None:
    page = open_page("/", size=size, viewport={"width": 320, "height": 568})
    box = page.locator("header").bounding_box()
    assert box is not None and box["height"] <= (84 if size == "size-huge" else 72.5)


@pytest.mark.browser
def test_a_mark_brings_its_source_into_view_clear_of_the_bars(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.click(".amount .mark")
    assert page.url.endswith("-3")
    assert seen(page, "[id^=source-][id$='-3']")


@pytest.mark.browser
def test_nothing_moves_under_reduced_motion(
    open_page: Callable[..., Page], browser_report: BrowserReport
) -> None:
    page = open_page("/", reduced_motion="reduce")
    ask_and_wait(page, "补助")
    assert page.evaluate("document.getAnimations().length") == 0
    scroll, window = page.evaluate(WIDTHS)
    assert scroll <= window
    browser_report.note("motion", "0 个", "手机页：减少动画时 0 个在动")


@pytest.mark.browser
def test_an_answer_out_of_sight_is_offered_not_scrolled_to(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.evaluate(SLOW_STREAM)
    for _ in range(2):
        ask(page, "补助")
        page.wait_for_selector("text=正在查政策文件…")
        page.evaluate("window.scrollTo(0, 0)")
        push(page, stream_parts())
        page.wait_for_selector(".talk > li:last-child .closing")
    assert page.evaluate("scrollY") == 0
    page.click(".see:not([hidden])")
    page.wait_for_selector(".see", state="detached")
    assert page.evaluate("document.activeElement === document.querySelector('.talk > li:last-child h2')")
