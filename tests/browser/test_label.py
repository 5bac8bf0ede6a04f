"""How an answer was made is said wherever it goes: card, composer, copied text, paper, QR page, speech."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from bot.types import Origin
from tests.browser.conftest import Live
from tests.browser.report import BrowserReport
from tests.browser.story import ask_and_wait
from tests.browser.voices import ZH, with_voices
from tests.fakes import full_answer
from tests.integration.web_site import a_site

pytestmark = pytest.mark.browser
PROGRAM = ("程序摘录", "本回答由程序从政策资料中摘录，仅供参考", "智能检索，内容摘自政策资料", "以下内容由程序从政策资料中摘录。")
MODEL = ("AI生成", "本回答由人工智能（AI）生成，仅供参考", "内容由人工智能（AI）生成", "以下内容由人工智能生成。")
CLIPBOARD = ["clipboard-read", "clipboard-write"]


@pytest.fixture(scope="module", params=["program", "model"])
def live(request: pytest.FixtureRequest) -> Iterator[Live]:
    """With a model every answer is the model's; without one none is."""
    model = request.param == "model"
    site = a_site(rate_limits="off", model_url="http://127.0.0.1:9/v1" if model else "")
    if model:
        site.assistant.scripts["补助"] = replace(full_answer(), origin=Origin.MODEL)
    with closing(Live(site)) as running:
        running.words = MODEL if model else PROGRAM  # type: ignore[attr-defined]
        yield running


def test_in_every_place(open_page: Callable[..., Page], live: Live, browser_report: BrowserReport) -> None:
    chip, closing_line, composer, spoken = live.words  # type: ignore[attr-defined]
    page = open_page("about:blank", permissions=CLIPBOARD)
    with_voices(page, ZH)
    page.goto("/")
    assert page.inner_text("main p").startswith("我是人工智能（AI）助手")
    ask_and_wait(page, "补助")
    assert page.inner_text(".card .chip") == chip
    assert page.inner_text(".card .at-closing").startswith(closing_line)
    assert composer in page.inner_text("#composer")
    page.click(".tools .copy")
    expect(page.locator(".told")).to_have_text("已复制。")
    copied = str(page.evaluate("navigator.clipboard.readText()"))
    assert chip in copied and closing_line in copied
    page.click(".listen")
    page.wait_for_function("window.spoken.some(one => one !== '(stop)')")
    assert next(one for one in page.evaluate("window.spoken") if one != "(stop)") == spoken
    shared = copied.rpartition("网址：")[2].strip()
    for address in (shared, f"{shared}/slip"):
        page.goto(address)
        assert chip in page.inner_text("article") and closing_line in page.inner_text("article")
    page.goto(shared)
    page.emulate_media(media="print")
    assert chip in page.inner_text("main") and closing_line in page.inner_text("main")
    browser_report.note("label", "7 处都有", f"手机页：卡片、输入框旁、复制、打印、小票、二维码页、语音（{chip}）")


def test_the_pages_that_explain_it(open_page: Callable[..., Page], live: Live) -> None:
    page = open_page("/about")
    for word in ("AI生成", "程序摘录", "程序测算", "工作人员编写"):
        assert word in page.inner_text("main")
    page.goto("/poster")
    assert "我是人工智能（AI）助手" in page.inner_text(".poster")
