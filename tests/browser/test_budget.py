"""The first visit is light: bytes on the wire, requests until load, and nobody else's host."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.report import BrowserReport
from tests.browser.story import ask_and_wait

KB = 1024


@dataclass
class Visit:
    """One cold visit. urls: requests until load; kinds and sizes by request, sizes as they came, compressed."""

    urls: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, float] = field(default_factory=dict)

    def kb(self, kind: str) -> int:
        """KB of all responses of a kind (Document, Stylesheet, Script), rounded up; '' for everything."""
        return ceil(sum(size for name, size in self.sizes.items() if kind in ("", self.kinds.get(name))) / KB)


def visited(page: Page, url: str) -> Visit:
    visit = Visit()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    loaded: list[bool] = []
    page.on("load", lambda _: loaded.append(True))
    network.on(
        "Network.requestWillBeSent", lambda event: loaded or visit.urls.append(event["request"]["url"])
    )
    network.on(
        "Network.responseReceived", lambda event: visit.kinds.update({event["requestId"]: event["type"]})
    )
    network.on(
        "Network.loadingFinished",
        lambda event: visit.sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(url, wait_until="networkidle")
    visit.urls = [one for one in visit.urls if not one.startswith("data:")]
    return visit


@pytest.mark.browser
def test_first_visit_to_the_service(
    open_page: Callable[..., Page], real: Served, browser_report: BrowserReport
) -> None:
    """With the knowledge of this repository: all topics, ready questions and hotlines."""
    visit = visited(open_page("about:blank"), f"{real.url}/")
    assert len(visit.urls) <= 4 and all(url.startswith(real.url) for url in visit.urls)
    assert visit.kb("Document") <= 14
    assert 0 < visit.kb("Stylesheet") <= 8
    assert 0 < visit.kb("Script") <= 20
    assert visit.kb("") <= 40, "the limit is 60, the aim 40"
    note = browser_report.note
    note("weight", f"{visit.kb('')} KB", "手机页：一共不超过 60 KB，争取 40 KB")
    note("weight", f"{visit.kb('Document')} KB", "手机页：HTML 不超过 14 KB")
    note("weight", f"{visit.kb('Stylesheet')} KB", "手机页：CSS 不超过 8 KB")
    note("weight", f"{visit.kb('Script')} KB", "手机页：JS 不超过 20 KB")
    note("weight", f"{len(visit.urls)} 次", "手机页：打开好之前不超过 4 次请求")
    note("weight", "0 家", "手机页：找别家 0 次")


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/topics/dibao", "/entries/dibao-amount-rural", "/hotlines", "/poster"])
def test_other_pages_are_light_too(open_page: Callable[..., Page], real: Served, path: str) -> None:
    visit = visited(open_page("about:blank"), real.url + path)
    assert len(visit.urls) <= 5 and all(url.startswith(real.url) for url in visit.urls)
    assert visit.kb("") <= 60


@pytest.mark.browser
def test_asking_talks_to_our_own_host_only_and_never_names_the_question(
    open_page: Callable[..., Page], live: Any
) -> None:
    page = open_page("about:blank")
    urls: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto("/")
    ask_and_wait(page, "补助怎么领canary")
    page.click("button[aria-pressed]:has-text('没帮上'), .feedback button:has-text('没帮上')")
    assert urls and all(url.startswith(live.url) for url in urls)
    assert [url for url in urls if "canary" in url] == []


@pytest.mark.browser
@pytest.mark.parametrize(
    "payload", ["<img src=//evil.example/x onerror=alert(1)>", "<script>alert(1)</script>"]
)
def test_hostile_text_runs_nothing_and_fetches_nothing(
    open_page: Callable[..., Page], live: Any, payload: str
) -> None:
    page = open_page("about:blank")
    urls: list[str] = []
    dialogs: list[str] = []
    page.on("request", lambda request: urls.append(request.url))
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto("/")
    ask_and_wait(page, f"补助{payload}")
    assert payload in page.inner_text(".bubble")
    assert dialogs == [] and all(url.startswith(live.url) for url in urls)
