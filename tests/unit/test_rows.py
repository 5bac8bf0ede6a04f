"""Rows of the index: what is searched of an entry and of a free document."""

from __future__ import annotations

import hashlib

from knowledge.rows import DOCUMENT, ENTRY, lexical_field, row_of, rows_of_document, rows_of_entry
from tests.builders import a_document_version, an_entry, entry_text


def test_an_entry_is_one_row_with_its_question_and_examples() -> None:
    (row,) = rows_of_entry(an_entry())
    assert (row.document_id, row.passage_id, row.tier) == ("buzhu-who", None, ENTRY)
    assert row.questions[0] == "哪些老人可以领高龄补助？"
    assert len(row.questions) == 5


def test_examples_stand_once_in_the_lexical_field() -> None:
    (row,) = rows_of_entry(an_entry())
    field = lexical_field(row)
    assert all(field.count(question) == 1 for question in row.questions)


def test_figures_are_left_out_so_that_a_new_value_needs_no_new_index() -> None:
    (before,) = rows_of_entry(an_entry())
    (after,) = rows_of_entry(an_entry(entry_text(body="\n## 结论\n可以领{other-figure}。〔a〕\n\n## 怎么办\n- 填表。〔b〕\n")))
    assert "{" not in lexical_field(before) + lexical_field(after)


def test_a_document_is_one_row_per_passage_with_its_headings() -> None:
    version = a_document_version(texts=("甲。", "乙。"))
    rows = rows_of_document(version, version.passages)
    assert [row.passage_id for row in rows] == ["gonggao@v1:p1", "gonggao@v1:p2"]
    assert {row.tier for row in rows} == {DOCUMENT}
    assert rows[0].text == "关于修路的公告\np1\n甲。"
    assert rows[0].questions == ()


def test_the_digest_is_of_tier_text_and_questions_alone() -> None:
    row = row_of("a", None, ENTRY, "文字", ("问",))
    assert row.digest == hashlib.sha256("entry\x1f文字\x1f问".encode()).hexdigest()
    assert row_of("b", "p", ENTRY, "文字", ("问",)).digest == row.digest
    assert row_of("a", None, DOCUMENT, "文字", ("问",)).digest != row.digest
