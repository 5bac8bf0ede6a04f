"""The pages without scripts: what stands in the HTML of every state."""

from __future__ import annotations

from datetime import timedelta

import pytest
from httpx import Response
from starlette.testclient import TestClient

from tests.fakes import NOW, SCRIPTS, FakeEntry, an_entry
from tests.integration.web_page import Node, parse
from tests.integration.web_site import Site, a_site

PATHS = (
    "/",
    "/topics",
    "/topics/dibao",
    "/entries/buzhu",
    "/documents/banfa",
    "/hotlines",
    "/about",
    "/privacy",
    "/score",
    "/feedback",
    "/handover",
)


@pytest.fixture
def site() -> Site:
    return a_site()


def ask(site: Site, question: str, **more: str) -> Node:
    """The page that comes after pressing 发送, redirects followed."""
    response = site.client.post("/", data={"question": question, **more}, follow_redirects=True)
    return parse(response.text)


def card(page: Node) -> Node:
    return page.one("article")


@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_whole_and_says_who_speaks(site: Site, path: str) -> None:
    response = site.client.get(path)
    page = parse(response.text)
    assert response.status_code == 200
    assert page.one("html").attrs["lang"] == "zh-CN"
    assert len(page.all("h1")) == 1
    assert [len(page.all(tag)) for tag in ("header", "main", "footer")] == [1, 1, 1]
    assert site.town.short_name in page.one("title").text
    assert page.one("a", class_="skip").attrs["href"].removeprefix("#") in {
        node.attrs.get("id") for node in page.walk()
    }


@pytest.mark.parametrize("path", PATHS)
def test_no_address_of_another_host_stands_in_a_page(site: Site, path: str) -> None:
    page = parse(site.client.get(path).text)
    addresses = [
        node.attrs[name] for node in page.walk() for name in ("href", "src", "action") if name in node.attrs
    ]
    assert addresses
    assert [url for url in addresses if not url.startswith(("/", "#", "tel:", "data:,"))] == []


@pytest.mark.parametrize("path", PATHS)
def test_ids_are_unique_and_labels_lead_somewhere(site: Site, path: str) -> None:
    page = parse(site.client.get(path).text)
    ids = [node.attrs["id"] for node in page.walk() if "id" in node.attrs]
    assert len(ids) == len(set(ids))
    for node in page.walk():
        for name in ("for", "aria-labelledby", "aria-controls"):
            assert node.attrs.get(name, ids[0]) in ids


def test_the_first_page_is_useful_before_any_script(site: Site) -> None:
    page = parse(site.client.get("/").text)
    assert "我是人工智能（AI）助手" in page.one("main").text
    topics = page.one("nav", class_="topics").all("a")
    assert [topic.attrs["href"] for topic in topics] == ["/topics/dibao", "/topics/yibao"]
    ready = page.one("section", class_="ready").all("a")
    assert [link.attrs["href"] for link in ready] == [
        "/entries/buzhu",
        "/entries/yibao-pay",
        "/entries/buzhu-how",
    ]
    phones = [link.attrs["href"] for link in page.one("section", class_="hotlines").all("a")]
    assert phones[:3] == ["tel:110", "tel:120", "tel:119"] and "tel:12348" in phones
    form = page.one("form", id="composer")
    assert (form.attrs["method"], form.attrs["action"]) == ("post", "/")
    assert "智能检索" in form.text


def test_eight_topics_at_most_and_a_way_to_the_others(site: Site) -> None:
    for topic in site.town.topics:
        entry: FakeEntry = an_entry(f"{topic.slug}-one", f"{topic.name}怎么办？", topic.slug)
        site.library.entries[entry.id] = entry
    page = parse(site.client.get("/").text)
    assert len(page.one("nav", class_="topics").all("a")) == 8
    assert len(page.one("section", class_="ready").all("a")) == 8
    assert page.all("a", href="/topics")
    everything = parse(site.client.get("/topics").text)
    assert len(everything.one("nav", class_="topics").all("a")) == len(site.town.topics)


def test_asking_leads_to_the_answers_own_page(site: Site) -> None:
    response = site.client.post("/", data={"question": "80岁老人有没有补助"})
    assert response.status_code == 303
    assert response.headers["location"] == f"/a/{next(iter(site.store.answers))}"
    page = site.client.get(response.headers["location"])
    assert page.headers["cache-control"] == "no-store"
    assert parse(page.text).one("title").text == "回答好了 - 普法助手"


