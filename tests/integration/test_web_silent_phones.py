"""A phone that a clerk rang in vain is said so wherever it stands: pages, print, kiosk, JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.fakes import an_entry
from tests.integration.test_cards_pages import a_service
from tests.integration.web_page import parse
from tests.integration.web_site import Site, a_site

SAID = "11月20日打过，没打通，请改打12345"
LATER = "11月21日打过，没打通，过后再打"


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    made = a_site(town={"silent": {"12348": SAID, "12349": SAID, "12345": LATER}})
    made.library.entries |= {
        slug: replace(entry, hotlines=("12345", "12333"))
        for slug, entry in {"buzhu": an_entry(), "buzhu-how": a_service()}.items()
    }
    with made.client:
        yield made


@pytest.mark.parametrize("path", ["/hotlines", "/kiosk", "/kiosk/phones", "/offline"])
def test_it_stands_beside_the_number_on_pages(site: Site, path: str) -> None:
    page = site.client.get(path).text
    line = next(row for row in page.split("<li") if "12348" in row)
    assert SAID in line.split("</li>")[0]


@pytest.mark.parametrize("path", ["/entries/buzhu", "/cards/buzhu-how", "/kiosk/entries/buzhu"])
def test_it_stands_beside_the_number_on_cards_and_the_other_number_first(site: Site, path: str) -> None:
    before, said, _ = parse(site.client.get(path).text).text.partition(LATER)
    assert said and before.rindex("12333") < before.rindex("12345")


def test_programs_read_it_in_place_of_the_hours(site: Site) -> None:
    lines = {line["number"]: line["hours"] for line in site.client.get("/api/hotlines").json()["hotlines"]}
    assert lines["12348"] == lines["12349"] == SAID and lines["12333"] == ""
