"""The JSON API keeps the public contract: shapes, statuses, refusals, streams."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bot.types import AnswerStatus
from tests.fakes import an_answer
from tests.integration.web_site import Site, a_site
from web.slots import AnswerSlots

CONTRACT = {
    "answer_id",
    "conversation_id",
    "status",
    "origin",
    "understood",
    "text",
    "blocks",
    "citations",
    "contacts",
    "suggestions",
    "as_of",
}
STREAM = {"Accept": "text/event-stream"}
Event = tuple[str, dict[str, Any]]


@pytest.fixture
def site() -> Site:
    return a_site()


def chat(site: Site, question: str, **more: object) -> dict[str, Any]:
    response = site.client.post("/api/chat", json={"question": question} | more)
    return {"http": response.status_code, **response.json()}


def events_of(text: str) -> list[Event]:
    """Every event of a stream; comments (heartbeats) are left out."""
    found = []
    for part in text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in part.split("\n") if not line.startswith(":"))
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def stream(site: Site, question: str, **more: object) -> list[Event]:
    response = site.client.post("/api/chat", json={"question": question} | more, headers=STREAM)
    assert response.headers["content-type"].startswith("text/event-stream")
    return events_of(response.text)


def test_an_answer_has_the_fields_of_the_contract(site: Site) -> None:
    answer = chat(site, "我妈80了有没有补助", channel="phone")
    assert answer["http"] == 200 and answer.keys() >= CONTRACT
    block, citation, contact = answer["blocks"][0], answer["citations"][0], answer["contacts"][0]
    assert block.keys() >= {"kind", "text", "citations", "origin"}
    assert citation.keys() >= {"number", "confidence", "state", "checked_on", "passage", "basis"}
    assert citation["passage"].keys() >= {"document_id", "version", "title", "url", "quote"}
    basis = {"title", "document_number", "issuer", "article", "level", "effective_from", "effective_to"}
    assert citation["basis"].keys() >= basis | {"held", "quote"}
    assert (contact["name"], contact["phone"], contact["hours"]) == ("政务服务热线", "12345", None)
    assert citation["basis"]["effective_from"] == "2026-09-01"
    assert answer["label"]["chip"] == "程序摘录"
    assert site.assistant.questions[0].channel.value == "phone"


def test_a_quote_is_given_only_where_the_text_is_held(site: Site) -> None:
    held, unheld, _ = chat(site, "补助")["citations"]
    assert held["basis"]["held"] and held["basis"]["quote"]
    assert not unheld["basis"]["held"] and unheld["basis"]["quote"] is None


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("补助", "answered"),
        ("一部分", "partial"),
        ("反问", "ask_back"),
        ("没有依据", "no_basis"),
        ("文书", "needs_person"),
        ("天气", "out_of_scope"),
        ("骗保", "declined"),
        ("没通过", "withheld"),
        ("你好", "greeting"),
    ],
)
def test_every_ending_is_a_status_and_never_an_http_error(site: Site, question: str, status: str) -> None:
    answer = chat(site, question)
    assert (answer["http"], answer["status"]) == (200, status)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("长" * 301, "too_long"),
        ("长" * 5000, "too_long"),
        ("a" * 16000, "too_long"),
    ],
)
def test_what_cannot_be_asked_is_422_in_the_same_shape(site: Site, question: str, status: str) -> None:
    answer = chat(site, question)
    assert (answer["http"], answer["status"]) == (422, status)
    assert answer.keys() >= CONTRACT and answer["contacts"]


def test_the_longest_question_is_answered(site: Site) -> None:
    assert chat(site, "补" + "助" * 299)["http"] == 200


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"question": 7}', b'{"question": "a", "channel": "moon"}', b"\xff"]
)
def test_nonsense_is_refused_in_the_same_shape(site: Site, body: bytes) -> None:
    response = site.client.post("/api/chat", content=body, headers={"Content-Type": "application/json"})
    assert response.status_code in (400, 422)
    assert response.json()["status"] == "error" and response.json().keys() >= CONTRACT


def test_the_staff_channel_needs_a_login(site: Site) -> None:
    assert chat(site, "补助", channel="staff")["http"] == 403
    assert site.assistant.questions == []


def test_a_body_over_the_limit_is_refused_unread(site: Site) -> None:
    answer = chat(site, "补助" * 10_000)
    assert (answer["http"], answer["status"]) == (422, "too_long")
    assert site.assistant.questions == []


def test_a_body_that_grows_without_a_length_is_cut(site: Site) -> None:
    def chunks() -> Iterator[bytes]:
        for _ in range(40):
            yield b"x" * 1024

    response = site.client.post("/api/chat", content=chunks())
    assert (response.status_code, response.json()["status"]) == (422, "too_long")


def test_a_failure_has_an_incident_number_and_phones(site: Site) -> None:
    site.assistant.error = RuntimeError("secret")
    answer = chat(site, "补助")
    assert (answer["http"], answer["status"]) == (500, "error")
    assert len(answer["incident"]) == 8 and "secret" not in json.dumps(answer)
    assert [contact["phone"] for contact in answer["contacts"]] == ["12345", "12348"]


def test_a_failing_library_is_an_error_in_words(site: Site) -> None:
    site.library.down = True
    response = site.client.post("/api/search", json={"question": "补助"})
    assert response.status_code == 500 and response.json()["incident"]


def test_the_stream_says_start_stages_blocks_done_in_this_order(site: Site) -> None:
    events = stream(site, "补助")
    names = [name for name, _ in events]
    assert names[0] == "start" and names[-1] == "done"
    assert names.index("block") > max(place for place, name in enumerate(names) if name == "stage")
    assert events[0][1].keys() >= {
        "answer_id",
        "conversation_id",
        "understood",
        "origin",
        "as_of",
        "contacts",
    }


def test_streamed_and_whole_are_the_same_answer(site: Site) -> None:
    events, whole = stream(site, "补助"), chat(site, "补助")
    done = events[-1][1]
    own = {"answer_id", "conversation_id", "http"}
    assert {key: done[key] for key in done.keys() - own} == {key: whole[key] for key in whole.keys() - own}
    assert [block["text"] for name, block in events if name == "block"] == [
        b["text"] for b in whole["blocks"]
    ]


def test_each_streamed_block_brings_its_own_citations(site: Site) -> None:
    for name, block in stream(site, "补助"):
        if name == "block":
            assert [citation["number"] for citation in block["cited"]] == block["citations"]


def test_a_stream_is_neither_buffered_nor_kept_nor_escaped(site: Site) -> None:
    response = site.client.post("/api/chat", json={"question": "补助"}, headers=STREAM)
    assert response.headers["x-accel-buffering"] == "no"
    assert response.headers["cache-control"] == "no-store"
    assert "content-encoding" not in response.headers
    assert "可以领" in response.text and "\\u" not in response.text


def test_danger_is_in_the_first_event(site: Site) -> None:
    (start, first), *_ = stream(site, "救命")
    assert start == "start" and first["contacts"][0]["phone"] == "110"


def test_a_break_under_way_is_an_error_event_with_an_incident(site: Site) -> None:
    site.assistant.error = RuntimeError("secret")
    name, error = stream(site, "补助")[-1]
    assert (name, error["status"]) == ("error", "error")
    assert error["incident"] and error["text"] and "secret" not in json.dumps(error)


@pytest.mark.parametrize("question", ["", "长" * 301])
def test_an_ending_that_refuses_is_an_error_event(site: Site, question: str) -> None:
    name, error = stream(site, question)[-1]
    assert name == "error" and error["status"] in ("empty", "too_long")


def test_the_sixteenth_question_in_a_minute_of_a_conversation_waits(site: Site) -> None:
    for _ in range(15):
        assert chat(site, "补助", conversation_id="one")["http"] == 200
    response = site.client.post("/api/chat", json={"question": "补助", "conversation_id": "one"})
    refused = response.json()
    assert (response.status_code, refused["status"]) == (429, "rate_limited")
    assert response.headers["retry-after"] == str(refused["retry_after"])
    assert chat(site, "补助", conversation_id="two")["http"] == 200


def test_forty_phones_behind_one_address_are_not_throttled(site: Site) -> None:
    for phone in range(40):
        for _ in range(6):
            assert chat(site, "你好", conversation_id=f"phone{phone}")["http"] == 200


def test_an_address_and_the_service_have_their_own_buckets() -> None:
    narrow = a_site(address_per_minute=2)
    assert [chat(narrow, "补助")["http"] for _ in range(3)] == [200, 200, 429]
    full = a_site(service_per_minute=2)
    assert [chat(full, "补助")["http"] for _ in range(3)] == [200, 200, 429]


def test_only_listed_proxies_are_believed() -> None:
    def statuses(trusted: str) -> list[int]:
        site = a_site(address_per_minute=1, trusted_proxies=trusted)
        return [
            site.client.post(
                "/api/chat", json={"question": "补助"}, headers={"X-Forwarded-For": f"192.0.2.{number}"}
            ).status_code
            for number in (1, 2)
        ]

    assert statuses("") == [200, 429]
    assert statuses("testclient") == [200, 200]


def test_limits_can_be_switched_off_for_measurements() -> None:
    site = a_site(rate_limits="off", session_per_minute=1)
    assert [chat(site, "补助", conversation_id="one")["http"] for _ in range(3)] == [200, 200, 200]


def test_danger_is_answered_even_when_refused() -> None:
    site = a_site(address_per_minute=1)
    chat(site, "补助")
    refused = chat(site, "救命，他要打死我")
    assert (refused["http"], refused["status"]) == (429, "rate_limited")
    assert refused["blocks"][0]["kind"] == "danger"
    assert refused["contacts"][0]["phone"] == "110"


def test_danger_is_answered_even_when_the_assistant_breaks(site: Site) -> None:
    site.assistant.error = RuntimeError("down")
    name, error = stream(site, "救命")[-1]
    assert name == "error" and error["blocks"][0]["kind"] == "danger"
    assert [contact["phone"] for contact in error["contacts"][:2]] == ["110", "120"]


class Crowd:
    """Questions asked at the same time, held back by the assistant's gate."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.results: list[dict[str, Any]] = []
        self.threads: list[threading.Thread] = []
        site.assistant.gate = threading.Event()

    def ask(self, **more: object) -> None:
        thread = threading.Thread(target=lambda: self.results.append(chat(self.site, "补助", **more)))
        thread.start()
        self.threads.append(thread)

    def wait_until(self, reached: Any) -> None:
        deadline = time.monotonic() + 10
        while not reached():
            assert time.monotonic() < deadline
            threading.Event().wait(0.01)

    def release(self) -> None:
        assert self.site.assistant.gate is not None
        self.site.assistant.gate.set()
        for thread in self.threads:
            thread.join(10)


