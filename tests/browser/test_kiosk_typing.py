"""Typing on the kiosk: what the letters mean, the screen's keys, real keys, the device's own keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Live
from tests.browser.kiosk_visit import SHAPES, Visit, a_kiosk_site, a_visit, do, press, until
from tests.browser.report import BrowserReport
from tests.pinyin_phrases import PHRASES, our_dictionary
from web.assets import STATIC

pytestmark = pytest.mark.browser
Enter = Callable[..., Visit]
FIRST = 8
ENOUGH = 28


@pytest.fixture(scope="module")
def kiosk() -> Iterator[Live]:
    with closing(Live(a_kiosk_site())) as running:
        yield running


@pytest.fixture
def enter(browser: Browser, kiosk: Live) -> Iterator[Enter]:
    visits: list[Visit] = []

    def come(shape: str = "portrait", path: str = "/kiosk", **more: object) -> Page:
        visits.append(a_visit(browser, kiosk.url, SHAPES[shape], **more))
        page = visits[-1].start(path)
        if "ime" not in path:
            page.wait_for_selector("html[data-words]")
        do(page, "type")
        return page

    yield come
    for visit in visits:
        visit.context.close()
    assert [error for visit in visits for error in visit.errors] == []


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    """The keyboard's own script with the dictionary of this repository, on an empty page."""
    page = browser.new_page()
    page.add_script_tag(path=STATIC / "pinyin.js")
    page.evaluate("words => { window.find = window.pufaPinyin(words); }", json.loads(our_dictionary()))
    yield page
    page.close()


def candidates(engine: Page, letters: str) -> list[str]:
    found: list[str] = engine.evaluate("letters => window.find(letters).map(one => one.text)", letters)
    return found


def test_thirty_phrases_stand_among_the_first_eight(engine: Page, browser_report: BrowserReport) -> None:
    missed = [(letters, word) for letters, word in PHRASES if word not in candidates(engine, letters)[:FIRST]]
    assert len(PHRASES) == 30 and len(PHRASES) - len(missed) >= ENOUGH, missed
    browser_report.note("pinyin", f"{30 - len(missed)}", "大屏：30 个词里排进前 8 的不少于 28 个")


@pytest.mark.parametrize(
    ("letters", "word"), [("db", "低保"), ("longcun", "农村"), ("sehui", "社会"), ("fukou", "户口")]
)
def test_what_the_guide_names_stands_first(engine: Page, letters: str, word: str) -> None:
    assert candidates(engine, letters)[0] == word


@pytest.mark.parametrize(
    ("typed", "alike"),
    [("zongguo", "zhongguo"), ("cang", "chang"), ("seng", "sheng"), ("lan", "nan"), ("fu", "hu"), ("sen", "seng"), ("xin", "xing")],
)
def test_sounds_that_are_spoken_alike_here_find_each_other(engine: Page, typed: str, alike: str) -> None:
    assert set(candidates(engine, typed)[:30]) & set(candidates(engine, alike)[:30])


def test_letters_that_mean_nothing_give_nothing_and_no_error(engine: Page) -> None:
    assert candidates(engine, "") == []
    for letters in ("v", "iiii", "xq" * 20, "'"):
        assert isinstance(candidates(engine, letters), list)


def test_a_word_chosen_first_leaves_the_rest_of_the_letters(engine: Page) -> None:
    rows = engine.evaluate("window.find('dibaozenmeban')")
    assert rows[0] == {"text": "低保怎么办", "used": 13}
    assert {"text": "低保", "used": 5} in rows


def typed(page: Page) -> str:
    return page.input_value("#typed")


@pytest.mark.parametrize("shape", SHAPES)
def test_the_screen_keys_write_and_send(enter: Enter, shape: str) -> None:
    page = enter(shape)
    press(page, "buzhu")
    page.click('.candidates button:text-is("补助")')
    assert typed(page) == "补助" and page.inner_text("#told") == "写了：补助"
    press(page, "zmb")
    page.click(".key.space")
    assert typed(page) == "补助怎么办"
    page.click('.key:text-is("退格")')
    assert typed(page) == "补助怎么"
    page.click(".send")
    page.wait_for_selector("#answer .closing")
    assert "可以领" in page.inner_text("#answer h2")


