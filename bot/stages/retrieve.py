"""standalone -> hits an answer may rest on, best first."""

from __future__ import annotations

from dataclasses import replace

from bot.types import AnswerStatus, Inquiry, Part
from knowledge.library import Library
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.types import Hit, Period, SearchResult

BARRED = frozenset({"other-place", "other-year", "not-in-force"})
"""Reasons that say: the right text is there, but not for this place or time."""


def retrieve(inquiry: Inquiry, *, library: Library, top_k: int) -> Inquiry:
    """Fill hits and rejects of every open part; end with NO_BASIS where nothing may be used."""
    return replace(inquiry, parts=tuple(_retrieve(part, inquiry, library, top_k) for part in inquiry.parts))


def _retrieve(part: Part, inquiry: Inquiry, library: Library, top_k: int) -> Part:
    if part.status is not None:
        return part
    scope = Scope(moment_of(part, inquiry), part.place)
    found = library.search(part.standalone, scope, top_k)
    part = replace(part, hits=found.hits, rejects=found.rejects)
    if part.carried:
        part = replace(part, hits=_carried_first(part, library))
    barred = _barred(found)
    if barred:
        return part.end(AnswerStatus.NO_BASIS, f"{barred}:{part.place or ''}")
    if not part.hits:
        return part.end(AnswerStatus.NO_BASIS, "nothing-near")
    return part


def moment_of(part: Part, inquiry: Inquiry) -> Moment:
    on = inquiry.question.on
    return Moment(on, part.about or Period.of_day(on), part.about_said)


def _barred(found: SearchResult) -> str:
    """Why the very best candidate may not be used, when it is better than every hit; '' otherwise."""
    best = found.hits[0].score if found.hits else 0.0
    if found.hits and found.hits[0].matched == "exact":
        return ""
    return next((r.reason for r in found.rejects if r.reason in BARRED and r.score > best), "")


def _carried_first(part: Part, library: Library) -> tuple[Hit, ...]:
    """The document under discussion leads when it has the part asked for, or is nearly as good as the best."""
    snapshot = library.shelf.snapshot
    entry = snapshot.entries.get(part.carried or "")
    if entry is None:
        return part.hits
    held = next((hit for hit in part.hits if hit.document_id == entry.id), None)
    has_part = part.wanted is not None and entry.part(part.wanted) is not None
    best = part.hits[0].score if part.hits else 0.0
    if has_part or (held is not None and held.score >= 0.8 * best):
        first = held or Hit(entry.id, None, best, 1.0, matched="carried")
        return (first, *(hit for hit in part.hits if hit.document_id != entry.id))
    return part.hits
