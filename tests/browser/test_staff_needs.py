"""普法需求, 活动 and 大屏 in a real browser: axe, a phone, without scripts, by keyboard, and a kiosk that is paired."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from bot.adapters.store import SqlStore
from knowledge.database.counts_values import Pairing
from knowledge.database.staff_values import Deed
from tests.browser.conftest import Served
from tests.browser.desk_browser import PHONE, WIDE, Visits, axe_faults, page_faults, sign_in, tab_to
from tests.counted import OWN, a_count, an_event, put_counts, recount
from tests.fakes import NOW, ON
from tests.staff_site import StaffSite, a_staff_site
from web.staff.needs.own_counts import own_counts

pytestmark = [pytest.mark.browser, pytest.mark.ci]

PAGES = (
    "/staff/needs",
    "/staff/needs?when=2026&channel=kiosk",
    "/staff/events",
    "/staff/events/fair-1",
    "/staff/kiosks",
    "/staff/kiosks/p1",
)
OpenDesk = Callable[..., Page]


def fill(site: StaffSite) -> None:
    """Two months with every outcome, two events, a paired kiosk."""
    topics = ("dibao", "yibao", "land", "wages", "")
    put_counts(
        site.truth.engine,
        site.truth.town,
        [
            a_count(9 * number + month, 5, day=date(2026, month, 7), topic=topic, status=status, channel="kiosk", event="fair-1")
            for month in (10, 11)
            for number, topic in enumerate(topics)
            for status in ("answered", "partial", "no_basis", "needs_person", "danger")
        ],
    )
    counts = site.desk.counts
    assert counts is not None
    for event in (an_event("fair-1"), an_event("fair-2", date(2026, 12, 1), None)):
        counts.add_event(event, Deed("bian", "add_event", event.id, NOW))
    counts.pair(Pairing("p1", "fair-1", "kiosk-1", "bian", NOW), Deed("bian", "pair_kiosk", "kiosk-1", NOW))
    site.desk.standing.refresh()


@pytest.fixture(scope="module")
def desk_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[StaffSite, str]]:
    site = a_staff_site(tmp_path_factory.mktemp("desk"))
    fill(site)
    state = site.app.state
    state.services = replace(state.services, store=SqlStore(site.truth.engine, site.truth.town))
    with closing(Served(site.app)) as running:
        yield site, running.url


@pytest.fixture(scope="module")
def signed_in(browser: Browser, desk_site: tuple[StaffSite, str]) -> dict[str, object]:
    """What a browser keeps of one sign-in: the pages here are not about signing in."""
    with closing(browser.new_context(base_url=desk_site[1])) as context:
        page = sign_in(context.new_page(), "bian")
        page.wait_for_url("**/staff")
        return dict(context.storage_state())


@pytest.fixture
def open_desk(browser: Browser, desk_site: tuple[StaffSite, str], signed_in: dict[str, object]) -> Iterator[OpenDesk]:
    """open_desk(path, viewport, js): signed in. Script errors and breaches of the policy fail the test."""
    visits = Visits(browser, desk_site[1])

    def open_(path: str, viewport: dict[str, int] = WIDE, js: bool = True) -> Page:
        page = visits.page(viewport, js, storage_state=signed_in)
        page.goto(path)
        return page

    yield open_
    visits.close()


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_and_nothing_runs_over_the_side(open_desk: OpenDesk, path: str, viewport: dict[str, int]) -> None:
    assert page_faults(open_desk(path, viewport)) == []


def test_a_form_with_mistakes_has_none_for_axe(open_desk: OpenDesk) -> None:
    page = open_desk("/staff/events")
    page.click("main form button.main")
    assert page.locator(".desk-errors a").count() == 2
    assert axe_faults(page) == []


def test_the_chart_is_drawn_and_its_figures_stand_in_the_table(open_desk: OpenDesk) -> None:
    page = open_desk("/staff/needs")
    pair = page.locator(".needs-pair:has(svg)").first
    chart, table = pair.locator("svg"), pair.locator("table")
    box, beside = chart.bounding_box(), table.bounding_box()
    assert box is not None and beside is not None and box["height"] > 100
    assert box["x"] >= beside["x"] + beside["width"] - 1, "beside, not below"
    numbers = [text for text in chart.locator("text").all_text_contents() if text.isdecimal()]
    held = table.inner_text()
    assert len(numbers) == 5 and all(number in held for number in numbers)
    assert chart.locator(".bar").first.evaluate("bar => getComputedStyle(bar).fill") == "rgb(11, 79, 138)"


def test_the_story_of_a_fair_without_scripts(
    open_desk: OpenDesk, browser: Browser, desk_site: tuple[StaffSite, str]
) -> None:
    """An event is made, a kiosk paired, somebody asks on it, the number stands at the desk, the report is fetched."""
    site, _ = desk_site
    page = open_desk("/staff/events", js=False)
    page.fill("#name", "黄泥坝院坝会")
    page.select_option("#kind", "yard")
    page.fill("#day", ON.isoformat())
    page.fill("#place", "黄泥坝")
    page.click("button:has-text('加活动')")
    assert "活动加好了" in page.inner_text(".desk-done")
    event = page.url.partition("?")[0]
    page.fill("#device", "kiosk-9")
    page.click("button:text-is('配对')")
    address = page.inner_text(".kiosk-address")
    with closing(browser.new_context(viewport={"width": 1080, "height": 1920})) as context:
        kiosk = context.new_page()
        kiosk.set_default_timeout(15000)
        kiosk.goto(address)
        kiosk.wait_for_selector("html[data-ready]")
        with kiosk.expect_response("**/api/kiosk/heartbeat"):
            kiosk.click("#attract")
        kiosk.click("#home .topics a >> nth=0")
        with kiosk.expect_response("**/api/kiosk/opened"):
            kiosk.click("#list .pages button >> nth=0")
    page.reload()
    assert "开着" in page.inner_text("main")
    held = recount(site.truth.engine, site.truth.town, ON, date(2026, 11, 23), lambda row: row.event)
    assert held[event.rpartition("/")[2]] == 1
    page.goto("/staff/needs?when=2026")
    with page.expect_download() as fetched:
        page.click("a:has-text('年报（Word）')")
    assert fetched.value.suggested_filename == "report-2026.docx"


def test_the_journey_by_keyboard_alone(open_desk: OpenDesk) -> None:
    page = open_desk("/staff")
    tab_to(page, "nav a[href='/staff/needs']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/needs")
    tab_to(page, "#topic")
    while page.input_value("#topic") != "land":
        page.keyboard.press("ArrowDown")
    tab_to(page, ".desk-filter button")
    page.keyboard.press("Enter")
    page.wait_for_url("**topic=land**")
    tab_to(page, "nav a[href='/staff/kiosks']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/staff/kiosks")
    tab_to(page, "#device")
    page.keyboard.type("hall")
    page.keyboard.press("Enter")
    page.wait_for_selector(".kiosk-address")
    assert page.inner_text(".kiosk-address").endswith("/kiosk?device=hall")


def test_counts_are_carried_by_file(open_desk: OpenDesk, tmp_path_factory: pytest.TempPathFactory) -> None:
    laptop = a_staff_site(tmp_path_factory.mktemp("laptop"))
    own = SqlStore(laptop.truth.engine, laptop.truth.town).installation(NOW)
    assert own != OWN and laptop.desk.counts is not None
    put_counts(laptop.truth.engine, laptop.truth.town, [a_count(9, installation=own)])
    text = own_counts(laptop.desk.counts, laptop.truth.town, NOW)
    assert text is not None
    page = open_desk("/staff/kiosks", js=False)
    for says in ("人次导进来了", "已经导过了"):
        page.set_input_files("#file", {"name": "counts.json", "mimeType": "application/json", "buffer": text.encode()})
        page.click("button:has-text('导入人次')")
        assert says in page.inner_text(".desk-done, .desk-errors")
