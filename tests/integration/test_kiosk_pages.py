"""What the kiosk is served: plain pages, the ready answers, the dictionary, codes, counts, heartbeats."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from knowledge.database.counts_values import Event, Pairing
from tests.counted import an_event
from tests.fakes import NOW, ON, FakeLink
from tests.integration.web_page import Node, parse
from tests.integration.web_site import Site, a_site, settings
from web.kiosk_build import reachable, short, teasers
from web.kiosk_pairs import KioskPairs
from web.kiosk_watch import MOST, KioskWatch, Seen
from web.qr import qr_svg

PUBLIC = "http://pufa.test"
PAGES = ("/kiosk", "/kiosk/topics", "/kiosk/topics/dibao", "/kiosk/entries/buzhu", "/kiosk/phones")


@pytest.fixture
def site() -> Site:
    return a_site(public_url=PUBLIC)


def page(site: Site, path: str) -> Node:
    response = site.client.get(path)
    assert response.status_code == 200
    return parse(response.text)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_by_no_cache_and_framed_by_nobody(path: str) -> None:
    response = a_site(frame_ancestors="https://other.test").client.get(path)
    assert response.headers["cache-control"] == "no-store"
    policy = response.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy and "other.test" not in policy


@pytest.mark.parametrize("path", PAGES)
def test_every_link_stays_inside_and_opens_here(site: Site, path: str) -> None:
    tree = page(site, path)
    links = [node.attrs["href"] for node in tree.all("a")]
    assert links and all(link.startswith("/kiosk") for link in links)
    assert not any("target" in node.attrs or "download" in node.attrs for node in tree.walk())
    assert tree.all("form") == [] and tree.all("iframe") == []


@pytest.mark.parametrize("path", PAGES)
def test_every_page_has_one_heading_and_the_ways_on(site: Site, path: str) -> None:
    tree = page(site, path)
    shown = [node for node in tree.all("h1") if path != "/kiosk" or "想问什么" in node.text]
    assert len(shown) == 1
    assert {"/kiosk", "/kiosk/phones"} <= {node.attrs["href"] for node in tree.all("a")}


def test_the_start_page_is_useful_before_any_script(site: Site) -> None:
    tree = page(site, "/kiosk")
    assert [node.text for node in tree.all("a", class_="button")][:2] == ["低保、救助", "看病、医保"]
    assert "110" in tree.text and "12345" in tree.text
    assert "我是人工智能（AI）助手" in tree.text


def test_from_topic_to_answer_by_plain_links(site: Site) -> None:
    question = page(site, "/kiosk/topics/dibao").one("a", href="/kiosk/entries/buzhu")
    assert question.text == "哪些人可以领补助？"
    answer = page(site, "/kiosk/entries/buzhu")
    assert "年满80岁、户口在本县的，可以领。" in answer.text and "第5条" in answer.text
    assert "程序摘录" in answer.text and "年满八十周岁的老人，可以申请。" in answer.text
    assert answer.all("a", href="tel:12345") == []


@pytest.mark.parametrize("path", ["/kiosk/topics/none", "/kiosk/entries/none", "/kiosk/entries/..%2Fx", "/kiosk/static/x.js"])
def test_what_is_not_there_is_a_page_that_says_so(site: Site, path: str) -> None:
    assert site.client.get(path).status_code == 404


def test_the_help_line_comes_from_the_settings() -> None:
    tree = page(a_site(kiosk_help="请找戴红袖章的人。"), "/kiosk/phones")
    assert "请找戴红袖章的人。" in tree.text


def test_with_the_library_down_phones_are_still_there(site: Site) -> None:
    site.library.down = True
    assert "110" in page(site, "/kiosk").text


def test_ready_answers_hold_what_the_cards_show(site: Site) -> None:
    pack = site.client.get("/kiosk/ready.json").json()
    assert [topic["slug"] for topic in pack["topics"]] == ["dibao", "yibao"]
    answer = pack["answers"]["buzhu"]
    assert answer["question"] == "哪些人可以领补助？"
    assert answer["heading"] == ["年满80岁、户口在本县的，可以领。", [1]]
    assert [block["kind"] for block in answer["blocks"]] == ["conditions", "steps"]
    place, numbers = answer["sources"][0]
    assert pack["sources"][place]["title"] == "某项补助办法" and numbers == [1]
    assert len(pack["sources"]) == 1, "one article is written once"
    assert answer["reviewed"] is False


def test_ready_answers_are_sent_again_only_when_they_changed(site: Site) -> None:
    first = site.client.get("/kiosk/ready.json")
    again = site.client.get("/kiosk/ready.json", headers={"If-None-Match": first.headers["etag"]})
    assert (first.headers["cache-control"], again.status_code) == ("no-cache", 304)


def test_what_was_withdrawn_is_gone_within_a_minute() -> None:
    moment = [NOW]
    site = a_site(now=lambda: moment[0])
    assert "buzhu" in site.client.get("/kiosk/ready.json").json()["answers"]
    del site.library.entries["buzhu"]
    moment[0] += timedelta(seconds=60)
    assert "buzhu" not in site.client.get("/kiosk/ready.json").json()["answers"]


def test_the_dictionary_holds_characters_and_words_of_this_town(site: Site) -> None:
    words = json.loads(site.client.get("/kiosk/words.json").text)
    assert sum(map(len, words["chars"].values())) >= 3755
    assert any(line.startswith("低保 ") for line in words["words"].split("\n"))


def test_a_code_is_a_picture_of_the_public_address(site: Site) -> None:
    response = site.client.get("/kiosk/qr/buzhu.svg")
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert response.text == str(qr_svg(f"{PUBLIC}/entries/buzhu"))
    assert a_site(public_url="http://127.0.0.1:8000").client.get("/kiosk/qr/buzhu.svg").status_code == 404


def asked(site: Site, question: str = "80岁补助") -> str:
    answer: str = site.client.post("/api/chat", json={"question": question, "channel": "kiosk"}).json()["answer_id"]
    return answer


def test_a_typed_answer_is_taken_along_without_its_question(site: Site) -> None:
    given = site.client.post("/api/kiosk/take", json={"answer_id": asked(site)})
    assert given.status_code == 200 and given.headers["cache-control"] == "no-store"
    assert given.json()["url"].startswith("pufa.test/answers/") and given.json()["lasts"] is False
    assert given.json()["qr"].startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize("changes", [{"public_url": "http://localhost:8000"}, {"public_url": PUBLIC, "kiosk_alone": "on"}])
def test_what_phones_could_not_open_is_not_given(changes: dict[str, object]) -> None:
    site = a_site(**changes)
    assert site.client.post("/api/kiosk/take", json={"answer_id": asked(site)}).status_code == 404


def test_an_answer_that_is_gone_cannot_be_taken(site: Site) -> None:
    assert site.client.post("/api/kiosk/take", json={"answer_id": "nothing"}).status_code == 404


def test_a_ready_question_read_here_counts(site: Site) -> None:
    told = {"entry": "buzhu", "conversation_id": "c1", "event": "fair", "device": "k7"}
    assert site.client.post("/api/kiosk/opened", json=told).json() == {"counted": True}
    (answer,) = site.store.answers.values()
    assert (answer.topic, answer.documents, answer.conversation_id) == ("dibao", ("buzhu",), "c1")
    assert site.client.post("/api/kiosk/opened", json=told | {"entry": "none"}).json() == {"counted": False}
    site.store.down = True
    assert site.client.post("/api/kiosk/opened", json=told).json() == {"counted": False}


@pytest.mark.parametrize("name", ["a b", "<b>", "x" * 65, ""])
def test_a_device_is_a_name_and_nothing_else(site: Site, name: str) -> None:
    assert site.client.post("/api/kiosk/heartbeat", json={"device": name}).status_code == 422
    assert site.client.post("/api/chat", json={"question": "补助", "channel": "kiosk", "device": name}).status_code == 422


class Paired:
    """k1 and k2 at the fair of NOW's day; hall stands there always."""

    def pairings(self) -> list[Pairing]:
        held = (("fair", "k1"), ("fair", "k2"), ("old", "k1"), ("", "hall"))
        return [Pairing(f"{event}-{device}", event, device, "bian", NOW) for event, device in held]

    def events(self) -> list[Event]:
        return [an_event("fair"), an_event("old", ON - timedelta(days=7))]


