"""Whether the text that a basis names is loaded here, and what it says."""

from __future__ import annotations

from knowledge.numbering import articles_in
from knowledge.snapshot import Snapshot
from knowledge.types import Basis, DocumentKind


def held_text(basis: Basis, snapshot: Snapshot) -> tuple[str | None, str | None]:
    """(text of the articles named, address of the first); (None, None) where the instrument is not loaded."""
    version = snapshot.versions.get(basis.instrument.id)
    if version is None or version.kind is not DocumentKind.STATUTE or not basis.article:
        return None, None
    wanted = {f"{number}-{more}" if more else str(number) for number, more in articles_in(basis.article)}
    found = [passage for passage in version.passages if passage.part in wanted]
    if not found:
        return None, None
    return "\n".join(passage.text for passage in found), f"/documents/{version.document_id}#passage-{found[0].part}"
