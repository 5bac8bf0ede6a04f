"""Hear what no pattern foresaw: is a text more like sentences of danger, or more like harmless ones?

Example sentences of each kind stand in a text file that people can read and extend. What tells the two apart is
worked out from them when the file is read: an averaged perceptron over character 1- to 3-grams, the same on every
machine. Nothing else is kept, and nothing is asked of a disk or an index when a text is weighed.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

EPOCHS = 6
MARGIN = 1.0
UP = 3.0
"""How much more a missed danger counts than a false alarm, while learning."""
SEED = 1
RARE = math.log(0.002)
"""The share of a gram that no example of a kind has."""
CERTAIN = 12.0
"""How far the best kind must be ahead, in logarithms; at 12 nine of ten are right."""

Grams = frozenset[str]


@dataclass(frozen=True, slots=True)
class Likeness:
    """weights: gram -> how much it speaks for danger. kinds: name of a danger -> gram -> logarithm of its share."""

    weights: Mapping[str, float]
    kinds: Mapping[str, Mapping[str, float]]

    def score(self, text: str) -> float:
        """Above 0: more like danger."""
        found = grams(text)
        return sum(self.weights.get(gram, 0.0) for gram in found) / math.sqrt(len(found))

    def nearest(self, text: str) -> str | None:
        """The kind of danger whose examples say most of the same; None where a second kind comes close."""
        found = grams(text)
        sums = {kind: sum(shares.get(gram, RARE) for gram in found) for kind, shares in self.kinds.items()}
        best, *rest = sorted(sums, key=lambda kind: sums[kind], reverse=True)
        return None if rest and sums[best] - sums[rest[0]] < CERTAIN else best


def grams(text: str) -> Grams:
    """Every run of one to three characters, with the ends marked."""
    marked = f"^{text}$"
    return frozenset(
        marked[start : start + size] for size in (1, 2, 3) for start in range(len(marked) - size + 1)
    )


def learn(danger: Mapping[str, Sequence[str]], harmless: Sequence[str]) -> Likeness:
    """Weigh the grams of the examples. danger: kind -> sentences, in the form in which texts are compared."""
    kinds = {kind: [grams(line) for line in lines] for kind, lines in danger.items()}
    examples = [(found, 1) for lines in kinds.values() for found in lines]
    examples += [(grams(line), -1) for line in harmless]
    return Likeness(_weights(examples), {kind: _shares(lines) for kind, lines in kinds.items()})


def _shares(lines: Sequence[Grams]) -> dict[str, float]:
    """gram -> logarithm of the share of the lines it stands in."""
    counts = Counter(gram for found in lines for gram in found)
    return {gram: math.log((count + 0.5) / (len(lines) + 1)) for gram, count in counts.items()}


def _weights(examples: list[tuple[Grams, int]]) -> dict[str, float]:
    """The averaged perceptron: sides are 1 for danger, -1 for harmless."""
    order = random.Random(SEED)
    weights: dict[str, float] = {}
    summed: dict[str, float] = {}
    step = 1
    for _ in range(EPOCHS):
        order.shuffle(examples)
        for found, side in examples:
            root = math.sqrt(len(found))
            if side * sum(weights.get(gram, 0.0) for gram in found) / root < MARGIN:
                change = side * (UP if side > 0 else 1.0) / root
                for gram in found:
                    weights[gram] = weights.get(gram, 0.0) + change
                    summed[gram] = summed.get(gram, 0.0) + step * change
            step += 1
    return {gram: weight - summed[gram] / step for gram, weight in weights.items()}
