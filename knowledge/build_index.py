"""Build a generation beside the one in use and switch to it whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge.calibrate import Lessons, Machinery, calibrate
from knowledge.confidence import SIGNALS, Calibration
from knowledge.fusion import Weights
from knowledge.generations import (
    Manifest,
    current_folder,
    new_folder,
    read_manifest,
    sweep,
    switch_to,
    write_manifest,
)
from knowledge.index import Index, read_query, read_tokens, stack_owners
from knowledge.lexicon import Lexicon
from knowledge.normalise import normalise
from knowledge.ports import Embedder, LexicalIndex, Progress, Vectors, VectorStore
from knowledge.rows import IndexRow, lexical_field
from knowledge.taught import Taught, lessons_of, teach
from knowledge.tokens import tokenise, version

VECTOR_BATCH = 500
DRIFT = 0.1
"""Share of the rows that may come and go before the thresholds are fitted anew: publishing one text stays quick."""
QUICK_DRIFT = 0.5
"""The same while somebody waits for what was just published; beyond it the old thresholds mean nothing."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The adapters an index is made with."""

    embedder: Embedder
    open_vectors: Callable[[Path], VectorStore]
    new_lexical: Callable[[], LexicalIndex]
    load_lexical: Callable[[Path, int], LexicalIndex]
    lexicon: Lexicon
    weights: Weights


def build(
    index_dir: Path,
    rows: Sequence[IndexRow],
    lessons: Lessons,
    revision: int,
    tools: Tools,
    progress: Progress,
    take_over: Path | None = None,
    refit: bool = False,
    quick: bool = False,
) -> Path:
    """Write, check and switch to a new generation. Needs `index.lock`.

    take_over: a sound generation whose vectors of unchanged rows are used again, and its thresholds while few rows
    have changed, unless refit; opening a damaged one may end the process, so the caller probes it first.
    quick: keep the thresholds until half of the rows have changed, and what was learnt from questions as it is.
    Steps told to progress: encode, vectors-written, lexical-written, calibrated, before-switch, switched.
    """
    unique = sorted({row.digest: row for row in rows}.values(), key=lambda row: row.digest)
    before = current_folder(index_dir)
    kept = _held_vectors(take_over, tools)
    folder = new_folder(index_dir)
    vectors = _encode(unique, kept, tools.embedder, progress)
    store = tools.open_vectors(folder / "vectors")
    names = vector_ids(unique)
    for start in range(0, len(names), VECTOR_BATCH):
        store.upsert(names[start : start + VECTOR_BATCH], vectors[start : start + VECTOR_BATCH])
        progress("vectors-written", min(start + VECTOR_BATCH, len(names)), len(names))
    store.close()
    lexical = tools.new_lexical()
    lexical.build([tokenise(lexical_field(row)) for row in unique])
    lexical.save(folder / "lexical")
    progress("lexical-written", len(unique), len(unique))
    held = None if refit else still_good(take_over, unique, lessons, tools, QUICK_DRIFT if quick else DRIFT)
    taught = _carried(take_over, unique) if held is not None and quick else None
    (taught or _taught(unique, lessons, tools)).save(folder)
    calibration = held or _calibrated(unique, lessons, tools)
    progress("calibrated", 1, 1)
    manifest = Manifest(
        tools.embedder.name,
        tools.embedder.dim,
        version(),
        revision,
        tuple(row.digest for row in unique),
        len(names),
        calibration.as_json(),
    )
    write_manifest(folder, manifest)
    progress("before-switch", 1, 1)
    switch_to(index_dir, folder)
    progress("switched", 1, 1)
    sweep(index_dir, [folder, *([before] if before else [])])
    return folder


def vector_ids(rows: Sequence[IndexRow]) -> list[str]:
    """``digest:000`` for a row's text, ``digest:001`` … for its questions; ascending as rows are."""
    return [f"{row.digest}:{number:03d}" for row in rows for number in range(1 + len(row.questions))]


def _vector_texts(rows: Sequence[IndexRow]) -> list[str]:
    return [text for row in rows for text in (row.text, *row.questions)]


def _held_vectors(folder: Path | None, tools: Tools) -> dict[str, Vectors]:
    """Vectors of the generation in use, by id, when they were made by the same embedder."""
    if folder is None:
        return {}
    try:
        manifest = read_manifest(folder)
    except ValueError:
        return {}
    if manifest.embedder != tools.embedder.name or manifest.tokens != version():
        return {}
    store = tools.open_vectors(folder / "vectors")
    names, vectors = store.read_all()
    store.close()
    return dict(zip(names, vectors, strict=True))


