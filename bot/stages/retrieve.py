"""standalone -> hits an answer may rest on, best first."""

from __future__ import annotations

from dataclasses import replace

from bot.types import AnswerStatus, Inquiry, Part
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.places import level_asked
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.types import Hit, PartKind, Period, SearchResult

BARRED = frozenset({"other-place", "other-year", "not-in-force"})
"""Reasons that say: the right text is there, but not for this place or time."""
NEAR, OWN_WEIGHT, LOOK_AT = 0.93, 0.5, 60
"""Follow-ups: share of the best score up to which hits are alike, and what the last sentence alone then counts."""


def retrieve(inquiry: Inquiry, *, library: Library, top_k: int) -> Inquiry:
    """Fill hits and rejects of every open part; end with NO_BASIS where nothing may be used."""
    return replace(inquiry, parts=tuple(_retrieve(part, inquiry, library, top_k) for part in inquiry.parts))


def _retrieve(part: Part, inquiry: Inquiry, library: Library, top_k: int) -> Part:
    if part.status is not None or part.drafts:
        return part
    level = level_asked(part.typed or normalise(inquiry.question.text), library.town.levels)
    scope = Scope(moment_of(part, inquiry), part.place, level)
    part, found = _found(part, scope, library, top_k)
    barred = _barred(found, part.place)
    if part.place and part.wanted is PartKind.AMOUNT and not barred and not _given(found):
        barred = "other-place"
    if barred:
        return part.end(AnswerStatus.NO_BASIS, f"{barred}:{part.place or ''}")
    if not part.hits:
        return part.end(AnswerStatus.NO_BASIS, "nothing-near")
    return part


def moment_of(part: Part, inquiry: Inquiry) -> Moment:
    on = inquiry.question.on
    return Moment(on, part.about or Period.of_day(on), part.about_said)


def _given(found: SearchResult) -> bool:
    """Whether the best hit is asked for in its own words."""
    return bool(found.hits) and found.hits[0].matched == "exact"


def _barred(found: SearchResult, place: str | None) -> str:
    """Why the very best candidate may not be used, when it is better than every hit; '' otherwise. place: not ours."""
    if _given(found):
        return ""
    best = found.hits[0].score if found.hits else 0.0
    # Of two texts of one rule either may be a little nearer: only a clearly better one of another time or level bars.
    clearly = max((hit.score for hit in found.hits), default=0.0) / NEAR
    limits = {"not-in-force": clearly} | ({} if place else {"other-place": clearly})
    return next((r.reason for r in found.rejects if r.reason in BARRED and r.score > limits.get(r.reason, best)), "")


def _found(part: Part, scope: Scope, library: Library, top_k: int) -> tuple[Part, SearchResult]:
    """As it stands; where that finds nothing, with the words of the conversation or without; then what it was about."""
    found = library.search(part.standalone, scope, top_k)
    if part.typed and part.typed != part.standalone and not found.hits and not _barred(found, part.place):
        alone = library.search(part.typed, scope, top_k)
        if alone.hits:  # what went before was small talk: 今天冷得很, then a whole question
            return replace(part, standalone=part.typed, understood=part.typed, hits=alone.hits, rejects=alone.rejects), alone
    if part.context and not found.hits and not _barred(found, part.place):
        standalone = f"{part.context}，{part.typed}"
        found = library.search(standalone, scope, top_k)
        part = replace(part, standalone=standalone)
    hits = found.hits or _carried(part, library)
    if part.typed and part.typed != part.standalone and len(hits) > 1 and not hits[0].matched:
        hits = _by_own_words(hits, library.search(part.typed, scope, LOOK_AT))
    return replace(part, hits=hits, rejects=found.rejects), found


def _by_own_words(hits: tuple[Hit, ...], alone: SearchResult) -> tuple[Hit, ...]:
    """Of hits that are nearly alike, that one first which also suits the last sentence without what was said before."""
    own = {reject.document_id: reject.score for reject in alone.rejects}
    own |= {hit.document_id: hit.score for hit in alone.hits}
    near = [hit for hit in hits if hit.passage_id is None and hit.score >= NEAR * hits[0].score]
    near.sort(key=lambda hit: -(hit.score + OWN_WEIGHT * own.get(hit.document_id, 0.0)))
    return (*near, *(hit for hit in hits if hit not in near))


def _carried(part: Part, library: Library) -> tuple[Hit, ...]:
    """The document under discussion, where it has the part that is asked for."""
    entry = library.shelf.snapshot.entries.get(part.carried or "")
    if entry is None or part.wanted is None or entry.part(part.wanted) is None:
        return ()
    return (Hit(entry.id, None, 0.0, 1.0, matched="carried"),)
