"""Question -> hits and rejects with reasons. Pure reading."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from knowledge.asked import NOTHING, Asked
from knowledge.calibrate import evidence_of, signals_for
from knowledge.confidence import FALLBACK, Calibration, Evidence
from knowledge.fusion import Scores, best_first
from knowledge.index import Index, Query, in_order, score
from knowledge.normalise import matching_key, normalise
from knowledge.plain_words import bundled
from knowledge.render import Moment
from knowledge.rows import DOCUMENT, ENTRY, IndexRow
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentKind, Hit, Period, Reject, SearchResult

NATION, TOWN = "00", "town"
"""Region codes of the two ends of the chain: what holds everywhere, and what is told of the town alone."""
LOOK_AT = 40
"""Rows of each tier whose place in the ranking is looked at."""
WEIGH = 6
"""Rows of each tier whose confidence is worked out."""

CHANGE_NEAR = 0.88
"""Share of the best score from which the entry on a figure's change goes first where the change is asked about."""


SURER_NEAR, DOUBTED, SURER_BY = 0.93, 0.7, 0.25
"""An entry that scores this share of the best one goes first where the best is doubted and it is surer by this much."""


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
    changes, change = _changes(snapshot, asked), asked.of_change(normalise(text))
    barred = {} if change and not scope.moment.said else changes
    scheme = asked.scheme(normalise(text))
    scores, cosine = score(index, query)
    ranked = in_order(index, query, scores)
    exact = _exact(text, snapshot)
    hits: list[Hit] = []
    rejects: list[Reject] = []
    seen = {ENTRY: 0, DOCUMENT: 0}
    order = best_first(ranked, 10 * LOOK_AT)
    first, second = _best_entries(order, ranked, index, snapshot)
    for number in (*order, *_left_out(exact, order, index, snapshot)):
        for row in snapshot.targets.get(index.digests[number], ()):
            seen[row.tier] += 1
            if seen[row.tier] > LOOK_AT and row.document_id != exact:
                continue
            points, near, place = float(scores[number]), float(cosine[number]), float(ranked[number])
            rival = points * (second if place == first else first) / place if place > 0 else 0.0
            evidence = evidence_of(row, query, points, near, rival, asked)
            hit = _weigh(row, index, query, evidence, place, exact, seen[row.tier] <= WEIGH)
            reason = refuse(row, snapshot, scope, barred) or _other_scheme(row, snapshot, scheme, asked)
            if reason == "other-place" and hit.matched and _written_at_desk(row, snapshot):
                reason = ""  # the staff answered these very words, the name in them too
            reason = reason or _too_weak(hit, index)
            if reason:
                rejects.append(Reject(row.document_id, row.passage_id, place, reason))
            else:
                hits.append(hit)
    hits.sort(key=lambda hit: (hit.passage_id is not None, hit.matched != "exact", -hit.score))
    if change and hits and not hits[0].matched:
        enough = CHANGE_NEAR * hits[0].score
        hits.sort(key=lambda hit: not (hit.document_id in changes and hit.score >= enough))
    hits, doubted = surer_first(hits)
    rejects += [Reject(hit.document_id, None, hit.score, "less-sure") for hit in doubted]
    rejects.sort(key=lambda reject: -reject.score)
    return SearchResult(tuple(hits[:top_k]), tuple(rejects[:top_k]), {"search": time.perf_counter() - began})


def _written_at_desk(row: IndexRow, snapshot: Snapshot) -> bool:
    return snapshot.versions[row.document_id].kind is DocumentKind.STAFF_ANSWER


def _exact(text: str, snapshot: Snapshot) -> str | None:
    """The entry that is asked for in one of its own wordings, as it stands or in plain words."""
    return snapshot.exact.get(matching_key(text)) or snapshot.exact.get(matching_key(bundled().read(normalise(text))))


