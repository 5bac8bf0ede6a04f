"""Entries in use that may answer a need already: the nearest ones, and one that is named."""

from __future__ import annotations

from knowledge.database.unanswered_values import QuestionGroup
from knowledge.normalise import matching_key, normalise
from knowledge.render import Moment
from knowledge.search import Scope
from web.staff.desk import Desk

NEAR_ENTRIES, ASKED_WITH = 6, 3


def named_entry(desk: Desk, words: str) -> str:
    """Id of the entry that is named by its question or its id; the words themselves where none is."""
    wanted = matching_key(words)
    return next((name for question, name in entries_in_use(desk) if matching_key(question) == wanted), words)


def entries_in_use(desk: Desk) -> tuple[tuple[str, str], ...]:
    """(question, id) of every entry in use, by question; () while nothing can be searched."""
    library = desk.parts.library
    if library is None or not library.ready():
        return ()
    return tuple(sorted((entry.question, name) for name, entry in library.shelf.snapshot.entries.items()))


def near_entries(desk: Desk, group: QuestionGroup) -> tuple[tuple[str, str], ...]:
    """Entries nearest to the most asked wordings, used or not."""
    library = desk.parts.library
    if library is None or not library.ready():
        return ()
    entries, scores = library.shelf.snapshot.entries, dict[str, float]()
    for wording in group.wordings[:ASKED_WITH]:
        found = library.search(normalise(wording.text), Scope(Moment.today(desk.today())), top_k=NEAR_ENTRIES * 2)
        near = [(hit.document_id, hit.score) for hit in found.hits]
        near += [(reject.document_id, reject.score) for reject in found.rejects]
        for name, score in near:
            if name in entries:
                scores[name] = max(scores.get(name, 0.0), score)
    best = sorted(scores, key=lambda name: (-scores[name], name))[:NEAR_ENTRIES]
    return tuple((name, entries[name].question) for name in best)
