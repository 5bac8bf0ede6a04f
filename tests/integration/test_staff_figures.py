"""Figures at the desk: a new value from a day on, two people, the old day's answer, the undo, an upgrade under it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from knowledge.parameters import resolve
from knowledge.types import FigureState, PartKind, Period
from tests.builders import PARAMETERS
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, errors_of, send

PAGE = "/staff/parameters/old-age"
SCAN = ("通知.jpg", b"\xff\xd8\xff\xe0" + b"0" * 500)


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    return a_holdings_site(tmp_path)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> HoldingsSite:
    """For tests after which everything is as before."""
    return a_holdings_site(tmp_path_factory.mktemp("unchanged"))


def propose(held: HoldingsSite, who: str = "bian", files: dict[str, tuple[str, bytes]] | None = None, **fields: str) -> None:
    editor = held.browser(who)
    changes: dict[str, str | list[str]] = {"value": "120", "since": "2026-07-01", **fields}
    answer = send(editor, editor.get(PAGE), PAGE, files or {}, **changes)
    assert answer.status_code == 303, errors_of(answer)


def publish(held: HoldingsSite, who: str = "fu") -> int:
    reviewer = held.browser(who)
    page = reviewer.get(PAGE)
    where = next((part for part in page.text.split('"') if part.endswith("/publish")), "")
    return send(reviewer, page, where).status_code if where else 0


def says(held: HoldingsSite) -> str:
    part = held.card().part(PartKind.CONCLUSION)
    assert part is not None
    return "\n".join(line.text for line in part.lines)


def states(held: HoldingsSite, about: Period, on: date) -> list[tuple[str, FigureState]]:
    found = resolve(held.site.truth.parameters()["old-age"], about, on, about_said=True)
    return [(str(each.value.value), each.state) for each in found]


def test_a_new_value_closes_the_older_one_and_both_days_are_answered(held: HoldingsSite) -> None:
    propose(held)
    assert "100元" in says(held)
    assert publish(held) == 303
    assert "120元" in says(held)
    on = held.site.clock().date()
    assert states(held, Period.of_day(on), on) == [("120", FigureState.IN_FORCE)]
    assert states(held, Period.of_year(2025), on) == [("100", FigureState.SUPERSEDED)]
    boundary = date(2026, 7, 1)
    assert states(held, Period.of_day(boundary - timedelta(days=1)), on)[0][0] == "100"
    assert states(held, Period.of_day(boundary), on)[0][0] == "120"
    new = held.site.truth.parameters()["old-age"]
    assert (new.unit, new.per, dict(new.audience)) == ("元", "月", {"age": "80岁以上"})


def test_who_filled_it_in_does_not_publish_it(held: HoldingsSite) -> None:
    propose(held, who="fu")
    assert publish(held, "fu") == 0
    change = held.site.desk.holdings.figures.changes()[0]  # type: ignore[union-attr]
    reviewer = held.browser("fu")
    assert reviewer.post(f"{PAGE}/changes/{change.id}/publish").status_code == 409
    editor = held.browser("bian")
    editor.get(PAGE)
    assert editor.post(f"{PAGE}/changes/{change.id}/publish").status_code == 403
    assert "100元" in says(held)


def test_one_change_waits_at_a_time(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    page = editor.get(PAGE)
    propose(held)
    again = send(editor, page, PAGE, {}, value="130", since="2026-08-01")
    assert again.status_code == 422 and "已经有一个改动" in again.text
    assert "等复审的改动" in editor.get(PAGE).text


def test_a_dropped_change_needs_a_reason_and_changes_nothing(held: HoldingsSite) -> None:
    propose(held)
    reviewer = held.browser("fu")
    page = reviewer.get(PAGE)
    change = held.site.desk.holdings.figures.changes()[0]  # type: ignore[union-attr]
    assert reviewer.post(f"{PAGE}/changes/{change.id}/drop").status_code == 422
    reviewer.get(PAGE)
    assert reviewer.post(f"{PAGE}/changes/{change.id}/drop", why="纸上是110").status_code == 303
    assert "100元" in says(held) and "纸上是110" in reviewer.get(PAGE).text
    assert page.status_code == 200


def test_within_a_day_it_can_be_undone_and_not_after(held: HoldingsSite) -> None:
    propose(held)
    publish(held)
    held.site.clock.on(hours=23)
    editor = held.browser("bian")
    page = editor.get(PAGE)
    change = held.site.desk.holdings.figures.changes()[0]  # type: ignore[union-attr]
    assert send(editor, page, f"{PAGE}/changes/{change.id}/undo").status_code == 303
    assert "100元" in says(held)
    propose(held, value="140")
    publish(held)
    late = held.site.desk.holdings.figures.changes()[0]  # type: ignore[union-attr]
    held.site.clock.on(hours=25)
    editor = held.browser("bian")
    assert "恢复成改之前的" not in editor.get(PAGE).text
    assert editor.post(f"{PAGE}/changes/{late.id}/undo").status_code == 409
    assert "140元" in says(held)


@pytest.mark.parametrize("step", ["publish", "drop", "undo"])
def test_a_change_is_settled_at_its_own_figure_alone(held: HoldingsSite, step: str) -> None:
    """The log names the figure of the address: one figure's page cannot settle another's change."""
    propose(held)
    if step == "undo":
        publish(held)
    figures = held.site.desk.holdings.figures  # type: ignore[union-attr]
    (before,) = figures.changes()
    said = says(held)
    reviewer = held.browser("fu")
    reviewer.get(PAGE)
    answer = reviewer.post(f"/staff/parameters/other/changes/{before.id}/{step}", why="不用")
    assert answer.status_code == 409
    assert figures.changes() == [before] and says(held) == said
    assert all(deed.subject != "other" for deed in held.site.desk.records.deeds(50))


def test_a_change_dropped_since_leaves_the_undo_of_the_published_one(held: HoldingsSite) -> None:
    propose(held)
    publish(held)
    held.site.clock.on(hours=1)
    propose(held, value="130", since="2026-08-01")
    reviewer = held.browser("fu")
    reviewer.get(PAGE)
    waiting, published = held.site.desk.holdings.figures.changes()  # type: ignore[union-attr]
    assert reviewer.post(f"{PAGE}/changes/{waiting.id}/drop", why="日子还没到").status_code == 303
    assert f"{PAGE}/changes/{published.id}/undo" in held.browser("bian").get(PAGE).text


def test_both_reasons_are_kept_that_of_who_proposed_and_that_of_who_settled(held: HoldingsSite) -> None:
    propose(held, why="照县里7月的通知")
    reviewer = held.browser("fu")
    reviewer.get(PAGE)
    (change,) = held.site.desk.holdings.figures.changes()  # type: ignore[union-attr]
    reviewer.post(f"{PAGE}/changes/{change.id}/drop", why="纸上是110")
    page = reviewer.get(PAGE).text
    assert "照县里7月的通知" in page and "没有用：李复审（纸上是110）" in page
    (settled,) = held.site.desk.holdings.figures.changes()  # type: ignore[union-attr]
    assert (settled.why, settled.settled_why) == ("照县里7月的通知", "纸上是110")


def test_a_value_confirmed_as_it_is_leaves_the_list_to_confirm(tmp_path: Path) -> None:
    held = a_holdings_site(tmp_path)
    held.upgrade(parameters=PARAMETERS.replace("verified", "secondhand"))
    editor = held.browser("bian")
    asked = "80岁以上高龄补助，我们手上是 100元"
    assert asked in editor.get("/staff").text and asked in editor.get("/staff/to-confirm").text
    assert "之后有没有调" in says(held)
    propose(held, value="100", since="2024-01-01", files={"paper": SCAN})
    assert asked in editor.get("/staff").text and asked in held.printed()
    assert publish(held) == 303
    assert asked not in editor.get("/staff").text and asked not in held.printed()
    assert "之后有没有调" not in says(held) and "100元" in says(held)


def test_the_paper_is_kept_as_an_original_and_shown_to_staff_alone(held: HoldingsSite) -> None:
    propose(held, files={"paper": SCAN})
    editor = held.browser("bian")
    page = editor.get(PAGE)
    where = next(part for part in page.text.split('"') if part.startswith("/staff/papers/"))
    given = editor.get(where)
    assert given.content == SCAN[1]
    assert given.headers["content-disposition"].startswith("attachment")
    assert given.headers["content-type"] == "application/octet-stream"
    assert held.browser("").get(where).status_code == 303
    held.sync()  # sweeps what nothing names
    assert editor.get(where).content == SCAN[1]


def test_a_file_of_a_kind_that_nobody_takes_is_refused_in_words(unchanged: HoldingsSite) -> None:
    editor = unchanged.browser("bian")
    page = send(editor, editor.get(PAGE), PAGE, {"paper": ("a.exe", b"MZ" + b"0" * 90)}, value="120", since="2026-07-01")
    assert page.status_code == 422 and "程序" in page.text and 'value="120"' in page.text
    assert unchanged.site.desk.holdings.figures.changes() == []  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("value", "六百三十", "只写数"),
        ("value", "-5", "只写数"),
        ("value", "NaN", "只写数"),
        ("value", "1e9999", "只写数"),
        ("since", "", "从哪天起"),
        ("since", "2026-13-40", "2024-09-01"),
        ("until", "2026-07-01", "不晚于"),
        ("recheck_on", "2020-01-01", "今天以后"),
        ("instrument", "没有的文件", "没有《没有的文件》"),
        ("confidence", "unknown", "见过原文没有"),
    ],
)
def test_faults_stand_at_their_field(unchanged: HoldingsSite, field: str, value: str, says: str) -> None:
    editor = unchanged.browser("bian")
    typed = {"value": "120", "since": "2026-07-01"} | {field: value}
    page = send(editor, editor.get(PAGE), PAGE, {}, **typed)
    assert page.status_code == 422
    found = [sentence for where, sentence in errors_of(page) if where == field]
    assert any(says in sentence for sentence in found), errors_of(page)
    assert f'id="{field}"' in page.text


def test_the_reviewer_is_told_of_a_leap_and_of_a_correction(held: HoldingsSite) -> None:
    propose(held, value="1000", since="2024-01-01")
    page = held.browser("fu").get(PAGE).text
    assert "这是更正" in page and "多写、少写一位" in page


def test_a_leap_in_what_an_upgrade_brought_is_told_before_it_is_taken(held: HoldingsSite) -> None:
    propose(held)
    publish(held)
    held.upgrade(parameters=PARAMETERS.replace("value: 100", "value: 1000"))
    editor = held.browser("bian")
    editor.get("/staff/conflicts/figures/old-age")
    assert editor.post("/staff/conflicts/figures/old-age/take").status_code == 303
    assert "多写、少写一位" in held.browser("fu").get(PAGE).text


def test_an_upgrade_that_changes_the_figure_is_put_before_the_staff(held: HoldingsSite) -> None:
    propose(held)
    publish(held)
    held.sync()
    reviewer = held.browser("fu")
    assert "没有要对照的" in reviewer.get("/staff/conflicts").text
    changed = PARAMETERS.replace("value: 100", "value: 105")
    held.upgrade(parameters=changed)
    assert "120元" in says(held)
    page = reviewer.get("/staff/conflicts/figures/old-age")
    assert "105元" in page.text and "120元" in page.text
    assert send(reviewer, page, "/staff/conflicts/figures/old-age/keep").status_code == 303
    held.upgrade(parameters=changed)
    assert "没有要对照的" in reviewer.get("/staff/conflicts").text and "120元" in says(held)
    held.upgrade(parameters=PARAMETERS.replace("value: 100", "value: 106"))
    editor = held.browser("bian")
    page = editor.get("/staff/conflicts/figures/old-age")
    assert send(editor, page, "/staff/conflicts/figures/old-age/take").headers["location"].startswith(PAGE)
    assert "120元" in says(held), "nobody has looked at it yet"
    assert "有一个改动在等复审" in reviewer.get("/staff/conflicts/figures/old-age").text
    assert reviewer.post("/staff/conflicts/figures/old-age/take").status_code == 409
    assert publish(held) == 303
    assert "106元" in says(held)
    assert "换成程序新带来的" in reviewer.get(PAGE).text and "没有要对照的" in reviewer.get("/staff/conflicts").text
    held.upgrade(parameters=changed)
    assert "105元" in says(held)
