"""The words in which people ask for a sum: read once from `lexicon/calculators.yaml`, compared with `in`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.normalise import normalise
from knowledge.problems import KnowledgeError, Problem
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class Asking:
    """One question back. fact: what is missing. choices: each, added to the first question, settles the fact.

    forms: how an answer in free words may have to be completed to be read ({}出生).
    """

    fact: str
    question: str
    choices: tuple[str, ...]
    unsure: str
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """lists: name -> words, normalised. people: phrase -> how many. asks: fact -> the question back."""

    lists: Mapping[str, tuple[str, ...]]
    people: Mapping[str, int]
    asks: Mapping[str, Asking]

    def any(self, name: str, text: str) -> bool:
        """Does one of the words stand in the (normalised) text? Raises KeyError for an unknown list."""
        return any(word in text for word in self.lists[name])

    def last(self, name: str, text: str) -> int:
        """Where the last of the words ends, -1 where none stands."""
        return max((text.rfind(word) + len(word) for word in self.lists[name] if word in text), default=-1)

    def pattern(self, name: str) -> str:
        """The words as alternatives of a regular expression, longest first."""
        return "|".join(sorted(self.lists[name], key=len, reverse=True))


def load_words(path: Path) -> Words:
    """Raises KnowledgeError where the file is not the mapping it should be."""
    raw = read_yaml(path.read_text(encoding="utf-8"), str(path))
    try:
        unsure = str(raw["unsure"])
        return Words(
            lists={name: tuple(normalise(word) for word in words) for name, words in raw["words"].items()},
            people={normalise(phrase): int(number) for phrase, number in raw["people"].items()},
            asks={
                fact: Asking(fact, ask["question"], tuple(ask["choices"]), unsure, tuple(ask.get("forms") or ()))
                for fact, ask in raw["ask"].items()
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnowledgeError(
            [Problem(str(path), 1, f"测算用词读不出来：{error}", "照原来的样子改")]
        ) from error
