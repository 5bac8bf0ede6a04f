"""What a question is about, looked at in several ways: its signs, the things and deeds it names, and what they are near to.

A deed is a concept of the thesaurus file that lists acts, a thing one of the others. A wording that names none by a known
word still leans towards some by its signs: one sign or pair of a word that few other things share is enough.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.lexicon import Lexicon
from knowledge.normalise import normalise
from knowledge.thesaurus import Concept, Found, Thesaurus
from knowledge.tokens import is_pair, is_sound, tokenise

DEEDS, PEOPLE = "deeds", "people"
PEOPLE_COUNT, UNSURE, SAID_FOR = 0.6, 0.6, 0.5
"""What counts less than 1: kin and walks of life, what only sounds like a word, signs that the lexicon says for a local word."""
RARITY_POWER, PLAIN_RARITY = 1.5, 6.0
LEANS = 15
"""Concepts that a wording may lean towards. Source of all of these: docs/retrieval.md, grouping."""

Weights = Mapping[str, float]
Embed = Callable[[str], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Traits:
    """Token -> what it counts, > 0, for each way of looking. vector: (dim,), zeros where nothing is known. length: in signs."""

    signs: Weights
    things: Weights
    deeds: Weights
    near: Weights
    fields: Weights
    vector: NDArray[np.float32]
    length: int


class Reading:
    """Reads wordings into `Traits`; the same wording is read once."""

    def __init__(self, thesaurus: Thesaurus, lexicon: Lexicon, questions: Iterable[str], embed: Embed) -> None:
        """questions: what is asked of what is held; what stands in many of them tells little."""
        self._thesaurus, self._lexicon, self._embed = thesaurus, lexicon, embed
        asked = [normalise(question) for question in questions]
        self._most = math.log(2 * len(asked) + 2)
        self._asked = len(asked)
        self._tokens = Counter(token for text in asked for token in set(tokenise(text)))
        self._concepts = Counter(concept for text in asked for concept in {each.concept for each in self._found(text)})
        self._leanings = _leanings(thesaurus)
        self.read = lru_cache(maxsize=20_000)(self._read)

    def _read(self, wording: str) -> Traits:
        text = normalise(wording)
        things, deeds = self._named(text)
        near = self._near(text)
        first = sorted(near.items(), key=lambda item: (-item[1], item[0]))[:LEANS]
        return Traits(self._signs(text), things, deeds, dict(first), _fields(near), self._embed(text), max(1, len(text)))

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

    def _near(self, text: str) -> dict[str, float]:
        """Things that the signs and pairs of the text lean towards."""
        near: defaultdict[str, float] = defaultdict(float)
        for token in sorted(set(tokenise(text)) & self._leanings.keys()):
            plain = min(1.0, self._rarity(self._tokens[token]) * self._most / PLAIN_RARITY)
            for key, leaning in self._leanings[token].items():
                near[key] += plain * leaning * (1.0 if is_pair(token) else 0.5)
        return near


def key_of(concept: Concept) -> str:
    """``land/渔业/鱼塘``."""
    return f"{concept.kind}/{concept.field}/{concept.name}"


def _fields(near: Weights) -> dict[str, float]:
    """Field of each thing -> the length of its leanings."""
    fields: defaultdict[str, float] = defaultdict(float)
    for key, count in near.items():
        fields[key.rpartition("/")[0]] += count * count
    return {field: math.sqrt(count) for field, count in fields.items()}


def _leanings(thesaurus: Thesaurus) -> dict[str, dict[str, float]]:
    """Token -> thing -> how much the token speaks for it: it stands in many of its words and in few other things'."""
    held: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word, concept in thesaurus.words.items():
        held[key_of(concept)].update(token for token in set(tokenise(word)) if not is_sound(token))
    having = Counter(token for tokens in held.values() for token in tokens)
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for key, tokens in held.items():
        for token, times in tokens.items() if not key.startswith(DEEDS) else ():
            rarity = math.log(1 + (len(held) - having[token] + 0.5) / (having[token] + 0.5))
            found[token][key] = times / (times + 1.5) * rarity
    return dict(found)
