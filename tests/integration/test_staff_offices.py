"""Offices and hotlines at the desk: confirmed by a clerk, shown only then; the list to confirm empties."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.overlay_town import FollowedTown
from knowledge.town import load_town
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, errors_of, send
from web.staff.holdings.phone_shapes import phone_of

OFFICE, LINE = "/staff/offices/window", "/staff/hotlines/12345"


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    return a_holdings_site(tmp_path)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> HoldingsSite:
    """For tests after which everything is as before."""
    return a_holdings_site(tmp_path_factory.mktemp("unchanged"))


def confirm(held: HoldingsSite, page: str, **fields: str | list[str]) -> None:
    editor = held.browser("bian")
    answer = send(editor, editor.get(page), page, {}, **fields)
    assert answer.status_code == 303, errors_of(answer)


def followed(held: HoldingsSite) -> FollowedTown:
    return FollowedTown(load_town(held.settings.town_file), held.site.truth.town_records)


def test_an_office_is_confirmed_today_and_everybody_who_holds_the_town_sees_it(held: HoldingsSite) -> None:
    town = followed(held)
    town.look()
    assert town.town.offices["window"].phone == ""
    revision = held.site.truth.revision()
    confirm(held, OFFICE, phone="023－1234 5678", address="街上1号", hours="")
    assert held.site.truth.revision() > revision  # the running library looks again
    town.look()
    office = town.town.offices["window"]
    assert (office.phone, office.address, office.hours) == ("023-12345678", "街上1号", "")
    assert office.confirmed_on == "2026-11-22"
    deed = held.site.desk.records.deeds(1, subject="window")[0]
    assert (deed.what, deed.who, deed.details["phone"]) == ("confirm_office", "bian", "023-12345678")


def test_the_list_empties_as_things_are_confirmed(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    assert "便民窗口（3 样）" in editor.get("/staff/to-confirm").text
    confirm(held, OFFICE, phone="023-12345678", address="街上1号")
    assert "便民窗口（1 样）" in editor.get("/staff/to-confirm").text
    confirm(held, OFFICE, without=["hours"])
    assert "便民窗口（" not in editor.get("/staff/to-confirm").text
    for number in ("12345", "12348", "110"):
        assert f"{number}（" in editor.get("/staff/to-confirm").text
        confirm(held, f"/staff/hotlines/{number}")
    assert "都补齐了" in editor.get("/staff/to-confirm").text
    assert "要镇里补的" not in editor.get("/staff").text


def test_the_printed_list_leaves_out_what_the_desk_has_confirmed(held: HoldingsSite) -> None:
    assert held.printed().count("□") == 6
    confirm(held, OFFICE, phone="023-12345678", address="街上1号", without=["hours"])
    confirm(held, LINE)
    assert "便民窗口" not in held.printed() and "12345" not in held.printed()
    assert "12348（" in held.printed() and "110（" in held.printed()


def test_the_list_is_the_first_thing_on_the_desk(held: HoldingsSite) -> None:
    page = held.browser("bian").get("/staff").text
    assert 0 < page.index("<h2>要镇里补的</h2>") < page.index("<h2>等人处理的</h2>")
    assert 'href="/staff/offices/window"' in page


def test_hours_of_a_hotline_are_told_only_when_confirmed(held: HoldingsSite) -> None:
    file = held.folder / "town.toml"
    name = 'name = "政务服务热线"'
    file.write_text(file.read_text(encoding="utf-8").replace(name, f'{name}\nhours = "全天"'), encoding="utf-8")
    town = followed(held)
    assert town.town.hotlines["12345"].hours == ""
    town.look()
    assert town.town.hotlines["12345"].hours == ""
    confirm(held, LINE, hours="每天 8:00-22:00")
    town.look()
    line = town.town.hotlines["12345"]
    assert (line.hours, line.confirmed_on) == ("每天 8:00-22:00", "2026-11-22")


@pytest.mark.parametrize(
    ("fields", "at", "says"),
    [
        ({"phone": "找王主任"}, "phone", "不像电话"),
        ({"phone": "1234567"}, "phone", "不像电话"),
        ({"phone": "023-12345678 王主任"}, "phone", "不像电话"),
        ({"address": "街" * 81}, "address", "最多 80"),
        ({"hours": "全天", "without": ["hours"]}, "hours", "只能是一样"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(unchanged: HoldingsSite, fields: dict[str, str], at: str, says: str) -> None:
    editor = unchanged.browser("bian")
    page = send(editor, editor.get(OFFICE), OFFICE, {}, **fields)
    assert page.status_code == 422
    assert [where for where, sentence in errors_of(page) if says in sentence] == [at]
    assert unchanged.site.truth.town_records() == []


# -- phones that were rung in vain


def mark(held: HoldingsSite, page: str, how: str = "silent") -> None:
    held.site.clock.on(seconds=1)
    editor = held.browser("bian")
    answer = send(editor, editor.get(page), f"{page}/{how}")
    assert answer.headers["location"] == f"{page}?done={how}", errors_of(answer)


def told(held: HoldingsSite, number: str) -> str:
    """What everybody sees beside a number."""
    town = followed(held)
    town.look()
    lines = {line.number: town.town.told(line) for line in town.town.hotlines.values()}
    offices = {office.phone: town.town.told(office) for office in town.town.offices.values()}
    return (lines | offices)[number]


def test_a_phone_rung_in_vain_is_told_to_everybody_until_it_answers(held: HoldingsSite) -> None:
    page = "/staff/hotlines/12348"
    revision = held.site.truth.revision()
    mark(held, page)
    assert told(held, "12348") == "11月22日打过，没打通，请改打12345"
    assert held.site.truth.revision() > revision
    (deed,) = held.site.desk.records.deeds(1, subject="12348")
    assert (deed.what, deed.who) == ("phone_silent", "bian")
    editor = held.browser("fu")
    assert "张编辑，2026-11-22" in editor.get(page).text and "请改打12345" in editor.get(page).text
    assert "没打通，再试拨" in editor.get("/staff/hotlines").text
    assert "12348（法律援助热线）试拨通不通（上次没打通）" in held.printed()
    mark(held, page, "answers")
    assert told(held, "12348") == "" and "请改打" not in editor.get(page).text
    assert held.site.desk.records.deeds(1, subject="12348")[0].what == "phone_answers"


def test_the_number_for_everything_is_not_named_where_nobody_answers_there_either(held: HoldingsSite) -> None:
    mark(held, LINE)
    mark(held, "/staff/hotlines/12348")
    assert told(held, "12345") == told(held, "12348") == "11月22日打过，没打通，过后再打"


def test_who_confirms_a_record_later_has_rung_it(held: HoldingsSite) -> None:
    confirm(held, OFFICE, phone="023-12345678", hours="全天")
    mark(held, OFFICE)
    assert told(held, "023-12345678") == "11月22日打过，没打通，请改打12345"
    held.site.clock.on(days=1)
    confirm(held, OFFICE)
    assert told(held, "023-12345678") == "全天"
    mark(held, OFFICE)
    assert told(held, "023-12345678").startswith("11月23日")
    held.site.clock.on(days=1)
    confirm(held, OFFICE, phone="023-87654321")
    assert told(held, "023-87654321") == "全天"


@pytest.mark.parametrize("page", ["/staff/hotlines/110", OFFICE])
def test_what_is_never_doubted_or_never_shown_cannot_be_marked(unchanged: HoldingsSite, page: str) -> None:
    editor = unchanged.browser("bian")
    assert f"{page}/silent" not in editor.get(page).text
    answer = editor.post(f"{page}/silent")
    assert answer.status_code == 422 and "没有可以标的电话" in answer.text
    assert editor.post("/staff/hotlines/99999/silent").status_code == 404
    assert unchanged.site.truth.town_records() == []


@pytest.mark.parametrize("path", ["/staff/offices/nobody", "/staff/hotlines/99999", "/staff/papers/" + "0" * 32])
def test_what_is_not_there_is_not_found(unchanged: HoldingsSite, path: str) -> None:
    editor = unchanged.browser("bian")
    assert editor.get(path).status_code == 404
    if "papers" not in path:
        assert editor.post(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", ""), (" 023 1234 5678 ", "023-12345678"), ("02312345678", "023-12345678"), ("(023)12345678转801", "023-12345678-801"),
        ("13812345678", "13812345678"), ("12345", "12345"), ("400-123-4567", "400-123-4567"), ("０２３—１２３４５６７８", "023-12345678"),
        ("12", None), ("电话", None), ("00000000000000", None),
    ],
)  # fmt: skip
def test_shapes_of_phones(typed: str, number: str | None) -> None:
    assert phone_of(typed) == number
