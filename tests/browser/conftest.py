"""A real browser on a small phone, and the real server over fakes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.integration.web_site import Site, a_site

FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PHONE = {"width": 360, "height": 640}
OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine (.ci/run installs it)")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


class Live:
    """A site with an address. The server runs in a thread of this process, so tests can script its fakes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._server = uvicorn.Server(
            uvicorn.Config(site.app, host="127.0.0.1", port=0, log_level="error", ws="none")
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        if self.site.assistant.gate is not None:
            self.site.assistant.gate.set()
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def live() -> Iterator[Live]:
    with closing(Live(a_site())) as running:
        yield running


@pytest.fixture
def open_page(browser: Browser, live: Live) -> Iterator[OpenPage]:
    """open_page(path, size=…, js=…, viewport=…): a fresh phone on that page. Script errors fail the test."""
    contexts = []
    errors: list[str] = []

    def open_(
        path: str = "/",
        *,
        size: str = "",
        contrast: bool = False,
        js: bool = True,
        viewport: dict[str, int] | None = None,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            viewport=viewport or PHONE,  # type: ignore[arg-type]
            java_script_enabled=js,
            has_touch=True,
            is_mobile=True,
            base_url=live.url,
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(8000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        if size or contrast:
            page.add_init_script(
                f"localStorage.setItem('pufa-size', '{size}');"
                f"localStorage.setItem('pufa-contrast', '{'contrast' if contrast else ''}')"
            )
        page.goto(path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []
