"""`python -m knowledge.adapters.probe FOLDER`: exit 0 when the generation opens, counts right and finds its vectors."""

from __future__ import annotations

import sys
from pathlib import Path

from knowledge.adapters.bm25_index import Bm25Index
from knowledge.adapters.chroma_store import ChromaStore
from knowledge.generations import read_manifest

SAMPLE = 5


def sound(folder: Path) -> bool:
    """Whether the stored vectors are all there and a few are found again as their own nearest."""
    manifest = read_manifest(folder)
    store = ChromaStore(folder / "vectors")
    names, vectors = store.read_all()
    index = Bm25Index.load(folder / "lexical", len(manifest.digests))
    if len(names) != manifest.vectors or len(index.scores(["\x00"])) != len(manifest.digests):
        return False
    for row in range(0, len(names), max(1, len(names) // SAMPLE)):
        if vectors[row].any() and not any(near > 0.999 for _, near in store.nearest(vectors[row], 3)):
            return False
    return True


if __name__ == "__main__":
    sys.exit(0 if sound(Path(sys.argv[1])) else 1)
