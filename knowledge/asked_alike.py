"""What a question is about, looked at in several ways: its signs, the things and deeds it names, and what it means.

A deed is a concept of the thesaurus file that lists acts, a thing one of the others.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from knowledge.known_needs import Meaning
from knowledge.lexicon import Lexicon
from knowledge.normalise import normalise
from knowledge.thesaurus import Concept, Found, Thesaurus
from knowledge.tokens import tokenise

DEEDS, PEOPLE = "deeds", "people"
PEOPLE_COUNT, UNSURE, SAID_FOR = 0.6, 0.6, 0.5
"""What counts less than 1: kin and walks of life, what only sounds like a word, signs that the lexicon says for a local word."""
RARITY_POWER = 1.5
"""Source of all of these: docs/retrieval.md, grouping."""

Weights = Mapping[str, float]
Understand = Callable[[str], Meaning]


@dataclass(frozen=True, slots=True)
class Traits:
    """Token -> what it counts, > 0, for each way of looking. length: in signs."""

    signs: Weights
    things: Weights
    deeds: Weights
    meaning: Meaning
    length: int


class Reading:
    """Reads wordings into `Traits`; the same wording is read once."""

    def __init__(self, thesaurus: Thesaurus, lexicon: Lexicon, questions: Iterable[str], understand: Understand) -> None:
        """questions: what is asked of what is held; what stands in many of them tells little."""
        self._thesaurus, self._lexicon, self._understand = thesaurus, lexicon, understand
        asked = [normalise(question) for question in questions]
        self._most = math.log(2 * len(asked) + 2)
        self._asked = len(asked)
        self._tokens = Counter(token for text in asked for token in set(tokenise(text)))
        self._concepts = Counter(concept for text in asked for concept in {each.concept for each in self._found(text)})
        self.read = lru_cache(maxsize=20_000)(self._read)

    def _read(self, wording: str) -> Traits:
        text = normalise(wording)
        things, deeds = self._named(text)
        return Traits(self._signs(text), things, deeds, self._understand(text), max(1, len(text)))

    def _found(self, text: str) -> list[Found]:
        return self._thesaurus.find_said(text, self._lexicon)

    def _rarity(self, times: int) -> float:
        """Inverse document frequency over the questions, 1 for what none of them holds."""
        return math.log(1 + (self._asked - times + 0.5) / (times + 0.5)) / self._most if self._asked else 1.0

    def _signs(self, text: str) -> dict[str, float]:
        """Single signs, and words of letters or digits cut to one sign."""
        said = dict.fromkeys((token for token in tokenise(text) if len(token) == 1), 1.0)
        for word in self._lexicon.expand(text):
            for token in tokenise(word):
                if len(token) == 1:
                    said.setdefault(token, SAID_FOR)
        return {token: count * self._rarity(self._tokens[token]) ** RARITY_POWER for token, count in said.items()}

    def _named(self, text: str) -> tuple[dict[str, float], dict[str, float]]:
        """(things, deeds)."""
        found: tuple[dict[str, float], dict[str, float]] = ({}, {})
        for each in self._found(text):
            count = self._rarity(self._concepts[each.concept]) * (1.0 if each.sure else UNSURE)
            count *= PEOPLE_COUNT if each.concept.kind == PEOPLE else 1.0
            into, key = found[each.concept.kind == DEEDS], key_of(each.concept)
            into[key] = max(into.get(key, 0.0), count)
        return found


def key_of(concept: Concept) -> str:
    """``land/渔业/鱼塘``."""
    return f"{concept.kind}/{concept.field}/{concept.name}"
