"""The kiosk's screen in a real browser, what a visitor does on it, and what is left after that person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.fakes import an_entry
from tests.integration.web_site import Site, a_site

TALL = {"width": 1080, "height": 1920}
WIDE = {"width": 1920, "height": 1080}
SHAPES = {"portrait": TALL, "landscape": WIDE}
PUBLIC = "http://pufa.test"
START = "/kiosk?event=fair&device=kiosk-7"
SECOND = 1000
LEFT = """async () => {
  const boxes = Array.from(document.querySelectorAll('input, textarea'), one => one.value);
  const kept = await caches.keys();
  const held = [];
  for (const name of kept) for (const one of await (await caches.open(name)).keys()) held.push(one.url);
  return {
    page: document.documentElement.outerHTML, boxes: boxes.join(''), address: location.href, title: document.title,
    local: JSON.stringify(localStorage), session: JSON.stringify(sessionStorage), cookies: document.cookie,
    caches: held, bases: (await indexedDB.databases()).length, name: window.name, state: String(history.state),
    history: history.length
  };
}"""


def a_kiosk_site(**changes: Any) -> Site:
    """The site over fakes, with ready questions for several screens and a public address for phones."""
    site = a_site(public_url=PUBLIC, rate_limits="off", **changes)
    for number in range(30):
        slug = f"dibao-{number:02d}"
        site.library.entries[slug] = an_entry(slug, f"第{number}种情况能不能领补助，要带什么？")
    for topic in ("yanglao", "land", "wages", "family", "debt", "fraud", "lawsuit", "neighbours"):
        site.library.entries[topic] = an_entry(topic, f"这件事归{topic}管吗？", topic)
    site.client.get("/kiosk/words.json")  # made once, however busy this machine is when the tests begin
    return site


@dataclass
class Visit:
    """A fresh browser standing at the kiosk. errors: of scripts; urls: every request."""

    context: BrowserContext
    page: Page
    errors: list[str]
    urls: list[str]

    def open(self, path: str = START) -> Page:
        self.page.goto(path)
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def start(self, path: str = START) -> Page:
        """As far as 首页, with the keyboard's dictionary at hand."""
        page = self.open(path)
        page.click("#attract")
        return page

    def still(self) -> None:
        """From now on time passes only where the test says so."""
        self.page.clock.pause_at(self.page.evaluate("Date.now()") / SECOND + 1)

    def pass_s(self, seconds: float) -> None:
        self.page.clock.run_for(int(seconds * SECOND))


def a_visit(browser: Browser, url: str, shape: dict[str, int] = TALL, *, clock: bool = False, **more: Any) -> Visit:
    context = browser.new_context(
        viewport=shape,  # type: ignore[arg-type]
        has_touch=True,
        base_url=url,
        locale="zh-CN",
        **more,
    )
    page = context.new_page()
    page.set_default_timeout(8000)
    errors: list[str] = []
    urls: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: urls.append(request.url))
    if clock:
        page.clock.install()
    return Visit(context, page, errors, urls)


def press(page: Page, keys: str) -> None:
    """Letters on the screen's own keyboard."""
    for key in keys:
        page.click(f'.key:text-is("{key}")')


def do(page: Page, act: str) -> None:
    page.click(f"[data-do={act}] >> visible=true >> nth=0")


def type_and_send(page: Page, text: str) -> None:
    """Words are put in as the keyboard would; then 发送, until the whole answer stands there."""
    if not is_on(page, "type"):
        do(page, "type")
    page.evaluate("text => { document.getElementById('typed').value = text; window.pufaKiosk.offer(); }", text)
    page.click(".send")
    page.wait_for_selector("#answer .closing")


def is_on(page: Page, screen: str) -> bool:
    return bool(page.evaluate("name => document.body.classList.contains('on-' + name)", screen))


def until(page: Page, screen: str) -> None:
    """Waits through the reload that follows a wipe."""
    page.wait_for_selector(f"body.on-{screen}")


def left_behind(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(LEFT)
    return found
