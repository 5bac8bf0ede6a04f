"""Files at fixed addresses, and the page for opinions."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from tests.integration.web_page import parse
from tests.integration.web_site import Site, a_site


@pytest.fixture
def site() -> Site:
    return a_site()


def test_the_manifest_names_the_assistant_of_the_town(site: Site) -> None:
    response = site.client.get("/manifest.webmanifest")
    manifest = response.json()
    assert response.headers["content-type"].startswith("application/manifest+json")
    assert (manifest["name"], manifest["short_name"]) == (site.town.assistant_name, site.town.short_name)
    icon = site.client.get(manifest["icons"][0]["src"])
    assert icon.headers["content-type"] == "image/svg+xml" and "<svg" in icon.text
    page = parse(site.client.get("/").text)
    assert page.one("link", rel="manifest").attrs["href"] == "/manifest.webmanifest"


def test_the_worker_keeps_this_releases_files_and_changes_with_them(site: Site) -> None:
    response = site.client.get("/sw.js")
    css = parse(site.client.get("/").text).one("link", rel="stylesheet").attrs["href"]
    assert f"'{css}'" in response.text and "VERSION" not in response.text and "'JS'" not in response.text
    assert response.headers["cache-control"] == "no-cache"


def test_robots_keep_out_of_what_belongs_to_one_person(site: Site) -> None:
    text = site.client.get("/robots.txt").text
    for path in ("/a/", "/answers/", "/api/", "/handover"):
        assert f"Disallow: {path}\n" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_the_sitemap_lists_pages_that_are_there_and_nothing_private(site: Site) -> None:
    site.client.post("/", data={"question": "补助"})
    root = ElementTree.fromstring(site.client.get("/sitemap.xml").text)
    paths = [
        (node.text or "").removeprefix("http://testserver")
        for node in root.iter()
        if node.tag.endswith("loc")
    ]
    assert {"/", "/topics/dibao", "/entries/buzhu", "/score"} <= set(paths)
    assert [path for path in paths if site.client.get(path).status_code != 200] == []
    assert not [path for path in paths if path.startswith(("/a/", "/answers/"))]


def test_an_opinion_is_masked_and_gets_a_number(site: Site) -> None:
    form = parse(site.client.get("/feedback").text).one("form", class_="lookup")
    response = site.client.post(form.attrs["action"], data={"words": "字太小了，我的号13"})
    assert "取件号：100000" in response.text
    assert site.store.handed_over["100000"][0] == "意见反馈：字太小了，我的号〔号码〕"


@pytest.mark.parametrize("words", ["", "   ", "救命"])
def test_nothing_and_words_of_danger_are_not_kept(site: Site, words: str) -> None:
    response = site.client.post("/opinion", data={"words": words})
    assert response.status_code == 422 and site.store.handed_over == {}
    assert ("110" in parse(response.text).one("form", class_="lookup").text) is (words == "救命")


def test_words_are_kept_in_the_box_when_the_store_is_down(site: Site) -> None:
    site.store.down = True
    page = parse(site.client.post("/opinion", data={"words": "字太小了"}).text)
    assert page.one("textarea").text == "字太小了"
