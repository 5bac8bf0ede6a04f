"""Which ready questions lean on a document: what a clerk should know before it is replaced or withdrawn."""

from __future__ import annotations

from knowledge.held import held_text
from knowledge.library import IndexMissing, Library
from web.staff.desk import Desk
from web.staff.version_views import CitedView

MOST = 30


def cited_by(desk: Desk, document_id: str) -> CitedView:
    """Answers of the last 90 days and ready questions of now. In a worker thread."""
    number, answers = desk.parts.shelf.cited(document_id, desk.now())
    questions = tuple((answer.asked_at, answer.question) for answer in answers)
    return CitedView(number, questions, ready_questions(desk.parts.library, document_id))


def ready_questions(library: Library | None, document_id: str) -> tuple[tuple[str, str], ...]:
    """(question, address): the entry itself, or those that quote the document as the text of their basis."""
    if library is None:
        return ()
    try:
        snapshot = library.shelf.snapshot
    except IndexMissing:
        return ()
    own = snapshot.entries.get(document_id)
    if own is not None:
        return ((own.question, f"/entries/{own.id}"),)
    if document_id not in snapshot.versions:
        return ()
    address = f"/documents/{document_id}"
    found = [
        (entry.question, f"/entries/{entry.id}")
        for entry in snapshot.entries.values()
        if any((held_text(basis, snapshot)[1] or "").partition("#")[0] == address for basis in entry.bases.values())
    ]
    return tuple(sorted(found)[:MOST])
