"""`town.toml`: read whole, refused with words; the bundled one holds together."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.problems import KnowledgeError
from knowledge.town import load_town
from knowledge.types import Town
from tests.builders import TOWN, settings_for

SHOWN_WHATEVER_THEIR_MARK = (
    "110 119 120 122 12345 12348 12333 12393 12338 12355 12356 12366 12349 12315 12368 12385 12388 12309 12351 96110"
)


def load(folder: Path, text: str) -> Town:
    path = folder / "town.toml"
    path.write_text(text, encoding="utf-8")
    return load_town(path)


def test_a_town_is_read(tmp_path: Path) -> None:
    town = load(tmp_path, TOWN)
    assert (town.id, town.name, town.region) == ("qingshi", "青石镇", "town")
    assert [level.code for level in town.levels] == ["00", "50", "town"]
    assert [topic.slug for topic in town.topics] == ["buzhu", "report"]
    assert town.offices["window"].phone == ""
    assert (town.hotlines["110"].urgent, town.hotlines["12345"].urgent) == (True, False)


@pytest.mark.parametrize("key", ["name", "assistant_name", "operator", "region", "town"])
def test_a_missing_key_is_told(tmp_path: Path, key: str) -> None:
    with pytest.raises(KnowledgeError, match=key):
        load(tmp_path, "\n".join(line for line in TOWN.splitlines() if not line.startswith(f"{key} =")))


def test_a_misspelt_field_of_an_office_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="telephone"):
        load(tmp_path, TOWN.replace('id = "window"', 'id = "window"\ntelephone = "1"'))


def test_broken_toml_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="读不出来"):
        load(tmp_path, TOWN + "\n[[")


def test_no_file_is_told_with_the_setting(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="PUFA_TOWN_FILE"):
        load_town(tmp_path / "none.toml")


@pytest.fixture(scope="module")
def bundled() -> Town:
    return load_town(settings_for(Path("unused")).town_file)


def test_the_bundled_town_has_its_chain_of_levels_and_first_topics(bundled: Town) -> None:
    assert [level.code for level in bundled.levels] == ["00", "50", "500233", "town"]
    assert [topic.slug for topic in bundled.topics][:3] == ["dibao", "yibao", "yanglao"]
    assert bundled.region in {level.code for level in bundled.levels}
    assert "report" in {topic.slug for topic in bundled.topics}


def test_the_bundled_town_lists_every_number_that_may_be_shown(bundled: Town) -> None:
    assert set(SHOWN_WHATEVER_THEIR_MARK.split()) - set(bundled.hotlines) == set()
    assert {number for number, row in bundled.hotlines.items() if row.urgent} >= {"110", "120"}


def test_local_phones_stay_empty_until_the_town_has_confirmed_them(bundled: Town) -> None:
    unconfirmed = [office for office in bundled.offices.values() if not office.confirmed_on]
    assert unconfirmed
    assert [office.id for office in unconfirmed if office.phone or office.address or office.hours] == []