def paired(site: Site) -> Site:
    site.app.state.services.standing.kiosks = KioskPairs(Paired())
    site.app.state.services.standing.kiosks.refresh()
    return site


def test_the_desk_can_see_who_spoke_last(site: Site) -> None:
    paired(site)
    for device in ("k1", "k2", "k1"):
        told = {"device": device, "event": "fair", "screen": "home"}
        assert site.client.post("/api/kiosk/heartbeat", json=told).json() == {"heard": True}
    seen = site.app.state.kiosk.watch.devices()
    assert [(one.device, one.event, one.screen, one.at) for one in seen] == [
        ("k1", "fair", "home", NOW),
        ("k2", "fair", "home", NOW),
    ]
    assert not seen[0].silent(NOW + timedelta(minutes=5)) and seen[0].silent(NOW + timedelta(minutes=6))


@pytest.mark.parametrize("told", [{"device": "k9", "event": "fair"}, {"device": "k1"}, {"device": "hall", "event": "fair"}])
def test_a_kiosk_that_nobody_paired_is_not_heard(site: Site, told: dict[str, str]) -> None:
    paired(site)
    assert site.client.post("/api/kiosk/heartbeat", json=told).json() == {"heard": False}
    assert site.app.state.kiosk.watch.devices() == ()
    assert site.client.post("/api/kiosk/heartbeat", json={"device": "hall"}).json() == {"heard": True}


