"""Pictures of the real service on its bundled knowledge, for docs/screens/: `python -m tests.browser.screens`.

Every answer in them comes from `pufa serve` on a fresh data folder; a question that ends otherwise than its
picture says stops the run. Look at each picture before committing it.
"""

from __future__ import annotations

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

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.small_png import smaller
from tests.browser.story import ask, ask_and_wait

SCREENS = Path(__file__).resolve().parents[2] / "docs" / "screens"
PHONE = {"width": 360, "height": 640}
FLAGS = ["--no-sandbox", "--disable-background-networking", "--no-first-run"]
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
}
ANSWERS = {
    "answered": ("农村低保一个月好多钱", "回答好了"),
    "danger": ("我老公打我", "回答好了"),
    "greeting": ("你好", "您好"),
    "out-of-scope": ("明天天气怎么样", "这个不归我管"),
    "declined": ("怎么骗低保", "这个不能帮"),
    "needs-person": ("帮我写个离婚起诉状", "要当面问"),
    "no-basis": ("养鸽子要不要办证", "没查到依据"),
}
"""Picture -> what is asked, and the title of the page that comes."""
LOOKS = {"": "", "-large": "size-large", "-huge": "size-huge", "-contrast": "contrast"}
IN_EVERY_LOOK = ("home", "answered")


class WrongAnswer(Exception):
    """A question no longer ends as its picture says."""

    def __init__(self, name: str, wanted: str, found: str) -> None:
        super().__init__(f"{name}: wanted {wanted}, found {found}")


@dataclass(frozen=True, slots=True)
class Camera:
    browser: Browser
    url: str

    @contextmanager
    def phone(self, path: str, look: str = "") -> Iterator[Page]:
        """A fresh phone on that page. look: a class of the root element, '' for the standard one."""
        context = self.browser.new_context(
            viewport=PHONE,  # type: ignore[arg-type]
            has_touch=True,
            is_mobile=True,
            base_url=self.url,
            locale="zh-CN",
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
    _after_the_answer(camera)


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


def _after_the_answer(camera: Camera) -> None:
    with camera.phone("/") as page:
        ask_and_wait(page, "养鸽子要不要办证")
        page.click(".handover button")
        page.wait_for_selector(".handed")
        page.locator(".handed").scroll_into_view_if_needed()
        camera.keep(page, "handed-over")
    with camera.phone("/") as page:
        ask_and_wait(page, "住院报销和门诊报销各是多少")
        page.locator(".tools").scroll_into_view_if_needed()
        camera.keep(page, "card-tools")


@contextmanager
def served() -> Iterator[str]:
    """`pufa serve` on a fresh data folder; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    pufa = Path(sys.executable).with_name("pufa")
    with tempfile.TemporaryDirectory() as folder:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PUFA_")}
        server = subprocess.Popen(
            [pufa, "serve", "--port", port],
            env=plain | {"PUFA_DATA_DIR": folder, "PUFA_RATE_LIMITS": "off", "PUFA_LOG_LEVEL": "ERROR"},
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
    with served() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        take_all(Camera(browser, url))
        browser.close()


if __name__ == "__main__":
    main()
