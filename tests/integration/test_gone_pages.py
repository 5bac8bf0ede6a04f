"""A page that was there once says what became of it, and shows nothing of its text."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from knowledge.database.desk_values import Succession
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.types import Gone, How, Period
from tests.staff_site import ORIGIN, StaffSite, a_staff_site, a_text

ON = date(2026, 11, 22)
DAY = timedelta(days=1)


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    return a_staff_site(tmp_path)


def deed(site: StaffSite) -> Deed:
    return Deed("fu", "step", "gonggao", site.clock())


def publish(site: StaffSite, name: str = "gonggao", version: str = "v1", **more: object) -> None:
    site.store(a_text(name, version, **more), VersionState.IN_REVIEW)  # type: ignore[arg-type]
    site.desk.shelf.publish(name, version, deed(site), ON, two_person=True)


def test_a_withdrawn_text_says_so_without_its_title(site: StaffSite) -> None:
    publish(site)
    assert site.truth.gone("gonggao", ON) is None
    site.desk.shelf.withdraw("gonggao", deed(site))
    assert site.truth.gone("gonggao", ON) == Gone(How.WITHDRAWN, ON)


def test_an_expired_text_says_since_when(site: StaffSite) -> None:
    publish(site, period=Period(None, ON))
    assert site.truth.gone("gonggao", ON - DAY) is None
    assert site.truth.gone("gonggao", ON) == Gone(How.EXPIRED, ON, "关于修路的公告")


def test_a_followed_text_names_what_took_over_while_that_is_in_force(site: StaffSite) -> None:
    publish(site, period=Period(date(2020, 1, 1)))
    site.desk.shelf.plan_succession(Succession("gonggao", "new-rule", ON + DAY), deed(site))
    publish(site, "new-rule", title="新公告", period=Period(ON + DAY))
    assert site.truth.gone("gonggao", ON) is None, "still in force"
    assert site.truth.gone("gonggao", ON + DAY) == Gone(How.REPLACED, ON + DAY, "关于修路的公告", ("new-rule", "新公告"))
    site.desk.shelf.withdraw("new-rule", deed(site))
    assert site.truth.gone("gonggao", ON + DAY) == Gone(How.EXPIRED, ON + DAY, "关于修路的公告")


def test_what_never_was_and_what_is_only_to_come_have_no_page(site: StaffSite) -> None:
    site.store(a_text())
    publish(site, "later", period=Period(ON + DAY))
    assert [site.truth.gone(name, ON) for name in ("gonggao", "later", "nothing")] == [None, None, None]


@pytest.mark.parametrize("path", ["/documents/old-rule", "/entries/old-rule", "/cards/old-rule"])
def test_every_address_that_a_poster_may_carry_says_it(site: StaffSite, path: str) -> None:
    services = site.app.state.services
    found = Gone(How.REPLACED, ON, "旧办法", ("new-rule", "新办法"))
    services.library.gone = lambda name, on: found if name == "old-rule" else None
    public = TestClient(site.app, base_url=ORIGIN, follow_redirects=False)
    page = public.get(path)
    assert page.status_code == 410 and page.headers["x-robots-tag"] == "noindex"
    assert "旧办法" in page.text and "这一份从2026年11月22日起不用了" in page.text
    assert 'href="/documents/new-rule">新办法' in page.text
    assert public.get(path.replace("old-rule", "never-was")).status_code == 404