@pytest.mark.parametrize(
    ("event", "device", "counted"),
    [
        ("fair", "k1", "fair"),
        ("fair", "k9", None),
        ("fair", None, None),
        ("made-up", "k1", None),
        ("old", "k1", None),  # last week's fair
        (None, "hall", None),
    ],
)
def test_a_question_counts_under_an_event_only_from_its_kiosk_on_its_day(
    site: Site, event: str | None, device: str | None, counted: str | None
) -> None:
    asked = {"question": "80岁补助", "channel": "kiosk", "event": event, "device": device}
    paired(site).client.post("/api/chat", json=asked)
    assert site.assistant.questions[-1].event == counted


def test_without_any_pairing_nothing_counts_under_a_name(site: Site) -> None:
    site.client.post("/api/chat", json={"question": "80岁补助", "channel": "kiosk", "event": "fair", "device": "k1"})
    assert site.assistant.questions[-1].event is None


def test_too_many_devices_push_out_the_longest_silent() -> None:
    watch = KioskWatch()
    for number in range(MOST + 5):
        watch.hear(Seen(f"k{number}", "", "start", NOW))
    held = [one.device for one in watch.devices()]
    assert len(held) == MOST and held[0] == f"k{MOST + 4}" and "k4" not in held


def test_a_foreign_page_cannot_speak_for_a_kiosk(site: Site) -> None:
    foreign = {"Origin": "https://evil.test"}
    for path in ("heartbeat", "take", "opened"):
        assert site.client.post(f"/api/kiosk/{path}", json={}, headers=foreign).status_code == 403


def test_the_worker_keeps_a_fixed_list(site: Site) -> None:
    text = site.client.get("/kiosk-sw.js").text
    tree = page(site, "/kiosk")
    assert tree.one("link", rel="stylesheet").attrs["href"] in text
    assert tree.one("script").attrs["src"] in text
    assert "'CSS'" not in text and "'JS'" not in text
    for node in ("/api/", "/answers/"):
        assert node not in text


def test_files_under_a_hash_are_kept_for_ever(site: Site) -> None:
    response = site.client.get(page(site, "/kiosk").one("script").attrs["src"])
    assert "immutable" in response.headers["cache-control"]
    assert "javascript" in response.headers["content-type"]


def test_the_loop_shows_the_staffs_choice_first() -> None:
    town = a_site().town
    found = {topic: [FakeLink(f"{topic.slug}-{n}", f"{topic.name}{n}？") for n in range(3)] for topic in town.topics[:4]}
    shown = teasers(found, "yibao-2, none ,dibao-1")  # type: ignore[arg-type]
    assert [card.question for card in shown[:3]] == ["看病、医保2？", "低保、救助1？", "低保、救助0？"]
    assert len(shown) == 6 and len({card.question for card in shown}) == 6


@pytest.mark.parametrize(
    ("url", "can"),
    [
        ("http://pufa.test/", True),
        ("http://192.168.1.7:8000/", True),
        ("http://127.0.0.1:8000/", False),
        ("http://[::1]/", False),
        ("http://localhost/", False),
    ],
)
def test_a_phone_reaches_other_machines_only(url: str, can: bool) -> None:
    assert reachable(url) is can


def test_an_address_is_short_enough_to_be_typed() -> None:
    assert short("https://pufa.test/entries/buzhu") == "pufa.test/entries/buzhu"
    assert short("http://pufa.test:8000/") == "pufa.test:8000"


def test_a_code_has_its_margin_and_its_words() -> None:
    picture = qr_svg("https://pufa.test/a?b=1&c='2'")
    node = parse(picture).one("svg")
    side = int(node.attrs["viewbox"].split()[-1])
    assert (side - 8 - 17) % 4 == 0 and node.attrs["role"] == "img"
    assert node.attrs["aria-label"].endswith("https://pufa.test/a?b=1&c='2'")
    assert "style=" not in picture
    for wrong in ("", "x" * 4000):
        with pytest.raises(ValueError):
            qr_svg(wrong)


def test_settings_of_the_kiosk_have_defaults() -> None:
    held = settings()
    assert held.kiosk_help.endswith("。") and held.kiosk_cards == "" and held.kiosk_alone == "off"
