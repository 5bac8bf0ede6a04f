"""One question before and after a change: the wordings of entries by their table, anything else by its answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date

from knowledge.library import Library
from knowledge.normalise import matching_key, normalise
from knowledge.render import Moment
from knowledge.search import Scope
from web.staff.intake.answer_words import first_difference, said_by
from web.staff.intake.trying import Bench, ask

LOOKED_AT = 3
"""Hits that decide which documents an answer is made of."""


@dataclass(frozen=True, slots=True)
class Changed:
    """before, after: title and the first words that differ; '' where nothing answers."""

    question: str
    before: str
    after: str


def of_tables(before: Library, after: Library) -> Iterator[Changed]:
    """Wordings of entries that no longer lead to the same entry with the same words."""
    old, new = before.shelf.snapshot, after.shelf.snapshot
    for wording, name in old.exact.items():
        other = new.exact.get(wording, "")
        if other != name:
            question = old.entries[name].question
            yield Changed(question, question, new.entries[other].question if other else "")


def of_entries(before: Bench, after: Bench, others: Mapping[str, date]) -> Iterator[list[Changed]]:
    """Entry by entry every wording that leads to it as before, where it answers otherwise now. others: id -> the day."""
    old, new = before.library.shelf.snapshot, after.library.shelf.snapshot
    for name, day in others.items():
        entry = old.entries[name]
        asked = dict.fromkeys([entry.question, *entry.examples, *entry.also_asked])
        kept = [each for each in asked if old.exact[matching_key(each)] == new.exact.get(matching_key(each)) == name]
        first = _compared(before, after, kept[0], day) if kept else None
        yield [Changed(each, first.before, first.after) for each in kept] if first is not None else []


@dataclass(frozen=True, slots=True)
class Look:
    """others: entries that say something else. anew: figures changed, which sums are made of: nothing is passed over."""

    before: Bench
    after: Bench
    on: date
    others: Set[str]
    anew: bool

    def compared(self, question: str) -> list[Changed]:
        old, new = (self._hits(bench.library, question) for bench in (self.before, self.after))
        if old == new and not self.anew and self.others.isdisjoint(name for name, _ in old):
            return []
        found = _compared(self.before, self.after, question, self.on)
        return [found] if found is not None else []

    def _hits(self, library: Library, question: str) -> list[tuple[str, str]]:
        """By text, since a new version of a document has other passage ids."""
        passages = library.shelf.snapshot.passages
        hits = library.search(normalise(question), Scope(Moment.today(self.on)), top_k=LOOKED_AT).hits
        return [(hit.document_id, passages[hit.passage_id].text if hit.passage_id else "") for hit in hits]


def _compared(before: Bench, after: Bench, question: str, on: date) -> Changed | None:
    old, new = (said_by(ask(bench.assistant, question, on), bench.library) for bench in (before, after))
    return Changed(question, *first_difference(old, new)) if old != new else None
