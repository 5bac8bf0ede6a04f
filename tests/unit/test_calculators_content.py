"""What the calculators name stands in the knowledge folder: parameters, instruments, hotlines, offices, words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.calculators.deadline_rules import RULES
from bot.calculators.figures import Figures
from bot.calculators.results import Explained, Impossible, Missing
from knowledge.instruments import load_instruments
from knowledge.parameters import load_parameters
from knowledge.town import load_town
from tests.unit.test_calculators_cases import ROWS, run
from tests.unit.test_calculators_figures import ROWS as PINNED

ROOT = Path(__file__).parent.parent.parent
KNOWLEDGE = ROOT / "knowledge"
CODE = sorted((ROOT / "bot" / "calculators").glob("*.py"))


def explained() -> Iterator[Explained]:
    for row in ROWS:
        result = run(row)
        if not isinstance(result, Impossible | Missing):
            yield result.explained


def test_every_basis_is_a_known_instrument() -> None:
    known = load_instruments(KNOWLEDGE / "instruments")
    named = {basis.instrument for item in explained() for basis in item.basis}
    assert named <= set(known) and len(named) >= 10


def test_every_place_to_ask_is_a_hotline_or_an_office() -> None:
    town = load_town(KNOWLEDGE / "town.toml")
    named = {place for item in explained() for place in item.ask}
    named |= {place for rule in RULES.values() for place in rule.ask}
    assert named and named <= {*town.hotlines, *town.offices}


def test_every_parameter_used_is_in_the_repository() -> None:
    parameters = load_parameters(KNOWLEDGE / "parameters", load_instruments(KNOWLEDGE / "instruments"))
    assert set(PINNED) <= set(parameters)
    figures = Figures(parameters, date(2026, 11, 22))
    used = {name for name in PINNED if name != "yl-base-cq"}
    assert [name for name in sorted(used) if figures.find(name) is None] == []
    assert figures.find("yl-base-cq") is None, (
        "the city's base pension of today was not found; never show an old one"
    )


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.name)
def test_no_phone_number_stands_in_a_sentence(path: Path) -> None:
    """Numbers to call come from the records, by id."""
    for literal in re.findall(r'"([^"\n]*[一-鿿][^"\n]*)"', path.read_text(encoding="utf-8")):
        assert not re.search(r"(?<!\d)(?:1[012]\d|12\d{3}|96110)(?!\d)", literal), literal


def test_every_list_of_words_is_used() -> None:
    lists = yaml.safe_load((KNOWLEDGE / "lexicon" / "calculators.yaml").read_text(encoding="utf-8"))["words"]
    code = "".join(path.read_text(encoding="utf-8") for path in CODE).replace("'", '"')
    for name in lists:
        stem = name.rstrip("123") if name.startswith(("level", "tier")) else name
        assert name.startswith("income_") or f'"{name}"' in code or f'"{stem}{{' in code, name


def test_the_data_files_hold_figures_only() -> None:
    rows = (ROOT / "tests" / "data" / "retirement_rows.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(str(line).isascii() and json.loads(line)["annex"] in (1, 2, 3) for line in rows)
