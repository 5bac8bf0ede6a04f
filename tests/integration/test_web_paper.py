"""What is printed and hung up: the poster, the 80 mm slips, QR codes as pictures; and the pages beside them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.types import AnswerStatus, BlockKind
from tests.fakes import NOW, a_block, a_citation, an_answer, full_answer
from tests.integration.web_page import Node, parse
from tests.integration.web_site import Site, a_site
from web.poster import only_here
from web.slip import MOST_LINES

PUBLIC = "https://pufa.example.test"


@pytest.fixture
def site() -> Site:
    return a_site(public_url=PUBLIC)


def page_of(site: Site, path: str) -> Node:
    response = site.client.get(path)
    assert response.status_code == 200
    return parse(response.text)


def code_of(page: Node) -> str:
    return page.one("svg", class_="qr").attrs["aria-label"]


# --- poster -----------------------------------------------------------------------------------------------


def test_the_poster_carries_the_public_address_topics_questions_and_phones(site: Site) -> None:
    sheet = page_of(site, "/poster").one("article", class_="poster")
    assert code_of(sheet).endswith(f"{PUBLIC}/")
    for word in (site.town.assistant_name, f"{PUBLIC}/", "低保、救助", "哪些人可以领补助？", "12348", "110"):
        assert word in sheet.text
    assert "也可能答错" in sheet.text and site.town.operator in sheet.text


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("http://127.0.0.1:8000/", True),
        ("http://localhost:8000/", True),
        ("http://[::1]:8000/", True),
        ("http://192.168.1.5:8000/", False),
        ("https://pufa.example.test/", False),
    ],
)
def test_an_address_of_this_machine_alone_is_noticed(address: str, local: bool) -> None:
    assert only_here(address) is local


def test_a_poster_that_nobody_could_scan_says_so_before_it_is_printed(site: Site) -> None:
    assert "PUFA_PUBLIC_URL" not in page_of(site, "/poster").text
    at_home = a_site(public_url="http://127.0.0.1:8000")
    warning = page_of(at_home, "/poster").one("p", class_="missing")
    assert "PUFA_PUBLIC_URL" in warning.text and "screen-only" in warning.attrs["class"]


def test_with_the_library_down_the_poster_has_its_code_and_phones(site: Site) -> None:
    site.library.down = True
    sheet = page_of(site, "/poster").one("article", class_="poster")
    assert f"{PUBLIC}/" in code_of(sheet) and "12345" in sheet.text


# --- slips ------------------------------------------------------------------------------------------------


def test_a_ready_question_on_a_slip(site: Site) -> None:
    paper = page_of(site, "/entries/buzhu/slip").one("article", class_="slip")
    assert paper.one("h1").text == "哪些人可以领补助？"
    for word in ("年满80岁、户口在本县的，可以领。", "先到窗口填表。", "12345", "程序摘录", "2026年11月22日"):
        assert word in paper.text
    assert "《某项补助办法》 例〔2026〕7号 某部门 2026年9月1日起施行 第5条" in paper.text
    assert "本回答由程序从政策资料中摘录" in paper.text
    assert code_of(paper).endswith(f"{PUBLIC}/entries/buzhu")


def test_a_typed_question_is_not_on_the_slip(site: Site) -> None:
    token = site.store.share(full_answer(), "", NOW)
    response = site.client.get(f"/answers/{token}/slip")
    assert response.headers["cache-control"] == "no-store" and response.headers["x-robots-tag"] == "noindex"
    paper = parse(response.text).one("article", class_="slip")
    assert "80岁老人有没有补助" not in response.text and paper.one("h1", class_="unseen").text == "小票"
    assert "可以领，年满80岁就能申请。" in paper.text
    assert code_of(paper).endswith(f"{PUBLIC}/answers/{token}")


def test_a_slip_has_whole_blocks_and_never_too_many_lines(site: Site) -> None:
    many = "\n".join(f"第{number}步。" for number in range(MOST_LINES))
    long = an_answer(
        blocks=(a_block(), a_block(text=many, marks=((1,),) * MOST_LINES)), citations=(a_citation(),)
    )
    steps = replace(long.blocks[1], kind=full_answer().blocks[4].kind)
    where = full_answer().blocks[5]
    token = site.store.share(replace(long, blocks=(long.blocks[0], steps, where)), "", NOW)
    paper = page_of(site, f"/answers/{token}/slip").one("article", class_="slip")
    assert "第13步。" in paper.text and "户口所在的镇" not in paper.text


def test_what_is_gone_has_no_slip(site: Site) -> None:
    old = site.store.share(full_answer(), "", NOW - timedelta(days=31))
    for path in (f"/answers/{old}/slip", "/answers/unknown/slip", "/entries/unknown/slip", "/entries/..%2Fx/slip"):
        response = site.client.get(path)
        assert response.status_code == 404 and "没有这个页面" in response.text


# --- QR codes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/qr.svg", "/entries/buzhu/qr.svg", "/cards/buzhu/qr.svg", "/answers/abc_-1/qr.svg"])
def test_a_code_is_a_picture_of_its_own_address(site: Site, path: str) -> None:
    response = site.client.get(path)
    assert response.headers["content-type"] == "image/svg+xml"
    page = path.removesuffix("qr.svg").rstrip("/") or "/"
    assert response.text.startswith("<svg ") and 'xmlns="http://www.w3.org/2000/svg"' in response.text
    assert f"网址 {PUBLIC}{page}\"" in response.text


def test_a_code_is_made_for_names_only(site: Site) -> None:
    assert site.client.get("/entries/a b<c>/qr.svg").status_code == 404


def test_the_shared_page_shows_its_code(site: Site) -> None:
    token = site.store.share(full_answer(), "", NOW)
    page = page_of(site, f"/answers/{token}")
    assert code_of(page.one("div", class_="own")).endswith(f"{PUBLIC}/answers/{token}")


# --- beside them ------------------------------------------------------------------------------------------


def test_how_to_dictate_has_three_drawn_steps_and_is_linked_from_the_start(site: Site) -> None:
    assert [a.text for a in page_of(site, "/").all("a", href="/dictation")] == ["怎么说话输入"]
    page = page_of(site, "/dictation")
    steps = page.one("ol", class_="drawn")
    assert len(steps.all("svg")) == len(steps.all("li")) == 3 and "重庆话" in page.text


def test_the_page_for_no_network_has_the_phones_and_topics(site: Site) -> None:
    page = page_of(site, "/offline")
    assert "没有网络" in page.one("h1").text and page.all("a", href="tel:110")
    assert page.all("a", href="/topics/dibao") and page.all("textarea") == []


def test_the_ai_page_says_where_listening_is_missing(site: Site) -> None:
    assert "微信里、有的老手机上没有" in page_of(site, "/about").text


def test_a_partial_answer_says_on_paper_what_is_missing(site: Site) -> None:
    partial = an_answer(
        AnswerStatus.PARTIAL,
        blocks=(a_block(),),
        citations=(a_citation(),),
        sentence="这一部分我没查到依据：补发。这个要问窗口，或者打12345。",
    )
    token = site.store.share(partial, "", NOW)
    assert "没查到依据：补发" in page_of(site, f"/answers/{token}/slip").text


def test_a_slip_says_nothing_twice(site: Site) -> None:
    twice = an_answer(
        blocks=(a_block(), a_block(BlockKind.STEPS, "可以领，年满80岁就能申请。\n先到窗口填表。", ((1,), (1,)))),
        citations=(a_citation(),),
    )
    token = site.store.share(twice, "", NOW)
    paper = page_of(site, f"/answers/{token}/slip").one("article", class_="slip")
    assert paper.text.count("可以领，年满80岁就能申请。") == 1 and "先到窗口填表。" in paper.text
