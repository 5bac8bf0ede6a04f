"""The calculators as plain forms: every form becomes a question its calculator reads, and every fault a sentence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.calculators.reading import read
from bot.calculators.words import load_words
from tests.fakes import ON
from tests.integration.web_page import parse
from tests.integration.web_site import Site, a_site
from web.forms import FORMS, MINOR, STEPS, WrongField, checked

LEXICON = Path(__file__).resolve().parents[2] / "knowledge" / "lexicon" / "calculators.yaml"
WORDS = load_words(LEXICON)
CALCULATORS = {
    "retirement": "retirement",
    "pension": "pension",
    "dibao": "dibao",
    "reimbursement": "stay",
    "deadlines": "deadline",
}
FILLED: dict[str, list[dict[str, str]]] = {
    "retirement": [
        {"kind": kind, "year": "1972", "month": "3"} for kind in ("男职工", "女工人", "女干部或管理技术岗")
    ],
    "pension": [
        {"account": "8000"},
        {"account": "8,000.50", "yearly": "500", "years": "20", "age": "66"},
        {"yearly": "200", "years": "15"},
    ],
    "dibao": [
        {"area": "农村户口", "people": "3"},
        {"area": "城镇户口", "people": "１", "wage": "1000.5", "business": "200", "pension": "150", "support": "300"},
    ],
    "reimbursement": [
        {"level": level, "tier": tier, "total": "2000.55", "outside": "300", "first": "50", "minor": minor}
        for level in ("一级医院", "二级医院", "三级医院")
        for tier, minor in (("一档", MINOR), ("二档", ""))
    ],
    "deadlines": [{"step": step, "day": "2026-10-31"} for step in STEPS],
}
CASES = [(slug, typed) for slug, rows in FILLED.items() for typed in rows]


@pytest.fixture
def site() -> Site:
    return a_site()


@pytest.mark.parametrize(("slug", "typed"), CASES)
def test_a_filled_form_becomes_a_question_with_nothing_left_to_ask(slug: str, typed: dict[str, str]) -> None:
    question = FORMS[slug].question(checked(FORMS[slug], typed, ON))
    reading = read(question, ON, WORDS)
    assert reading is not None, question
    assert reading.calculator == CALCULATORS[slug]
    assert reading.asking is None, question


def test_each_step_with_a_deadline_is_read_as_itself() -> None:
    found = {read(text.format(day="2026年10月31日"), ON, WORDS).request.procedure for text in STEPS.values()}  # type: ignore[union-attr]
    assert len(found) == len(STEPS)


def test_every_sum_that_was_filled_in_is_read() -> None:
    typed = FILLED["reimbursement"][0]
    request = read(FORMS["reimbursement"].question(checked(FORMS["reimbursement"], typed, ON)), ON, WORDS)
    assert request is not None
    sums = request.request
    assert [str(getattr(sums, name)) for name in ("total", "outside", "self_first")] == ["2000.55", "300", "50"]
    assert (sums.levels, sums.tiers, sums.minor) == ((1,), (1,), True)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("slug", "typed", "rule"),
    [
        ("retirement", {}, "needed"),
        ("retirement", {"kind": "神仙", "year": "1972", "month": "3"}, "needed"),
        ("retirement", {"kind": "女工人", "year": "七二", "month": "3"}, "number"),
        ("retirement", {"kind": "女工人", "year": "1972.5", "month": "3"}, "whole"),
        ("retirement", {"kind": "女工人", "year": "2027", "month": "3"}, "range"),
        ("retirement", {"kind": "女工人", "year": "1899", "month": "3"}, "range"),
        ("pension", {}, "needed"),
        ("pension", {"account": "-5"}, "range"),
        ("pension", {"account": "NaN"}, "number"),
        ("pension", {"account": "1e30"}, "range"),
        ("dibao", {"area": "农村户口", "people": "0"}, "range"),
        ("deadlines", {"step": "申报工伤", "day": "2026-13-01"}, "day"),
        ("deadlines", {"step": "申报工伤", "day": "2026-11-23"}, "day"),
    ],
)
def test_a_wrong_field_is_named(slug: str, typed: dict[str, str], rule: str) -> None:
    with pytest.raises(WrongField) as fault:
        checked(FORMS[slug], typed, date(2026, 11, 22))
    assert fault.value.rule == rule
    assert fault.value.label in {field.label for field in FORMS[slug].fields}


@pytest.mark.parametrize("slug", FORMS)
def test_a_form_page_is_whole_and_labels_every_field(site: Site, slug: str) -> None:
    response = site.client.get(f"/calculate/{slug}")
    page = parse(response.text)
    assert response.status_code == 200
    form = page.one("form", class_="calculator")
    assert (form.attrs["method"], form.attrs["action"]) == ("post", f"/calculate/{slug}")
    fields = [node for node in form.walk() if node.tag in ("input", "select")]
    assert len(fields) == len(FORMS[slug].fields)
    labelled = {label.attrs["for"] for label in form.all("label")}
    assert {node.attrs["id"] for node in fields} == labelled


def test_the_list_leads_to_every_form(site: Site) -> None:
    links = {link.attrs["href"] for link in parse(site.client.get("/calculate").text).one("main").all("a")}
    assert links == {f"/calculate/{slug}" for slug in FORMS}
    assert site.client.get("/calculate/none").status_code == 404


@pytest.mark.parametrize("slug", FORMS)
def test_a_sent_form_is_answered_like_a_question(site: Site, slug: str) -> None:
    response = site.client.post(f"/calculate/{slug}", data=FILLED[slug][0])
    assert response.status_code == 303
    assert response.headers["location"].startswith("/a/")
    asked = site.assistant.questions[-1]
    assert asked.text == FORMS[slug].question(checked(FORMS[slug], FILLED[slug][0], ON))
    page = site.client.get(response.headers["location"])
    assert page.headers["cache-control"] == "no-store"


def test_a_wrong_form_comes_back_with_what_was_typed(site: Site) -> None:
    response = site.client.post("/calculate/dibao", data={"area": "农村户口", "people": "四口", "wage": "<b>1"})
    page = parse(response.text)
    assert response.status_code == 422
    assert response.headers["cache-control"] == "no-store"
    assert page.one("p", class_="alert").text == "“一家几口人”要填数字，请再看一下。"
    assert page.one("input", id="f-people").attrs["value"] == "四口"
    assert page.one("input", id="f-people").attrs["aria-invalid"] == "true"
    assert page.one("input", id="f-wage").attrs["value"] == "<b>1"
    assert page.one("option", selected="").attrs["value"] == "农村户口"
    assert site.assistant.questions == []


def test_a_foreign_page_may_not_send_the_form(site: Site) -> None:
    response = site.client.post(
        "/calculate/pension", data={"account": "8000"}, headers={"origin": "https://evil.example"}
    )
    assert response.status_code == 403
    assert site.assistant.questions == []


def test_the_rate_of_questions_counts_for_forms_too() -> None:
    site = a_site(service_per_minute=2)
    codes = [site.client.post("/calculate/pension", data={"account": "8000"}).status_code for _ in range(3)]
    assert codes == [303, 303, 429]
