"""The first visit is light: bytes on the wire, requests, and nobody else's host."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.story import ask_and_wait

pytestmark = pytest.mark.browser
KB = 1024


def test_first_visit(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("about:blank")
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    urls: list[str] = []
    network.on("Network.requestWillBeSent", lambda event: urls.append(event["request"]["url"]))
    network.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    network.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: event["encodedDataLength"]}),
    )
    page.goto(live.url, wait_until="networkidle")
    weight = {kinds[request]: size for request, size in sizes.items() if request in kinds}
    asked = [url for url in urls if not url.startswith("data:")]
    assert len(asked) <= 4 and all(url.startswith(live.url) for url in asked)
    assert {"Document", "Stylesheet", "Script"} <= weight.keys()
    assert weight["Document"] <= 14 * KB
    assert weight["Stylesheet"] <= 8 * KB
    assert weight["Script"] <= 20 * KB
    assert sum(weight.values()) <= 60 * KB


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
