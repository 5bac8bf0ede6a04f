"""Pictures of the real service on its bundled knowledge, for docs/screens/: `python -m tests.browser.screens`.

Every answer in them comes from `pufa serve` on a fresh data folder; a question that ends otherwise than its
picture says stops the run. One alone is scripted: "withheld", which needs a model that got something wrong.
Look at each picture before committing it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.hosts import other_site
from tests.browser.paper import PRINT
from tests.browser.small_png import smaller
from tests.browser.states import reply
from tests.browser.story import ask, ask_and_wait
from tests.fakes import SCRIPTS
from tests.integration.web_site import a_site

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
PHONE = {"width": 360, "height": 640}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
WECHAT = "Mozilla/5.0 (Linux; Android 12) AppleWebKit/537.36 Chrome/107 Mobile MicroMessenger/8.0"
PUBLIC_URL = "https://pufa.example.gov.cn"
"""What codes and links carry in the pictures; nobody's address."""
START_S = 300
PAGES = {
    "home": "/",
    "topics": "/topics",
    "topic": "/topics/dibao",
    "entry": "/entries/dibao-amount-rural",
    "hotlines": "/hotlines",
    "about": "/about",
    "privacy": "/privacy",
    "score": "/score",
    "feedback": "/feedback",
    "handover": "/handover",
    "document": "/documents/report-overview",
    "not-found": "/nothing",
    "dictation": "/dictation",
    "calculators": "/calculate",
    "card": "/cards/dibao-how",
}
ANSWERS = {
    "answered": ("农村低保一个月好多钱", "回答好了"),
    "danger": ("我老公打我", "回答好了"),
    "greeting": ("你好", "您好"),
    "out-of-scope": ("明天天气怎么样", "这个不归我管"),
    "declined": ("怎么骗低保", "这个不能帮"),
    "needs-person": ("帮我写个离婚起诉状", "要当面问"),
    "no-basis": ("养鸽子要不要办证", "没查到依据"),
    "ask-back": ("我好久退休", "还要问您一句"),
    "partial": ("城市低保多少钱？还有结婚要什么证明", "回答了一部分"),
}
"""Picture -> what is asked, and the title of the page that comes."""
LOOKS = {"": "", "-large": "size-large", "-huge": "size-huge", "-contrast": "contrast"}
IN_EVERY_LOOK = ("home", "answered", "danger", "card-tools")
DESK = {"width": 1366, "height": 768}
PAPER_SCALE = 1.25


class WrongAnswer(Exception):
    """A question no longer ends as its picture says."""

    def __init__(self, name: str, wanted: str, found: str) -> None:
        super().__init__(f"{name}: wanted {wanted}, found {found}")


