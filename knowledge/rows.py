"""What the index holds of each published document: one row per entry, one per passage of a free document."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from knowledge.asked import kinds_held
from knowledge.entries import PLACEHOLDER
from knowledge.types import Entry, Parameter, Passage, StoredVersion

ENTRY, DOCUMENT = "entry", "document"
NO_PARAMETERS: Mapping[str, Parameter] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class IndexRow:
    """tier: ENTRY rows rank above DOCUMENT rows. text: the lexical field. questions: example wordings.

    digest: sha256 (hex) of tier, text and questions: what the index is keyed by. holds: kinds of the figures that
    it gives (`asked.py`); they follow the parameters, so they are no part of the digest.
    """

    document_id: str
    passage_id: str | None
    tier: str
    text: str
    questions: tuple[str, ...]
    digest: str
    holds: frozenset[str] = frozenset()


def rows_of_entry(entry: Entry, parameters: Mapping[str, Parameter] = NO_PARAMETERS) -> list[IndexRow]:
    """The entry with its examples; figures of placeholders are left out, so they can change without a re-index."""
    claims = [PLACEHOLDER.sub("", claim.text) for part in entry.parts for claim in part.claims]
    questions = (entry.question, *entry.examples)
    row = row_of(entry.id, None, ENTRY, "\n".join([entry.question, *claims]), questions)
    return [replace(row, holds=kinds_held(entry, parameters))]


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
