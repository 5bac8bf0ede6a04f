"""发给家人: which address an answer gets, what stands there, and for how long."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.types import AnswerStatus, Origin
from tests.fakes import NOW, FakeAssistant, a_block, a_citation, an_answer, full_answer
from tests.integration.web_page import Node, parse
from tests.integration.web_site import Site, a_site

PLAIN = an_answer(
    blocks=(a_block(text="年满80岁、户口在本县的，可以领。"),),
    citations=(a_citation(1),),
    understood="哪些人可以领补助？",
)


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def site(clock: Clock) -> Site:
    made = a_site(now=clock)
    made.assistant.scripts["一样"] = replace(PLAIN, documents=("buzhu",))
    made.assistant.scripts["补助"] = replace(full_answer(), documents=("buzhu",))
    return made


def answered(site: Site, question: str = "我屋头老汉的补助") -> str:
    return str(site.client.post("/api/chat", json={"question": question}).json()["answer_id"])


def shared(site: Site, question: str = "我屋头老汉的补助") -> str:
    """The path that 发给家人 leads to."""
    response = site.client.post("/share", data={"answer_id": answered(site, question)})
    assert response.status_code == 303
    return response.headers["location"]


def page_of(site: Site, path: str) -> Node:
    return parse(site.client.get(path).text)


def test_an_answer_is_shown_alone_and_kept_from_caches_and_search_engines(site: Site) -> None:
    path = shared(site)
    response = site.client.get(path)
    assert path.startswith("/answers/") and response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-robots-tag"] == "noindex"
    text = parse(response.text).one("article").text
    for word in ("可以领，年满80岁就能申请。", "程序摘录", "依据", "本回答由程序从政策资料中摘录"):
        assert word in text
    assert "老汉" not in response.text and "a0000" not in response.text
    assert f"http://testserver{path}" in response.text


def test_a_plain_entry_shares_its_permanent_page(site: Site) -> None:
    assert shared(site, "一样") == "/entries/buzhu"
    assert site.store.tokens == {}


def hidden_label(site: Site, path: str) -> dict[str, str] | None:
    found = page_of(site, path).all("meta", name="AIGC")
    return json.loads(found[0].attrs["content"]) if found else None


def test_what_a_model_wrote_carries_the_hidden_label_wherever_it_goes(site: Site) -> None:
    site.assistant.scripts["补助"] = replace(full_answer(), origin=Origin.MODEL)
    answer_id = site.client.post("/api/chat", json={"question": "补助"}).json()["answer_id"]
    path = shared(site)
    for address in (path, f"{path}/slip", f"/a/{answer_id}"):
        label = hidden_label(site, address)
        assert label is not None and label["Label"] == "1" and label["ContentProducer"] == site.town.operator
        assert answer_id not in label["ProduceID"]


def test_what_a_program_picked_out_carries_none(site: Site) -> None:
    path = shared(site)
    assert hidden_label(site, path) is None and hidden_label(site, f"{path}/slip") is None


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": Origin.MODEL},
        {"status": AnswerStatus.PARTIAL},
        {"documents": ("buzhu", "yibao-pay")},
        {"blocks": (a_block(text="另一个数。"),)},
    ],
)
def test_an_answer_that_says_something_else_gets_a_page_of_its_own(
    site: Site, changed: dict[str, object]
) -> None:
    site.assistant.scripts["一样"] = replace(PLAIN, **{"documents": ("buzhu",)} | changed)  # type: ignore[arg-type]
    assert shared(site, "一样").startswith("/answers/")


def test_after_30_days_the_ready_question_is_offered_again(site: Site, clock: Clock) -> None:
    site.assistant.scripts["哪些人"] = replace(full_answer(), documents=("buzhu",))
    path = shared(site, "哪些人可以领补助？")
    clock.now = NOW + timedelta(days=30)
    response = site.client.get(path)
    page = parse(response.text)
    assert response.status_code == 410 and response.headers["x-robots-tag"] == "noindex"
    assert "过了 30 天" in page.one("h1").text
    assert page.one("textarea").text == "哪些人可以领补助？"


def test_typed_words_are_not_offered_again_to_whoever_has_the_link(site: Site, clock: Clock) -> None:
    path = shared(site)
    clock.now = NOW + timedelta(days=31)
    assert page_of(site, path).one("textarea").text == ""


def test_a_banner_says_when_the_basis_changed(site: Site) -> None:
    path = shared(site)
    assert "依据已更新" not in page_of(site, path).text
    site.library.documents["buzhu"] = replace(site.library.documents["buzhu"], version="2")
    assert "依据已更新，请重新问一次" in page_of(site, path).one("p", class_="missing", role="alert").text
    del site.library.documents["buzhu"]
    assert "依据已更新" in page_of(site, path).text


@pytest.mark.parametrize("question", ["没有依据", "骗保", "救命", "你好"])
def test_what_rests_on_nothing_and_help_in_danger_are_not_sent_on(site: Site, question: str) -> None:
    given = site.client.post("/api/share", json={"answer_id": answered(site, question)})
    assert (given.status_code, given.json()) == (404, {"url": None})


def test_unknown_tokens_and_answers_are_not_found(site: Site) -> None:
    assert site.client.get("/answers/unknown").status_code == 404
    assert site.client.post("/share", data={"answer_id": "unknown"}).status_code == 404
    assert site.client.post("/api/share", json={"answer_id": "unknown"}).json() == {"url": None}


def test_the_address_is_the_one_of_the_settings(clock: Clock) -> None:
    site = a_site(now=clock, public_url="https://example.test/")
    assert isinstance(site.assistant, FakeAssistant)
    url = site.client.post("/api/share", json={"answer_id": answered(site, "补助")}).json()["url"]
    assert url.startswith("https://example.test/answers/")


def test_with_the_library_down_a_shared_answer_is_still_shown(site: Site) -> None:
    path = shared(site)
    site.library.down = True
    assert site.client.get(path).status_code == 200
