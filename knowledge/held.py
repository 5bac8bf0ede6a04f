"""Whether the text that a basis names is loaded here, and what it says."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.instruments import document_ids
from knowledge.numbering import articles_in
from knowledge.snapshot import Snapshot
from knowledge.types import Basis, DocumentKind, Instrument, Passage


def held_text(basis: Basis, snapshot: Snapshot) -> tuple[str | None, str | None]:
    """(text of the articles named, address of the first); (None, None) where none of them is loaded."""
    wanted = parts_named(basis.article or "")
    found = [passage for passage in _passages(basis.instrument, snapshot) if passage.part in wanted]
    if not found:
        return None, None
    first = found[0]
    return "\n".join(
        passage.text for passage in found
    ), f"/documents/{first.document_id}#passage-{first.part}"


def parts_named(article: str) -> frozenset[str]:
    """Parts of a law's text that `第3条、第7条之一` names: `3`, `7-1`."""
    return frozenset(f"{number}-{more}" if more else str(number) for number, more in articles_in(article))


def _passages(instrument: Instrument, snapshot: Snapshot) -> Iterator[Passage]:
    """What is loaded of an instrument, over all files of its text."""
    for document_id in document_ids(instrument).values():
        version = snapshot.versions.get(document_id)
        if version is not None and version.kind is DocumentKind.STATUTE:
            yield from version.passages
