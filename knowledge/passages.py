"""Typed parts of an entry as passages, and the ids and digests of all passages."""

from __future__ import annotations

import hashlib

from knowledge.types import PART_HEADINGS, Entry, Passage

HEADING_OF = {kind: heading for heading, kind in PART_HEADINGS.items()}


def passage_id(document_id: str, version: str, part: str) -> str:
    """``document@version:part``."""
    return f"{document_id}@{version}:{part}"


def passage_digest(heading: tuple[str, ...], text: str) -> str:
    """sha256 (hex) over heading path and text."""
    return hashlib.sha256("\n".join((*heading, "", text)).encode()).hexdigest()


def passages_of_entry(entry: Entry, version: str) -> tuple[Passage, ...]:
    """One passage per part, in file order; template texts, claims joined by newlines."""
    found = []
    for part in entry.parts:
        heading = (entry.question, HEADING_OF[part.kind])
        text = "\n".join(claim.text for claim in part.claims)
        found.append(
            Passage(
                id=passage_id(entry.id, version, part.kind.value),
                document_id=entry.id,
                version=version,
                part=part.kind.value,
                kind=part.kind,
                heading=heading,
                text=text,
                digest=passage_digest(heading, text),
            )
        )
    return tuple(found)
