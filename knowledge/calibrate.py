"""Fit the answer threshold on the knowledge's own examples and on questions it must not answer.

Positives: each example asked of an index that does not hold it (two halves, swapped). Negatives: our own lists,
each judged by odds that were counted without it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from knowledge.confidence import FALLBACK, Calibration, Features, choose_threshold, signals_of
from knowledge.fusion import best_first
from knowledge.index import Index, Query, score
from knowledge.rows import ENTRY, IndexRow, lexical_field
from knowledge.tokens import is_sound, tokenise

MIN_ENTRIES = 20
PASS_RATE = 0.12
"""Share of the negatives that may be answered: the price of refusing few of the covered questions."""
MIN_COUNT = 2
"""Questions that must hold a token before its odds are kept."""


@dataclass(frozen=True, slots=True)
class Machinery:
    """How calibration builds its half indexes and reads questions."""

    index_of: Callable[[Sequence[IndexRow]], Index]
    read: Callable[[str], Query]


@dataclass(frozen=True, slots=True)
class Bench:
    """One index to ask, with the rows it was built from and the odds to judge by."""

    index: Index
    rows: Mapping[str, IndexRow]
    odds: Mapping[str, float]

    @classmethod
    def of(cls, rows: Sequence[IndexRow], negatives: Sequence[str], machinery: Machinery) -> Bench:
        asked = [question for row in rows if row.tier == ENTRY for question in row.questions]
        return cls(machinery.index_of(rows), {row.digest: row for row in rows}, count_odds(asked, negatives))

    def ask(self, query: Query) -> tuple[IndexRow, Features] | None:
        """The best entry with its signals; None when nothing scores."""
        scores, _ = score(self.index, query)
        for number in best_first(scores, 50):
            row = self.rows[self.index.digests[number]]
            if row.tier == ENTRY:
                return row, signals_for(self.index, row, query, float(scores[number]), self.odds)
        return None


def calibrate(rows: Sequence[IndexRow], negatives: Sequence[str], machinery: Machinery) -> Calibration:
    """The fitted calibration, or the fallback where there are too few entries or negatives."""
    entries = [row for row in rows if row.tier == ENTRY and len(row.questions) > 2]
    if len(entries) < MIN_ENTRIES or len(negatives) < MIN_ENTRIES:
        return FALLBACK
    whole = Bench.of(rows, negatives, machinery)
    right: list[Features] = []
    wrong: list[Features] = []
    for half in (0, 1):
        shown = [_without(row, half) for row in rows]
        bench = Bench.of(shown, negatives[1 - half :: 2], machinery)
        for row in entries:
            for question in row.questions[1 + half :: 2]:
                found = bench.ask(machinery.read(question))
                if found and found[0].document_id == row.document_id:
                    right.append(found[1])
        strict = replace(whole, odds=bench.odds)
        wrong += [found[1] for question in negatives[half::2] if (found := strict.ask(machinery.read(question)))]
    return replace(_fit(right, wrong), odds=whole.odds)


def _without(row: IndexRow, half: int) -> IndexRow:
    """The row with every second example left out; its digest stays, as nothing else is compared."""
    kept = tuple(q for number, q in enumerate(row.questions) if number == 0 or (number - 1) % 2 != half)
    return replace(row, questions=kept)


def count_odds(asked: Iterable[str], negatives: Iterable[str]) -> dict[str, float]:
    """token -> ln(share of asked questions with it / share of negatives with it), smoothed, in token order."""
    here, there = _counted(asked), _counted(negatives)
    many, few = max(here[""], 1), max(there[""], 1)
    part = many / (many + few)
    kept = sorted(token for token in here.keys() | there.keys() if token and here[token] + there[token] >= MIN_COUNT)
    return {
        token: round(math.log((here[token] + part) / many) - math.log((there[token] + 1 - part) / few), 3)
        for token in kept
    }


def _counted(questions: Iterable[str]) -> Counter[str]:
    """How many questions hold each token; '' counts the questions."""
    counts: Counter[str] = Counter()
    for question in questions:
        counts.update({"", *(token for token in tokenise(question) if not is_sound(token))})
    return counts


@lru_cache(maxsize=1024)
def tokens_of(row: IndexRow) -> frozenset[str]:
    return frozenset(tokenise(lexical_field(row)))


def signals_for(index: Index, row: IndexRow, query: Query, points: float, odds: Mapping[str, float]) -> Features:
    """Signals of one row, with its tokens read on the spot (only the best few are ever asked)."""
    return signals_of(query.typed, tokens_of(row), points, index.idf, odds)


def _fit(right: Sequence[Features], wrong: Sequence[Features]) -> Calibration:
    table = np.array([*right, *wrong])
    labels = np.array([1] * len(right) + [0] * len(wrong))
    scale = StandardScaler().fit(table)
    model = LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000).fit(scale.transform(table), labels)
    weights = model.coef_[0] / scale.scale_
    bias = float(model.intercept_[0] - np.dot(weights, scale.mean_))
    draft = Calibration(tuple(round(float(weight), 6) for weight in weights), round(bias, 6), 0.5)
    good = [draft.confidence(signals) for signals in right]
    bad = [draft.confidence(signals) for signals in wrong]
    threshold = choose_threshold(bad, PASS_RATE)
    kept = float(np.mean([value >= threshold for value in good]))
    passing = float(np.mean([value >= threshold for value in bad]))
    return replace(draft, threshold=threshold, positives_kept=kept, negatives_passing=passing)


def read_negatives(folder: Path) -> list[str]:
    """Questions that must be refused: every non-empty line of folder/*.txt that does not start with #."""
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
