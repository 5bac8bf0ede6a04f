"""A document at the desk: handed in, published by another person, replaced, followed, withdrawn, brought back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from knowledge.database.desk_values import VersionRow
from knowledge.database.engine import writing
from knowledge.database.states import VersionState
from knowledge.types import Period
from tests.fakes import NOW
from tests.integration.web_page import parse
from tests.staff_site import StaffSite, a_staff_site, a_text

ONE = "/staff/documents/gonggao/versions/v1"
TWO = "/staff/documents/gonggao/versions/v2"


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    return a_staff_site(tmp_path)


def published(site: StaffSite) -> dict[str, str]:
    return {item.document_id: item.version for item in site.truth.published()}


def hand_in(site: StaffSite, path: str = ONE) -> None:
    editor = site.browser("bian")
    editor.get(path)
    assert editor.post(f"{path}/submit").status_code == 303


def publish(site: StaffSite, path: str = ONE, who: str = "fu") -> int:
    reviewer = site.browser(who)
    reviewer.get(path)
    return reviewer.post(f"{path}/publish").status_code


def live(site: StaffSite, version: str = "v1", **more: object) -> None:
    """A version of gonggao, published the regular way."""
    site.store(a_text(version=version, **more))  # type: ignore[arg-type]
    path = f"/staff/documents/gonggao/versions/{version}"
    hand_in(site, path)
    assert publish(site, path) == 303


def test_an_editor_hands_in_and_a_reviewer_publishes(site: StaffSite) -> None:
    site.store(a_text())
    hand_in(site)
    assert published(site) == {}
    assert publish(site) == 303
    assert published(site) == {"gonggao": "v1"}
    page = parse(site.browser("bian").get(ONE).text)
    said = " ".join(item.text for item in page.all("li"))
    assert "张编辑 初审，送复审" in said.replace("\u3000", " ")
    assert "李复审 复审，发布" in said.replace("\u3000", " ")
    held = site.truth.version("gonggao", "v1")
    assert held is not None and (held.reviewed_by, held.reviewed_on) == ("fu", date(2026, 11, 22))


def test_nobody_publishes_what_they_wrote_or_handed_in(site: StaffSite) -> None:
    site.store(a_text(by="fu"))
    hand_in(site)
    assert publish(site, who="fu") == 409
    site.store(a_text("other", by="bian"))
    reviewer = site.browser("fu")
    reviewer.get("/staff/documents/other/versions/v1")
    assert reviewer.post("/staff/documents/other/versions/v1/submit").status_code == 303
    assert publish(site, "/staff/documents/other/versions/v1", "fu") == 409
    assert published(site) == {}
    assert publish(site, "/staff/documents/other/versions/v1", "guan") == 303


def test_a_draft_is_not_published_before_it_was_handed_in(site: StaffSite) -> None:
    site.store(a_text())
    assert publish(site, who="guan") == 409
    assert "送复审" in site.browser("bian").get(ONE).text


def test_one_person_is_enough_where_the_town_says_so(tmp_path: Path) -> None:
    site = a_staff_site(tmp_path, two_person="off")
    site.store(a_text())
    assert publish(site, who="bian") == 303
    assert published(site) == {"gonggao": "v1"}


def test_sending_back_needs_a_reason_and_gives_the_draft_to_its_writer(site: StaffSite) -> None:
    site.store(a_text())
    hand_in(site)
    reviewer = site.browser("fu")
    reviewer.get(ONE)
    refused = reviewer.post(f"{ONE}/send-back")
    assert refused.status_code == 422 and "请写退回的原因" in refused.text
    assert reviewer.post(f"{ONE}/send-back", why="金额不对").status_code == 303
    assert "退回修改：金额不对" in site.browser("bian").get(ONE).text
    assert publish(site) == 409
    hand_in(site)
    assert publish(site) == 303


def test_a_new_version_takes_the_place_of_the_old_and_the_differences_are_shown_first(site: StaffSite) -> None:
    live(site)
    site.store(a_text(version="v2", texts=("修路从7月开始。",)))
    hand_in(site, TWO)
    page = parse(site.browser("fu").get(TWO).text)
    assert [node.text for node in page.all("del")] == ["修路从6月开始。"]
    assert [node.text for node in page.all("ins")] == ["修路从7月开始。"]
    assert publish(site, TWO) == 303
    assert published(site) == {"gonggao": "v2"}
    rows = {row.version: row.state for row in site.desk.shelf.rows("gonggao")}
    assert rows == {"v1": "replaced", "v2": "published"}


def test_a_version_that_begins_later_may_not_leave_a_gap(site: StaffSite) -> None:
    live(site)
    later = Period(site.clock().date() + timedelta(days=9))
    site.store(a_text(version="v2", period=later))
    hand_in(site, TWO)
    assert publish(site, TWO) == 409
    assert published(site) == {"gonggao": "v1"}


def test_another_document_takes_over_on_its_first_day(site: StaffSite) -> None:
    live(site, period=Period(date(2020, 1, 1)))
    path = "/staff/documents/new-rule/versions/v1"
    site.store(a_text("new-rule", title="新公告", texts=("修路从8月开始。",), period=Period(date(2026, 12, 1))))
    editor = site.browser("bian")
    editor.get(path)
    assert editor.post(f"{path}/follow", old="gonggao").status_code == 303
    assert "《关于修路的公告》从 2026-12-01 起停用" in editor.get(path).text
    hand_in(site, path)
    assert publish(site, path) == 303
    periods = {item.document_id: item.period for item in site.truth.published()}
    assert periods == {
        "gonggao": Period(date(2020, 1, 1), date(2026, 12, 1)),
        "new-rule": Period(date(2026, 12, 1)),
    }
    rows = site.desk.shelf.rows("gonggao")
    assert [(row.version, row.state) for row in rows] == [("v1", "replaced"), ("v2-end", "published")]
    assert [row.shown(date(2026, 11, 30)).value for row in rows] == ["已被替换", "30天内失效"]
    assert rows[1].shown(date(2026, 12, 1)).value == "已被替换"
    assert "接替它的：" in site.browser("bian").get("/staff/documents/gonggao").text


def test_a_document_without_a_first_day_cannot_take_over(site: StaffSite) -> None:
    live(site)
    path = "/staff/documents/new-rule/versions/v1"
    site.store(a_text("new-rule"))
    editor = site.browser("bian")
    editor.get(path)
    refused = editor.post(f"{path}/follow", old="gonggao")
    assert refused.status_code == 422 and "生效日期" in refused.text


def test_withdrawing_takes_one_person_and_a_reason(site: StaffSite) -> None:
    live(site)
    editor, path = site.browser("bian"), "/staff/documents/gonggao/withdraw"
    assert "约 1 分钟内" in editor.get(path).text
    assert editor.post(path, why="  ").status_code == 422
    assert published(site) == {"gonggao": "v1"}
    woken: list[int] = []
    object.__setattr__(site.desk, "wake", lambda: woken.append(1))
    assert editor.post(path, why="文号写错了").status_code == 303
    assert published(site) == {} and woken == [1]
    page = editor.get("/staff/documents").text
    assert "24 小时内可以恢复" in page
    assert editor.get(path).status_code == 404


@pytest.mark.parametrize(("hours", "ends"), [(23.9, 303), (24, 409)])
def test_a_withdrawal_is_undone_within_a_day(site: StaffSite, hours: float, ends: int) -> None:
    live(site)
    editor = site.browser("bian")
    editor.get("/staff/documents/gonggao/withdraw")
    editor.post("/staff/documents/gonggao/withdraw", why="看错了")
    site.clock.on(hours=hours)
    back = site.browser("bian")
    assert (back.get(f"{ONE}/restore").status_code == 200) is (ends == 303)
    back.get("/staff/documents")
    back.get("/staff/password")
    assert back.post(f"{ONE}/restore", why="没有错").status_code == ends
    assert published(site) == ({"gonggao": "v1"} if ends == 303 else {})


def test_undoing_a_replacement_brings_the_old_version_back(site: StaffSite) -> None:
    live(site)
    live(site, version="v2", texts=("修路从7月开始。",))
    editor = site.browser("bian")
    assert "后来换上的那一版撤下来" in editor.get(f"{ONE}/restore").text
    assert editor.post(f"{ONE}/restore", why="换错了").status_code == 303
    assert published(site) == {"gonggao": "v1"}
    assert {row.version: row.state for row in site.desk.shelf.rows("gonggao")} == {
        "v1": "published",
        "v2": "withdrawn",
    }


def test_a_draft_can_be_deleted_and_a_published_version_cannot(site: StaffSite) -> None:
    live(site)
    site.store(a_text(version="v2"))
    editor = site.browser("bian")
    assert "找不回来" in editor.get(f"{TWO}/delete").text
    assert editor.post(f"{TWO}/delete").status_code == 303
    assert editor.get(TWO).status_code == 404
    editor.get(ONE)
    assert editor.post(f"{ONE}/delete").status_code == 409
    assert published(site) == {"gonggao": "v1"}


TAMPERING = {
    "text of a version": "UPDATE versions SET content = 'x' WHERE state <> 'draft'",
    "title": "UPDATE versions SET title = 'x'",
    "digest": "UPDATE versions SET digest = 'x'",
    "dates": "UPDATE versions SET effective_to = '2027-01-01'",
    "back to draft": "UPDATE versions SET state = 'draft'",
    "text of a passage": "UPDATE passages SET text = 'x'",
    "a passage gone": "DELETE FROM passages",
    "a version gone": "DELETE FROM versions",
    "the log changed": "UPDATE staff_log SET who = 'x'",
    "the log gone": "DELETE FROM staff_log",
    "a step changed": "UPDATE version_steps SET who = 'x'",
    "a step gone": "DELETE FROM version_steps",
}


def test_what_was_published_or_logged_is_never_changed_in_place(site: StaffSite) -> None:
    live(site)
    for statement in TAMPERING.values():
        with pytest.raises(DBAPIError), writing(site.truth.engine) as connection:
            connection.execute(text(statement))


def test_every_step_is_in_the_log_with_who_and_why(site: StaffSite) -> None:
    live(site)
    editor = site.browser("bian")
    editor.get("/staff/documents/gonggao/withdraw")
    editor.post("/staff/documents/gonggao/withdraw", why="文号写错了")
    deeds = [(deed.what, deed.who, deed.why) for deed in site.desk.records.deeds(9, subject="gonggao")]
    assert sorted(deeds) == [("publish", "fu", ""), ("submit", "bian", ""), ("withdraw", "bian", "文号写错了")]
    page = site.browser("fu").get("/staff/log?subject=gonggao").text
    assert all(words in page for words in ("撤回", "张编辑", "文号写错了", "李复审"))


def test_the_list_opens_with_what_waits_and_finds_by_state_and_name(site: StaffSite) -> None:
    live(site, period=Period(None, site.clock().date() + timedelta(days=10)))
    site.store(a_text("waiting", title="等复审的通知"), VersionState.IN_REVIEW)
    editor = site.browser("bian")
    first = parse(editor.get("/staff/documents").text).all("table")[0].text
    assert "等复审的通知" in first and "关于修路的公告" in first and "快失效了" in first
    found = parse(editor.get("/staff/documents?state=30天内失效").text).all("table")[-1].text
    assert "关于修路的公告" in found and "等复审的通知" not in found
    found = parse(editor.get("/staff/documents?words=等复审").text).all("table")[-1].text
    assert "等复审的通知" in found and "关于修路的公告" not in found


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (None, None, "生效中"),
        (date(2026, 11, 23), None, "未到生效日"),
        (date(2026, 11, 22), date(2026, 12, 23), "生效中"),
        (None, date(2026, 12, 22), "30天内失效"),
        (None, date(2026, 11, 23), "30天内失效"),
        (None, date(2026, 11, 22), "已失效"),
    ],
)
def test_states_come_from_the_dates(start: date | None, end: date | None, words: str) -> None:
    row = VersionRow(
        "gonggao", "v1", 1, "published", "policy", "desk", "dibao", "00", "公告", Period(start, end), "bian",
        NOW, "fu", None, NOW, None, None, None, "", "",
    )  # fmt: skip
    assert row.shown(date(2026, 11, 22)).value == words
