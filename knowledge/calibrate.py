"""Fit the answer threshold on questions of other people: some that the knowledge answers, some that it must not.

Both are learnt from in two halves, each judged by models of tokens that never saw it. A knowledge without covered
questions of its own is fitted on its examples instead, each asked of an index that does not hold it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice, zip_longest
from pathlib import Path

import numpy as np

from knowledge.asked import Asked
from knowledge.confidence import (
    FALLBACK,
    Calibration,
    Evidence,
    Features,
    Models,
    choose_threshold,
    signals_of,
)
from knowledge.fusion import Scores, best_first
from knowledge.index import Index, Query, score
from knowledge.meant import with_explained
from knowledge.rows import ENTRY, IndexRow, lexical_field
from knowledge.token_model import Sample, all_of, fit_tokens, lacking
from knowledge.tokens import tokenise

MIN_ENTRIES = 20
MIN_COVERED = 200
"""Covered questions that find their entry, below which examples are asked instead."""
PASS_RATE = 0.085
"""Share of the negatives that may be answered: the price of refusing few of the covered questions."""
COVERED = "covered.tsv"
Covered = tuple[str, tuple[str, ...]]
"""A question and the ids of the entries that answer it, best first."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """negatives: questions that must be refused. covered: questions with the ids of the entries that answer them."""

    negatives: Sequence[str] = ()
    covered: Sequence[Covered] = ()

    @property
    def digest(self) -> str:
        """sha256 (hex) of all questions and their answers."""
        covered = [f"{question}\t{','.join(sorted(names))}" for question, names in self.covered]
        return hashlib.sha256("\n".join([*self.negatives, "", *covered]).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Machinery:
    """How calibration builds its half indexes and reads questions."""

    index_of: Callable[[Sequence[IndexRow]], Index]
    read: Callable[[str], Query]
    asked: Asked


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the best entry found for it."""

    query: Query
    row: IndexRow
    evidence: Evidence
    index: Index

    def signals(self, models: Models) -> Features:
        return signals_for(self.index, self.row, self.query, self.evidence, models)

    @property
    def whole(self) -> Sample:
        return all_of(self.query.typed)

    @property
    def missing(self) -> Sample:
        return lacking(self.query.typed, with_explained(tokens_of(self.row), self.query.meant))


@dataclass(frozen=True, slots=True)
class Bench:
    """One index to ask, with the rows it was built from."""

    index: Index
    rows: Mapping[str, IndexRow]
    machinery: Machinery

    @classmethod
    def of(cls, rows: Sequence[IndexRow], machinery: Machinery) -> Bench:
        return cls(machinery.index_of(rows), {row.digest: row for row in rows}, machinery)

    def ask(self, question: str) -> Case | None:
        """The best entry for the question; None when nothing scores."""
        query = self.machinery.read(question)
        scores, cosine = score(self.index, query)
        best = list(islice(self._entries(scores), 2))
        if not best:
            return None
        number, row = best[0]
        rival = float(scores[best[1][0]]) if len(best) > 1 else 0.0
        evidence = evidence_of(row, query, float(scores[number]), float(cosine[number]), rival, self.machinery.asked)
        return Case(query, row, evidence, self.index)

    def ask_all(self, questions: Iterable[str]) -> list[Case]:
        return [case for question in questions if (case := self.ask(question))]

    def answered(self, lessons: Iterable[Covered]) -> list[Case]:
        """Cases of the questions that find an entry which answers them."""
        found = ((self.ask(question), answers) for question, answers in lessons)
        return [case for case, answers in found if case and case.row.document_id in answers]

    def _entries(self, scores: Scores) -> Iterator[tuple[int, IndexRow]]:
        for number in best_first(scores, 50):
            row = self.rows[self.index.digests[number]]
            if row.tier == ENTRY:
                yield int(number), row