def _encode(rows: Sequence[IndexRow], kept: dict[str, Vectors], embedder: Embedder, progress: Progress) -> Vectors:
    names, texts = vector_ids(rows), _vector_texts(rows)
    missing = [number for number, name in enumerate(names) if name not in kept]
    vectors = np.zeros((len(names), embedder.dim), dtype=np.float32)
    for number, name in enumerate(names):
        if name in kept:
            vectors[number] = kept[name]
    for start in range(0, len(missing), VECTOR_BATCH):
        batch = missing[start : start + VECTOR_BATCH]
        vectors[batch] = embedder.embed([texts[number] for number in batch])
        progress("encode", min(start + VECTOR_BATCH, len(missing)), len(missing))
    return vectors


def still_good(
    folder: Path | None, rows: Sequence[IndexRow], lessons: Lessons, tools: Tools, most: float = DRIFT
) -> Calibration | None:
    """The calibration of the generation in use, while it was learnt from the same questions and little has changed.

    most: share of the rows that may have changed since.
    """
    if folder is None:
        return None
    try:
        manifest = read_manifest(folder)
        held = Calibration.from_json(manifest.calibration)
    except (ValueError, KeyError, TypeError):
        return None
    drift = held.drift + len(set(manifest.digests) ^ {row.digest for row in rows})
    same = (manifest.embedder, manifest.tokens, len(held.weights)) == (tools.embedder.name, version(), len(SIGNALS))
    if not same or held.learnt_from != lessons.digest or drift > most * len(rows):
        return None
    return replace(held, drift=drift)


def _carried(folder: Path | None, rows: Sequence[IndexRow]) -> Taught | None:
    """What the generation in use has learnt, for other rows; None where there is none."""
    if folder is None:
        return None
    try:
        return Taught.load(folder).carried(read_manifest(folder).digests, [row.digest for row in rows])
    except (ValueError, OSError, KeyError):
        return None


def _taught(rows: Sequence[IndexRow], lessons: Lessons, tools: Tools) -> Taught:
    def read(question: str) -> tuple[str, ...]:
        typed, more = read_tokens(normalise(question), tools.lexicon.expand(normalise(question)))
        return typed + more

    return teach(len(rows), lessons_of(rows, lessons.covered, read))


def _calibrated(rows: Sequence[IndexRow], lessons: Lessons, tools: Tools) -> Calibration:
    def index_of(some: Sequence[IndexRow]) -> Index:
        lexical = tools.new_lexical()
        lexical.build([tokenise(lexical_field(row)) for row in some])
        owners = stack_owners([1 + len(row.questions) for row in some])
        vectors = tools.embedder.embed(_vector_texts(some))
        digests = tuple(row.digest for row in some)
        return Index(digests, lexical, vectors, owners, _NONE, tools.weights, tools.embedder.name, 0)

    machinery = Machinery(index_of, lambda text: read_query(text, tools.lexicon, tools.embedder), tools.lexicon.asked)
    return calibrate(rows, lessons, machinery)


_NONE = Calibration((0.0,) * len(SIGNALS), 0.0, 0.5, fitted=False)


def open_index(folder: Path, tools: Tools) -> Index:
    """Read a finished generation. Raises ValueError when it is damaged or of another embedder."""
    manifest = read_manifest(folder)
    if manifest.embedder != tools.embedder.name or manifest.tokens != version():
        raise ValueError(f"index made by {manifest.embedder}, {tools.embedder.name} is set")
    store = tools.open_vectors(folder / "vectors")
    names, vectors = store.read_all()
    store.close()
    if len(names) != manifest.vectors:
        raise ValueError(f"{len(names)} vectors held, {manifest.vectors} expected")
    calibration = Calibration.from_json(manifest.calibration)
    if len(calibration.weights) != len(SIGNALS):
        raise ValueError("calibrated on other signals than this program reads")
    row_of = {digest: row for row, digest in enumerate(manifest.digests)}
    owners = np.array([row_of[name[:64]] for name in names], dtype=np.int64)
    return Index(
        manifest.digests,
        tools.load_lexical(folder / "lexical", len(manifest.digests)),
        vectors.reshape(len(names), manifest.dim),
        owners,
        calibration,
        tools.weights,
        manifest.embedder,
        manifest.revision,
        Taught.load(folder),
    )
