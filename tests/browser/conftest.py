"""A real browser on a small phone, and the real server over fakes."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, sync_playwright

from bot.adapters.memory_store import MemoryStore
from bot.danger import hears_danger
from bot.masking import mask
from bot.wiring import build_assistant
from knowledge.library import Library
from knowledge.places import load_places
from knowledge.settings import Settings
from tests.browser.report import BrowserReport, write
from tests.conftest import lacks
from tests.fakes import NOW
from tests.integration.web_site import Site, a_site
from web.app import create_app
from web.shelves import Shelves

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
def browser_report() -> Iterator[BrowserReport]:
    """note(row, value, limit): one line of docs/browser-report.md, written when the run is over."""
    report = BrowserReport()
    yield report
    write(report.notes)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        lacks("chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


class Served:
    """An app with an address. The server runs in a thread of this process, so tests can script its fakes."""

    def __init__(self, app: FastAPI) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error", ws="none")
        )
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)
        port = self._server.servers[0].sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join()


class Live(Served):
    """The site over fakes."""

    def __init__(self, site: Site) -> None:
        self.site = site
        super().__init__(site.app)

    def close(self) -> None:
        if self.site.assistant.gate is not None:
            self.site.assistant.gate.set()
        super().close()


@pytest.fixture
def live() -> Iterator[Live]:
    with closing(Live(a_site())) as running:
        yield running


@pytest.fixture(scope="module")
def lasting() -> Iterator[Live]:
    """One site for a whole module whose tests leave its fakes as they are: `live` there returns it."""
    with closing(Live(a_site(rate_limits="off"))) as running:
        yield running


@pytest.fixture(scope="session")
def real(bundled_settings: Settings, bundled_library: Library) -> Iterator[Served]:
    """The service itself on the knowledge of this repository, its clock stopped at NOW."""
    settings = bundled_settings.model_copy(update={"rate_limits": "off"})
    store = MemoryStore()
    app = create_app(
        build_assistant(settings, bundled_library, store, lambda: NOW),
        Shelves(bundled_library, load_places(settings.lexicon_dir / "places.yaml", bundled_library.town)),
        store,
        settings,
        bundled_library.town,
        danger=hears_danger(settings.lexicon_dir),
        mask=lambda text: mask(text)[0],
        now=lambda: NOW,
    )
    with closing(Served(app)) as running:
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
