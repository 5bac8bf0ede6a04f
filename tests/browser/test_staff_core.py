"""The desk in a real browser: axe on every page of the core, without scripts, by keyboard alone, on a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, Page

from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.types import Period
from tests.browser.conftest import Served
from tests.browser.desk_browser import PHONE, WIDE, Visits, axe_faults, page_faults, sign_in, tab_to
from tests.fakes import NOW
from tests.staff_site import PASSWORD, StaffSite, a_staff_site, a_text
from web.clock import now

pytestmark = [pytest.mark.browser, pytest.mark.ci]

PAGES = {
    "/staff/login": "",
    "/staff": "guan",
    "/staff/password": "bian",
    "/staff/documents": "fu",
    "/staff/documents/old-rule": "fu",
    "/staff/documents/waiting/versions/v2": "fu",
    "/staff/documents/draft/versions/v1": "bian",
    "/staff/documents/draft/versions/v1/delete": "bian",
    "/staff/documents/old-rule/withdraw": "bian",
    "/staff/documents/gone/versions/v1/restore": "bian",
    "/staff/switches": "fu",
    "/staff/accounts": "guan",
    "/staff/accounts/bian": "guan",
    "/staff/log": "fu",
    "/staff/documents/nothing-here": "bian",
}
OpenDesk = Callable[..., Page]


def fill(site: StaffSite) -> None:
    """One document in each state, a switch that is off, a notice."""
    today = NOW.date()
    site.store(a_text("old-rule", title="高龄津贴办法", period=Period(date(2024, 9, 1))), VersionState.PUBLISHED)
    site.store(a_text("ending", title="医保缴费通知", period=Period(None, today + timedelta(days=9))), VersionState.PUBLISHED)
    site.store(a_text("waiting", title="临时救助办法", texts=("每次最多给300元。", "到镇里申请。")), VersionState.PUBLISHED)
    site.store(
        a_text("waiting", "v2", ("每次最多给500元。", "到镇里申请。", "三天内答复。"), "临时救助办法"),
        VersionState.IN_REVIEW,
    )
    site.store(a_text("draft", title="修路公告"))
    site.store(a_text("gone", title="写错了的通知"), VersionState.PUBLISHED)
    site.desk.shelf.withdraw("gone", Deed("fu", "withdraw", "gone", site.clock(), "文号写错了"))
    for name in ("bian", "fu"):
        site.desk.records.log(Deed(name, "publish", "old-rule", site.clock(), "", {"version": "v1"}))


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StaffSite, str]]:
    site = a_staff_site(tmp_path_factory.mktemp("desk"))
    fill(site)
    with closing(Served(site.app)) as running:
        yield site, running.url


@pytest.fixture
def open_desk(browser: Browser, desk_site: tuple[StaffSite, str]) -> Iterator[OpenDesk]:
    """open_desk(path, who, viewport, js): signed in through the page itself. Script errors fail the test."""
    visits = Visits(browser, desk_site[1])

    def open_(path: str, who: str = "", viewport: dict[str, int] = WIDE, js: bool = True) -> Page:
        page = visits.page(viewport, js)
        if who:
            sign_in(page, who)
        page.goto(path)
        return page

    yield open_
    visits.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over_the_side(
    open_desk: OpenDesk, path: str, viewport: dict[str, int]
) -> None:
    assert page_faults(open_desk(path, PAGES[path], viewport)) == []


def test_axe_finds_nothing_on_a_form_with_mistakes(open_desk: OpenDesk) -> None:
    page = open_desk("/staff/accounts", "guan")
    page.click("main form button.main")
    assert page.locator(".desk-errors a").count() == 2
    assert axe_faults(page) == []
    page.click(".desk-errors a >> nth=0")
    assert page.evaluate("document.activeElement.id") in ("id", "name")


def test_the_whole_journey_without_scripts(open_desk: OpenDesk, desk_site: tuple[StaffSite, str]) -> None:
    site, _ = desk_site
    site.store(a_text("story", title="低保办理说明"))
    editor = open_desk("/staff/documents/story/versions/v1", "bian", js=False)
    editor.click("text=送复审 >> nth=-1")
    assert "已经送去复审" in editor.inner_text(".desk-done")
    reviewer = open_desk("/staff/documents", "fu", js=False)
    reviewer.click("text=低保办理说明")
    reviewer.click("button:has-text('发布')")
    assert "已经发布" in reviewer.inner_text(".desk-done")
    editor.goto("/staff/documents/story")
    editor.click("a:has-text('撤回')")
    editor.fill("#why", "写错了一个数")
    editor.click("button:has-text('撤回')")
    assert "24 小时内可以恢复" in editor.inner_text(".desk-done")
    editor.click("a:has-text('恢复')")
    editor.fill("#why", "没有写错")
    editor.click("button:has-text('恢复')")
    assert "已经恢复" in editor.inner_text(".desk-done")
    assert "story" in {item.document_id for item in site.truth.published()}


def test_the_whole_journey_by_keyboard_alone(open_desk: OpenDesk, desk_site: tuple[StaffSite, str]) -> None:
    site, _ = desk_site
    site.store(a_text("keys", title="键盘办的通知"), VersionState.IN_REVIEW)
    page = open_desk("/staff/login")
    tab_to(page, "#account")
    page.keyboard.type("fu")
    tab_to(page, "#password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff")
    tab_to(page, "a[href='/staff/documents']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/documents")
    tab_to(page, "a[href='/staff/documents/keys/versions/v1']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/versions/v1")
    tab_to(page, "form button.main")
    page.keyboard.press("Enter")
    page.wait_for_selector(".desk-done")
    assert "keys" in {item.document_id for item in site.truth.published()}


def test_a_warning_comes_two_minutes_before_the_end_and_one_press_stays(open_desk: OpenDesk) -> None:
    page = open_desk("/staff/login", "bian")
    page.clock.install(time=now())
    page.goto("/staff/log")
    assert page.locator("#session-warning").is_hidden()
    page.clock.fast_forward(28 * 60 * 1000 + 500)
    page.wait_for_selector("#session-warning:not([hidden])")
    page.click("#session-stay")
    page.wait_for_selector("#session-warning[hidden]", state="attached")
