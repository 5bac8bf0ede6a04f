"""How much a text is like the sentences of an example file: fixed weights of short runs of signs, summed.

Nothing is learned here and nothing is looked up anywhere: the weights are read once from a file
(`bot.likeness_file`), which `bot.likeness_learning` works out from the example sentences.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

ANY = "any"
"""The side that tells marked sentences from honest ones; every other side tells one kind from the others."""
RARITY = "rarity"
"""Not a side: how much a gram says by being rare, above 0. A gram without counts for nothing."""
ALWAYS = ""
"""The gram of every text: what a side says before it has read a sign."""
UNIT = 100
"""Weights are held as whole numbers of this part."""
SMALL = 10
"""The least weight that is held; what is below changes no verdict."""

Grams = frozenset[str]


class LexiconFiles(NamedTuple):
    """Names of the two files of one sieve in the lexicon folder, and its own in the file of weights."""

    rules: str
    examples: str
    sieve: str


@dataclass(frozen=True, eq=False)
class Likeness:
    """sides: names of the columns. known: the grams of the rows, one a line, the first of them ALWAYS.

    table: (grams, sides) weights, rarity: (grams,), both in parts of UNIT with 0 for none. learned_from: digest of
    the sentences they were worked out from.
    """

    sides: tuple[str, ...]
    known: str
    table: NDArray[np.int16]
    rarity: NDArray[np.int16]
    learned_from: str = ""

    @classmethod
    def of(cls, sides: Mapping[str, Mapping[str, float]], learned_from: str = "") -> Likeness:
        """sides: side (or RARITY) -> gram -> weight; nothing is known where there are none."""
        said = sorted({ALWAYS, *(gram for weights in sides.values() for gram in weights)})
        row_of = {gram: row for row, gram in enumerate(said)}
        names = sorted(sides.keys() - {RARITY})
        table = np.zeros((len(said), len(names) + 1), dtype=np.int16)
        for column, name in enumerate([*names, RARITY]):
            for gram, weight in sides.get(name, {}).items():
                table[row_of[gram], column] = round(weight * UNIT) if abs(weight * UNIT) >= SMALL else 0
        held = table.any(axis=1) | (np.arange(len(said)) == 0)
        known = "\n".join(gram for gram, kept in zip(said, held, strict=True) if kept)
        return cls(tuple(names), known, table[held, :-1], table[held, -1], learned_from)

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Gram -> its row, of those that count; made when the first text is weighed."""
        rows = enumerate(self.known.split("\n"))
        return {gram: row for row, gram in rows if self.rarity[row]}

    def score(self, text: str, side: str = ANY) -> float:
        """Above 0: more like the sentences of this side. Independent of how long the text is."""
        return self.scores(text, (side,))[side]

    def scores(self, text: str, sides: Iterable[str]) -> dict[str, float]:
        """side -> its score, 0.0 for an unknown one; the text is cut into grams once."""
        rows = [self._rows[gram] for gram in grams(text) if gram in self._rows]
        length = math.sqrt(np.square(self.rarity[rows], dtype=np.int64).sum()) or float(UNIT)
        sums = self.table[rows].sum(axis=0, dtype=np.int64) / length + self.table[0] / UNIT
        told = dict(zip(self.sides, sums.tolist(), strict=True))
        return {side: told.get(side, 0.0) for side in sides}

    def likeliest(self, text: str, kinds: Iterable[str]) -> tuple[str, float]:
        """The kind a text is most like, and how much it is like marked sentences: the mean of that kind and of all.

        The mean tells honest sentences better than either: all kinds together are a wide net, one kind a sharp eye.
        """
        scores = self.scores(text, (ANY, *kinds))
        whole = scores.pop(ANY)
        kind = max(scores, key=lambda name: scores[name])
        return kind, (whole + scores[kind]) / 2


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