def calibrate(rows: Sequence[IndexRow], lessons: Lessons, machinery: Machinery) -> Calibration:
    """The fitted calibration, or the fallback where there are too few entries or negatives."""
    entries = [row for row in rows if row.tier == ENTRY and len(row.questions) > 2]
    if len(entries) < MIN_ENTRIES or len(lessons.negatives) < MIN_ENTRIES:
        return FALLBACK
    whole = Bench.of(rows, machinery)
    answered, asked = whole.answered(lessons.covered), _examples(rows)
    if len(answered) < MIN_COVERED:
        answered, asked = _examples_left_out(rows, machinery), []
    refused = whole.ask_all(lessons.negatives)
    wordings = [all_of(tokenise(question)) for question in asked]
    right: list[Features] = []
    wrong: list[Features] = []
    for half in (0, 1):
        models = _models(wordings, answered[1 - half :: 2], refused[1 - half :: 2])
        right += [case.signals(models) for case in answered[half::2]]
        wrong += [case.signals(models) for case in refused[half::2]]
    models = _models(wordings, answered, refused)
    return replace(_fit(right, wrong), models=models, learnt_from=lessons.digest)


def _models(wordings: Sequence[Sample], answered: Sequence[Case], refused: Sequence[Case]) -> Models:
    """wordings: of examples that none of the cases is."""
    return Models(
        fit_tokens([*wordings, *(case.whole for case in answered)], [case.whole for case in refused]),
        fit_tokens([case.missing for case in answered], [case.missing for case in refused]),
    )


def _examples_left_out(rows: Sequence[IndexRow], machinery: Machinery) -> list[Case]:
    """Each second example asked of an index without it, then the others; interleaved, so that halves are alike."""
    found = []
    for half in (0, 1):
        bench = Bench.of([_without(row, half) for row in rows], machinery)
        found.append(
            bench.answered(
                (question, (row.document_id,))
                for row in rows
                if row.tier == ENTRY
                for question in row.questions[1 + half :: 2]
            )
        )
    return [case for pair in zip_longest(*found) for case in pair if case]


def _examples(rows: Iterable[IndexRow]) -> list[str]:
    return [question for row in rows if row.tier == ENTRY for question in row.questions]


def _without(row: IndexRow, half: int) -> IndexRow:
    """The row with every second example left out; its digest stays, as nothing else is compared."""
    kept = tuple(q for number, q in enumerate(row.questions) if number == 0 or (number - 1) % 2 != half)
    return replace(row, questions=kept)


@lru_cache(maxsize=1024)
def tokens_of(row: IndexRow) -> frozenset[str]:
    return frozenset(tokenise(lexical_field(row)))


def evidence_of(row: IndexRow, query: Query, points: float, cosine: float, rival: float, asked: Asked) -> Evidence:
    """What the ranking and the kinds of figures say of a row."""
    return Evidence(points, cosine, rival, asked.lacks(query.asks, row.holds, row.text))


def signals_for(index: Index, row: IndexRow, query: Query, evidence: Evidence, models: Models) -> Features:
    """Signals of one row, with its tokens read on the spot (only the best few are ever asked)."""
    held = with_explained(tokens_of(row), query.meant)
    return signals_of(query.typed, held, evidence, index.idf, models)


def _fit(right: Sequence[Features], wrong: Sequence[Features]) -> Calibration:
    from sklearn.linear_model import LogisticRegression  # a second to import, and only index building fits
    from sklearn.preprocessing import StandardScaler

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


def read_lessons(folder: Path) -> Lessons:
    """The calibration folder: `*.txt` with questions to refuse, `covered.tsv` with questions that are answered."""
    return Lessons(read_negatives(folder), read_covered(folder / COVERED))


def read_negatives(folder: Path) -> list[str]:
    """Questions that must be refused: every non-empty line of folder/*.txt that does not start with #."""
    return [line for path in sorted(folder.glob("*.txt")) for line in _lines(path)]


def read_covered(path: Path) -> list[Covered]:
    """Question, tab, ids of the entries that answer it, best first, joined by commas; none where there is no such file."""
    rows = [line.split("\t") for line in _lines(path)] if path.is_file() else []
    return [(question, tuple(names.split(","))) for question, names in rows]


def _lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").split("\n") if line.strip() and line[0] != "#"]
