"""Everything published, read once: entries, rows of the index, exact wordings, years."""

from __future__ import annotations

from dataclasses import replace

import pytest

from knowledge.entries import PLACEHOLDER
from knowledge.held import held_text
from knowledge.problems import KnowledgeError
from knowledge.rows import DOCUMENT, ENTRY, lexical_field
from knowledge.snapshot import is_entry, take_snapshot
from knowledge.trial import Change, with_change
from knowledge.types import DocumentKind, StoredVersion
from tests.builders import (
    BODY,
    MemoryTruth,
    a_basis,
    a_document_version,
    a_snapshot,
    a_version,
    an_instrument,
    entry_text,
)


def test_entries_are_parsed_and_passages_found_by_id() -> None:
    snapshot = a_snapshot(a_version(), a_document_version())
    assert snapshot.entries.keys() == {"buzhu-who"}
    assert snapshot.versions.keys() == {"buzhu-who", "gonggao"}
    assert snapshot.passages["gonggao@v1:p1"].text == "修路从6月开始。"
    assert snapshot.passages["buzhu-who@v1:steps"].document_id == "buzhu-who"


def test_the_revision_is_that_of_the_truth() -> None:
    assert take_snapshot(MemoryTruth(number=9)).revision == 9


def test_one_row_per_entry_and_one_per_passage_of_a_document() -> None:
    snapshot = a_snapshot(a_version(), a_document_version(texts=("甲。", "乙。")))
    assert [(row.document_id, row.passage_id, row.tier) for row in snapshot.rows] == [
        ("buzhu-who", None, ENTRY),
        ("gonggao", "gonggao@v1:p1", DOCUMENT),
        ("gonggao", "gonggao@v1:p2", DOCUMENT),
    ]


def test_the_index_field_holds_words_and_examples_but_no_figure() -> None:
    (row,) = a_snapshot().rows
    field = lexical_field(row)
    assert PLACEHOLDER.search(field) is None
    assert "100" not in field
    assert "户口在本镇" in field and "buzhu-who例问甲" in field
    assert field.count("哪些老人可以领高龄补助？") == 1


def test_also_asked_is_matched_exactly_and_not_indexed() -> None:
    snapshot = a_snapshot(a_version(entry_text(also_asked=["老娘过了八十有钱没得"])))
    assert "老娘" not in lexical_field(snapshot.rows[0])
    assert "老娘过了八十有钱没得" in "".join(snapshot.exact)
    assert set(snapshot.exact.values()) == {"buzhu-who"}


def test_a_wording_belongs_to_the_first_entry_that_has_it() -> None:
    first = a_version(entry_text("buzhu-a", examples=["一样的问法", "二", "三", "四"]))
    second = a_version(entry_text("buzhu-b", examples=["一样的问法", "五", "六", "七"]))
    assert a_snapshot(first, second).exact["一样的问法"] == "buzhu-a"


def test_the_same_text_in_two_documents_shares_one_row_of_the_index() -> None:
    one = a_document_version("one", "同一个公告", ("一样的话。",))
    two = a_document_version("two", "同一个公告", ("一样的话。",))
    snapshot = a_snapshot(one, two)
    assert len(snapshot.targets) == 1
    assert [row.document_id for row in next(iter(snapshot.targets.values()))] == ["one", "two"]


def test_a_new_figure_changes_no_row() -> None:
    assert a_snapshot(parameters=[]).targets.keys() == a_snapshot().targets.keys()


def test_a_changed_line_changes_the_row() -> None:
    changed = a_snapshot(a_version(entry_text(body=BODY.replace("填表", "填一张表"))))
    assert changed.targets.keys() != a_snapshot().targets.keys()


def test_years_are_those_a_report_speaks_of() -> None:
    report = a_version(entry_text("report-x", topic="report", question="2025年开了几次会？"))
    snapshot = a_snapshot(report, a_version())
    assert snapshot.years == {"report-x": frozenset({2024, 2025})}, "the year of its basis counts too"


def test_a_raw_report_file_is_no_entry() -> None:
    assert not is_entry(a_document_version(kind=DocumentKind.REPORT))
    assert not is_entry(a_document_version(kind=DocumentKind.POLICY, texts=("---\n甲",)))
    assert is_entry(a_version())


def test_a_published_entry_that_cannot_be_read_is_told() -> None:
    with pytest.raises(KnowledgeError):
        a_snapshot(a_version(content="---\nid: x\n---\n"))


# --- held law texts ---------------------------------------------------------------------------------------

LAW = a_document_version(
    "banfa",
    "高龄补助办法",
    ("第七条 满八十岁的，可以领。", "第九条 到窗口办。", "第十条 之一的话。"),
    kind=DocumentKind.STATUTE,
    parts=("7", "9", "10-1"),
)


def test_a_held_article_is_quoted_with_its_address() -> None:
    snapshot = a_snapshot(a_version(), LAW)
    assert held_text(a_basis(), snapshot) == ("第七条 满八十岁的，可以领。", "/documents/banfa#passage-7")


def test_several_articles_are_quoted_in_order() -> None:
    quote, url = held_text(a_basis(article="第9条、第七条"), a_snapshot(a_version(), LAW))
    assert quote == "第七条 满八十岁的，可以领。\n第九条 到窗口办。"
    assert url == "/documents/banfa#passage-7"


def test_an_inserted_article_is_found() -> None:
    assert held_text(a_basis(article="第10条之一"), a_snapshot(a_version(), LAW))[1] == "/documents/banfa#passage-10-1"


@pytest.mark.parametrize("article", [None, "第8条", "第十条"])
def test_what_is_not_held_has_no_quote(article: str | None) -> None:
    assert held_text(a_basis(article=article), a_snapshot(a_version(), LAW)) == (None, None)


def test_an_instrument_that_is_not_loaded_has_no_quote() -> None:
    assert held_text(a_basis(), a_snapshot()) == (None, None)
    assert held_text(a_basis(an_instrument("other")), a_snapshot(a_version(), LAW)) == (None, None)


def test_a_notice_of_the_same_id_is_no_law_text() -> None:
    notice = a_document_version("banfa", parts=("7",), kind=DocumentKind.POLICY)
    assert held_text(a_basis(), a_snapshot(a_version(), notice)) == (None, None)


# -- as it would be with one version published


def test_a_trial_is_what_publishing_makes() -> None:
    """The wordings approved at the desk for an entry stay when its text is changed."""
    now = a_version(also_asked=("老娘过了八十有钱没得",))
    told = a_version(entry_text("buzhu-told", question="2020年哪些老人可以领高龄补助？"))
    draft = replace(a_version(entry_text(question="2021年哪些老人可以领高龄补助？"), "v2"), also_asked=())
    report = a_version(entry_text("report-old", topic="report"))
    for given, published in (
        (draft, (replace(draft, also_asked=now.also_asked), told)),
        (report, (now, told, report)),
        (a_document_version(), (now, told, a_document_version())),
    ):
        in_order = sorted(published, key=document_id_of)
        assert with_change(a_snapshot(now, told), Change((given,))) == a_snapshot(*in_order), given.document_id
    assert "buzhu-who" in set(with_change(a_snapshot(now), Change((draft,))).exact.values())


def document_id_of(version: StoredVersion) -> str:
    return version.document_id
