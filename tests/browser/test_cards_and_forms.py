"""办事卡 on one A4 sheet, the calculators with JavaScript off, and nothing for axe to find on either."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from bot.types import AnswerStatus
from knowledge.types import PartKind
from tests.browser.paper import printed
from tests.browser.report import BrowserReport
from tests.browser.states import LOOKS
from tests.browser.story import ask_and_wait
from tests.browser.test_accessibility import violations
from tests.fakes import SCRIPTS, FakeLine, FakePart, a_block, a_citation, an_answer, an_entry
from web.forms import FORMS
from web.service_card import MOST_LINES

pytestmark = [pytest.mark.browser, pytest.mark.ci]
LONG = "这一行照着最长的写，一共二十五个字，一个字也不能再多了。"
KINDS = (
    PartKind.CONCLUSION,
    PartKind.CONDITIONS,
    PartKind.WHERE,
    PartKind.MATERIALS,
    PartKind.DURATION,
    PartKind.FEE,
)
DESK = {"width": 1000, "height": 1400}


def fullest() -> Any:
    """An entry that fills every field of the sheet to the last line."""
    lines = tuple(FakeLine(LONG, (1,)) for _ in range(MOST_LINES))
    plain = an_entry("fullest", "最长的一件事要怎么办才能一次办好？")
    source = plain.sources[0]
    sources = tuple(
        replace(
            source,
            number=number,
            basis=replace(
                source.basis, instrument=replace(source.basis.instrument, id=f"law-{number}", title=LONG)
            ),
        )
        for number in range(1, 7)
    )
    parts = tuple(FakePart(kind, lines) for kind in KINDS)
    return replace(plain, parts=parts, sources=sources, hotlines=("12345", "12348", "12333", "12393", "12349"))


@pytest.mark.parametrize("size", ["", "size-huge"])
def test_the_fullest_card_prints_on_one_page(
    open_page: Callable[..., Page], live: Any, size: str, browser_report: BrowserReport
) -> None:
    live.site.library.entries["fullest"] = fullest()
    page = open_page("/cards/fullest", size=size, viewport=DESK)
    assert page.locator("dd").count() > 35
    sheet = printed(page)
    assert len(sheet) == 1 and sheet.code() == f"{live.url}/cards/fullest"
    browser_report.note("print", "1 页", "办事卡：最满的一张 A4 一页，有二维码")


def test_the_count_of_pages_can_tell_two(open_page: Callable[..., Page], live: Any) -> None:
    live.site.library.entries["fullest"] = fullest()
    page = open_page("/cards/fullest", viewport=DESK)
    page.evaluate("document.querySelector('.sheet').style.minHeight = '400mm'")
    assert len(printed(page)) == 2


def test_the_printed_sheet_leaves_the_page_around_it_out(open_page: Callable[..., Page], live: Any) -> None:
    live.site.library.entries["fullest"] = fullest()
    page = open_page("/cards/fullest", viewport=DESK)
    page.emulate_media(media="print")
    for name in (".top", "footer", ".screen-only"):
        assert page.locator(name).first.is_hidden()
    assert page.locator(".sheet .address").is_visible()


@pytest.mark.parametrize("path", ["/cards/fullest", "/calculate", *(f"/calculate/{slug}" for slug in FORMS)])
def test_axe_finds_nothing(
    open_page: Callable[..., Page], live: Any, path: str, rng: random.Random
) -> None:
    live.site.library.entries["fullest"] = fullest()
    size, contrast = rng.choice(LOOKS)
    page = open_page(path, size=size, contrast=contrast)
    assert violations(page) == [], f"{size} {contrast}"


def test_a_form_works_without_scripts(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/calculate", js=False)
    page.click("a[href='/calculate/retirement']")
    page.select_option("#f-kind", "女工人")
    page.fill("#f-year", "1976")
    page.select_option("#f-month", "3")
    page.click("form.calculator button")
    assert "/a/" in page.url
    assert live.site.assistant.questions[-1].text == "我是女工人，1976年3月出生，什么时候退休？"
    assert page.locator("article.card").count() == 1


def test_a_wrong_form_comes_back_without_scripts_and_axe_finds_nothing(open_page: Callable[..., Page]) -> None:
    page = open_page("/calculate/dibao")
    page.select_option("#f-area", "农村户口")
    page.fill("#f-people", "四口")
    page.click("form.calculator button")
    assert page.inner_text(".alert[role=alert]") == "“一家几口人”要填数字，请再看一下。"
    assert page.input_value("#f-people") == "四口"
    assert violations(page) == []


def test_an_answer_with_a_card_links_to_it_with_scripts_too(open_page: Callable[..., Page], live: Any) -> None:
    answer = an_answer(AnswerStatus.ANSWERED, blocks=(a_block(),), citations=(a_citation(),))
    live.site.assistant.scripts = {"申请": replace(answer, card="fullest"), **SCRIPTS}
    page = open_page("/")
    ask_and_wait(page, "补助怎么申请")
    assert page.get_attribute("a[href^='/cards/']", "href") == "/cards/fullest"
