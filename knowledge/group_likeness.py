"""How likely a wording asks for what a group of wordings asks for, as log-odds: what both share, and what the group lacks.

A wording is measured against the others of a group that it stands in itself.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from knowledge.asked_alike import Traits

Numbers = NDArray[np.float64]
STRANGE = 0.15
"""What fewer of a group's wordings say is strange to it."""
NAMES = ("vector", "needs", "strange_thing", "strange_deed", "shared_signs", "length", "members")
BASE = -15.41
WEIGHTS = np.array([2.50, 17.96, -0.36, -0.29, 1.29, 0.86, -1.43])
"""Log-odds = BASE + features @ WEIGHTS: a logistic regression over NAMES. Source: docs/retrieval.md, grouping."""


class Likeness:
    """Of n wordings, by their numbers 0 to n - 1."""

    def __init__(self, traits: Sequence[Traits]) -> None:
        meanings = [each.meaning for each in traits]
        units = [
            _scaled(np.array([each.vector for each in meanings], dtype=np.float64)),
            _scaled(np.array([each.needs for each in meanings], dtype=np.float64)),
        ]
        self._cosines = [(unit @ unit.T).astype(np.float32) for unit in units]
        self._signs = _Said([each.signs for each in traits])
        self._things = _Said([_unit(each.things) for each in traits])
        self._deeds = _Said([each.deeds for each in traits])
        self._lengths = np.log([each.length for each in traits])

    def to_group(self, group: Sequence[int]) -> Numbers:
        """Log-odds of every wording, (n,)."""
        found: Numbers = BASE + self.features(group) @ WEIGHTS
        return found

    def features(self, group: Sequence[int]) -> Numbers:
        """Of every wording, (n, features) in the order of NAMES."""
        group = list(group)
        inside = np.zeros(len(self._lengths))
        inside[group] = 1.0
        others = np.maximum(len(group) - inside, 1.0)
        things, deeds, signs = (said.shares(inside, others) for said in (self._things, self._deeds, self._signs))
        columns = [
            *(_to_sum(cosines, group, inside) for cosines in self._cosines),
            (self._things.counts * (1 - things) * (things < STRANGE)).max(axis=1),
            (self._deeds.counts**2 * (deeds < STRANGE)).max(axis=1),
            (self._signs.counts * (signs >= STRANGE)).sum(axis=1) / self._signs.totals,
            self._lengths,
            np.log(others),
        ]
        return np.stack(columns, axis=1)

    @cached_property
    def to_each(self) -> Numbers:
        """Log-odds of every wording (row) beside every single other one (column), (n, n); the diagonal means nothing."""
        signs = self._signs.counts_in(self._signs.spoken()) / self._signs.totals[:, None]
        columns = [
            *self._cosines,
            self._things.most_lacking(1),
            self._deeds.most_lacking(2),
            signs,
            self._lengths[:, None],
        ]
        found = np.full((len(self._lengths), len(self._lengths)), BASE)
        for weight, column in zip(WEIGHTS, columns, strict=False):
            found += weight * column
        return found


class _Said:
    """What each wording says. counts: (n, slots), 0 in unused slots. tokens: number of the token in each slot."""

    def __init__(self, said: Sequence[Mapping[str, float]]) -> None:
        numbers = _numbers(said)
        slots = max(1, *(len(each) for each in said)) if said else 1
        self.counts = np.zeros((len(said), slots))
        self.tokens = np.zeros((len(said), slots), dtype=np.int64)
        for row, each in enumerate(said):
            self.counts[row, : len(each)] = list(each.values())
            self.tokens[row, : len(each)] = [numbers[token] for token in each]
        self.totals = np.maximum(self.counts.sum(axis=1), 1e-9)
        self._known = max(1, len(numbers))

    def shares(self, inside: Numbers, others: Numbers) -> Numbers:
        """Share of the other wordings of the group that say the token of each slot, (n, slots)."""
        used = self.counts > 0
        group = inside > 0
        having = np.bincount(self.tokens[group][used[group]], minlength=self._known)
        found: Numbers = (having[self.tokens] - inside[:, None]) / others[:, None] * used
        return found

    def spoken(self) -> NDArray[np.bool_]:
        """(n, tokens)."""
        found = np.zeros((len(self.counts), self._known), dtype=bool)
        rows, slots = np.nonzero(self.counts)
        found[rows, self.tokens[rows, slots]] = True
        return found

    def counts_in(self, spoken: NDArray[np.bool_]) -> Numbers:
        """Sum of what a wording (row) says that another one (column) says as well, (n, n)."""
        counts = np.zeros(spoken.shape)
        rows, slots = np.nonzero(self.counts)
        counts[rows, self.tokens[rows, slots]] = self.counts[rows, slots]
        found: Numbers = counts @ spoken.T.astype(np.float64)
        return found

    def most_lacking(self, power: int) -> Numbers:
        """The weightiest that a wording (row) says and another one (column) does not, to a power, (n, n)."""
        spoken, found = self.spoken(), np.zeros((len(self.counts), len(self.counts)))
        for slot in range(self.counts.shape[1]):
            lacking = ~spoken[:, self.tokens[:, slot]].T
            found = np.maximum(found, self.counts[:, slot, None] ** power * lacking)
        return found


def _to_sum(cosines: NDArray[np.float32], group: Sequence[int], inside: Numbers) -> Numbers:
    """Cosine of every wording to the sum of the others of the group, (n,). cosines: of each to each, (n, n)."""
    own = np.diag(cosines)
    dots = cosines[:, group].sum(axis=1, dtype=np.float64)
    squares = dots[group].sum() - inside * (2 * dots - own)
    found: Numbers = (dots - inside * own) / np.sqrt(np.maximum(squares, 1e-9))
    return found


def _scaled(rows: Numbers) -> Numbers:
    found: Numbers = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return found


def _unit(said: Mapping[str, float]) -> dict[str, float]:
    length = math.sqrt(sum(count * count for count in said.values())) or 1.0
    return {token: count / length for token, count in said.items()}


def _numbers(said: Sequence[Mapping[str, float]]) -> dict[str, int]:
    return {token: number for number, token in enumerate(sorted({token for each in said for token in each}))}
