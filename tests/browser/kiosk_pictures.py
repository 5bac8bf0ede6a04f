"""Pictures of the kiosk for docs/screens/: `python -m tests.browser.kiosk_pictures http://127.0.0.1:8000`.

The address is that of a running `pufa serve` on the bundled knowledge, started with PUFA_PUBLIC_URL so that codes
are shown and PUFA_RATE_LIMITS=off. Look at each picture before committing it.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from io import BytesIO

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.kiosk_visit import SHAPES, a_visit, do, press, type_and_send
from tests.browser.screens import FLAGS, SCREENS

QUESTION = "农村低保一个月好多钱"
DANGER = "我老公打我"
OPEN = "养鸽子要不要办证"


@dataclass(frozen=True, slots=True)
class Camera:
    page: Page
    ending: str

    def keep(self, name: str) -> None:
        """Half the size of the screen, in at most 256 colours."""
        self.page.wait_for_function("() => Array.from(document.images).every(one => one.complete)")
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        whole = Image.open(BytesIO(self.page.screenshot())).convert("RGB")
        half = whole.resize((whole.width // 2, whole.height // 2), Image.Resampling.LANCZOS)
        few = half.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        few.save(SCREENS / f"kiosk-{name}{self.ending}.png", optimize=True)


def take(browser: Browser, url: str, shape: str) -> None:
    """Every state, at one orientation."""
    visit = a_visit(browser, url, SHAPES[shape])
    page = visit.open("/kiosk?event=fair&device=kiosk-1&print=1")
    camera = Camera(page, "" if shape == "portrait" else "-wide")
    camera.keep("attract")
    page.wait_for_selector("html[data-words]")
    page.click("#attract")
    camera.keep("home")
    page.click("[data-topic=dibao]")
    camera.keep("list")
    page.click("#list .pages button:not(.elsewhere) >> nth=3")
    page.wait_for_selector("#answer img.qr")
    camera.keep("ready")
    do(page, "large")
    camera.keep("ready-large")
    do(page, "large")
    do(page, "type")
    press(page, "dibaozenmeban")
    camera.keep("typing")
    for name, question in (("typed", QUESTION), ("danger", DANGER), ("no-basis", OPEN)):
        do(page, "home")
        type_and_send(page, question)
        camera.keep(name)
    do(page, "scan")
    camera.keep("scan")
    do(page, "help")
    camera.keep("help")
    visit.context.set_offline(True)
    do(page, "type")
    camera.keep("offline")
    visit.context.close()


def still(browser: Browser, url: str) -> None:
    """还在看吗."""
    visit = a_visit(browser, url, clock=True)
    page = visit.start("/kiosk")
    do(page, "help")
    visit.still()
    visit.pass_s(90)
    page.wait_for_selector("#still:not([hidden])")
    Camera(page, "").keep("still")
    visit.context.close()


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for shape in SHAPES:
            take(browser, sys.argv[1], shape)
        still(browser, sys.argv[1])
        browser.close()


if __name__ == "__main__":
    main()
