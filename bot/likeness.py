"""How much a text is like the sentences of an example file: fixed weights of short runs of signs, summed.

Nothing is learned here and nothing is looked up anywhere: the weights stand in a text file that people can read,
and are read once. `bot.likeness_learning` works them out from the example sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

ANY = "any"
"""The side that tells marked sentences from honest ones; every other side tells one kind from the others."""
UNIT = 100
"""Weights are written as whole numbers of this part."""
SMALL = 5
"""The least weight that is written; what is below changes no verdict."""

Grams = frozenset[str]


class LexiconFiles(NamedTuple):
    """Names of the three files of one sieve in the lexicon folder."""

    rules: str
    examples: str
    weights: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """sides: side -> gram -> weight. learned_from: digest of the sentences the weights were worked out from."""

    sides: Mapping[str, Mapping[str, float]]
    learned_from: str = ""

    def score(self, text: str, side: str = ANY) -> float:
        """Above 0: more like the sentences of this side. Independent of how long the text is."""
        return weigh(self.sides.get(side, {}), grams(text))


def weigh(weights: Mapping[str, float], found: Grams) -> float:
    return sum(weights.get(gram, 0.0) for gram in found) / math.sqrt(len(found))


def grams(text: str) -> Grams:
    """Every run of one to three signs, with the ends marked, and every two signs with one between them."""
    marked = f"^{text}$"
    runs = {marked[start : start + size] for size in (1, 2, 3) for start in range(len(marked) - size + 1)}
    return frozenset(runs | {f"{marked[start]} {marked[start + 2]}" for start in range(len(marked) - 2)})


def read_examples(text: str) -> dict[str, list[str]]:
    """`[kind]` lines, each followed by its sentences, one a line; `#` begins a remark."""
    kinds: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            lines = kinds.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return kinds


def read_weights(text: str) -> Likeness:
    """First line: remark and digest. Then a line a gram: gram, tab, `side=weight` parted by blanks."""
    head, *lines = text.splitlines() or [""]
    sides: dict[str, dict[str, float]] = {}
    for line in lines:
        gram, weights = line.split("\t")
        for part in weights.split(" "):
            side, _, weight = part.partition("=")
            sides.setdefault(side, {})[gram] = int(weight) / UNIT
    return Likeness(sides, head.rpartition(" ")[2])


def weights_text(likeness: Likeness, remark: str) -> str:
    """The text that `read_weights` reads; grams in order, so that two files can be compared line by line."""
    rows: dict[str, list[str]] = {}
    for side in sorted(likeness.sides):
        for gram, weight in likeness.sides[side].items():
            if abs(weight * UNIT) >= SMALL:
                rows.setdefault(gram, []).append(f"{side}={round(weight * UNIT)}")
    lines = [f"{gram}\t{' '.join(rows[gram])}" for gram in sorted(rows)]
    return "\n".join([f"# {remark} {likeness.learned_from}", *lines]) + "\n"