def test_more_than_the_line_holds_are_told_how_many_wait() -> None:
    site = a_site(slots=AnswerSlots(slots=1, queue=1))
    with site.client:
        crowd = Crowd(site)
        crowd.ask()
        crowd.wait_until(lambda: site.assistant.running == 1)
        crowd.ask()
        crowd.wait_until(lambda: site.app.state.services.answering.waiting == 1)
        started = time.monotonic()
        busy = chat(site, "补助")
        seconds = time.monotonic() - started
        crowd.release()
    assert (busy["http"], busy["status"], busy["position"]) == (503, "busy", 2)
    assert "前面还有 2 位" in busy["text"]
    assert seconds < 2
    assert [result["http"] for result in crowd.results] == [200, 200]
    assert site.assistant.most_running == 1


def test_one_answer_at_a_time_in_a_conversation() -> None:
    site = a_site()
    with site.client:
        crowd = Crowd(site)
        for _ in range(3):
            crowd.ask(conversation_id="one")
        crowd.wait_until(lambda: site.assistant.running == 1)
        crowd.release()
    assert site.assistant.most_running == 1
    assert [result["http"] for result in crowd.results] == [200] * 3


def test_who_waits_in_line_is_told_the_place() -> None:
    site = a_site(slots=AnswerSlots(slots=1, queue=5))
    with site.client:
        crowd = Crowd(site)
        crowd.ask()
        crowd.wait_until(lambda: site.assistant.running == 1)
        found: list[Event] = []
        second = threading.Thread(target=lambda: found.extend(stream(site, "补助")))
        second.start()
        crowd.threads.append(second)
        crowd.wait_until(lambda: site.app.state.services.answering.waiting == 1)
        crowd.release()
    assert found[0] == ("stage", {"name": "queued", "position": 1})
    assert found[-1][0] == "done"


