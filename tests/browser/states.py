"""Every state of section 5 of the design guide on the phone page, each reached as a person reaches it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from playwright.sync_api import Page, Route

from tests.browser.story import ask, ask_and_wait
from tests.integration.web_site import a_site
from web.slots import AnswerSlots

TEXT = "补助怎么领"
STREAM = {"Accept": "text/event-stream"}
SLOW_STREAM = """() => { window.fetch = () => {
  const encoder = new TextEncoder();
  const body = new ReadableStream({start(line) {
    window.push = text => line.enqueue(encoder.encode(text));
    window.pushBytes = (text, size) => { const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length; at += size) line.enqueue(bytes.slice(at, at + size)); };
    window.cut = () => line.error(new TypeError('cut'));
    window.finish = () => line.close();
  }});
  return Promise.resolve(new Response(body, {headers: {'Content-Type': 'text/event-stream'}}));
}; }"""
"""fetch answers with a stream that the test feeds: push(text), pushBytes(text, size), finish(), cut()."""
State = Callable[[Page], None]


@cache
def stream_parts() -> tuple[str, ...]:
    """The events of one whole stream, as the server sends them."""
    response = a_site().client.post("/api/chat", json={"question": TEXT}, headers=STREAM)
    return tuple(f"{part}\n\n" for part in response.text.split("\n\n") if part)


@cache
def too_fast(seconds: int) -> str:
    client = a_site(address_per_minute=1).client
    client.post("/api/chat", json={"question": TEXT})
    refused = client.post("/api/chat", json={"question": TEXT})
    assert refused.status_code == 429
    return json.dumps(refused.json() | {"retry_after": seconds})


@cache
def busy() -> str:
    full = a_site(slots=AnswerSlots(slots=1, queue=-1)).client.post("/api/chat", json={"question": TEXT})
    assert full.status_code == 503
    return full.text


def reply(page: Page, body: str, kind: str = "text/event-stream", status: int = 200) -> None:
    """What /api/chat answers from now on."""

    def fulfil(route: Route) -> None:
        route.fulfill(status=status, body=body.encode(), content_type=kind)

    page.route("**/api/chat", fulfil)


def push(page: Page, parts: Sequence[str]) -> None:
    for part in parts:
        page.evaluate("text => window.push(text)", part)


def _waiting(page: Page) -> None:
    page.evaluate(SLOW_STREAM)
    ask(page, TEXT)
    page.wait_for_selector("text=正在查政策文件…")


def _very_slow(page: Page) -> None:
    page.clock.install()
    page.goto("/")
    _waiting(page)
    page.clock.run_for(20_500)
    page.wait_for_selector("text=不等了")
    page.clock.resume()


def _half(page: Page) -> None:
    _waiting(page)
    push(page, stream_parts()[:-4])
    page.wait_for_selector(".block.steps")


def _typed(text: str) -> State:
    def state(page: Page) -> None:
        page.fill("#question", text)
        page.dispatch_event("#question", "change")

    return state


def _answered(question: str) -> State:
    return lambda page: ask_and_wait(page, question)


def _refused(body: Callable[[], str], status: int) -> State:
    def state(page: Page) -> None:
        reply(page, body(), "application/json", status)
        ask(page, TEXT)
        page.wait_for_selector("#form-alert:not([hidden])")

    return state


def _offline(page: Page) -> None:
    page.context.set_offline(True)
    page.wait_for_selector("#offline:not([hidden])")


def _not_helped(page: Page) -> None:
    ask_and_wait(page, "补助")
    page.click(".feedback button:has-text('没帮上')")


def _handed_over(page: Page) -> None:
    ask_and_wait(page, "没有依据")
    page.click(".handover button")
    page.wait_for_selector(".handed")


def _history(page: Page) -> None:
    ask_and_wait(page, "补助")
    page.goto("/")
    page.click(".history summary")


def _broken(page: Page) -> None:
    reply(page, "".join(stream_parts()[:3]))
    ask(page, TEXT)
    page.wait_for_selector("#form-alert:not([hidden])")


STATES: dict[str, State] = {
    "empty": lambda page: None,
    "sizes": lambda page: page.click("#sizes-open"),
    "typing": _typed("补" * 250),
    "too-long": _typed("补" * 312),
    "number": _typed("我的号码是13800001111"),
    "waiting": _waiting,
    "very-slow": _very_slow,
    "streaming": _half,
    "answered": _answered("补助"),
    "partial": _answered("一部分"),
    "ask-back": _answered("反问"),
    "no-basis": _answered("没有依据"),
    "out-of-scope": _answered("天气"),
    "declined": _answered("骗保"),
    "needs-person": _answered("文书"),
    "withheld": _answered("没通过"),
    "greeting": _answered("你好"),
    "danger": _answered("救命"),
    "not-helped": _not_helped,
    "handed-over": _handed_over,
    "history": _history,
    "too-fast": _refused(lambda: too_fast(30), 429),
    "busy": _refused(busy, 503),
    "error": _broken,
    "offline": _offline,
}
"""Name -> what brings the start page into that state."""
PAGES = (
    "/topics",
    "/topics/dibao",
    "/entries/buzhu",
    "/documents/banfa",
    "/hotlines",
    "/about",
    "/privacy",
    "/handover",
    "/score",
    "/feedback",
    "/nothing",
    "/?cleared=1",
    "/dictation",
    "/offline",
    "/poster",
    "/entries/buzhu/slip",
)
SURFACES = (*STATES, *PAGES)
LOOKS = [("", False), ("size-large", False), ("size-huge", False), ("", True)]
"""Size class of the root element, and whether 高对比 is on."""


def show(open_page: Callable[..., Page], surface: str, **look: Any) -> Page:
    """A page (its path) or a state of the start page, in this look."""
    if surface in STATES:
        page = open_page("/", **look)
        STATES[surface](page)
        return page
    return open_page(surface, **look)
