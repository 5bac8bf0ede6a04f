"""What people mean by their words: which entry each token speaks for, learnt from everybody's questions.

A linear support vector machine an entry, over the examples of the entries and the questions of other people that they
answer (`calibration/covered.tsv`). It moves entries in the ranking; the thresholds do not look at it, as they are
fitted on the same questions. Source: docs/retrieval.md, "Learnt from questions".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.fusion import Scores
from knowledge.rows import ENTRY, IndexRow

FILE = "taught.npz"
STRICTNESS = 1.0
SEED = 1
RARE = 2
"""A token in fewer questions than this says who wrote one, not what it is about."""
SMALL = 0.02
"""Weights below this are left out: a tenth of them does the work."""
FEWEST = 3
"""Entries to tell apart; between two there would be one line and not two."""

Lesson = tuple[Sequence[str], int]
"""Tokens of a question and the row that answers it."""


@dataclass(frozen=True)
class Taught:
    """idf: (tokens,). starts, rows, weights: for each token the rows it speaks for, one after the other.

    bias: (rows,), what a row without a word in common gets: -1 where nothing was learnt.
    """

    tokens: Mapping[str, int]
    idf: Scores
    starts: NDArray[np.int64]
    rows: NDArray[np.int64]
    weights: Scores
    bias: Scores

    def lift(self, tokens: Iterable[str]) -> Scores:
        """(rows,) from 0, nothing speaks for it, to about 2."""
        total = self.bias + 1
        known = [self.tokens[token] for token in _distinct(tokens) if token in self.tokens]
        length = math.sqrt(float(np.square(self.idf[known]).sum())) if known else 1.0
        for token in known:
            part = slice(self.starts[token], self.starts[token + 1])
            total[self.rows[part]] += self.weights[part] * np.float32(self.idf[token] / length)
        lifted: Scores = np.maximum(total, 0)
        return lifted

    def carried(self, old: Sequence[str], new: Sequence[str]) -> Taught:
        """The same for other rows, told by their digests: what is new has learnt nothing, what is gone is forgotten."""
        place = {digest: number for number, digest in enumerate(new)}
        moved = np.array([place.get(digest, -1) for digest in old], dtype=np.int64)
        rows = moved[self.rows]
        kept = rows >= 0
        starts = np.concatenate([[0], np.cumsum(kept)])[self.starts].astype(np.int64)
        bias = np.full(len(new), -1, dtype=np.float32)
        bias[moved[moved >= 0]] = self.bias[moved >= 0]
        return Taught(self.tokens, self.idf, starts, rows[kept], self.weights[kept], bias)

    def save(self, folder: Path) -> None:
        names = np.array(list(self.tokens), dtype=np.str_)
        arrays = {"idf": self.idf, "starts": self.starts, "rows": self.rows, "weights": self.weights, "bias": self.bias}
        np.savez(folder / FILE, tokens=names, **arrays)  # type: ignore[arg-type]

    @classmethod
    def load(cls, folder: Path) -> Taught:
        """Raises OSError or ValueError where there is none."""
        with np.load(folder / FILE, allow_pickle=False) as held:
            tokens = {str(name): number for number, name in enumerate(held["tokens"])}
            return cls(tokens, held["idf"], held["starts"], held["rows"], held["weights"], held["bias"])

    @classmethod
    def nothing(cls, rows: int) -> Taught:
        empty = np.zeros(0, dtype=np.float32)
        none = np.zeros(0, dtype=np.int64)
        return cls({}, empty, np.zeros(1, dtype=np.int64), none, empty, np.full(rows, -1, dtype=np.float32))


def lessons_of(
    rows: Sequence[IndexRow], covered: Iterable[tuple[str, Sequence[str]]], read: Callable[[str], Sequence[str]]
) -> list[Lesson]:
    """Questions of other people with the best of their entries, and the examples beside them; [] where nobody asked.

    With examples alone the ranking gets a little worse: it has read them already. read: question -> tokens.
    """
    number_of = {row.document_id: number for number, row in enumerate(rows) if row.tier == ENTRY}
    answers = ((question, [number_of[name] for name in names if name in number_of]) for question, names in covered)
    asked = [(read(question), held[0]) for question, held in answers if held]
    own = ((question, number) for number, row in enumerate(rows) if row.tier == ENTRY for question in row.questions)
    return [*((read(question), number) for question, number in own), *asked] if asked else []


def teach(rows: int, lessons: Sequence[Lesson]) -> Taught:
    """rows: how many the index has. The same lessons give the same weights; too few entries give nothing."""
    from sklearn.feature_extraction.text import (
        TfidfVectorizer,  # a second to import, and only index building fits
    )
    from sklearn.svm import LinearSVC

    answers = sorted({row for _, row in lessons})
    if len(answers) < FEWEST:
        return Taught.nothing(rows)
    reader = TfidfVectorizer(analyzer=_distinct, min_df=RARE)
    table = reader.fit_transform([tokens for tokens, _ in lessons])
    learner = LinearSVC(C=STRICTNESS, random_state=SEED, max_iter=3000).fit(table, [row for _, row in lessons])
    some = np.abs(learner.coef_.T) >= SMALL
    bias = np.full(rows, -1, dtype=np.float32)
    bias[answers] = learner.intercept_
    return Taught(
        {str(token): number for number, token in enumerate(reader.get_feature_names_out())},
        reader.idf_.astype(np.float32),
        np.concatenate([[0], np.cumsum(some.sum(axis=1))]).astype(np.int64),
        np.array(answers, dtype=np.int64)[np.nonzero(some)[1]],
        learner.coef_.T[some].astype(np.float32),
        bias,
    )


def _distinct(tokens: Iterable[str]) -> list[str]:
    return sorted(set(tokens))
