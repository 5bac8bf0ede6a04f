"""Words as they reach people: pages and sample answers of the real service; short, plain, every number cited."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bot.wording import load_wording
from knowledge.library import Library
from knowledge.style import _BANNED, MAX_CONCLUSION, MAX_SENTENCE, length_of
from tests.browser.conftest import Served
from tests.browser.report import BrowserReport
from tests.integration.web_page import Node, parse

pytestmark = pytest.mark.ci
PATHS = (
    "/",
    "/topics",
    "/hotlines",
    "/about",
    "/privacy",
    "/score",
    "/feedback",
    "/handover",
    "/dictation",
    "/offline",
    "/poster",
    "/calculate",
    "/nothing",
)
OTHER_QUESTIONS = ("你好", "明天天气怎么样", "怎么骗低保", "帮我写个离婚起诉状", "养鸽子要不要办证", "我老公打我")
THE_SAID = re.compile("该(?:人员|办法|款|项|规定|证|情形|机构|单位|部门|文件|条例|法)")
"""The 该 of offices; 应该 and 该给不给 are how people speak."""
CAUTION = re.compile(r"^(?:这些?是(?:网上转载|\d{4}年)|旧数：)")
"""The fixed sentences about a figure that may have changed; their length depends on its dates."""
ENDS = re.compile(r"(?<=[。！？；])")
READ = ("p", "li", "h1", "h2", "h3", "button", "label", "legend", "summary", "caption", "dt", "dd")


def fetched(url: str) -> str:
    try:
        with urlopen(url, timeout=30) as response:
            return str(response.read().decode())
    except HTTPError as error:
        return error.read().decode()


def asked(real: Served, question: str) -> dict[str, Any]:
    content = json.dumps({"question": question}).encode()
    request = Request(f"{real.url}/api/chat", content, {"Content-Type": "application/json"})
    with urlopen(request, timeout=60) as response:
        return dict(json.load(response))


def lines_of(page: Node) -> Iterator[str]:
    """Texts as read; what holds other blocks is left to them. Records of phones and addresses are no sentences."""
    for node in page.walk():
        whole = not any(child.tag in READ for child in node.walk() if child is not node)
        record = any(child.attrs.get("href", "").startswith("tel:") for child in node.walk())
        if node.tag in READ and whole and not record and "http" not in node.text:
            yield node.text.replace(" ", "")


def too_long(text: str) -> list[str]:
    return [one for one in ENDS.split(text) if length_of(one) > MAX_SENTENCE and not CAUTION.match(one)]


def office_words(text: str) -> list[str]:
    plain = re.sub(r"《[^》]*》", "", text)
    return [word for word in _BANNED if word in plain] + THE_SAID.findall(plain)


def uncited(answer: dict[str, Any], phones: Container[str]) -> list[str]:
    """Lines with a number and without a mark; numbers of phones come from their own records."""
    found = []
    for block in answer["blocks"]:
        for line in block["lines"]:
            bare = re.sub(r"\d{3,}", lambda number: "" if number[0] in phones else number[0], line["text"])
            if block["kind"] != "danger" and re.search(r"\d", bare) and not line["marks"]:
                found.append(line["text"])
    return found


def test_pages(real: Served, bundled_library: Library, browser_report: BrowserReport) -> None:
    wording = load_wording(bundled_library.town)
    fixed = [*wording.section("closings").values(), wording.words("page", "ai_line")]  # word for word in the guide
    offices = {office.name for office in bundled_library.town.offices.values()}
    faults = []
    for path in PATHS:
        for text in lines_of(parse(fetched(real.url + path)).one("main")):
            if not any(label in text for label in fixed) and text.partition("：")[0] not in offices:
                faults += [f"{path} {one}" for one in too_long(text)]
                faults += [f"{path} {word}：{text}" for word in office_words(text)]
    assert not faults, "\n".join(faults)
    browser_report.note("wording", "0 句", f"手机页：{len(PATHS)} 个页面，超过 25 字的句子、官话 0 处")


def test_the_answer_to_every_ready_question(
    real: Served, bundled_library: Library, browser_report: BrowserReport
) -> None:
    entries = sorted(bundled_library.shelf.snapshot.entries.values(), key=lambda entry: entry.id)
    faults, hotlines = [], bundled_library.town.hotlines
    for question in (*(entry.question for entry in entries), *OTHER_QUESTIONS):
        answer = asked(real, question)
        if question in OTHER_QUESTIONS and "敏感" in answer["text"]:
            faults.append(f"{question}: 敏感")
        for block in answer["blocks"]:
            for row, line in enumerate(block["lines"]):
                first = block["kind"] == "conclusion" and row == 0
                faults += [f"{question}: {one}" for one in ([] if first else too_long(line["text"]))]
                if first and length_of(line["text"]) > MAX_CONCLUSION and not CAUTION.match(line["text"]):
                    faults.append(f"{question}: {line['text']}")
                faults += [f"{question}: {word} {line['text']}" for word in office_words(line["text"])]
        faults += [f"{question}: uncited {line}" for line in uncited(answer, hotlines)]
    assert not faults, "\n".join(faults)
    limit = "手机页：每个题目的真回答，结论 40 字、句子 25 字以内，官话 0 处，数字都有依据"
    browser_report.note("wording", f"{len(entries)} 个，0 处", limit)


@pytest.mark.parametrize(
    ("text", "found"), [("应该先问，该给的要给。", []), ("按该规定办。", ["该规定"]), ("依法办。", ["依法"]), ("《依法行政》", [])]
)
def test_words_of_offices_are_told_from_plain_ones(text: str, found: list[str]) -> None:
    assert office_words(text) == found
