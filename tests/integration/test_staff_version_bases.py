"""The page of a version says what it rests on: words held here, words that a clerk copied, or none, under true labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.database.desk_values import Outcome
from knowledge.database.draft_values import Draft, DraftState
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.types import DocumentKind
from tests.builders import a_document_version
from tests.integration.holdings_site import HoldingsSite, a_holdings_site
from tests.integration.test_unanswered_pages import ask, group_of
from tests.integration.web_page import parse
from tests.staff_site import a_text
from web.staff.version_bases import COPIED, HELD, NEITHER

WORDS = "笼养鸟每只收登记费50元。"
ANSWER = {"topic": "buzhu", "question": "养八哥怎么登记？", "conclusion": "先去登记。", "steps": "登记每只收50元。"}
PAPER = {"basis": "named", "basis_title": "笼养鸟办法", "basis_number": "某令第9号", "basis_issuer": "某部"}


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    return a_holdings_site(tmp_path)


def bases(held: HoldingsSite, document_id: str) -> list[str]:
    """Each basis on the page of the newest version, as it is read."""
    row = held.site.desk.shelf.rows(document_id)[-1]
    page = parse(held.browser("fu").get(f"/staff/documents/{document_id}/versions/{row.version}").text)
    return [section.text for section in page.all("section", class_="desk-basis")]


def written(held: HoldingsSite, **basis: str) -> str:
    """An answer written at the desk that waits; its document id."""
    ask(held.site, "我屋头的八哥要登记不", 1)
    editor, url = held.browser("bian"), group_of(held.site)
    editor.get(url)
    answer = editor.post(f"{url}/answer", act="submit", revision="0", **ANSWER | basis)
    assert answer.status_code == 303, answer.text
    (row,) = [row for row in held.site.desk.shelf.rows() if row.kind == "staff_answer"]
    return row.document_id


@pytest.mark.parametrize(("seen", "told"), [("verified", "见过原文"), ("secondhand", "只见过转载")])
def test_words_that_were_copied_are_shown_as_copied(held: HoldingsSite, seen: str, told: str) -> None:
    name = written(held, **PAPER, basis_level="国家", basis_seen=seen, basis_quote=WORDS)
    (basis,) = bases(held, name)
    assert basis.startswith("〔a〕《笼养鸟办法》") and f"某令第9号，某部，{told}" in basis
    assert f"{COPIED}{WORDS}" in basis and HELD not in basis


def test_an_answer_from_experience_quotes_nothing(held: HoldingsSite) -> None:
    name = written(held, basis="none", steps="打电话问。")
    assert bases(held, name) == ["〔a〕《经验答复，无文件依据》"]


def test_an_entry_shows_the_words_that_are_held_and_says_where_none_are(held: HoldingsSite) -> None:
    assert [NEITHER in basis and "第7条" in basis for basis in bases(held, "buzhu-who")] == [True, False]
    law = a_document_version("banfa", "高龄补助办法", ("年满80岁的，按月发给。",), DocumentKind.STATUTE, parts=("7",))
    held.site.store(law, VersionState.PUBLISHED)
    first, second = bases(held, "buzhu-who")
    assert f"{HELD}年满80岁的，按月发给。" in first and NEITHER not in first
    assert NEITHER in second, "article 9 is not held"


def test_a_free_document_rests_on_nothing(held: HoldingsSite) -> None:
    held.site.store(a_text())
    assert bases(held, "gonggao") == []


def test_a_draft_that_was_deleted_may_come_in_again(held: HoldingsSite) -> None:
    """What was noted of it goes with it."""
    drafts, shelf, now = held.site.desk.intake.drafts, held.site.desk.shelf, held.site.clock()  # type: ignore[union-attr]
    for _ in range(2):
        drafts.add(Draft("d1", DraftState.OPEN, "通知.docx", 1, "0" * 64, "bian", now, now), Deed("bian", "add_file", "d1", now))
        deed = Deed("bian", "submit", "gonggao", now)
        assert drafts.submit(drafts.draft("d1"), a_text(), {"issuer": "某局"}, deed) is Outcome.DONE  # type: ignore[arg-type]
        assert shelf.send_back("gonggao", "v1", deed) is shelf.delete_draft("gonggao", "v1", deed) is Outcome.DONE
        assert drafts.facts("gonggao", "v1") == {}