@dataclass(frozen=True, slots=True)
class Camera:
    browser: Browser
    url: str

    @contextmanager
    def phone(self, path: str, look: str = "", agent: str | None = None) -> Iterator[Page]:
        """A fresh phone on that page. look: a class of the root element, '' for the standard one."""
        context = self.browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            has_touch=True,
            is_mobile=True,
            base_url=self.url,
            locale="zh-CN",
            user_agent=agent,
        )
        try:
            page = context.new_page()
            key = "pufa-contrast" if look == "contrast" else "pufa-size"
            page.add_init_script(f"localStorage.setItem('{key}', '{look}')")
            page.goto(path)
            yield page
        finally:
            context.close()

    def keep(self, page: Page, name: str) -> None:
        page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        (SCREENS / f"{name}.png").write_bytes(smaller(page.screenshot()))

    def keep_paper(self, page: Page, name: str) -> None:
        """What the printer gets; stops the run where that is not one page."""
        sheets = pypdfium2.PdfDocument(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        if len(sheets) != 1:
            raise WrongAnswer(name, "1 page", str(len(sheets)))
        png = io.BytesIO()
        sheets[0].render(scale=PAPER_SCALE).to_pil().convert("RGB").save(png, "PNG")
        (SCREENS / f"{name}.png").write_bytes(smaller(png.getvalue()))


def take_all(camera: Camera) -> None:
    for name, path in PAGES.items():
        for ending, look in _looks(name):
            with camera.phone(path, look) as page:
                camera.keep(page, name + ending)
    for name, (question, title) in ANSWERS.items():
        for ending, look in _looks(name):
            with camera.phone("/", look) as page:
                _answered(page, name, question, title)
                camera.keep(page, name + ending)
    _states_of_the_input(camera)
    _withheld(camera)
    for ending, look in LOOKS.items():
        _card_tools(camera, ending, look)
    _after_the_answer(camera)
    _shared(camera)
    _without_network(camera)
    _paper(camera)


def _looks(name: str) -> list[tuple[str, str]]:
    return list(LOOKS.items()) if name in IN_EVERY_LOOK else [("", "")]


def _answered(page: Page, name: str, question: str, title: str) -> None:
    ask_and_wait(page, question)
    if not page.title().startswith(title):
        raise WrongAnswer(name, title, page.title())


def _states_of_the_input(camera: Camera) -> None:
    with camera.phone("/") as page:
        page.click("#sizes-open")
        camera.keep(page, "sizes")
    with camera.phone("/") as page:
        page.fill("#question", "我想问一下低保的事。" * 32)
        camera.keep(page, "too-long")
    with camera.phone("/") as page:
        page.fill("#question", "我的号码是13800001111，低保怎么办")
        page.dispatch_event("#question", "change")
        camera.keep(page, "number-hidden")
    with camera.phone("/") as page:
        page.route("**/api/chat", lambda route: route.abort())
        ask(page, "农村低保一个月好多钱")
        page.wait_for_selector("#form-alert:not([hidden])")
        camera.keep(page, "error")


def _withheld(camera: Camera) -> None:
    site = a_site()
    site.assistant.scripts = {"低保": SCRIPTS["没通过"]}
    scripted = site.client.post("/api/chat", json={"question": "农村低保一个月好多钱"})
    with camera.phone("/") as page:
        reply(page, json.dumps(scripted.json(), ensure_ascii=False), "application/json")
        _answered(page, "withheld", "农村低保一个月好多钱", "没通过核对")
        camera.keep(page, "withheld")


def _card_tools(camera: Camera, ending: str, look: str) -> None:
    """没帮上 pressed: the reasons, the staff, and what else can be done with a card."""
    with camera.phone("/", look) as page:
        ask_and_wait(page, "农村低保一个月好多钱")
        page.click(".feedback button:has-text('没帮上')")
        page.locator(".feedback").evaluate("one => one.scrollIntoView()")
        camera.keep(page, f"card-tools{ending}")


def _after_the_answer(camera: Camera) -> None:
    with camera.phone("/") as page:
        ask_and_wait(page, "养鸽子要不要办证")
        page.click(".handover button")
        page.wait_for_selector(".handed")
        page.locator(".handed").scroll_into_view_if_needed()
        camera.keep(page, "handed-over")
    with camera.phone("/") as page:
        ask_and_wait(page, "农村低保一个月好多钱")
        page.click(".sources summary")
        page.locator(".sources").evaluate("one => one.scrollIntoView()")
        camera.keep(page, "sources")


def _shared(camera: Camera) -> None:
    with camera.phone("/", agent=WECHAT) as page:
        ask_and_wait(page, "农村低保一个月好多钱，城市低保好多钱")
        answer = page.get_attribute(".tools", "data-answer") or ""
        page.goto(page.request.post("/share", form={"answer_id": answer}).url)
        camera.keep(page, "shared-wechat")
        page.locator(".own").evaluate("one => one.scrollIntoView({block: 'center'})")
        camera.keep(page, "shared-code")


def _without_network(camera: Camera) -> None:
    with camera.phone("/") as page:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.reload()
        page.fill("#question", "农村低保一个月好多钱")
        page.context.set_offline(True)
        page.wait_for_selector("#offline:not([hidden])")
        camera.keep(page, "offline")
        page.goto("/about")
        camera.keep(page, "offline-page")


def _paper(camera: Camera) -> None:
    with camera.phone("/") as page:
        ask_and_wait(page, "农村低保一个月好多钱")
        page.evaluate("""() => new Promise(done => { window.print = done;
          document.querySelector('.tools .print').click(); })""")
        page.evaluate(PRINT, ".card")
        camera.keep_paper(page, "print-a4")
    for name, path in {"slip": "/entries/dibao-amount-rural/slip", "poster": "/poster", "print-card": "/cards/dibao-how"}.items():
        with camera.phone(path) as page:
            camera.keep_paper(page, name)


def take_widget(browser: Browser, host: str) -> None:
    """On another site: the button, the panel after the tap, and the answer in it."""
    context = browser.new_context(viewport=DESK, locale="zh-CN")  # type: ignore[arg-type]
    camera, page = Camera(browser, host), context.new_page()
    page.goto(f"{host}/plain", wait_until="networkidle")
    camera.keep(page, "widget")
    page.get_by_role("button", name="问政策").click()
    frame = page.frame_locator("iframe")
    frame.locator("#question").fill("农村低保一个月好多钱")
    frame.locator("#send").click()
    frame.locator(".closing").first.wait_for()
    camera.keep(page, "widget-open")
    context.close()


@contextmanager
def served(frame_ancestors: str) -> Iterator[str]:
    """`pufa serve` on a fresh data folder; its address. frame_ancestors: the site that may show the widget."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    pufa = Path(sys.executable).with_name("pufa")
    with tempfile.TemporaryDirectory() as folder:
        own = {"PUFA_RATE_LIMITS": "off", "PUFA_LOG_LEVEL": "ERROR", "PUFA_PUBLIC_URL": PUBLIC_URL}
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PUFA_")}
        server = subprocess.Popen(
            [pufa, "serve", "--port", port],
            env=plain | own | {"PUFA_DATA_DIR": folder, "PUFA_FRAME_ANCESTORS": frame_ancestors},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(server, f"{url}/readyz")
            yield url
        finally:
            server.terminate()
            server.wait(30)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(0.5)
    raise TimeoutError("pufa serve did not become ready")


def main() -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    service: list[str] = []
    with other_site(service) as host, served(host) as url, sync_playwright() as playwright:
        service.append(url)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take_all(Camera(browser, url))
        take_widget(browser, host)
        browser.close()


if __name__ == "__main__":
    main()
