"""On a slow network and a slow phone: how long until one can type and send. Timed, so in `make prove` alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Served
from tests.browser.report import BrowserReport

pytestmark = pytest.mark.prove
RUNS = 3
READY = """() => new Promise(done => {
  const [visit] = performance.getEntriesByType('navigation');
  const paint = () => performance.getEntriesByName('first-contentful-paint')[0];
  const look = () => paint() && visit.domContentLoadedEventEnd
    ? done([paint().startTime, visit.domContentLoadedEventEnd]) : setTimeout(look, 50);
  look(); })"""
"""First words on the screen, and every handler in place (the scripts are deferred), ms from the start."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Down and up in kbit/s, rtt in ms, cpu as a factor; limits in seconds."""

    name: str
    down: int
    up: int
    rtt_ms: int
    cpu: int
    paint_s: float
    ready_s: float


PROFILES = (
    Profile("慢 4G，处理器慢 4 倍", 1600, 750, 150, 4, 1.5, 2.5),
    Profile("400 kbit/s，来回 400 毫秒，处理器慢 6 倍", 400, 400, 400, 6, 5.0, 5.0),
)


def throttle(page: Page, profile: Profile) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": profile.rtt_ms,
            "downloadThroughput": profile.down * 1000 / 8,
            "uploadThroughput": profile.up * 1000 / 8,
        },
    )
    session.send("Emulation.setCPUThrottlingRate", {"rate": profile.cpu})


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: f"{profile.down}")
def test_typing_and_sending(
    open_page: Callable[..., Page], real: Served, profile: Profile, browser_report: BrowserReport
) -> None:
    """The median of some cold visits; then a question is typed and its bubble stands at once."""
    times = []
    for _ in range(RUNS):
        page = open_page("about:blank")
        page.set_default_timeout(30_000)
        throttle(page, profile)
        page.goto(f"{real.url}/", wait_until="domcontentloaded")
        times.append([ms / 1000 for ms in page.evaluate(READY)])
        page.fill("#question", "农村低保一个月多少钱")
        page.click("#send")
        page.wait_for_selector(".bubble")
    paint, ready = (sorted(column)[RUNS // 2] for column in zip(*times, strict=True))
    assert paint <= profile.paint_s and ready <= profile.ready_s
    browser_report.note("throttled", f"{ready:.1f} 秒", f"手机页：{profile.name}：{profile.ready_s:g} 秒内能打字、能发送")
    browser_report.note("throttled", f"{paint:.1f} 秒", f"手机页：{profile.name}：{profile.paint_s:g} 秒内看到字")
