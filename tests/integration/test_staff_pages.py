"""The desk's frame: menu by role, first page, headers, failures worded as desk pages, tokens on every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.database.staff_values import Deed, Switch, SwitchName
from tests.integration.web_page import parse
from tests.staff_site import ORIGIN, StaffSite, a_staff_site, a_text
from web.kiosk_pairs import KioskPairs
from web.pages.staff import AREAS
from web.staff.deeds import ABOUT_DOCUMENTS, WORDS
from web.standing import Stand, Standing

PAGES = ("", "/documents", "/documents/gonggao", "/documents/gonggao/versions/v1", "/switches", "/log", "/password")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> StaffSite:
    made = a_staff_site(tmp_path_factory.mktemp("desk"))
    made.store(a_text())
    return made


@pytest.mark.parametrize("path", PAGES)
def test_every_form_that_changes_something_carries_the_token(site: StaffSite, path: str) -> None:
    page = parse(site.browser("guan").get(f"/staff{path}").text)
    forms = [form for form in page.all("form") if form.attrs.get("method") == "post"]
    assert forms and all(len(form.all("input", name="csrf")) == 1 for form in forms)


@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_kept_framed_or_found(site: StaffSite, path: str) -> None:
    headers = site.browser("guan").get(f"/staff{path}").headers
    assert headers["cache-control"] == "no-store"
    assert headers["x-robots-tag"].startswith("noindex")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_menu_shows_what_the_role_may_see(site: StaffSite) -> None:
    def menu(who: str) -> set[str]:
        page = parse(site.browser(who).get("/staff").text)
        return {link.text for link in page.one("nav").all("a")}

    assert {"首页", "文件", "开关和通知", "记录"} <= menu("bian")
    assert "账号" not in menu("bian") | menu("fu") and "账号" in menu("guan")


def test_the_first_page_lists_what_the_town_must_supply_and_what_waits(site: StaffSite) -> None:
    page = parse(site.browser("bian").get("/staff").text)
    assert "试拨通不通" in page.text and "要镇里补的" in page.text
    assert "1 份草稿" in page.text


def test_an_area_that_cannot_count_does_not_take_the_first_page_with_it(site: StaffSite) -> None:
    def broken(desk: object) -> tuple[()]:
        raise ValueError("no")

    held = site.app.state.desk_counts
    site.app.state.desk_counts = (broken, *held)
    try:
        assert site.browser("bian").get("/staff").status_code == 200
    finally:
        site.app.state.desk_counts = held


def test_a_failure_is_a_desk_page_with_a_number_and_no_inner_words(tmp_path: Path) -> None:
    site = a_staff_site(tmp_path)
    browser = site.browser("bian")

    class Broken:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError("secret words of the database")

    object.__setattr__(site.desk, "shelf", Broken())
    answer = browser.get("/staff/documents")
    assert answer.status_code == 500
    assert "出错编号" in answer.text and "secret words" not in answer.text


def test_names_that_nothing_has_are_a_desk_page(site: StaffSite) -> None:
    browser = site.browser("bian")
    for path in ("/documents/none", "/documents/gonggao/versions/none", "/documents/none/withdraw"):
        answer = browser.get(f"/staff{path}")
        assert answer.status_code == 404 and "没有这一页" in answer.text


def test_what_clerks_write_is_text_and_nothing_else(site: StaffSite) -> None:
    attack = "<script>alert(1)</script>"
    site.store(a_text("attack", title=attack, texts=(attack,)))
    browser = site.browser("bian")
    for path in ("/staff/documents", "/staff/documents/attack", "/staff/documents/attack/versions/v1"):
        assert attack not in browser.get(path).text
    assert attack not in browser.get(f"/staff/log?subject={attack}").text


def test_every_action_of_the_core_has_words() -> None:
    assert ABOUT_DOCUMENTS <= WORDS.keys()
    assert len(AREAS) == len({area.__name__ for area in AREAS})


def test_without_a_desk_there_is_no_staff_page() -> None:
    from tests.integration.web_site import a_site

    assert a_site().client.get("/staff/login").status_code == 404


def test_switches_that_cannot_be_read_stay_as_they_were() -> None:
    class Source:
        broken = False

        def switches(self) -> dict[object, object]:
            if self.broken:
                raise OSError("database gone")
            return {}

        def notices(self) -> list[object]:
            return []

    source = Source()
    standing = Standing(source, lambda: None)  # type: ignore[arg-type, return-value]
    standing.refresh()
    source.broken = True
    standing.refresh()
    assert standing.now() == Stand()


def test_kiosks_that_cannot_be_read_hold_no_switch_up() -> None:
    class Kiosks:
        def pairings(self) -> list[object]:
            raise OSError("table gone")

        events = pairings

    class Source:
        def switches(self) -> dict[SwitchName, Switch]:
            return {SwitchName.MODEL: Switch(SwitchName.MODEL, off=True)}

        def notices(self) -> list[object]:
            return []

    standing = Standing(Source(), lambda: None, KioskPairs(Kiosks()))  # type: ignore[arg-type, return-value]
    standing.refresh()
    assert standing.now() == Stand(model=False)


def test_the_origin_of_the_public_address_is_right_too(tmp_path: Path) -> None:
    site = a_staff_site(tmp_path, public_url="https://pufa.example")
    browser = site.browser("fu")
    browser.get("/staff/switches")
    fields = {"csrf": browser.token, "to": "off", "why": "试"}
    for origin in (ORIGIN, "https://pufa.example"):
        answer = browser.client.post("/staff/switches/model", data=fields, headers={"origin": origin})
        assert answer.status_code == 303


def test_the_log_names_what_was_done_by_its_name_not_by_its_number(site: StaffSite) -> None:
    number = "9f" * 16
    site.desk.records.log(Deed("guan", "bring_parcel", number, site.clock(), "", {"name": "资料.zip"}))
    page = site.browser("fu").get("/staff/log").text
    assert page.count("资料.zip") == 1 and number not in page


def test_a_version_is_read_before_it_is_decided(site: StaffSite) -> None:
    page = site.browser("fu").get("/staff/documents/gonggao/versions/v1").text
    assert page.index("修路从6月开始") < page.index('id="decide"') < page.index('name="why"')
    assert 'href="#decide"' in page
