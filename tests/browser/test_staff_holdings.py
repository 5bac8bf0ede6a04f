"""Clerks put entries, figures and offices right without a command line and without scripts; villagers see it at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from bot.adapters.memory_store import MemoryStore
from ingest.service import sync_knowledge
from tests.browser.desk_browser import WIDE, faults_in_both_sizes, sign_in, tab_to, whole_service
from tests.builders import BODY, PARAMETERS, entry_text, write_knowledge
from tests.integration.holdings_site import HOW, quiet
from tests.staff_site import a_staff_site
from web.clock import now
from web.staff.holdings.parcel import packed, unpacked

pytestmark = [pytest.mark.browser, pytest.mark.ci]
ANSWER_S = 60
UNREVIEWED = "镇里还没有审核"
ENTRY, FIGURE, OFFICE = "/staff/entries/buzhu-who", "/staff/parameters/old-age", "/staff/offices/window"


@dataclass
class Town:
    url: str
    browser: Browser
    upgrade: Callable[[str, str], None]

    def person(self, account: str, *, scripts: bool = False) -> Page:
        context = self.browser.new_context(viewport=WIDE, java_script_enabled=scripts, base_url=self.url)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(30_000)
        return sign_in(page, account)

    def seconds_until(self, path: str, fits: Callable[[str], bool]) -> float:
        """Until the card on the public page reads so."""
        began = time.monotonic()
        request = self.browser.new_context(base_url=self.url).request
        while time.monotonic() - began < ANSWER_S:
            text = request.get(path).text().partition("<article")[2].partition("</article>")[0]
            if fits(text):
                return time.monotonic() - began
            request.get("/healthz")
        raise AssertionError(f"{path}: {text[-3000:]}")


@pytest.fixture(scope="module")
def town(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The whole service over two entries: desk, index, keeper."""
    root = tmp_path_factory.mktemp("town")
    folder = write_knowledge(root / "knowledge", entry_text(), HOW)
    (root / "data").mkdir()
    site = a_staff_site(root / "data", knowledge_dir=folder, town_file=folder / "town.toml", rate_limits="off")
    settings = site.app.state.services.settings
    sync_knowledge(settings, site.truth, quiet, now())

    def upgrade(text: str, parameters: str) -> None:
        write_knowledge(folder, text, HOW, parameters=parameters)
        sync_knowledge(settings, site.truth, quiet, now())
        wake()

    with whole_service(site, MemoryStore()) as (running, wake):
        yield Town(running.url, browser, upgrade)


def test_an_editor_changes_an_entry_a_reviewer_publishes_and_the_card_says_so(town: Town) -> None:
    town.seconds_until("/entries/buzhu-who", lambda text: UNREVIEWED in text)
    editor = town.person("bian")
    editor.goto("/staff")
    editor.click("nav >> text=条目")
    editor.fill("#words", "哪些老人")
    editor.click("button:has-text('找')")
    editor.click("text=哪些老人可以领高龄补助")
    editor.fill("#part-conclusion", "可以领：满80岁、户口在本镇，每月{old-age}。")
    editor.click("button:has-text('存好，去送复审')")
    assert "有数字却没有依据记号" not in editor.inner_text("main")  # a figure of its own brings its basis
    editor.click("button:has-text('送复审')")
    assert "已经送去复审" in editor.inner_text(".desk-done")
    reviewer = town.person("fu")
    reviewer.goto(ENTRY)
    assert "满80岁、户口在本镇" in reviewer.inner_text(".entry-shown")
    reviewer.click("text=去复审、发布，或者退回修改")
    reviewer.click("button:has-text('发布')")
    assert "已经发布" in reviewer.inner_text("main")
    path = "/entries/buzhu-who"
    seconds = town.seconds_until(path, lambda text: "满80岁、户口在本镇，每月100元" in text and UNREVIEWED not in text)
    assert seconds <= ANSWER_S


def test_a_mistake_is_said_at_its_field_and_nothing_is_lost(town: Town) -> None:
    page = town.person("bian", scripts=True)
    page.goto("/staff/entries/buzhu-how")
    page.fill("#part-conclusion", "到窗口填3张表。")
    page.fill("#part-note", "先别急。")
    page.click("button:has-text('存草稿')")
    assert "有数字却没有依据记号" in page.inner_text("#error-part-conclusion")
    assert page.input_value("#part-note") == "先别急。"
    page.click(".desk-errors a[href='#part-conclusion']")
    assert page.evaluate("document.activeElement.id") == "part-conclusion"
    assert faults_in_both_sizes(page) == []