def test_the_answer_card_has_everything_in_its_order(site: Site) -> None:
    text = card(ask(site, "80岁老人有没有补助")).text
    wanted = (
        "程序摘录",
        "2026年11月22日 10:21",
        "您问的是：80岁老人有没有补助",
        "可以领，年满80岁就能申请。",
        "打电话问 12345",
        "条件",
        "分情况",
        "金额",
        "怎么办",
        "去哪里",
        "带什么",
        "多久",
        "费用",
        "注意",
        "依据",
        "打电话",
        "这个回答：",
        "本回答由程序从政策资料中摘录",
        "本条由项目整理，镇里还没有审核",
    )
    places = [text.index(word, 0) for word in wanted[:5]]
    assert places == sorted(places)
    headings = [node.text for node in card(ask(site, "补助")).all("h3")]
    assert headings == list(wanted[5:16])
    assert text.index(wanted[16]) < text.index(wanted[17]) < text.index(wanted[18])


def test_every_mark_leads_to_its_source(site: Site) -> None:
    page = ask(site, "补助")
    ids = {node.attrs.get("id") for node in page.walk()}
    marks = page.all("a", class_="mark")
    assert len(marks) >= 10
    for mark in marks:
        assert mark.attrs["href"].removeprefix("#") in ids
        assert mark.attrs["aria-label"] == "依据" + mark.text.strip("〔〕")


def test_sources_show_what_is_held_and_say_what_is_not(site: Site) -> None:
    held, unheld, reprint = card(ask(site, "补助")).one("section", class_="sources").all("li")
    assert held.one("blockquote").text == "年满八十周岁的老人，可以申请。"
    assert held.one("a").attrs["href"] == "/documents/banfa#passage-article-5"
    assert "现行有效" in held.text
    assert not unheld.all("blockquote")
    assert "这是我们的说明，原文没有收录。" in unheld.text and "原文公布在：某部门网站" in unheld.text
    assert "网上转载，未见原文件" in reprint.text and "可能有调整" in reprint.text


def test_going_on_asking_stays_in_the_conversation(site: Site) -> None:
    page = ask(site, "补助")
    conversation = page.one("form", id="composer").one("input").attrs["value"]
    ask(site, "要带什么", conversation_id=conversation)
    assert site.assistant.questions[-1].conversation_id == conversation
    assert page.one("button", name="question", value="要带什么材料？")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("没有依据", ("这个事我没查到可靠的依据，不敢乱说。", "打 12348", "打 12345", "镇司法所")),
        ("天气", ("这个不归我管。", "12345")),
        ("骗保", ("这个我不能帮。",)),
        ("文书", ("这要看您家的具体情况，得当面问。", "身份证", "镇便民服务中心")),
        ("没通过", ("查到的内容没通过核对，先不给您看。",)),
        ("你好", ("您好，想问什么政策，直接说就行。",)),
        ("一部分", ("可以领，年满80岁就能申请。", "这一部分我没查到依据：补发。")),
        ("号码", ("已帮您遮住号码。",)),
    ],
)
def test_each_ending_has_its_words(site: Site, question: str, words: tuple[str, ...]) -> None:
    shown = card(ask(site, question))
    for word in words:
        assert word in shown.text
    assert "程序摘录" in shown.text


@pytest.mark.parametrize(
    ("question", "topics"), [("你好", 2), ("天气", 2), ("没有依据", 2), ("骗保", 0), ("补助", 0)]
)
def test_who_got_no_answer_is_led_on_to_the_topics(site: Site, question: str, topics: int) -> None:
    assert (
        len([node for nav in ask(site, question).all("nav", class_="topics") for node in nav.all("a")])
        == topics
    )


def test_a_question_back_offers_big_buttons_that_ask(site: Site) -> None:
    form = ask(site, "反问").one("form", class_="choices")
    assert [button.attrs["value"] for button in form.all("button")] == ["满了", "没满", "不清楚"]
    assert form.attrs["action"] == "/" and form.one("input").attrs["value"]


def test_danger_is_answered_at_once_first_and_under_no_address(site: Site) -> None:
    response = site.client.post("/", data={"question": "救命"})
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    shown = card(parse(response.text))
    first = next(child for child in shown.children if isinstance(child, Node))
    assert first.attrs["class"] == "danger"
    assert [link.attrs["href"] for link in first.all("a")] == ["tel:110", "tel:120"]
    assert not shown.all("section", class_="feedback")


def test_with_the_store_down_the_answer_comes_in_the_reply_itself(site: Site) -> None:
    site.store.down = True
    response = site.client.post("/", data={"question": "补助"})
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    assert card(parse(response.text)).one("h2").text.startswith("可以领")