def test_search_gives_hits_and_reasons(site: Site) -> None:
    response = site.client.post("/api/search", json={"question": "补助", "limit": 3, "on": "2026-11-22"})
    found = response.json()
    assert found["hits"][0]["document_id"] == "buzhu" and found["hits"][0]["score"] == 20.0
    assert found["rejects"][0]["reason"] == "below-threshold"


@pytest.mark.parametrize("on", ["2026-13-01", "yesterday"])
def test_search_refuses_a_day_that_is_none(site: Site, on: str) -> None:
    assert site.client.post("/api/search", json={"question": "补助", "on": on}).status_code == 422


def test_hotlines_are_all_there_and_offices_only_when_confirmed(site: Site) -> None:
    found = site.client.get("/api/hotlines").json()
    assert {"110", "120", "12345", "12348"} <= {line["number"] for line in found["hotlines"]}
    assert found["offices"] == []


def test_topics_come_with_their_questions_and_empty_ones_are_hidden(site: Site) -> None:
    topics = site.client.get("/api/topics").json()["topics"]
    assert [topic["slug"] for topic in topics] == ["dibao", "yibao"]
    assert topics[0]["questions"][0] == {
        "id": "buzhu",
        "question": "哪些人可以领补助？",
        "url": "/entries/buzhu",
    }


