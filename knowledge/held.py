"""Whether the text that a basis names is loaded here, and what it says."""

from __future__ import annotations

from knowledge.instruments import document_ids
from knowledge.numbering import articles_in
from knowledge.outline_items import items_in, passages_named
from knowledge.snapshot import Snapshot
from knowledge.types import Basis, DocumentKind, Passage


def held_text(basis: Basis, snapshot: Snapshot) -> tuple[str | None, str | None]:
    """(text of the places named, address of the first); (None, None) where none of them is loaded."""
    found = _laws(basis, snapshot) or _notices(basis, snapshot)
    if not found:
        return None, None
    address = f"/documents/{found[0].document_id}#passage-{found[0].part}"
    return "\n".join(passage.text for passage in found), address


def parts_named(article: str) -> frozenset[str]:
    """Parts of a law's text that `第3条、第7条之一` names: `3`, `7-1`."""
    return frozenset(f"{number}-{more}" if more else str(number) for number, more in articles_in(article))


def _laws(basis: Basis, snapshot: Snapshot) -> list[Passage]:
    wanted = parts_named(basis.article or "")
    return [passage for passage in _passages(basis, snapshot, DocumentKind.STATUTE) if passage.part in wanted]


def _notices(basis: Basis, snapshot: Snapshot) -> list[Passage]:
    return passages_named(items_in(basis.article or ""), _passages(basis, snapshot, DocumentKind.POLICY))


def _passages(basis: Basis, snapshot: Snapshot, kind: DocumentKind) -> list[Passage]:
    """What is loaded of the instrument, over all files of its text."""
    names = document_ids(basis.instrument).values()
    versions = [snapshot.versions[name] for name in names if name in snapshot.versions]
    return [passage for version in versions if version.kind is kind for passage in version.passages]
