"""办事卡 pages: fields from the entry, gaps said, a link from the answer; too little for a card leads to the entry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.types import AnswerStatus
from knowledge.types import PartKind
from tests.builders import BODY, entry_text
from tests.command_line import installation
from tests.fakes import SCRIPTS, FakeEntry, FakeLine, FakePart, a_block, a_citation, an_answer, an_entry
from tests.integration.web_page import parse
from tests.integration.web_site import Site, a_site


def a_service(slug: str = "buzhu-how") -> FakeEntry:
    plain = an_entry(slug, "补助怎么申请？")
    more = (
        FakePart(PartKind.WHERE, (FakeLine("户口所在的镇。", (1,)),)),
        FakePart(PartKind.MATERIALS, tuple(FakeLine(f"第{number}样材料。", (1,)) for number in range(1, 10))),
    )
    return FakeEntry(
        plain.id, plain.question, plain.topic, (*plain.parts, *more), plain.sources, related=plain.related
    )


@pytest.fixture
def site() -> Site:
    made = a_site()
    made.library.entries["buzhu-how"] = a_service()
    return made


def test_the_sheet_has_every_field_in_order_and_says_what_is_not_held(site: Site) -> None:
    response = site.client.get("/cards/buzhu-how")
    sheet = parse(response.text).one("article", class_="sheet")
    names = [node.text for node in sheet.all("dt")]
    assert names == ["怎么回事", "谁能办", "去哪里", "带什么", "多久", "费用", "电话", "依据"]
    absent = [node for node in sheet.all("div") if node.attrs.get("class") == "absent"]
    assert [node.all("dt")[0].text for node in absent] == ["多久", "费用"]
    assert {node.all("dd")[0].text for node in absent} == {"以窗口答复为准"}
    assert "第9样材料" not in sheet.text and "第5样材料" in sheet.text


def test_phones_and_basis_come_from_the_records(site: Site) -> None:
    sheet = parse(site.client.get("/cards/buzhu-how").text).one("article", class_="sheet")
    assert [link.attrs["href"] for link in sheet.all("a")] == ["tel:12345"]
    assert "《某项补助办法》（例〔2026〕7号）第5条" in sheet.text
    assert "http://testserver/cards/buzhu-how" in sheet.text
    assert "镇里还没有审核" in sheet.text


def test_the_sheet_has_its_own_small_stylesheet(site: Site) -> None:
    page = parse(site.client.get("/cards/buzhu-how").text)
    links = [link.attrs["href"] for link in page.all("link", rel="stylesheet")]
    assert len(links) == 2
    style = site.client.get(links[1])
    assert style.status_code == 200 and "@page" in style.text


def test_too_little_for_a_card_leads_to_the_entry(site: Site) -> None:
    response = site.client.get("/cards/buzhu")
    assert (response.status_code, response.headers["location"]) == (303, "/entries/buzhu")


@pytest.mark.parametrize("slug", ["none", "-x", "a b"])
def test_no_entry_no_card(site: Site, slug: str) -> None:
    assert site.client.get(f"/cards/{slug}").status_code == 404


def test_an_entry_and_an_answer_lead_to_their_card(site: Site) -> None:
    assert 'href="/cards/buzhu-how"' in site.client.get("/entries/buzhu-how").text
    assert 'href="/cards/' not in site.client.get("/entries/buzhu").text
    answer = an_answer(AnswerStatus.ANSWERED, blocks=(a_block(),), citations=(a_citation(),))
    site.assistant.scripts = {"申请": replace(answer, card="buzhu-how"), **SCRIPTS}
    page = site.client.post("/", data={"question": "补助怎么申请"}, follow_redirects=True)
    assert 'href="/cards/buzhu-how"' in page.text
    told = site.client.post("/api/chat", json={"question": "补助怎么申请"}).json()
    assert told["shown"]["card"] == "/cards/buzhu-how"



def test_the_checker_counts_cards_and_names_their_gaps(tmp_path: Path) -> None:
    place = installation(tmp_path, entry_text(body=BODY + "\n## 去哪里\n- 便民窗口。〔a〕\n"), entry_text("buzhu-what"))
    done = place.pufa("check", "--cards")
    assert done.code == 0, done.err
    assert done.out.splitlines() == [
        "buzhu-who  有依据 3 项  缺：带什么、多久、费用",
        "办事卡 1 张，缺的项共 3 处（卡上写“以窗口答复为准”）。",
    ]
