"""Stories on a small phone with scripts: asking, waiting, numbers hidden, sizes, feedback, clearing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.story import alert, ask, ask_and_wait

pytestmark = pytest.mark.browser
LISTEN = """() => { window.said = []; new MutationObserver(() => {
  const text = document.getElementById('status').textContent; if (text) window.said.push(text);
}).observe(document.getElementById('status'), {childList: true, characterData: true, subtree: true}); }"""


def test_the_streamed_card_says_what_the_servers_card_says(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    streamed = "".join(page.inner_text(".card").split())
    page.goto(f"/a/{next(iter(live.site.store.answers))}")
    assert "".join(page.inner_text(".card").split()) == streamed


def test_title_focus_and_status_tell_when_the_answer_is_there(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.evaluate(LISTEN)
    ask_and_wait(page, "补助")
    assert page.title() == "回答好了 - 普法助手"
    assert page.evaluate("document.activeElement.tagName") == "H2"
    said = page.evaluate("window.said")
    assert said == ["正在查政策文件…", "回答好了。可以领，年满80岁就能申请。"]


def test_blocks_appear_while_the_rest_is_on_its_way(open_page: Callable[..., Page], live: Any) -> None:
    gate = live.site.assistant.gate = threading.Event()
    page = open_page("/")
    ask(page, "补助")
    page.wait_for_selector("text=正在核对依据…")
    assert page.get_attribute(".card", "aria-busy") == "true"
    assert page.get_attribute("#send", "aria-disabled") == "true"
    page.fill("#question", "下一句")
    gate.set()
    page.wait_for_selector(".closing")
    assert page.get_attribute(".card", "aria-busy") is None
    assert page.evaluate("document.activeElement.id") == "question"
    assert page.input_value("#question") == "下一句"


def test_the_question_stands_at_the_top_of_the_view(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    for question in ("补助", "没有依据", "补助怎么领"):
        ask_and_wait(page, question)
    box = page.locator(".asked").last.bounding_box()
    assert box is not None and 40 <= box["y"] <= 160


def test_going_on_asking_stays_in_one_conversation(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    page.click("text=要带什么材料")
    page.wait_for_selector(".talk > li:nth-child(4) .closing")
    first, second = live.site.assistant.questions
    assert first.conversation_id is None and second.conversation_id == f"c{1:031d}"
    assert second.text == "要带什么材料？"


def test_who_got_no_answer_is_led_on_to_the_topics(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "天气")
    assert page.locator(".talk .topics a").count() == 2
    ask_and_wait(page, "补助")
    assert page.locator(".talk .topics a").count() == 2


def test_a_question_back_is_answered_by_a_button(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "反问")
    page.click(".choices button:has-text('不清楚')")
    page.wait_for_selector(".talk > li:nth-child(4) .closing")
    assert live.site.assistant.questions[-1].text == "不清楚"


def test_enter_sends_but_not_while_a_word_is_being_composed(
    open_page: Callable[..., Page], live: Any
) -> None:
    page = open_page("/")
    page.fill("#question", "补助")
    for composing in ({"isComposing": True}, {"keyCode": 229}):
        page.dispatch_event("#question", "keydown", {"key": "Enter", **composing})
    page.press("#question", "Shift+Enter")
    assert live.site.assistant.questions == []
    assert page.input_value("#question") == "补助\n"
    page.press("#question", "Enter")
    page.wait_for_selector(".closing")
    assert live.site.assistant.questions[0].text == "补助"


def test_the_counter_counts_from_240(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    page.fill("#question", "补" * 239)
    assert not page.is_visible("#counter")
    page.fill("#question", "补" * 240)
    assert page.inner_text("#counter") == "还可以写 60 字"
    page.fill("#question", "补" * 312)
    assert page.inner_text("#counter") == "太长了，请删掉 12 字"
    page.click("#send")
    assert page.input_value("#question") == "补" * 312 and live.site.assistant.questions == []


@pytest.mark.parametrize(
    "number",
    [
        "500233194001011234",
        "50023319400101123X",
        "13800001111",
        "138 0000 1111",
        "6222 0212 3456 7890 123",
        "02354230000",
    ],
)
def test_numbers_are_hidden_before_they_leave_the_phone(
    open_page: Callable[..., Page], live: Any, number: str
) -> None:
    page = open_page("/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or ""))
    ask_and_wait(page, f"补助，我是{number}号")
    assert live.site.assistant.questions[0].text == "补助，我是〔号码已遮住〕号"
    assert not any(number in body for body in sent)


@pytest.mark.parametrize("text", ["2026年11月22日", "630元一个月", "一共1234567890元", "12345 12348"])
def test_sums_dates_and_short_numbers_are_left_alone(
    open_page: Callable[..., Page], live: Any, text: str
) -> None:
    page = open_page("/")
    ask_and_wait(page, f"补助{text}")
    assert live.site.assistant.questions[0].text == f"补助{text}"


def test_a_number_is_hidden_already_on_leaving_the_input(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.fill("#question", "我的电话13800001111")
    page.dispatch_event("#question", "change")
    assert page.input_value("#question") == "我的电话〔号码已遮住〕"
    assert "已帮您遮住号码" in alert(page)


def test_sizes_apply_at_once_and_are_there_before_the_next_paint(open_page: Callable[..., Page]) -> None:
    page = open_page("about:blank")
    context = page.context
    fresh = context.new_page()
    fresh.goto("/")
    size = "parseFloat(getComputedStyle(document.body).fontSize)"
    assert fresh.evaluate(size) == 20
    fresh.click("#sizes-open")
    for name, pixels in (("大字", 24), ("特大", 30), ("标准", 20), ("特大", 30)):
        fresh.click(f"#sizes button:has-text('{name}')")
        assert fresh.evaluate(size) == pixels
        assert fresh.get_attribute(f"#sizes button:has-text('{name}')", "aria-pressed") == "true"
    fresh.click("#sizes button:has-text('高对比')")
    # The script file is held back: the size must come from the inline lines alone.
    context.route("**/*.js", lambda route: route.abort())
    fresh.goto("/hotlines")
    assert fresh.evaluate(size) == 30
    assert fresh.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(0, 0, 0)"


def test_feedback_stays_in_its_place_and_may_be_changed(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助")
    with page.expect_response("**/api/feedback"):
        page.click(".feedback button:has-text('没帮上')")
    assert "收到，谢谢" in page.inner_text(".feedback")
    page.fill(".feedback input", "打13800001111不通")
    with page.expect_response(lambda response: "differs" in (response.request.post_data or "")):
        page.click(".feedback button:has-text('和实际不一样')")
    (useful, reason, words) = next(iter(live.site.store.feedbacks.values()))
    assert (useful, words) == (False, "打〔号码已遮住〕不通")
    with page.expect_response(lambda response: '"useful":true' in (response.request.post_data or "")):
        page.click(".feedback button:has-text('有用')")
    assert next(iter(live.site.store.feedbacks.values()))[0] is True


def test_clearing_forgets_here_and_on_the_server(open_page: Callable[..., Page], live: Any) -> None:
    page = open_page("/")
    ask_and_wait(page, "补助怎么领")
    page.click("button.clear")
    page.wait_for_selector(".notice")
    assert "补助怎么领" not in page.content()
    assert live.site.store.ended == [f"c{1:031d}"]


def test_danger_comes_with_its_numbers_first_and_a_way_out(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    ask_and_wait(page, "救命")
    assert page.get_attribute(".card a", "href") == "tel:110"
    page.click("text=快速离开")
    page.wait_for_url("**/")
    page.wait_for_selector("text=大家常问")
    assert "救命" not in page.inner_text("body")


def test_the_whole_journey_by_keyboard(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.focus("#question")
    page.keyboard.type("补助")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector(".closing")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "mark"
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