def test_approved_by_keyboard_alone(town: Town) -> None:
    page = town.person("fu", scripts=True)
    page.goto("/staff/entries/buzhu-how")
    tab_to(page, "form[action$='/approve'] button")
    page.keyboard.press("Enter")
    page.wait_for_url("**done=approved")
    assert town.seconds_until("/entries/buzhu-how", lambda text: UNREVIEWED not in text) <= ANSWER_S


def test_a_figure_and_its_paper_go_through_two_people(town: Town, tmp_path: Path) -> None:
    paper = tmp_path / "通知.txt"
    paper.write_text("从2026年7月1日起每人每月120元。", encoding="utf-8")
    editor = town.person("bian")
    editor.goto(FIGURE)
    editor.fill("#value", "120")
    editor.fill("#since", "2026-07-01")
    editor.set_input_files("#paper", paper)
    editor.click("button:has-text('送复审')")
    assert "送去复审了" in editor.inner_text(".desk-done")
    assert "这是您填的" in editor.inner_text("main") or "等复审的人发布" in editor.inner_text("main")
    reviewer = town.person("fu", scripts=True)
    reviewer.goto(FIGURE)
    assert "通知.txt" in reviewer.inner_text("main")
    assert faults_in_both_sizes(reviewer) == []
    reviewer.click("button:has-text('发布')")
    assert town.seconds_until("/entries/buzhu-who", lambda text: "120元" in text) <= ANSWER_S


def test_what_the_town_confirms_is_shown_and_leaves_the_first_page(town: Town) -> None:
    editor = town.person("bian")
    editor.goto("/staff")
    assert editor.locator("main h2").first.inner_text() == "要镇里补的"
    editor.click("text=便民窗口（3 样）")
    editor.click("details[open] a >> nth=0")
    editor.fill("#phone", "023 1234 5678")
    editor.check("#without-address")
    editor.check("#without-hours")
    editor.click("button:has-text('问准了')")
    assert "确认了" in editor.inner_text(".desk-done")
    assert town.seconds_until("/entries/buzhu-who", lambda text: "023-12345678" in text) <= ANSWER_S
    editor.goto("/staff")
    assert "便民窗口（" not in editor.inner_text("main")


def test_axe_finds_nothing_on_any_page(town: Town, tmp_path: Path) -> None:
    """After an upgrade changed an entry and a figure that the desk had written over, and with a parcel waiting."""
    town.upgrade(
        entry_text(body=BODY.replace("拿不准的先打", "弄不清楚的先打")),
        PARAMETERS.replace("value: 100", "value: 105"),
    )
    admin = town.person("guan", scripts=True)
    admin.goto("/staff/exchange")
    with admin.expect_download() as going:
        admin.click("text=导出压缩包")
    parcel = tmp_path / "资料.zip"
    going.value.save_as(parcel)
    files = unpacked(parcel.read_bytes(), parcel.name)
    how = "policies/buzhu/buzhu-how.md"
    parcel.write_bytes(packed(files | {how: files[how].replace("先填表", "先填一张表")}))
    admin.set_input_files("#file", parcel)
    admin.click("button:has-text('传上来看看')")
    admin.wait_for_url("**done=brought")
    where = admin.url.partition("?")[0]
    admin.click("summary:has-text('高龄补助怎么申请')")
    assert "先填一张表" in admin.inner_text("ins") and faults_in_both_sizes(admin) == []
    admin.goto("/staff/hotlines/12348")
    admin.click("button:has-text('今天打过，没打通')")
    assert "标上了" in admin.inner_text(".desk-done") and "请改打12345" in admin.inner_text("main")
    paths = (
        "/staff", "/staff/to-confirm", "/staff/entries", "/staff/entries/new", ENTRY, "/staff/conflicts",
        "/staff/conflicts/buzhu-who", "/staff/conflicts/figures/old-age", "/staff/parameters", FIGURE,
        "/staff/offices", OFFICE, "/staff/hotlines", "/staff/hotlines/12348", "/staff/exchange", where,
    )  # fmt: skip
    for path in paths:
        admin.goto(path)
        assert "没有这一页" not in admin.inner_text("main"), path
        assert faults_in_both_sizes(admin) == []
    reviewer = town.person("fu")
    reviewer.goto("/staff/conflicts/buzhu-who")
    assert town.seconds_until("/entries/buzhu-who", lambda text: "满80岁、户口在本镇" in text) <= ANSWER_S
    reviewer.click("button:has-text('照旧用镇里的')")
    assert "照旧用镇里的，记下了" in reviewer.inner_text(".desk-done")