def test_with_the_library_down_the_first_page_still_has_phones_and_the_form(site: Site) -> None:
    site.library.down = True
    response = site.client.get("/")
    page = parse(response.text)
    assert response.status_code == 200
    assert page.all("a", href="tel:110") and page.one("form", id="composer")
    assert not page.all("nav", class_="topics")


@pytest.mark.parametrize(
    ("question", "status", "words"),
    [("", 422, "您还没有写问题"), ("长" * 312, 422, "请删掉 12 字")],
)
def test_what_cannot_be_asked_comes_back_with_the_text_kept(
    site: Site, question: str, status: int, words: str
) -> None:
    response = site.client.post("/", data={"question": question})
    page = parse(response.text)
    assert response.status_code == status
    assert words in page.one("form", id="composer").all("p", class_="alert")[0].text
    assert page.one("textarea").text == question


def test_a_failure_keeps_the_text_and_gives_phones(site: Site) -> None:
    site.assistant.error = RuntimeError("我的秘密问题")
    response = site.client.post("/", data={"question": "我的秘密问题"})
    page = parse(response.text)
    assert response.status_code == 500
    assert page.one("textarea").text == "我的秘密问题"
    assert "没查成，不是您的问题。" in page.one("form", id="composer").text


def test_too_fast_keeps_the_text_and_says_how_long(site: Site) -> None:
    slow = a_site(session_per_minute=1)
    for _ in range(2):
        response = slow.client.post("/", data={"question": "补助怎么领", "conversation_id": "c1"})
    assert response.status_code == 429
    assert 1 <= int(response.headers["retry-after"]) <= 60
    assert parse(response.text).one("textarea").text == "补助怎么领"
    assert "问得太快了" in response.text


def test_feedback_without_scripts_thanks_and_asks_why(site: Site) -> None:
    answer_id = ask(site, "补助").all("input", name="answer_id")[0].attrs["value"]
    response = site.client.post("/feedback", data={"answer_id": answer_id, "useful": "no"})
    assert response.headers["location"] == f"/a/{answer_id}?thanks=1&why=1#feedback"
    page = parse(site.client.get(response.headers["location"]).text)
    assert "收到，谢谢" in page.text
    reasons = page.one("fieldset").all("button")
    assert [reason.text for reason in reasons] == ["看不懂", "不是我问的", "和实际不一样"]
    site.client.post(
        "/feedback",
        data={"answer_id": answer_id, "useful": "no", "reason": "differs", "words": "电话13打不通"},
    )
    assert site.store.feedbacks[answer_id] == (False, "differs", "电话〔号码〕打不通")


def test_clearing_forgets_the_conversation_and_its_page(site: Site) -> None:
    page = ask(site, "补助")
    address = f"/a/{next(iter(site.store.answers))}"
    conversation = page.one("form", class_="clear").one("input").attrs["value"]
    response = site.client.post("/end", data={"conversation_id": conversation})
    assert response.headers["location"] == "/?cleared=1"
    assert "已清空。别人看不到您问过什么。" in site.client.get("/?cleared=1").text
    gone = site.client.get(address)
    assert gone.status_code == 404 and "请重新问一次" in gone.text


def leave(site: Site) -> Response:
    page = ask(site, "救命")
    form = page.one("form", action="/leave")
    return site.client.post("/leave", data={"conversation_id": form.one("input").attrs["value"]})


def test_leaving_in_a_hurry_forgets_and_says_nothing_of_it(site: Site) -> None:
    response = leave(site)
    assert response.status_code == 303 and response.headers["location"] == "/"
    assert len(site.store.ended) == 1


def test_leaving_in_a_hurry_ends_on_the_towns_own_page() -> None:
    site = a_site(town={"website": "https://town.example/"})
    response = leave(site)
    assert response.headers["refresh"] == "0; url=https://town.example/"
    assert response.headers["cache-control"] == "no-store"
    assert "救命" not in response.text and "清空" not in response.text
    assert len(site.store.ended) == 1


def test_registration_numbers_stand_at_the_foot_of_every_page() -> None:
    filings = ("渝ICP备00000000号", "渝公网安备 00000000000000号")
    foot = parse(a_site(town={"filings": filings}).client.get("/").text).one("footer").text
    assert all(filing in foot for filing in filings)


