"""The desk in a real browser: signing in, what axe finds, watched contexts, and the whole service to work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from bot.ports import Store
from bot.wiring import build_assistant
from knowledge.places import load_places
from knowledge.wiring import build_library
from tests.browser.conftest import Served
from tests.staff_site import PASSWORD, StaffSite
from web.app import create_app
from web.clock import now
from web.keeper import Keeper
from web.shelves import Shelves
from web.staff.passwords import Passwords
from web.staff.wiring import build_desk

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 640}
_SMALL = """() => [...document.querySelectorAll('main button, main .button, main select, main input')]
    .filter(one => one.offsetParent && !one.closest('.unseen') && !one.classList.contains('unseen'))
    .filter(one => !['checkbox', 'radio', 'file'].includes(one.type))
    .filter(one => one.getBoundingClientRect().height < 39.5).map(one => one.outerHTML)"""
Wake = Callable[[], None]


def sign_in(page: Page, account: str) -> Page:
    """Through the page itself."""
    page.goto("/staff/login")
    page.fill("#account", account)
    page.fill("#password", PASSWORD)
    page.click("button.main")
    return page


def axe_faults(page: Page) -> list[str]:
    """Every breach with the element it stands on. The page needs scripts: axe waits for ever in one without."""
    page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")  # cards fade in
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url} {rule['id']}: {node['target']}" for rule in found for node in rule["nodes"]]


def page_faults(page: Page) -> list[str]:
    """What axe finds, what runs over the side, other than one h1, and buttons and fields too low for a finger."""
    assert page.viewport_size is not None
    wide = page.evaluate("document.documentElement.scrollWidth") > page.viewport_size["width"]
    heads = page.locator("h1").count()
    small: list[str] = page.evaluate(_SMALL)
    faults = [*axe_faults(page), *(f"{page.url} too low: {each}" for each in small)]
    return faults + [f"{page.url} is wider than the screen"] * wide + [f"{page.url} has {heads} h1"] * (heads != 1)


def faults_in_both_sizes(page: Page) -> list[str]:
    """On a desk's screen and on a phone; the page is wide again afterwards."""
    found = []
    for viewport in (PHONE, WIDE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        found += page_faults(page)
    return found


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element is reached; its focus must be visible and uncovered."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            assert page.evaluate(
                """() => { const box = document.activeElement.getBoundingClientRect();
                const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
                return document.activeElement.contains(top) || top.contains(document.activeElement); }"""
            )
            return
    raise AssertionError(f"{selector} not reached")


class Visits:
    """Pages of a site. `close` fails where one had a script error or broke the policy."""

    def __init__(self, browser: Browser, url: str, timeout_ms: int = 15_000) -> None:
        self._browser, self._url, self._timeout_ms = browser, url, timeout_ms
        self._contexts: list[BrowserContext] = []
        self._errors: list[str] = []

    def page(self, viewport: dict[str, int] = WIDE, js: bool = True, **more: object) -> Page:
        """more: of the context, as storage_state."""
        context = self._browser.new_context(
            viewport=viewport, java_script_enabled=js, base_url=self._url, **more  # type: ignore[arg-type]
        )
        self._contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(self._timeout_ms)
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on("console", lambda said: self._errors.append(said.text) if "Content Security" in said.text else None)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        assert self._errors == []


@contextmanager
def whole_service(site: StaffSite, store: Store, **more: Callable[[str], str]) -> Iterator[tuple[Served, Wake]]:
    """Pages, desk, index and keeper over the site's truth, running; and what tells it of a change. more: for the app."""
    settings = site.app.state.services.settings
    library = build_library(settings, site.truth)
    library.ensure_index(lambda step, done, total: None)
    keeper = Keeper(library, lambda: None)
    desk = replace(build_desk(site.truth, keeper.wake, library), passwords=Passwords(memory_kib=8))
    shelves = Shelves(library, load_places(settings.lexicon_dir / "places.yaml", library.town))
    assistant = build_assistant(settings, library, store, now)
    app = create_app(assistant, shelves, store, settings, library.town, desk=desk, **more)
    keeper.start()
    running = Served(app)
    yield running, keeper.wake
    running.close()
    keeper.stop()
