"""Nothing is cut off, too small or too close, on small screens and at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.story import ask_and_wait

pytestmark = pytest.mark.browser
VIEWPORTS = [(320, 568), (360, 640), (390, 844), (640, 360), (768, 1024), (1366, 768)]
SIZES = ["", "size-large", "size-huge"]
SMALLEST_PX = {"": 18, "size-large": 20, "size-huge": 24}
TARGET_PX = {"": 44, "size-large": 60, "size-huge": 60}
TEXT_SIZES = """() => Array.from(document.querySelectorAll('body *')).filter(node =>
  Array.from(node.childNodes).some(child => child.nodeType === 3 && child.data.trim())
  && node.getClientRects().length && !node.closest('.unseen, script, style')
).map(node => [parseFloat(getComputedStyle(node).fontSize), node.tagName + '.' + node.className])"""
TARGETS = """() => Array.from(document.querySelectorAll('button, a.button, summary, textarea, .links a')).filter(node =>
  node.getClientRects().length).map(node => [node.getBoundingClientRect().height, node.textContent])"""
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


def seen(page: Page, selector: str) -> bool:
    """Wholly inside the window and not covered by anything else."""
    return bool(
        page.evaluate(
            """selector => { const node = document.querySelector(selector), box = node.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.right <= innerWidth
              && node.contains(top); }""",
            selector,
        )
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("width", "height"), VIEWPORTS)
def test_nothing_scrolls_sideways(open_page: Callable[..., Page], width: int, height: int, size: str) -> None:
    page = open_page("/", size=size, viewport={"width": width, "height": height})
    scroll, window = page.evaluate(WIDTHS)
    assert scroll <= window
    page.click("#sizes-open")
    ask_and_wait(page, "补助")
    scroll, window = page.evaluate(WIDTHS)
    assert scroll <= window


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", ["/", "/entries/buzhu", "/hotlines", "/privacy", "/documents/banfa"])
def test_letters_and_targets_are_big_enough(open_page: Callable[..., Page], path: str, size: str) -> None:
    page = open_page(path, size=size)
    if path == "/":
        ask_and_wait(page, "补助")
    small = [row for row in page.evaluate(TEXT_SIZES) if row[0] < SMALLEST_PX[size] - 0.1]
    low = [row for row in page.evaluate(TARGETS) if row[0] < TARGET_PX[size] - 0.5]
    assert small == [] and low == []


def test_sending_and_calling_are_sixty_pixels_high(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    assert page.locator("#send").bounding_box()["height"] >= 60  # type: ignore[index]
    ask_and_wait(page, "补助")
    assert page.locator(".call").bounding_box()["height"] >= 60  # type: ignore[index]


def test_conclusion_and_call_button_stand_in_the_first_part_of_the_screen(
    open_page: Callable[..., Page],
) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    box = page.locator(".call").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 560
    assert seen(page, ".call") and seen(page, ".card h2")


@pytest.mark.parametrize("size", SIZES)
def test_the_input_stays_visible_with_the_keyboard_open(open_page: Callable[..., Page], size: str) -> None:
    page = open_page("/", size=size, viewport={"width": 360, "height": 300})
    page.focus("#question")
    page.locator("#send").scroll_into_view_if_needed()
    assert seen(page, "#question") and seen(page, "#send")


@pytest.mark.parametrize("size", SIZES)
def test_header_is_one_row(open_page: Callable[..., Page], size: str) -> None:
    page = open_page("/", size=size, viewport={"width": 320, "height": 568})
    box = page.locator("header").bounding_box()
    assert box is not None and box["height"] <= (84 if size == "size-huge" else 72.5)


def test_a_mark_brings_its_source_into_view_clear_of_the_bars(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.click(".amount .mark")
    assert page.url.endswith("-3")
    assert seen(page, "[id^=source-][id$='-3']")


def test_nothing_moves_under_reduced_motion(open_page: Callable[..., Page]) -> None:
    page = open_page("/", reduced_motion="reduce")
    ask_and_wait(page, "补助")
    assert page.evaluate("document.getAnimations().length") == 0
