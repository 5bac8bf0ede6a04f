"""办事卡 from records alone: which entries make one, and what a missing field reads."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.wording import Wording, load_wording
from knowledge.cards import FIELDS, LEAST_SOURCED, card_coverage, coverage
from knowledge.content import load_content
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.types import DocumentKind, Entry, PartKind
from tests.builders import a_town, an_entry, entry_text, shown
from web.phones import entry_phones
from web.service_card import card_bases, card_fields, shown_coverage

SERVICE = """
## 结论
可以领：年满80岁的老人都行。〔a〕

## 条件
- 年满80岁。〔a〕

## 去哪里
- 便民窗口。〔b〕

## 带什么
- 身份证。
"""


@pytest.fixture(scope="module")
def wording() -> Wording:
    return load_wording(load_town(Settings(_env_file=None).town_file))  # type: ignore[call-arg]


def a_service(body: str = SERVICE) -> Entry:
    return an_entry(entry_text(body=body))


def test_three_sourced_fields_make_a_card() -> None:
    found = coverage(a_service())
    assert found.is_card
    assert found.sourced == (PartKind.CONCLUSION, PartKind.CONDITIONS, PartKind.WHERE)
    assert found.missing == (PartKind.DURATION, PartKind.FEE)


def test_a_dated_figure_is_a_source_and_a_phone_is_none() -> None:
    with_figure = coverage(a_service(SERVICE.replace("身份证。", "{old-age}的收据。")))
    with_phone = coverage(a_service(SERVICE.replace("身份证。", "先打{tel:12345}。")))
    assert PartKind.MATERIALS in with_figure.sourced
    assert PartKind.MATERIALS not in with_phone.sourced


def test_two_sourced_fields_are_too_few() -> None:
    assert not coverage(a_service(SERVICE.replace("年满80岁。〔a〕", "年满80岁。"))).is_card


def test_what_is_not_done_anywhere_is_no_service() -> None:
    rule = SERVICE[: SERVICE.index("## 去哪里")] + "## 多久\n- 20天。〔a〕\n"
    assert not coverage(a_service(rule)).is_card


def test_a_report_is_no_service() -> None:
    assert not coverage(replace(a_service(), kind=DocumentKind.REPORT)).is_card


def test_the_shown_entry_counts_as_the_written_one() -> None:
    entry = a_service()
    assert shown_coverage(shown(entry_text(body=SERVICE))) == coverage(entry)


def test_fields_stand_in_order_and_a_missing_one_says_whose_word_counts(wording: Wording) -> None:
    fields = card_fields(shown(entry_text(body=SERVICE)), wording)
    assert [field.name for field in fields] == ["怎么回事", "谁能办", "去哪里", "带什么", "多久", "费用"]
    assert [field.lines for field in fields if field.absent] == [("以窗口答复为准",)] * 2
    assert fields[2].lines == ("便民窗口。",)


def test_nothing_on_a_card_is_composed(wording: Wording) -> None:
    entry = shown(entry_text(body=SERVICE))
    held = {line.text for part in entry.parts for line in part.lines}
    told = {line for field in card_fields(entry, wording) if not field.absent for line in field.lines}
    assert told <= held


def test_sources_and_phones_come_from_the_records(wording: Wording) -> None:
    entry = shown(entry_text(body=SERVICE))
    assert any("高龄补助办法" in basis for basis in card_bases(entry, wording))
    phones = {phone.phone for phone in entry_phones(entry, a_town())}
    assert phones <= set(a_town().hotlines) and phones


def test_the_bundled_entries_make_cards_and_each_names_its_gaps() -> None:
    settings = Settings(_env_file=None)  # type: ignore[call-arg]
    content = load_content(Path(settings.knowledge_dir), load_town(settings.town_file))
    found = card_coverage(entry for _, _, entry in content.context.entries.values())
    assert len(found) >= 30
    for each in found:
        assert len(each.sourced) >= LEAST_SOURCED
        assert set(each.sourced).isdisjoint(each.missing)
        assert set(each.missing) <= set(FIELDS)
