"""What the index holds of each published document: one row per entry, one per passage of a free document."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.entries import PLACEHOLDER
from knowledge.types import Entry, Passage, StoredVersion

ENTRY, DOCUMENT = "entry", "document"


@dataclass(frozen=True, slots=True)
class IndexRow:
    """tier: ENTRY rows rank above DOCUMENT rows. text: the lexical field. questions: example wordings.

    digest: sha256 (hex) of tier, text and questions: what the index is keyed by.
    """

    document_id: str
    passage_id: str | None
    tier: str
    text: str
    questions: tuple[str, ...]
    digest: str


def rows_of_entry(entry: Entry) -> list[IndexRow]:
    """The entry with its examples; figures of placeholders are left out, so they can change without a re-index."""
    claims = [PLACEHOLDER.sub("", claim.text) for part in entry.parts for claim in part.claims]
    questions = (entry.question, *entry.examples)
    return [row_of(entry.id, None, ENTRY, "\n".join([entry.question, *claims]), questions)]


def rows_of_document(version: StoredVersion, passages: Sequence[Passage]) -> list[IndexRow]:
    """One row per passage: heading path and text."""
    return [
        row_of(version.document_id, passage.id, DOCUMENT, "\n".join([*passage.heading, passage.text]), ())
        for passage in passages
    ]


def row_of(document_id: str, passage_id: str | None, tier: str, text: str, questions: tuple[str, ...]) -> IndexRow:
    digest = hashlib.sha256("\x1f".join([tier, text, *questions]).encode()).hexdigest()
    return IndexRow(document_id, passage_id, tier, text, questions, digest)


def lexical_field(row: IndexRow) -> str:
    """Text and every example once, in one field (retrieval.md section 6: `concat`)."""
    return "\n".join([row.text, *row.questions[1:]])