def surer_first(hits: list[Hit]) -> tuple[list[Hit], list[Hit]]:
    """(hits, those left out for a surer one). One name of a place may lift a row above the one that has all the rest."""
    entries = [hit for hit in hits if hit.passage_id is None]
    if not entries or entries[0].matched or entries[0].confidence >= DOUBTED:
        return hits, []
    near = [hit for hit in entries if hit.score >= SURER_NEAR * entries[0].score]
    surest = max(near, key=lambda hit: hit.confidence)
    doubted = [hit for hit in near if hit.score >= surest.score and hit.confidence <= surest.confidence - SURER_BY]
    if entries[0] not in doubted:
        return hits, []
    return [surest, *(hit for hit in hits if hit is not surest and hit not in doubted)], doubted


def _left_out(exact: str | None, order: Iterable[np.intp], index: Index, snapshot: Snapshot) -> list[np.intp]:
    """The row that is asked for in its own words, where it is not among the best: it may share no word with them."""
    if exact is None:
        return []
    own = (row.digest for row in snapshot.rows if row.document_id == exact and row.digest in index.row_of)
    return sorted({np.intp(index.row_of[digest]) for digest in own} - set(order))


def _best_entries(order: Iterable[np.intp], ranked: Scores, index: Index, snapshot: Snapshot) -> tuple[float, float]:
    """What the two best entries are ranked by; 0.0 for one that is missing."""
    places = (
        float(ranked[number])
        for number in order
        for row in snapshot.targets.get(index.digests[number], ())
        if row.tier == ENTRY
    )
    return next(places, 0.0), next(places, 0.0)


def _weigh(
    row: IndexRow, index: Index, query: Query, evidence: Evidence, place: float, exact: str | None, weigh: bool
) -> Hit:
    """place: what the row is ranked by. weigh: whether its confidence is worked out."""
    points, near = evidence.points, evidence.cosine
    if exact is not None and row.document_id == exact:
        return Hit(row.document_id, row.passage_id, place, 1.0, points, near, "exact")
    confidence = 0.0
    if weigh:
        calibration = _calibration(row, index)
        confidence = calibration.confidence(signals_for(index, row, query, evidence, calibration.models))
    return Hit(row.document_id, row.passage_id, place, confidence, points, near)


def _calibration(row: IndexRow, index: Index) -> Calibration:
    return index.calibration if row.tier == ENTRY else FALLBACK


def _too_weak(hit: Hit, index: Index) -> str:
    limit = index.calibration.threshold if hit.passage_id is None else FALLBACK.threshold
    return "" if hit.confidence >= limit else "below-threshold"


def refuse(row: IndexRow, snapshot: Snapshot, scope: Scope, changes: Mapping[str, Period]) -> str:
    """Why a row may not be used for this question, whatever its score; '' when it may.

    changes: entries on a change of figures, by the time they are told of; only who names it is asking for them.
    """
    version = snapshot.versions[row.document_id]
    moment = scope.moment
    if not version.period.overlaps(moment.about if moment.said else Period.of_day(moment.on)):
        return "not-in-force"
    if _bygone(snapshot.bygone.get(row.document_id) or changes.get(row.document_id), moment):
        return "bygone"
    if scope.outside is not None and version.region != NATION:
        return "other-place"
    if version.region == TOWN and scope.level not in (None, TOWN):
        return "other-place"
    years = snapshot.years.get(row.document_id)
    if years and moment.said and not any(Period.of_year(year).overlaps(moment.about) for year in years):
        return "other-year"
    return ""


def _other_scheme(row: IndexRow, snapshot: Snapshot, scheme: str | None, asked: Asked) -> str:
    """What is paid under one insurance says nothing of another one that the question names."""
    entry = snapshot.entries.get(row.document_id) if row.tier == ENTRY else None
    if entry is None or not asked.of_another_scheme(scheme, entry.question, row.text, row.holds):
        return ""
    return "other-scheme"


def _bygone(told: Period | None, moment: Moment) -> bool:
    """Whether an entry is told of a time that is over and that the question does not ask about (decisions.md 4)."""
    over = told is not None and told.end is not None and told.end <= moment.on
    return over and not (moment.said and told is not None and told.overlaps(moment.about))


def _changes(snapshot: Snapshot, asked: Asked) -> dict[str, Period]:
    """Entries whose own question is about a change at a time (2025年7月涨了多少), though the new figures hold still."""
    timed = snapshot.changes.items()
    return {name: told for name, told in timed if asked.of_change(normalise(snapshot.entries[name].question))}
