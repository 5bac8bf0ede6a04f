"""What an entry rests on, as the second pair of eyes sees it: each basis with its words, and where those come from."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.staff_answer import EXPERIENCE
from knowledge.entries import parse_entry
from knowledge.held import held_text
from knowledge.problems import KnowledgeError
from knowledge.snapshot import Snapshot, is_entry
from knowledge.types import Basis, StoredVersion
from web.staff.desk import Desk
from web.staff.holdings.entry_words import SEEN
from web.staff.holdings.present import snapshot_of

HELD = "原话，出自这里存的原文："
COPIED = "原话，是写答案的人照抄的。这里没有原文，请对着原件看一遍："
NEITHER = "这里没有原文，也没有抄下原话。"


@dataclass(frozen=True, slots=True)
class BasisView:
    """mark: its letter in the text. source: where the quote comes from, in words. url: the held text, '' for none."""

    mark: str
    title: str
    details: tuple[str, ...]
    source: str
    quote: tuple[str, ...] = ()
    url: str = ""


def bases_of(desk: Desk, stored: StoredVersion) -> tuple[BasisView, ...]:
    """() of a text that is no entry, or cannot be read as one any more."""
    if not is_entry(stored):
        return ()
    snapshot = snapshot_of(desk)
    try:
        entry = parse_entry(stored.content, stored.document_id, snapshot.instruments)
    except KnowledgeError:
        return ()
    copied = _copied(desk, stored)
    return tuple(_shown(mark, basis, snapshot, copied) for mark, basis in entry.bases.items())


def _copied(desk: Desk, stored: StoredVersion) -> str:
    """The words that were copied from a paper when the answer was written, '' where none were."""
    intake = desk.parts.intake
    facts = intake.drafts.facts(stored.document_id, stored.version) if intake is not None else {}
    return str(facts.get("copied", ""))


def _shown(mark: str, basis: Basis, snapshot: Snapshot, copied: str) -> BasisView:
    instrument = basis.instrument
    if instrument.id == EXPERIENCE:
        return BasisView(mark, instrument.title, (), "")
    quote, url = held_text(basis, snapshot)
    details = (instrument.document_number, instrument.issuer, basis.article, SEEN[basis.confidence])
    source = HELD if quote else COPIED if copied else NEITHER
    words = tuple(line for line in (quote or copied).split("\n") if line.strip())
    return BasisView(mark, instrument.title, tuple(filter(None, details)), source, words, url or "")
