"""Every page of the desk that has an address of its own, found in the real route table: axe, one heading, no sideways
scroll, all of it with JavaScript off too. Pages of single things are looked at in the tests of their area.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest
from fastapi.routing import APIRoute
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Served
from tests.browser.desk_browser import page_faults, sign_in
from tests.browser.report import BrowserReport
from tests.staff_site import a_staff_site
from web.pages.staff import AREAS

pytestmark = [pytest.mark.browser, pytest.mark.ci]
SIZES = {"wide": (1366, 768), "phone": (360, 640)}


def addresses() -> list[str]:
    """Of every page that needs no name of a thing in it."""
    routes = (route for area in AREAS for route in area.router.routes if isinstance(route, APIRoute))
    return sorted({route.path for route in routes if "GET" in route.methods and "{" not in route.path})


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with closing(Served(a_staff_site(tmp_path_factory.mktemp("desk")).app)) as running:
        yield running.url


def signed_in(browser: Browser, desk: str, size: tuple[int, int], js: bool) -> Page:
    viewport = {"width": size[0], "height": size[1]}
    page = browser.new_context(viewport=viewport, base_url=desk, java_script_enabled=js).new_page()  # type: ignore[arg-type]
    return sign_in(page, "guan")


def is_page(page: Page, address: str) -> bool:
    """False for what is a download or leads elsewhere."""
    answer = page.request.get(address, max_redirects=0)
    return answer.status == 200 and "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_anywhere(browser: Browser, desk: str, size: str, browser_report: BrowserReport) -> None:
    page = signed_in(browser, desk, SIZES[size], js=True)
    looked_at = [address for address in addresses() if is_page(page, address)]
    faults = []
    for address in looked_at:
        page.goto(address)
        faults += page_faults(page)
    page.context.close()
    assert faults == []
    assert len(looked_at) > 10
    browser_report.note("axe", f"{len(looked_at)} 页，0 处", f"工作台：每一页，{SIZES[size][0]} 宽，0 处违反")


def test_every_page_is_whole_without_scripts(browser: Browser, desk: str, browser_report: BrowserReport) -> None:
    page = signed_in(browser, desk, SIZES["wide"], js=False)
    looked_at = [address for address in addresses() if is_page(page, address)]
    for address in looked_at:
        page.goto(address)
        assert page.locator("main h1, main form, main table").count() > 0, address
        closed = page.locator("details:not([open]) > summary:visible")
        for _ in range(closed.count()):
            closed.first.click()
        for form in page.locator("main form").all():
            assert form.is_visible(), f"{address}: a form that needs a script"
            assert form.locator("button:visible, input[type=submit]:visible").count() > 0, address
    page.context.close()
    browser_report.note("no-scripts", "打得开，表单都能交", "工作台：每一页不用脚本也打得开、交得了")
