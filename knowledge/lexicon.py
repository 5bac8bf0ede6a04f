"""Lay words, dialect and abbreviations to the words of the texts: `lexicon/*.yaml`.

A row `- {say: [...], mean: [...]}` fires where one of `say` stands in the question; its `mean` words
become extra, lighter query tokens. Nothing is replaced. Files are the groups of the ablation table.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.asked import NOTHING, Asked, load_asked
from knowledge.homophones import Homophones
from knowledge.meant import Meant
from knowledge.normalise import normalise
from knowledge.yaml_files import read_yaml_folder


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a group; `key` names it in traces and in the firing test."""

    group: str
    say: tuple[str, ...]
    mean: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.group}/{self.say[0]}"


@dataclass(frozen=True, slots=True)
class Lexicon:
    rows: tuple[Row, ...]
    homophones: Homophones
    asked: Asked = NOTHING

    def fired(self, text: str) -> list[Row]:
        """Rows whose words stand in the (normalised) question, in file order."""
        question = normalise(text)
        return [row for row in self.rows if any(word in question for word in row.say)]

    def meant(self, text: str) -> tuple[Meant, ...]:
        """Each word of a fired row that stands in the question, with what it means."""
        question = normalise(text)
        return tuple(Meant.of(word, row.mean) for row in self.fired(text) for word in row.say if word in question)

    def expand(self, text: str) -> list[str]:
        """Words to add to the query, without repeats: of fired rows, then of words that sound alike."""
        words = [word for row in self.fired(text) for word in row.mean]
        return list(dict.fromkeys(words + self.homophones.heard(normalise(text))))


SPECIAL = frozenset(
    {"places", "not_held", "danger", "refusals", "calculators", "followups", "talk", "parts", "subjects", "ask_back"}
    | {"asked", "plain"}
)
"""Files in the folder that are word lists of other stages, not rows."""


def load_lexicon(folder: Path) -> Lexicon:
    """Every group file of the folder. Raises KnowledgeError for a file that cannot be read."""
    rows: list[Row] = []
    heard = folder / "terms.txt"
    terms = heard.read_text(encoding="utf-8").split() if heard.is_file() else []
    for row_path, items in read_yaml_folder(folder, skip=SPECIAL):
        group = Path(row_path).stem
        rows += [Row(group, _words(item["say"]), _words(item["mean"])) for item in items]
    return Lexicon(tuple(rows), Homophones.of(terms), load_asked(folder))


def _words(value: str | Iterable[str]) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else list(value)
    return tuple(normalise(item) for item in items)
