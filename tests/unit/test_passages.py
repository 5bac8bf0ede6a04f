"""Parts of an entry as passages: ids, order, digests."""

from __future__ import annotations

from knowledge.passages import passage_digest, passage_id, passages_of_entry
from knowledge.types import PartKind
from tests.builders import BODY, an_entry, entry_text


def test_one_passage_per_part_in_file_order() -> None:
    passages = passages_of_entry(an_entry(), "v3")
    assert [passage.id for passage in passages] == [
        "buzhu-who@v3:conclusion",
        "buzhu-who@v3:conditions",
        "buzhu-who@v3:steps",
        "buzhu-who@v3:note",
    ]
    assert passages[1].kind is PartKind.CONDITIONS
    assert passages[1].heading == ("哪些老人可以领高龄补助？", "条件")
    assert passages[1].text == "年满80岁。\n户口在本镇。"


def test_placeholders_stay_so_that_a_new_figure_needs_no_new_passage() -> None:
    assert "{old-age}" in passages_of_entry(an_entry(), "v1")[0].text


def test_the_digest_is_that_of_heading_and_text_alone() -> None:
    old, new = (passages_of_entry(an_entry(), version) for version in ("v1", "v2"))
    assert [p.digest for p in old] == [p.digest for p in new]
    assert old[0].digest == passage_digest(old[0].heading, old[0].text)
    assert len(old[0].digest) == 64


def test_a_changed_line_changes_one_digest() -> None:
    changed = an_entry(entry_text(body=BODY.replace("年满80岁。〔a〕\n- 户口", "满了80岁。〔a〕\n- 户口")))
    old, new = passages_of_entry(an_entry(), "v1"), passages_of_entry(changed, "v1")
    assert [a.part for a, b in zip(old, new, strict=True) if a.digest != b.digest] == ["conditions"]


def test_heading_and_text_do_not_run_into_each_other() -> None:
    assert passage_digest(("甲", "乙"), "丙") != passage_digest(("甲",), "乙\n丙")
    assert passage_digest(("甲",), "乙") != passage_digest((), "甲\n乙")


def test_id() -> None:
    assert passage_id("dibao-who", "v1", "conditions") == "dibao-who@v1:conditions"
