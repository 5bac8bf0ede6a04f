"""build_library(settings): the adapters behind search and truth, chosen in one place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from knowledge.build_index import Tools
from knowledge.database.engine import open_database
from knowledge.database.truth import SqlTruth
from knowledge.fusion import Weights
from knowledge.known_needs import KnownNeeds
from knowledge.lexicon import load_lexicon
from knowledge.library import Library
from knowledge.overlay_town import FollowedTown
from knowledge.ports import Embedder
from knowledge.settings import NEEDS_TABLE_DIR, TABLE_DIR, Settings
from knowledge.town import load_town

PROBE_S = 60


def build_truth(settings: Settings) -> SqlTruth:
    """The database of this town, brought up to the present schema."""
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    return SqlTruth(open_database(settings.database, migrate=True), load_town(settings.town_file).id)


def build_library(settings: Settings, truth: SqlTruth | None = None) -> Library:
    """Cheap: nothing is read before `refresh` or `ensure_index`."""
    truth = truth or build_truth(settings)
    followed = FollowedTown(load_town(settings.town_file), truth.town_records)
    return Library(
        truth,
        followed.town,
        build_tools(settings),
        settings.index_dir,
        settings.calibration_dir,
        probe,
        followed.look,
    )


def build_tools(settings: Settings, encoder: bool = False) -> Tools:
    """encoder: take the bundled table through sentence-transformers, as index building does."""
    from knowledge.adapters.bm25_index import Bm25Index
    from knowledge.adapters.chroma_store import ChromaStore

    return Tools(
        embedder=build_embedder(settings, encoder),
        open_vectors=ChromaStore,
        new_lexical=Bm25Index,
        load_lexical=Bm25Index.load,
        lexicon=load_lexicon(settings.lexicon_dir),
        weights=Weights(),
    )


def build_embedder(settings: Settings, encoder: bool) -> Embedder:
    """The bundled table by default; any other model through sentence-transformers."""
    if settings.embedder:
        from knowledge.adapters.ngram_table import open_model

        return open_model(settings.embedder)
    if encoder:
        from knowledge.adapters.ngram_table import open_table

        return open_table(TABLE_DIR)
    from knowledge.adapters.table_embedder import TableEmbedder

    return TableEmbedder(TABLE_DIR)


def build_known_needs() -> KnownNeeds:
    """Of what is asked and not held; nothing but the grouping at the desk uses it."""
    from knowledge.adapters.table_embedder import TableEmbedder

    return KnownNeeds.read(TableEmbedder(NEEDS_TABLE_DIR), NEEDS_TABLE_DIR)


def probe(folder: Path) -> bool:
    """Open an index in a child process first: a damaged one can kill the process that opens it."""
    command = [sys.executable, "-m", "knowledge.adapters.probe", str(folder)]
    try:
        return subprocess.run(command, timeout=PROBE_S, capture_output=True, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