def test_an_answers_page_ends_after_half_an_hour() -> None:
    moment = [NOW]
    site = a_site(now=lambda: moment[0])
    address = site.client.post("/", data={"question": "补助"}).headers["location"]
    moment[0] = NOW + timedelta(minutes=29)
    assert site.client.get(address).status_code == 200
    moment[0] = NOW + timedelta(minutes=30)
    assert site.client.get(address).status_code == 404


def test_an_entry_is_a_card_with_an_address_for_each_part(site: Site) -> None:
    page = parse(site.client.get("/entries/buzhu").text)
    assert page.one("h1").text == "哪些人可以领补助？"
    assert page.one("section", id="conditions").one("h3").text == "条件"
    assert page.one("a", href="/entries/buzhu-how").text == "补助怎么申请？"


def test_a_document_is_shown_passage_by_passage(site: Site) -> None:
    page = parse(site.client.get("/documents/banfa").text)
    assert "2026年9月1日起施行" in page.one("main").text
    passage = page.one("section", id="passage-article-5")
    assert passage.one("h2").text == "第五条"
    assert len(passage.all("p")) == 2


@pytest.mark.parametrize(
    "path", ["/nothing", "/topics/none", "/entries/none", "/documents/..%2fetc", "/a/none"]
)
def test_what_is_not_there_still_helps(site: Site, path: str) -> None:
    response = site.client.get(path)
    page = parse(response.text)
    assert response.status_code == 404
    assert page.one("form", id="composer") and page.all("a", href="tel:12345")


def test_public_pages_are_asked_for_again_but_sent_once(site: Site) -> None:
    first = site.client.get("/")
    assert first.headers["cache-control"] == "no-cache"
    again = site.client.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content


def test_styles_and_script_carry_their_hash_and_are_kept_forever(site: Site) -> None:
    page = parse(site.client.get("/").text)
    urls = [page.one("link", rel="stylesheet").attrs["href"], page.all("script")[1].attrs["src"]]
    for url in urls:
        response = site.client.get(url)
        assert response.status_code == 200 and "immutable" in response.headers["cache-control"]
    assert site.client.get("/static/pufa.000000000000.css").status_code == 404


PAYLOADS = (
    "<script>alert(1)</script>补助",
    '"><img src=x onerror=alert(1)>补助',
    "'-alert(1)-'补助",
    "</textarea><svg onload=alert(1)>补助",
    "{{7*7}}补助",
    "javascript:alert(1)补助",
)


def assert_only_text(page: Node, calm: Node) -> None:
    """No tag that the calm page lacks, and no handler anywhere."""
    for tag in ("script", "img", "svg", "iframe"):
        assert len(page.all(tag)) == len(calm.all(tag))
    assert [name for node in page.walk() for name in node.attrs if name.startswith("on")] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_question_is_text_on_the_answers_page(site: Site, payload: str) -> None:
    page = ask(site, payload)
    assert_only_text(page, ask(site, "补助"))
    assert payload in page.one("p", class_="bubble").text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_question_is_text_where_it_is_kept(site: Site, payload: str) -> None:
    page = ask(site, payload * 40)
    assert_only_text(page, ask(site, "补助" * 200))
    assert page.one("textarea").text == payload * 40


def test_hostile_knowledge_is_text_too(site: Site) -> None:
    evil = '<script src="//evil.example/x.js"></script>'
    site.library.entries["evil"] = an_entry("evil", evil)
    for path in ("/", "/topics/dibao", "/entries/evil"):
        page = parse(site.client.get(path).text)
        assert evil in page.text
        assert all("evil" not in script.attrs.get("src", "") for script in page.all("script"))


@pytest.mark.parametrize("word", SCRIPTS)
def test_the_ai_label_is_in_every_card_and_beside_the_composer(site: Site, word: str) -> None:
    page = ask(site, word)
    assert card(page).one("span", class_="chip").text in ("程序摘录", "AI生成")
    assert "仅供参考" in card(page).text
    assert "智能检索，内容摘自政策资料" in page.one("form", id="composer").text


def test_nothing_of_a_question_is_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site.assistant.error = ValueError("canary-秘密")
    with caplog.at_level("DEBUG"):
        site.client.post("/", data={"question": "canary-秘密"})
        site.client.post("/api/chat", json={"question": "canary-秘密"})
    assert "ValueError" in caplog.text and "incident" in caplog.text
    assert "canary" not in caplog.text


def test_the_app_can_be_stopped_and_started_again() -> None:
    app = a_site().app
    for _ in range(2):
        with TestClient(app) as client:
            assert client.post("/api/chat", json={"question": "补助"}).status_code == 200