def test_feedback_is_stored_masked_and_may_change(site: Site) -> None:
    answer_id = chat(site, "补助")["answer_id"]
    first = {"answer_id": answer_id, "useful": False, "reason": "differs", "words": "打13不通"}
    assert site.client.post("/api/feedback", json=first).json() == {"stored": True}
    assert site.store.feedbacks[answer_id] == (False, "differs", "打〔号码〕不通")
    site.client.post("/api/feedback", json={"answer_id": answer_id, "useful": True})
    assert site.store.feedbacks[answer_id] == (True, None, None)


def test_feedback_on_an_unknown_answer_is_404(site: Site) -> None:
    response = site.client.post("/api/feedback", json={"answer_id": "none", "useful": True})
    assert (response.status_code, response.json()) == (404, {"stored": False})


def test_a_conversation_can_be_ended(site: Site) -> None:
    answer = chat(site, "补助")
    response = site.client.post(f"/api/conversations/{answer['conversation_id']}/end")
    assert response.json() == {"ended": True}
    assert site.store.ended == [answer["conversation_id"]] and site.store.answers == {}


def test_ready_says_why_not(site: Site) -> None:
    assert site.client.get("/readyz").json() == {"status": "ready"}
    site.library.reason = "正在建索引"
    response = site.client.get("/readyz")
    assert (response.status_code, response.json()["reason"]) == (503, "正在建索引")


def test_every_status_of_the_contract_can_be_told(site: Site) -> None:
    for status in AnswerStatus:
        site.assistant.scripts = {"问": an_answer(status)}
        answer = chat(site, "问")
        assert answer["status"] == status.value and answer["shown"]["sentence"]