def test_digits_punctuation_and_wiping(enter: Enter) -> None:
    page = enter()
    page.click('.key:text-is("123")')
    for key in "80，":
        page.click(f'.key:text-is("{key}")')
    assert typed(page) == "80，"
    page.click('.key:text-is("清空")')
    assert typed(page) == ""
    press(page, "sui")


def test_more_candidates_are_a_page_away(enter: Enter) -> None:
    page = enter()
    press(page, "shi")
    first = page.locator(".candidates button").all_inner_texts()
    assert len(first) == 8
    page.click('.line button:text-is("下页")')
    second = page.locator(".candidates button").all_inner_texts()
    assert second and not set(first) & set(second)
    page.click('.line button:text-is("上页")')
    assert page.locator(".candidates button").all_inner_texts() == first


def test_real_keys_write_too(enter: Enter) -> None:
    page = enter()
    page.keyboard.type("buzhu")
    page.keyboard.press("Space")
    page.keyboard.type("80")
    page.keyboard.type("zmb1")
    assert typed(page) == "补助80怎么办"
    page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    page.wait_for_selector("#answer .closing")


def test_ready_questions_that_fit_stand_above_the_keys(enter: Enter) -> None:
    page = enter()
    assert page.inner_text(".matching h2") == "大家常问"
    press(page, "yibao")
    assert page.inner_text("#matching button >> nth=0") == "医保怎么缴费？"
    assert page.locator("#matching button").count() <= 4
    assert page.inner_text(".matching h2") == "是不是想问这些？点一下就看"
    page.click("#matching button >> nth=0")
    until(page, "answer")
    assert "医保怎么缴费" in page.inner_text("#answer")


def test_a_number_is_hidden_before_it_leaves_the_screen(enter: Enter, kiosk: Live) -> None:
    page = enter()
    page.keyboard.type("13800001111")
    assert "1380" not in typed(page) and "已遮住" in typed(page)
    assert page.is_visible("#type-alert") and "遮住" in page.inner_text("#type-alert")
    page.click(".send")
    page.wait_for_selector("#answer .closing")
    assert "1380" not in kiosk.site.assistant.questions[-1].text


def test_too_long_a_question_stays_and_says_by_how_much(enter: Enter) -> None:
    page = enter()
    page.evaluate("document.getElementById('typed').value = '问'.repeat(301)")
    page.click(".send")
    assert "删掉 1 字" in page.inner_text("#type-alert") and len(typed(page)) == 301


def test_the_devices_own_keyboard_takes_the_place_of_ours(enter: Enter) -> None:
    page = enter(path="/kiosk?ime=system")
    assert page.locator(".key:text-is('q')").count() == 0
    assert page.get_attribute("#typed", "readonly") is None
    page.fill("#typed", "补助")
    assert page.inner_text("#matching button >> nth=0").count("补助")
    page.click(".send")
    page.wait_for_selector("#answer .closing")


class Paired:
    """The desk paired kiosk-7 with the fair and nothing else."""

    def event_on(self, event: str | None, device: str | None, on: date) -> str | None:
        return event if (event, device) == ("fair", "kiosk-7") else None


def test_event_and_device_ride_with_the_question(
    enter: Enter, kiosk: Live, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.site.app.state.services.standing, "kiosks", Paired())
    page = enter(path="/kiosk?event=fair&device=kiosk-7")
    page.keyboard.type("buzhu ")
    page.click(".send")
    page.wait_for_selector("#answer .closing")
    asked = kiosk.site.assistant.questions[-1]
    assert (asked.channel.value, asked.event, asked.device) == ("kiosk", "fair", "kiosk-7")


def test_an_event_that_is_no_name_is_left_out(enter: Enter, kiosk: Live) -> None:
    page = enter(path="/kiosk?event=%3Cb%3E&device=a%20b")
    page.keyboard.type("buzhu ")
    page.click(".send")
    page.wait_for_selector("#answer .closing")
    assert (kiosk.site.assistant.questions[-1].event, kiosk.site.assistant.questions[-1].device) == (None, None)
