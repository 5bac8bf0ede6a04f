"""A need nobody could answer, from the question to the answer, in a real browser without scripts; axe on each page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from bot.adapters.store import SqlStore
from bot.masking import mask
from tests.browser.desk_browser import PHONE, WIDE, Visits, axe_faults, sign_in, whole_service
from tests.staff_site import a_staff_site

pytestmark = [pytest.mark.browser, pytest.mark.ci]
ASKED = ("养狗要办证吗", "狗证在哪里办", "给狗上户口找谁")
NUMBER = "我的身份证500233199001011234，狗证办好没有"
ANSWER_S, PAGE_MS, PRESSES = 60, 40_000, 3


@dataclass(frozen=True, slots=True)
class Desk:
    """sign_in(account, js, viewport): a page of that person."""

    url: str
    browser: Browser
    sign_in: Callable[..., Page]

    def ask(self, question: str) -> dict[str, object]:
        return self.post("/api/chat", question=question, channel="phone")

    def post(self, path: str, **body: object) -> dict[str, object]:
        answer = self.browser.new_context(base_url=self.url).request.post(path, data=body)
        assert answer.ok, answer.text()
        found: dict[str, object] = answer.json() if answer.status != 204 else {}
        return found

    def answered(self, question: str) -> dict[str, object]:
        """As soon as the service has taken the answer over."""
        began = time.monotonic()
        while time.monotonic() - began < ANSWER_S:
            answer = self.ask(question)
            if answer["status"] == "answered":
                return answer
        raise AssertionError(f"{question}: {answer['status']} {answer['text']}")


@pytest.fixture(scope="module")
def desk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The whole service over an empty shelf: pages, desk, index, keeper, real store."""
    data, empty = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("knowledge")
    site = a_staff_site(data, knowledge_dir=empty, rate_limits="off")
    store = SqlStore(site.truth.engine, site.truth.town)
    with whole_service(site, store, mask=lambda text: mask(text)[0]) as (running, _):
        visits = Visits(browser, running.url, PAGE_MS)

        def person(account: str, js: bool = False, viewport: dict[str, int] = WIDE) -> Page:
            return sign_in(visits.page(viewport, js), account)

        opened = Desk(running.url, browser, person)
        given = [opened.ask(question) for question in (*ASKED, NUMBER, "外星飞船降落咋整")]
        opened.post("/api/feedback", answer_id=given[0]["answer_id"], useful=False, reason="unreadable", words="还是不晓得")
        yield opened
        visits.close()


def test_from_the_question_to_the_answer(desk: Desk) -> None:
    number = desk.post("/api/handover", answer_id=desk.ask("狗证哪天能办")["answer_id"])["number"]
    editor = desk.sign_in("bian")
    editor.goto("/staff/unanswered")
    assert "500233199001011234" not in editor.inner_text("main")
    editor.click("table a >> nth=0")
    group = editor.url
    words = editor.inner_text("main")
    assert all(question in words for question in ASKED) and "外星飞船" not in words
    editor.fill(f"#words-{number}", "每周三在镇上办。")
    editor.click(f"#words-{number} >> xpath=ancestor::form >> button")
    assert "答复存好了" in editor.inner_text(".desk-done")
    assert desk.browser.new_context(base_url=desk.url).request.get(f"/api/handover/{number}").json()["reply"] == "每周三在镇上办。"
    editor.click("a:has-text('写答案')")
    editor.click("button:has-text('送复审')")
    assert editor.locator(".desk-errors a").count() >= 2
    editor.fill("#question", "养狗怎么办证？")
    editor.select_option("#topic", index=1)
    editor.fill("#conclusion", "到镇便民服务中心登记就行。")
    editor.fill("#steps", "带上身份证。\n把狗也牵来。")
    editor.click("button:has-text('存草稿')")
    card = editor.inner_text("article.card")
    assert "工作人员编写" in card and "经验答复，无文件依据" in card and "到镇便民服务中心登记就行。" in card
    editor.click("button:has-text('送复审')")
    assert "已经送去复审" in editor.inner_text(".desk-done")
    reviewer = desk.sign_in("fu")
    reviewer.goto(group)
    reviewer.click("a:has-text('养狗怎么办证？')")
    reviewer.click("table a >> nth=0")
    for tick in reviewer.locator(".desk-review input[type=checkbox]").all():
        tick.check()
    for _ in range(PRESSES):  # until the question set has been asked again
        reviewer.click("button:has-text('发布')")
        if "已经发布" in reviewer.inner_text("main"):
            break
    assert "已经发布" in reviewer.inner_text("main")
    for question in ASKED:
        answer = desk.answered(question)
        assert answer["origin"] == "staff" and "到镇便民服务中心登记就行。" in str(answer["text"])
    editor.goto(group)
    assert "这一条答上了" in editor.inner_text("main") and "还没答上" not in editor.inner_text("main")


def test_not_ours_handed_on_and_back(desk: Desk) -> None:
    page = desk.sign_in("bian")
    page.goto("/staff/unanswered?shown=all")
    page.click("table a:has-text('外星飞船')")
    page.click("button:has-text('不归我们管')")
    assert "请写为什么" in page.inner_text(".desk-errors")
    page.fill("#reason", "没有这回事")
    page.click("button:has-text('不归我们管')")
    assert "记下了" in page.inner_text(".desk-done")
    page.click("button:has-text('重新打开')")
    page.select_option("#owner", "fu")
    page.click("button:has-text('转给他')")
    other = desk.sign_in("fu")
    other.goto("/staff/unanswered?shown=mine")
    assert "外星飞船" in other.inner_text("main")


def test_feedback_shows_the_answer_as_it_was_seen(desk: Desk) -> None:
    page = desk.sign_in("bian")
    page.goto("/staff/feedback")
    page.click("table a >> nth=0")
    words = page.inner_text("main")
    assert "还是不晓得" in words and "那时看到的回答" in words and page.locator("article.card").count() == 1
    page.click("button:has-text('看过了')")
    assert "看过了" in page.inner_text(".desk-done") and "张编辑" in page.inner_text("table")


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing_and_nothing_runs_over_the_side(desk: Desk, viewport: dict[str, int]) -> None:
    page = desk.sign_in("fu", True, viewport)
    page.goto("/staff/unanswered?shown=all")
    group = page.get_attribute("table a >> nth=0", "href")
    page.goto("/staff/feedback")
    answer = page.get_attribute("table a >> nth=0", "href")
    for path in ("/staff/unanswered", "/staff/unanswered?shown=all", group, f"{group}/answer", "/staff/feedback", answer):
        page.goto(str(path))
        assert axe_faults(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path
        assert page.locator("h1").count() == 1
    page.goto("/staff/unanswered?shown=all")
    page.click("table a:has-text('外星飞船')")
    page.click("a:has-text('写答案')")
    page.click("button:has-text('送复审')")
    assert page.locator(".desk-errors a").count() >= 2
    assert axe_faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
