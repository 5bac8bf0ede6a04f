"""Questions that ask for one need come together: the nearest two groups first, then what stands out is put out again.

A group is judged as a whole (`group_likeness`): what many wordings of it share comes to stand out. No clock and no chance:
the same wordings and groups always end the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.asked_alike import Traits
from knowledge.group_likeness import Likeness

NEAR, OUT = -2.0, -0.5
"""Log-odds from which two groups are one, and below which a wording does not stay. Source: docs/retrieval.md, grouping."""
JUDGED, ROUNDS = 4, 3
"""From how many wordings a group can tell that one of them does not belong; how often it is looked at."""

Read = Callable[[str], Traits]
"""Masked wording -> what it is about."""
Part = list[int]
"""Numbers of the wordings of a group."""


@dataclass(frozen=True, slots=True)
class Wording:
    """group: id of the group it stands in already, '' for a new one. settled: its group may not join another one."""

    key: str
    text: str
    group: str = ""
    settled: bool = False


def grouped(wordings: Sequence[Wording], read: Read, near: float = NEAR) -> dict[str, str]:
    """Key of each wording -> group: an id that was given, or `new:` and the key of one of the group's wordings.

    Groups that were given never part; they may come together, under the id of the one named first. The work grows
    with the square of the wordings: 2,000 take a few seconds.
    """
    if not wordings:
        return {}
    order, parts = _parts(wordings)
    parts = _sorted_out(Likeness([read(each.text) for each in order]), order, parts, near)
    found: dict[str, str] = {}
    for part in parts:
        members = [order[number] for number in part]
        name = next((each.group for each in members if each.group), f"new:{members[0].key}")
        found |= {each.key: name for each in members}
    return found


def _parts(wordings: Sequence[Wording]) -> tuple[list[Wording], list[Part]]:
    """Wordings in the order of their numbers, settled groups first, then other given ones as named, then new ones by text."""
    rows: dict[str, list[Wording]] = {}
    for each in wordings:
        rows.setdefault(each.group or f"new:{each.key}", []).append(each)
    place = {name: number for number, name in enumerate(rows)}
    names = sorted(rows, key=lambda name: _rank(rows[name][0], place[name]))
    order = [each for name in names for each in rows[name]]
    ends = np.cumsum([len(rows[name]) for name in names]).tolist()
    return order, [list(range(end - len(rows[name]), end)) for name, end in zip(names, ends, strict=True)]


def _rank(first: Wording, place: int) -> tuple[bool, bool, int, str, str]:
    return (not first.settled, not first.group, place if first.group else 0, first.text, first.key)


def _sorted_out(likeness: Likeness, order: Sequence[Wording], parts: list[Part], near: float) -> list[Part]:
    """Join, put out who does not belong, let those join again."""
    settled = np.array([each.settled for each in order])
    parts = _Joining(likeness, parts, settled).join(near)
    for _ in range(ROUNDS):
        left = [piece for part in parts for piece in _without_strangers(likeness, order, part)]
        if len(left) == len(parts):
            break
        parts = _Joining(likeness, left, settled).join(max(near, OUT))
    return parts


def _without_strangers(likeness: Likeness, order: Sequence[Wording], part: Part) -> list[Part]:
    """The part and each of its new wordings that does not belong to the others."""
    if len(part) < JUDGED:
        return [part]
    odds = likeness.to_group(part)
    out = [number for number in part if odds[number] < OUT and not order[number].group]
    stays = [number for number in part if number not in out]
    return [stays, *([number] for number in out)] if stays else [part]


class _Joining:
    """Groups by the number of their first wording; what has joined another one is out."""

    def __init__(self, likeness: Likeness, parts: Sequence[Part], settled: NDArray[np.bool_]) -> None:
        count = len(settled)
        self._likeness = likeness
        self._members = {part[0]: list(part) for part in parts}
        self._odds = likeness.to_each.copy()
        self._group_of = np.zeros(count, dtype=np.int64)
        self._sizes = np.zeros(count)
        self._settled = np.zeros(count, dtype=bool)
        for name, members in self._members.items():
            self._settled[name] = settled[members].any()
            self._take(name)

    def _take(self, name: int) -> None:
        """Look at a group anew."""
        members = self._members[name]
        self._group_of[members], self._sizes[name] = name, len(members)
        if len(members) > 1:
            self._odds[:, name] = self._likeness.to_group(members)

    def join(self, near: float) -> list[Part]:
        """Join the nearest two as long as they are near enough; of equals the first."""
        score = np.full(self._odds.shape, -np.inf)
        for name in self._members:
            score[name] = self._scores(name)
        best = score.argmax(axis=1)
        while True:
            top = score[np.arange(len(best)), best]
            row = int(top.argmax())
            if top[row] < near:
                return list(self._members.values())
            first, second = sorted((row, int(best[row])))
            self._merge(first, second)
            score[second], score[:, second] = -np.inf, -np.inf
            score[first] = score[:, first] = self._scores(first)
            stale = np.flatnonzero((best == first) | (best == second) | (score[:, first] > top))
            for each in {first, second, *stale.tolist()}:
                best[each] = score[each].argmax()

    def _scores(self, name: int) -> NDArray[np.float64]:
        """Mean log-odds of the smaller group's wordings beside the larger one, for every other group; -inf for what may not join."""
        size, sizes = self._sizes[name], np.maximum(self._sizes, 1)
        theirs = np.bincount(self._group_of, weights=self._odds[:, name], minlength=len(sizes)) / sizes
        ours = self._odds[self._members[name]].mean(axis=0)
        found = np.where(sizes < size, theirs, np.where(sizes > size, ours, (theirs + ours) / 2))
        found[(self._sizes == 0) | (self._settled & self._settled[name])] = -np.inf
        found[name] = -np.inf
        return found

    def _merge(self, first: int, second: int) -> None:
        """second goes into first."""
        self._members[first] += self._members.pop(second)
        self._settled[first] |= self._settled[second]
        self._sizes[second] = 0
        self._take(first)
