"""The library as it would be with something published: to try questions before anybody else can see it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.build_index import Tools
from knowledge.entries import parse_entry
from knowledge.index import Index
from knowledge.library import Library, Shelf
from knowledge.rows import IndexRow, lexical_field
from knowledge.snapshot import Snapshot, is_entry, snapshot_of, with_added
from knowledge.tokens import tokenise
from knowledge.types import Basis, Entry, Instrument, Parameter, StoredVersion, Town


@dataclass(frozen=True, slots=True)
class Change:
    """What would be published together. town: with its offices and hotlines as they would be; None where they stay.

    parameters, instruments: those that would be new, or other than now.
    """

    versions: tuple[StoredVersion, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    town: Town | None = None

    @property
    def key(self) -> str:
        """The same for the same change, whoever makes it."""
        town = (dict(self.town.offices), dict(self.town.hotlines)) if self.town is not None else ()
        texts = [(version.document_id, version.digest) for version in self.versions]
        return hashlib.sha256(repr((texts, self.parameters, self.instruments, town)).encode()).hexdigest()


class TrialLibrary(Library):
    """Nothing is written and nothing followed: it lives for a few questions, then it is let go."""

    def __init__(self, library: Library, shelf: Shelf, town: Town | None = None) -> None:
        self.truth = library.truth
        self.town = town or library.town
        self.tools = library.tools
        self._shelf = shelf

    def refresh(self) -> bool:
        return False


def trial_library(library: Library, change: Change) -> TrialLibrary:
    """What changes stands in place of what is published. Thresholds stay those of the index in use.

    Raises IndexMissing before the library can answer, KnowledgeError for an entry that cannot be read.
    """
    shelf = library.shelf
    snapshot = with_change(shelf.snapshot, change)
    index = _with_rows(shelf.index, snapshot, library.tools)
    return TrialLibrary(library, Shelf(snapshot, index, shelf.folder), change.town)


def with_change(snapshot: Snapshot, change: Change) -> Snapshot:
    """Former versions, where there are any, are gone; the wordings approved for those stay, as when it is published.

    Raises KnowledgeError for an entry that cannot be read.
    """
    given = {version.document_id: _in_place(version, snapshot) for version in change.versions}
    new = {instrument.id: instrument for instrument in change.instruments}
    figures = {**snapshot.parameters, **{parameter.id: parameter for parameter in change.parameters}}
    versions, instruments = dict(sorted({**snapshot.versions, **given}.items())), {**snapshot.instruments, **new}
    entries = {name: snapshot.entries.get(name) for name in versions}
    for name in versions:
        held = entries[name]
        if name in given or (held is not None and any(basis.instrument.id in new for basis in held.bases.values())):
            entries[name] = _entry(instruments, versions[name])
    return snapshot_of(
        snapshot.revision,
        versions,
        {name: entry for name, entry in entries.items() if entry is not None},
        {name: _resting_on(figure, new) for name, figure in figures.items()},
        instruments,
    )


def _in_place(version: StoredVersion, snapshot: Snapshot) -> StoredVersion:
    former = snapshot.versions.get(version.document_id)
    return replace(version, also_asked=former.also_asked if former else ())


def _entry(instruments: Mapping[str, Instrument], version: StoredVersion) -> Entry | None:
    if not is_entry(version):
        return None
    return with_added(parse_entry(version.content, version.original_name or version.document_id, instruments), version)


def _resting_on(figure: Parameter, new: Mapping[str, Instrument]) -> Parameter:
    """The figure with the new records of the papers that its values rest on."""

    def renewed(basis: Basis) -> Basis:
        return replace(basis, instrument=new.get(basis.instrument.id, basis.instrument))

    if not any(value.basis.instrument.id in new for value in figure.values):
        return figure
    return replace(figure, values=tuple(replace(value, basis=renewed(value.basis)) for value in figure.values))


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
