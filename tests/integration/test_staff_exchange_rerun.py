"""Before text files are taken over, the question set is asked again with them in place: whose answers would change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response

from knowledge.wiring import build_library
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, quiet, send
from tests.integration.test_staff_exchange import FIGURE_FILE, HOW_FILE, _files, _with, bring, export, take
from tests.integration.web_page import parse

pytestmark = pytest.mark.ci  # zips, an index and two trial libraries for each parcel
HOW, WHO = "高龄补助怎么申请？", "哪些老人可以领高龄补助？"


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    """With a library that can be asked."""
    made = a_holdings_site(tmp_path)
    library = build_library(made.settings, made.site.truth)
    library.ensure_index(quiet)
    made.site.desk = replace(made.site.desk, library=library)
    made.site.app.state.desk = made.site.desk
    return made


def changed_answers(answer: Response) -> list[tuple[str, str, str]]:
    """(first wording, now, then) of every row of the table; the page has finished asking."""
    page = parse(answer.text)
    assert "重新问了" in answer.text, "still under way"
    rows = (row for table in page.all("table") if "会变的回答" in table.text for row in table.all("tr")[1:])
    return [(row.all("th")[0].text.partition("还有")[0], *(cell.text for cell in row.all("td"))) for row in rows]


def look(held: HoldingsSite, data: bytes) -> tuple[str, Response]:
    """Brought by the one, opened by the other, who waits until all is asked."""
    where = bring(held, data)
    answer = held.browser("fu").get(where)
    for _ in range(20):  # each look waits a second itself
        if "正在把问题重新问一遍" not in answer.text:
            break
        answer = held.browser("fu").get(where)
    return where, answer


def test_a_parcel_that_changes_one_answer_lists_exactly_that_one(held: HoldingsSite) -> None:
    where, page = look(held, _with(export(held), HOW_FILE, "先填表", "先填一张表"))
    assert changed_answers(page) == [(HOW, f"《{HOW}》先填表，再等通知。", f"《{HOW}》先填一张表，再等通知。")]
    assert "压缩包里的条目自己的 1 个问法，1 个用它答上了" in page.text
    assert send(held.browser("fu"), page, f"{where}/take").status_code == 303
    deed = next(deed for deed in held.site.desk.records.deeds(9) if deed.what == "take_parcel")
    assert HOW in deed.details["rerun"] and WHO not in deed.details["rerun"]
    assert "重新提问" in held.browser("fu").get("/staff/log").text


def test_a_parcel_that_changes_no_answer_lists_none(held: HoldingsSite) -> None:
    data = _with(export(held), HOW_FILE, "author: content-buzhu", "author: somebody-else")
    where, page = look(held, data)
    assert "换掉的条目 1 个" in page.text
    assert changed_answers(page) == [] and "，0 个变了" in page.text
    assert send(held.browser("fu"), page, f"{where}/take").status_code == 303


def test_a_parcel_that_is_published_already_asks_nothing(held: HoldingsSite) -> None:
    page = held.browser("fu").get(bring(held, export(held)))
    assert "一模一样" in page.text and "重新问" not in page.text


def test_a_figure_changes_the_answers_that_tell_it(held: HoldingsSite) -> None:
    _, page = look(held, _with(export(held), FIGURE_FILE, "'100'", "'120'"))
    ((question, before, after),) = changed_answers(page)
    assert (question, "100元" in before, "120元" in after) == (WHO, True, True)


def test_a_figure_of_next_year_is_looked_at_on_its_first_day(held: HoldingsSite) -> None:
    value = "  - value: '100'\n    from: '2024-01-01'\n    to: "
    rest = dict(_files(export(held)))[FIGURE_FILE].partition(f"{value}null\n")[2]
    later = f"{value}'2027-01-01'\n{rest}{value}null\n{rest}".replace("'100'\n    from: '2024", "'150'\n    from: '2027")
    later = later.replace("'150'\n    from: '2027", "'100'\n    from: '2024", 1)
    _, page = look(held, _with(export(held), FIGURE_FILE, f"{value}null\n{rest}", later))
    ((question, before, after),) = changed_answers(page)
    assert (question, "100元" in before, "150元" in after) == (WHO, True, True)


def test_a_phone_changes_the_answers_under_which_it_stands(held: HoldingsSite) -> None:
    line = 'name = "便民窗口"\nphone = "023-12345678"\nconfirmed_on = "2026-11-20"'
    _, page = look(held, _with(export(held), "town.toml", 'name = "便民窗口"', line))
    rows = changed_answers(page)
    assert {row[0] for row in rows} == {HOW, WHO}
    assert all("便民窗口 023-12345678" in after and "023" not in before for _, before, after in rows)


def test_changed_answers_that_nobody_saw_are_shown_first(held: HoldingsSite) -> None:
    """As it is where the page came while they were still being asked."""
    where, _ = look(held, _with(export(held), HOW_FILE, "先填表", "先填一张表"))
    refused = take(held, where, changes="")
    assert refused.status_code == 422 and "导入以后有 5 个问法的回答会变" in refused.text
    assert len(changed_answers(refused)) == 1
    assert send(held.browser("fu"), refused, f"{where}/take").status_code == 303
