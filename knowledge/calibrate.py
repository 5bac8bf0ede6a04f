"""Fit the answer threshold on the knowledge's own examples and on questions it must not answer.

Positives: each example asked of an index that does not hold it (two halves, swapped). Negatives: our own list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from knowledge.confidence import FALLBACK, Calibration, Features, choose_threshold, signals_of
from knowledge.fusion import best_first
from knowledge.index import Index, Query, score
from knowledge.rows import ENTRY, IndexRow, lexical_field
from knowledge.tokens import tokenise

MIN_ENTRIES = 20
PASS_RATE = 0.06
"""Share of the negatives that may be answered: the price of refusing few of the covered questions."""


@dataclass(frozen=True, slots=True)
class Machinery:
    """How calibration builds its half indexes and reads questions."""

    index_of: Callable[[Sequence[IndexRow]], Index]
    read: Callable[[str], Query]


def calibrate(rows: Sequence[IndexRow], negatives: Sequence[str], machinery: Machinery) -> Calibration:
    """The fitted calibration, or the fallback where there are too few entries or negatives."""
    entries = [row for row in rows if row.tier == ENTRY and len(row.questions) > 2]
    if len(entries) < MIN_ENTRIES or len(negatives) < MIN_ENTRIES:
        return FALLBACK
    right: list[Features] = []
    wrong: list[Features] = []
    for half in (0, 1):
        shown = [_without(row, half) for row in rows]
        index = machinery.index_of(shown)
        by_digest = {row.digest: row for row in shown}
        for row in entries:
            for question in row.questions[1 + half :: 2]:
                found = top_signals(index, by_digest, machinery.read(question), ENTRY)
                if found and found[0].document_id == row.document_id:
                    right.append(found[1])
        for question in negatives:
            found = top_signals(index, by_digest, machinery.read(question), ENTRY)
            if found:
                wrong.append(found[1])
    return _fit(right, wrong)


def _without(row: IndexRow, half: int) -> IndexRow:
    """The row with every second example left out; its digest stays, as nothing else is compared."""
    kept = tuple(q for number, q in enumerate(row.questions) if number == 0 or (number - 1) % 2 != half)
    return replace(row, questions=kept)


def top_signals(
    index: Index, rows: dict[str, IndexRow], query: Query, tier: str
) -> tuple[IndexRow, Features] | None:
    """The best row of a tier with its signals; None when nothing scores."""
    scores, cosine = score(index, query)
    for number in best_first(scores, 50):
        row = rows[index.digests[number]]
        if row.tier == tier:
            return row, signals_for(index, row, query, float(scores[number]), float(cosine[number]))
    return None


def signals_for(index: Index, row: IndexRow, query: Query, points: float, similarity: float) -> Features:
    """Signals of one row, with its tokens read on the spot (only the best few are ever asked)."""
    tokens = frozenset(tokenise(lexical_field(row)))
    questions = [frozenset(tokenise(question)) for question in row.questions]
    return signals_of(query.typed, tokens, questions, points, similarity, index.idf, index.known)


def _fit(right: Sequence[Features], wrong: Sequence[Features]) -> Calibration:
    table = np.array([*right, *wrong])
    labels = np.array([1] * len(right) + [0] * len(wrong))
    model = LogisticRegression(C=10.0, class_weight="balanced", max_iter=2000).fit(table, labels)
    draft = Calibration(tuple(float(w) for w in model.coef_[0]), float(model.intercept_[0]), 0.5)
    good = [draft.confidence(signals) for signals in right]
    bad = [draft.confidence(signals) for signals in wrong]
    threshold = choose_threshold(good, bad, PASS_RATE)
    kept = float(np.mean([value >= threshold for value in good]))
    passing = float(np.mean([value >= threshold for value in bad]))
    return replace(draft, threshold=threshold, positives_kept=kept, negatives_passing=passing)


def read_negatives(folder: Path) -> list[str]:
    """Questions that must be refused: every non-empty line of folder/*.txt that does not start with #."""
    lines = [line for path in sorted(folder.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
