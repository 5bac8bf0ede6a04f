"""Fit the bundled table: tf-idf over characters and pairs, reduced by a truncated SVD (retrieval.md section 7, 5)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.adapters.ngram_table import NgramTable, write_manifest
from knowledge.tokens import tokenise

DIM, MIN_ROWS, MAX_TOKENS, SEED = 128, 2, 16_000, 20261122


def fit(texts: Sequence[str], dim: int = DIM) -> NgramTable:
    """texts: one per passage or question. Rows of the table are idf x V, so that a sum of rows is the SVD image.

    Raises ValueError when there are fewer than dim texts.
    """
    if len(texts) < dim:
        raise ValueError(f"{dim} texts are needed, {len(texts)} given")
    vectorizer = TfidfVectorizer(
        analyzer=tokenise, binary=True, min_df=MIN_ROWS, max_features=MAX_TOKENS, norm="l2", dtype=np.float64
    )
    weighted = vectorizer.fit_transform(texts)
    svd = TruncatedSVD(n_components=dim, n_iter=7, random_state=SEED).fit(weighted)
    table = vectorizer.idf_[:, None] * svd.components_.T / np.sqrt(np.maximum(svd.singular_values_, 1e-9))
    return NgramTable(vectorizer.vocabulary_, torch.from_numpy(table.astype(np.float32)))


def fit_to(folder: Path, texts: Sequence[str], sources: Sequence[str], dim: int = DIM) -> None:
    """Fit and write table, vocabulary and manifest. sources: what the texts were, in words."""
    fit(texts, dim).save(str(folder))
    made = {"sources": list(sources), "texts": len(texts), "dim": dim, "min_rows": MIN_ROWS, "seed": SEED}
    write_manifest(folder, made)
