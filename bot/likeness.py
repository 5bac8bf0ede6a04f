"""How much a text is like the sentences of an example file: fixed weights of short runs of signs, summed.

Nothing is learned here and nothing is looked up anywhere: the weights stand in a text file that people can read,
and are read once. `bot.likeness_learning` works them out from the example sentences.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

ANY = "any"
"""The side that tells marked sentences from honest ones; every other side tells one kind from the others."""
RARITY = "rarity"
"""Not a side: how much a gram says by being rare, above 0. A gram without counts for nothing."""
ALWAYS = ""
"""The gram of every text: what a side says before it has read a sign."""
UNIT = 100
"""Weights are written as whole numbers of this part."""
SMALL = 10
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
        return self.scores(text, (side,))[side]

    def scores(self, text: str, sides: Iterable[str]) -> dict[str, float]:
        """side -> its score; the text is cut into grams once."""
        rarity = self.sides.get(RARITY, {})
        known = [gram for gram in grams(text) if gram in rarity]
        length = math.sqrt(math.fsum(rarity[gram] ** 2 for gram in known)) or 1.0
        return {side: weigh(self.sides.get(side, {}), known, length) for side in sides}

    def likeliest(self, text: str, kinds: Iterable[str]) -> tuple[str, float]:
        """The kind a text is most like, and how much it is like marked sentences: the mean of that kind and of all.

        The mean tells honest sentences better than either: all kinds together are a wide net, one kind a sharp eye.
        """
        scores = self.scores(text, (ANY, *kinds))
        whole = scores.pop(ANY)
        kind = max(scores, key=lambda name: scores[name])
        return kind, (whole + scores[kind]) / 2


def weigh(weights: Mapping[str, float], found: Iterable[str], length: float) -> float:
    return math.fsum(weights.get(gram, 0.0) for gram in found) / length + weights.get(ALWAYS, 0.0)


def grams(text: str) -> Grams:
    """Every run of one to three signs, with the ends marked, and every two signs with one or two between them."""
    marked = f"^{text}$"
    runs = {marked[start : start + size] for size in (1, 2, 3) for start in range(len(marked) - size + 1)}
    pairs = {f"{marked[start]}{' ' * gap}{marked[start + gap + 1]}" for gap in (1, 2) for start in range(len(marked) - gap - 1)}
    return frozenset(runs | pairs)


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
