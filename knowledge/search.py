"""Question -> hits and rejects with reasons. Pure reading."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from knowledge.asked import NOTHING, Asked
from knowledge.calibrate import evidence_of, signals_for
from knowledge.confidence import FALLBACK, Calibration, Evidence
from knowledge.fusion import Scores, best_first
from knowledge.index import Index, Query, score
from knowledge.normalise import matching_key
from knowledge.render import Moment
from knowledge.rows import DOCUMENT, ENTRY, IndexRow
from knowledge.snapshot import Snapshot
from knowledge.types import Hit, Period, Reject, SearchResult

NATION, TOWN = "00", "town"
"""Region codes of the two ends of the chain: what holds everywhere, and what is told of the town alone."""
LOOK_AT = 40
"""Rows of each tier whose place in the ranking is looked at."""
WEIGH = 6
"""Rows of each tier whose confidence is worked out."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What may be answered from. outside: a place named that is not ours. level: code of our own level that is named."""

    moment: Moment
    outside: str | None = None
    level: str | None = None


def search(
    text: str, query: Query, index: Index, snapshot: Snapshot, scope: Scope, top_k: int, asked: Asked = NOTHING
) -> SearchResult:
    """Entries that pass their threshold first, then passages of documents that pass theirs, best first."""
    began = time.perf_counter()
    scores, cosine = score(index, query)
    exact = snapshot.exact.get(matching_key(text))
    hits: list[Hit] = []
    rejects: list[Reject] = []
    seen = {ENTRY: 0, DOCUMENT: 0}
    order = best_first(scores, 10 * LOOK_AT)
    first, second = _best_entries(order, scores, index, snapshot)
    for number in order:
        for row in snapshot.targets.get(index.digests[number], ()):
            seen[row.tier] += 1
            if seen[row.tier] > LOOK_AT:
                continue
            points, near = float(scores[number]), float(cosine[number])
            evidence = evidence_of(row, query, points, near, second if points == first else first, asked)
            hit = _weigh(row, index, query, evidence, exact, seen[row.tier] <= WEIGH)
            reason = refuse(row, snapshot, scope) or _too_weak(hit, index)
            if reason:
                rejects.append(Reject(row.document_id, row.passage_id, points, reason))
            else:
                hits.append(hit)
    hits.sort(key=lambda hit: (hit.passage_id is not None, hit.matched != "exact", -hit.score))
    rejects.sort(key=lambda reject: -reject.score)
    return SearchResult(tuple(hits[:top_k]), tuple(rejects[:top_k]), {"search": time.perf_counter() - began})


def _best_entries(order: Iterable[np.intp], scores: Scores, index: Index, snapshot: Snapshot) -> tuple[float, float]:
    """Points of the two best entries; 0.0 for one that is missing."""
    points = (
        float(scores[number])
        for number in order
        for row in snapshot.targets.get(index.digests[number], ())
        if row.tier == ENTRY
    )
    return next(points, 0.0), next(points, 0.0)


def _weigh(row: IndexRow, index: Index, query: Query, evidence: Evidence, exact: str | None, weigh: bool) -> Hit:
    points, near = evidence.points, evidence.cosine
    if exact is not None and row.document_id == exact:
        return Hit(row.document_id, row.passage_id, points, 1.0, points, near, "exact")
    confidence = 0.0
    if weigh:
        calibration = _calibration(row, index)
        confidence = calibration.confidence(signals_for(index, row, query, evidence, calibration.models))
    return Hit(row.document_id, row.passage_id, points, confidence, points, near)


def _calibration(row: IndexRow, index: Index) -> Calibration:
    return index.calibration if row.tier == ENTRY else FALLBACK


def _too_weak(hit: Hit, index: Index) -> str:
    limit = index.calibration.threshold if hit.passage_id is None else FALLBACK.threshold
    return "" if hit.confidence >= limit else "below-threshold"


def refuse(row: IndexRow, snapshot: Snapshot, scope: Scope) -> str:
    """Why a row may not be used for this question, whatever its score; '' when it may."""
    version = snapshot.versions[row.document_id]
    moment = scope.moment
    if not version.period.overlaps(moment.about if moment.said else Period.of_day(moment.on)):
        return "not-in-force"
    if scope.outside is not None and version.region != NATION:
        return "other-place"
    if version.region == TOWN and scope.level not in (None, TOWN):
        return "other-place"
    years = snapshot.years.get(row.document_id)
    if years and moment.said and not any(Period.of_year(year).overlaps(moment.about) for year in years):
        return "other-year"
    return ""
