"""Questions that ask for one need come together: groups grow by what their wordings share, the nearest pair first.

A group is the sum of its wordings' weighted tokens. What many wordings of it share (狗) comes to stand out, what only
one of them says fades. No clock and no chance: the same wordings and groups always end the same way.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

NEAR = 0.15
"""Likeness from which two groups are one. Source: docs/retrieval.md, grouping."""
SPREAD = 0.5
"""1: the angle between two groups alone; 0: the mean likeness of their wordings."""
LONE = 0.6
"""What a token counts that a single wording has: it can bring nothing together, it only stands apart."""

Profile = Callable[[str], Mapping[str, float]]
"""Masked wording -> tokens with what they count, >= 0."""


@dataclass(frozen=True, slots=True)
class Wording:
    """group: id of the group it stands in already, '' for a new one. settled: its group may not join another one."""

    key: str
    text: str
    group: str = ""
    settled: bool = False


def grouped(wordings: Sequence[Wording], profile: Profile, near: float = NEAR) -> dict[str, str]:
    """Key of each wording -> group: an id that was given, or `new:` and the key of the group's first wording.

    Groups that were given never part; they may come together, under the id of the one named first. The work grows
    with the square of the groups and new wordings: 2,000 of them take a few seconds.
    """
    rows = _rows(wordings)
    held = _Clusters(_sums(rows, _weighted(wordings, profile)), [len(row) for row in rows], _settled(rows))
    held.join(near)
    found: dict[str, str] = {}
    for members in held.members():
        first = rows[members[0]][0]
        name = next((rows[member][0].group for member in members if rows[member][0].group), f"new:{first.key}")
        found |= {wording.key: name for member in members for wording in rows[member]}
    return found


def _rows(wordings: Sequence[Wording]) -> list[list[Wording]]:
    """One row per group that was given, one per new wording; in the order given, settled groups first."""
    rows: dict[str, list[Wording]] = {}
    for wording in wordings:
        rows.setdefault(wording.group or f"new:{wording.key}", []).append(wording)
    return sorted(rows.values(), key=lambda row: (not row[0].settled, not row[0].group))


def _settled(rows: Sequence[Sequence[Wording]]) -> NDArray[np.bool_]:
    return np.array([row[0].settled for row in rows], dtype=bool)


def _weighted(wordings: Sequence[Wording], profile: Profile) -> dict[str, dict[str, float]]:
    """Key -> its tokens as a unit vector."""
    profiles = {wording.key: profile(wording.text) for wording in wordings}
    having = Counter(token for tokens in profiles.values() for token in tokens)
    found = {}
    for key, tokens in profiles.items():
        kept = {token: weight * (LONE if having[token] == 1 else 1.0) for token, weight in tokens.items()}
        length = math.sqrt(sum(weight * weight for weight in kept.values())) or 1.0
        found[key] = {token: weight / length for token, weight in kept.items()}
    return found


def _sums(rows: Sequence[Sequence[Wording]], vectors: Mapping[str, Mapping[str, float]]) -> NDArray[np.float64]:
    """Products of the rows' sums, (rows, rows)."""
    having: defaultdict[str, dict[int, float]] = defaultdict(dict)
    for number, row in enumerate(rows):
        for wording in row:
            for token, weight in vectors[wording.key].items():
                having[token][number] = having[token].get(number, 0.0) + weight
    products = np.zeros((len(rows), len(rows)))
    for weights in having.values():
        places, values = np.array(list(weights)), np.array(list(weights.values()))
        products[np.ix_(places, places)] += np.outer(values, values)
    return products


class _Clusters:
    """products: of the sums, (n, n). sizes: wordings in each. A row that was joined to another one is out."""

    def __init__(self, products: NDArray[np.float64], sizes: Sequence[int], settled: NDArray[np.bool_]) -> None:
        self._products = products
        self._sizes = np.array(sizes, dtype=np.float64)
        self._settled = settled
        self._in = np.ones(len(sizes), dtype=bool)
        self._members = {number: [number] for number in range(len(sizes))}

    def members(self) -> list[list[int]]:
        return list(self._members.values())

    def join(self, near: float) -> None:
        """Join the nearest pair as long as it is near enough; of equals the first."""
        likeness = np.array([self._likeness(row) for row in range(len(self._sizes))]).reshape(self._products.shape)
        best = likeness.argmax(axis=1) if len(likeness) else np.zeros(0, dtype=np.intp)
        while len(best):
            top = likeness[np.arange(len(best)), best]
            row = int(top.argmax())
            if top[row] < near:
                return
            first, second = sorted((row, int(best[row])))
            self._merge(first, second)
            likeness[second], likeness[:, second] = -1.0, -1.0
            likeness[first] = likeness[:, first] = self._likeness(first)
            stale = np.flatnonzero((best == first) | (best == second) | (likeness[:, first] >= top))
            for each in {first, second, *stale.tolist()}:
                best[each] = likeness[each].argmax()

    def _likeness(self, row: int) -> NDArray[np.float64]:
        """Of a row to every other one, -1 where the two may not come together."""
        lengths = np.sqrt(np.maximum(np.diag(self._products), 1e-12))
        angles = (lengths * lengths[row]) ** SPREAD
        means = (self._sizes * self._sizes[row]) ** (1 - SPREAD)
        found: NDArray[np.float64] = self._products[row] / (angles * means)
        found[~self._in] = -1.0
        found[row] = -1.0
        if self._settled[row]:
            found[self._settled] = -1.0
        return found if self._in[row] else np.full_like(found, -1.0)

    def _merge(self, first: int, second: int) -> None:
        """second goes into first."""
        self._products[first] += self._products[second]
        self._products[:, first] += self._products[:, second]
        self._sizes[first] += self._sizes[second]
        self._settled[first] |= self._settled[second]
        self._in[second] = False
        self._members[first] += self._members.pop(second)
