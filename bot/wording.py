"""The fixed sentences a villager can read, loaded from `wording.yaml` and filled with the town's names."""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.types import AnswerStatus, BlockKind, Origin
from knowledge.types import Office, Town

FILE = Path(__file__).with_name("wording.yaml")
GIVEN_LATER = frozenset(
    {"missing", "place", "position", "seconds", "over", "left", "limit", "incident", "office", "phone", "number", "day"}
)
"""Variables that the place of use gives; the town gives all others."""


class WordingError(Exception):
    """A sentence of wording.yaml that cannot be filled. where: its key path; variable: the unknown name."""

    def __init__(self, where: str, variable: str) -> None:
        super().__init__(f"{where}: {variable}")
        self.where = where
        self.variable = variable


class _Telephone:
    """``{tel:12345}`` in a sentence: the number, if the town knows the hotline."""

    def __init__(self, numbers: frozenset[str]) -> None:
        self._numbers = numbers

    def __format__(self, number: str) -> str:
        if number not in self._numbers:
            raise KeyError(f"tel:{number}")
        return number


@dataclass(frozen=True, slots=True)
class Ask:
    """Where a status sends people: an office by name and a number; '' where the town has none."""

    office: str
    phone: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Every sentence, with the town's names at hand. Build one with `load_wording`."""

    town: Town
    sentences: Mapping[str, Any]

    def sentence(self, status: AnswerStatus, variant: str = "sentence", **given: object) -> str:
        """The sentence of a status; given: variables of this answer (missing, place, position, seconds …).

        An unknown variant gives the plain sentence, so a rule may name one before it has words of its own.
        """
        row = self.sentences["statuses"][status.value]
        text = row.get(variant) or row["sentence"]
        return self._fill(text, self._asked(status) | given)

    def title(self, status: AnswerStatus) -> str:
        return str(self.sentences["statuses"][status.value]["title"])

    def tone(self, status: AnswerStatus) -> str:
        """``plain`` or ``warn``: how the box of this status looks."""
        return str(self.sentences["statuses"][status.value]["tone"])

    def ways(self, status: AnswerStatus) -> tuple[str, ...]:
        """What a person can do next; a way whose office or hotline the town lacks is left out."""
        rows = self.sentences["statuses"][status.value].get("ways", [])
        given = {name: value for name, value in self._asked(status).items() if value}
        return tuple(text for row in rows if (text := self._try(row, given)))

    def ask(self, status: AnswerStatus) -> Ask:
        """The office and the phone that a status names."""
        row = self.sentences["ask"].get(status.value) or self.sentences["ask"]["default"]
        office: Office | None = self.town.offices.get(row["office"])
        phone = row["phone"] if row["phone"] in self.town.hotlines else next(iter(self.town.hotlines), "")
        return Ask(office.name if office else self.town.operator, phone)

    def danger(self, rule: str = "default") -> str:
        """What is said first to someone in danger; the plain sentence for a rule without its own words."""
        rows = self.sentences["danger"]
        return self._try(rows.get(rule, ""), {}) or self._fill(rows["default"], {})

    def chip(self, origin: Origin) -> str:
        return str(self.sentences["chips"][origin.value])

    def closing(self, origin: Origin) -> str:
        return str(self.sentences["closings"]["model" if origin is Origin.MODEL else "program"])

    def beside_composer(self, model_on: bool) -> str:
        return str(self.sentences["beside_composer"]["model" if model_on else "program"])

    def heading(self, kind: BlockKind) -> str:
        return str(self.sentences["headings"][kind.value])

    def words(self, section: str, key: str, **given: object) -> str:
        """One sentence of a section such as `page`, `buttons` or `labels`."""
        return self._fill(self.sentences[section][key], given)

    def section(self, name: str) -> dict[str, str]:
        """Every sentence of a section; variables given later stay as ``{name}``."""
        later = {key: "{" + key + "}" for key in GIVEN_LATER}
        return {key: self._fill(text, later) for key, text in self.sentences[name].items()}

    def _asked(self, status: AnswerStatus) -> dict[str, object]:
        asked = self.ask(status)
        return {"office": asked.office, "phone": asked.phone}

    def _try(self, text: str, given: Mapping[str, object]) -> str:
        try:
            return self._fill(text, given)
        except WordingError:
            return ""

    def _fill(self, text: str, given: Mapping[str, object]) -> str:
        try:
            return text.format_map(self._town_names() | dict(given))
        except KeyError as error:
            raise WordingError(text, str(error.args[0])) from error

    def _town_names(self) -> dict[str, object]:
        levels = self.town.levels
        return {
            "assistant": self.town.assistant_name,
            "short": self.town.short_name,
            "operator": self.town.operator,
            "town": self.town.name,
            "speech": f"{levels[1].name}话" if len(levels) > 1 else "家乡话",
            "tel": _Telephone(frozenset(self.town.hotlines)),
        }


def load_wording(town: Town, file: Path = FILE) -> Wording:
    """Read the sentences and check that each can be filled. Raises WordingError, naming the sentence."""
    sentences = yaml.safe_load(file.read_text(encoding="utf-8"))
    known = GIVEN_LATER | {"assistant", "short", "operator", "town", "speech", "tel"}
    for where, text in _texts(sentences, ""):
        for _, variable, _, _ in string.Formatter().parse(text):
            if variable is not None and variable not in known:
                raise WordingError(where, variable)
    return Wording(town, sentences)


def _texts(node: object, where: str) -> list[tuple[str, str]]:
    """Every string below node with its key path."""
    if isinstance(node, str):
        return [(where, node)]
    if isinstance(node, Mapping):
        return [found for key, value in node.items() for found in _texts(value, f"{where}.{key}")]
    if isinstance(node, list):
        return [found for value in node for found in _texts(value, where)]
    return []
