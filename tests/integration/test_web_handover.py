"""交给工作人员: the number, the reply and nothing else, with and without scripts."""

from __future__ import annotations

import pytest

from tests.integration.web_page import Node, parse
from tests.integration.web_site import Site, a_site


@pytest.fixture
def site() -> Site:
    return a_site()


def asked(site: Site, question: str) -> Node:
    return parse(site.client.post("/", data={"question": question}, follow_redirects=True).text)


def number_of(page: Node) -> str:
    return page.one("p", class_="ticket").text.removeprefix("取件号：")


@pytest.mark.parametrize("question", ["没有依据", "一部分"])
def test_what_was_left_open_can_be_given_to_the_staff_without_scripts(site: Site, question: str) -> None:
    form = asked(site, question).one("form", class_="handover")
    answer_id = form.one("input").attrs["value"]
    response = site.client.post(form.attrs["action"], data={"answer_id": answer_id})
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    page = parse(response.text)
    assert "已交给工作人员，不用留名字。" in page.one("main").text
    assert list(site.store.handed_over) == [number_of(page)]


@pytest.mark.parametrize("question", ["补助", "骗保", "你好", "救命"])
def test_other_endings_do_not_offer_it_at_once(site: Site, question: str) -> None:
    assert asked(site, question).all("form", class_="handover") == []


def test_who_was_not_helped_is_offered_it(site: Site) -> None:
    page = asked(site, "补助")
    answer_id = page.one("form", action="/share").one("input").attrs["value"]
    response = site.client.post(
        "/feedback", data={"answer_id": answer_id, "useful": "no"}, follow_redirects=True
    )
    assert parse(response.text).one("form", class_="handover").attrs["action"] == "/handover"


def test_an_answer_that_is_gone_gives_no_number(site: Site) -> None:
    response = site.client.post("/handover", data={"answer_id": "no-such"})
    assert response.status_code == 404 and "没交成" in response.text
    assert site.store.handed_over == {}


def test_the_reply_is_read_by_its_number_and_never_the_question(site: Site) -> None:
    site.client.post("/api/handover", json={"question": "我屋头的补发"})
    waiting = site.client.post("/handover/reply", data={"number": " １00000 "})
    assert waiting.status_code == 200 and "还没有答复" in waiting.text
    site.store.replies["100000"] = "到窗口补办。\n带户口簿。"
    page = parse(site.client.post("/handover/reply", data={"number": "100000"}).text)
    card = page.one("article")
    assert "工作人员编写" in card.text and [line.text for line in card.all("p")][1:] == [
        "到窗口补办。",
        "带户口簿。",
    ]
    assert "补发" not in page.text and "2026年11月22日工作人员答复" in page.text


def test_a_wrong_number_says_so(site: Site) -> None:
    response = site.client.post("/handover/reply", data={"number": "999999"})
    assert response.status_code == 404
    assert "没有这个取件号" in parse(response.text).one("form", class_="lookup").one("p", role="alert").text


def test_the_api_masks_stores_and_shows_the_reply_alone(site: Site) -> None:
    given = site.client.post("/api/handover", json={"question": "我的号码13，补发"}).json()
    assert given == {"stored": True, "number": "100000", "text": "已交给工作人员，不用留名字。"}
    assert site.store.handed_over["100000"][0] == "我的号码〔号码〕，补发"
    site.store.replies["100000"] = "到窗口补办。"
    shown = site.client.get("/api/handover/100000")
    assert shown.json()["reply"] == "到窗口补办。" and "补发" not in shown.text
    assert shown.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("content", "status"), [({}, 404), ({"answer_id": "no-such"}, 404), ({"question": "  "}, 404)]
)
def test_nothing_to_give_gives_no_number(site: Site, content: dict[str, str], status: int) -> None:
    response = site.client.post("/api/handover", json=content)
    assert (response.status_code, response.json()["number"]) == (status, None)


def test_words_of_someone_in_danger_are_answered_and_not_kept(site: Site) -> None:
    response = site.client.post("/api/handover", json={"question": "救命"})
    assert response.status_code == 422 and response.json()["contacts"][0]["phone"] == "110"
    assert site.store.handed_over == {}


def test_numbers_cannot_be_walked_through(site: Site) -> None:
    codes = [site.client.get(f"/api/handover/{number}").status_code for number in range(200000, 200008)]
    assert codes == [404] * 6 + [429] * 2
    page = site.client.post("/handover/reply", data={"number": "100000"})
    assert page.status_code == 429 and int(page.headers["retry-after"]) >= 1
    assert site.client.get("/").status_code == 200


def test_with_the_store_down_people_are_told(site: Site) -> None:
    site.store.down = True
    assert "没交成" in site.client.post("/handover", data={"answer_id": "a"}).text
    page = site.client.post("/handover/reply", data={"number": "100000"})
    assert page.status_code == 500 and "没查成" in page.text
