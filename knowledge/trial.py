"""The library as it would be with one version published: to try questions before anybody else can see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.build_index import Tools
from knowledge.entries import parse_entry
from knowledge.index import Index
from knowledge.library import Library, Shelf
from knowledge.rows import IndexRow, lexical_field
from knowledge.snapshot import Snapshot, is_entry, snapshot_of, with_added
from knowledge.tokens import tokenise
from knowledge.types import Entry, StoredVersion


class TrialLibrary(Library):
    """Nothing is written and nothing followed: it lives for a few questions, then it is let go."""

    def __init__(self, library: Library, shelf: Shelf) -> None:
        self.truth = library.truth
        self.town = library.town
        self.tools = library.tools
        self._shelf = shelf

    def refresh(self) -> bool:
        return False


def trial_library(library: Library, version: StoredVersion) -> TrialLibrary:
    """The version stands in place of what is published of its document. Thresholds stay those of the index in use.

    Raises IndexMissing before the library can answer.
    """
    shelf = library.shelf
    snapshot = with_version(shelf.snapshot, version)
    index = _with_rows(shelf.index, snapshot, library.tools)
    return TrialLibrary(library, Shelf(snapshot, index, shelf.folder))


def with_version(snapshot: Snapshot, version: StoredVersion) -> Snapshot:
    """Its former version, where there is one, is gone; the wordings approved for that one stay, as when it is published.

    Raises KnowledgeError for an entry that cannot be read.
    """
    name, former = version.document_id, snapshot.versions.get(version.document_id)
    given = replace(version, also_asked=former.also_asked if former else ())
    versions = dict(sorted({**snapshot.versions, name: given}.items()))
    entries = {**snapshot.entries, name: _entry(snapshot, given)}
    return snapshot_of(
        snapshot.revision,
        versions,
        {key: entry for key in versions if (entry := entries.get(key)) is not None},
        snapshot.parameters,
        snapshot.instruments,
    )


def _entry(snapshot: Snapshot, version: StoredVersion) -> Entry | None:
    if not is_entry(version):
        return None
    entry = parse_entry(version.content, version.original_name or version.document_id, snapshot.instruments)
    return with_added(entry, version)


def _with_rows(index: Index, snapshot: Snapshot, tools: Tools) -> Index:
    """The index over the rows of the snapshot; vectors of rows it knows are taken over."""
    rows = sorted({row.digest: row for row in snapshot.rows}.values(), key=lambda row: row.digest)
    lexical = tools.new_lexical()
    lexical.build([tokenise(lexical_field(row)) for row in rows])
    vectors, owners = _vectors(index, rows, tools)
    digests = tuple(row.digest for row in rows)
    taught = index.taught.carried(index.digests, digests) if index.taught is not None else None
    return replace(index, digests=digests, lexical=lexical, vectors=vectors, owners=owners, taught=taught)


def _vectors(index: Index, rows: Sequence[IndexRow], tools: Tools) -> tuple[np.ndarray, np.ndarray]:
    """(vectors, owners) in the order of rows."""
    pieces, owners = [], []
    for number, row in enumerate(rows):
        held = index.row_of.get(row.digest)
        if held is None:
            piece = tools.embedder.embed([row.text, *row.questions])
        else:
            start, end = np.searchsorted(index.owners, (held, held + 1))
            piece = index.vectors[start:end]
        pieces.append(piece)
        owners += [number] * len(piece)
    whole = np.concatenate(pieces) if pieces else np.zeros((0, tools.embedder.dim), dtype=np.float32)
    return whole, np.array(owners, dtype=np.int64)
