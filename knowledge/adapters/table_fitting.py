"""Fit and train the bundled table on what people ask and what answers it.

A truncated SVD of tf-idf over characters, pairs and sounds gives the start; then the wordings of one entry are drawn
together and those of different entries apart (multiple negatives ranking). Why and how much: docs/retrieval.md.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import Normalize
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from threadpoolctl import threadpool_limits

from knowledge.adapters.ngram_table import NgramTable, write_manifest
from knowledge.tokens import tokenise

DIM, MIN_ROWS, MAX_TOKENS, SEED = 128, 2, 16_000, 20261122
EPOCHS, BATCH, RATE, SCALE = 10, 256, 3e-3, 20.0
Pair = tuple[str, str]


def fit(texts: Sequence[str], dim: int = DIM, tokens: int = MAX_TOKENS) -> NgramTable:
    """texts: one per passage or question. Rows of the table are idf x V, so that a sum of rows is the SVD image.

    Raises ValueError when there are fewer than dim texts.
    """
    if len(texts) < dim:
        raise ValueError(f"{dim} texts are needed, {len(texts)} given")
    vectorizer = TfidfVectorizer(
        analyzer=tokenise, binary=True, min_df=MIN_ROWS, max_features=tokens, norm="l2", dtype=np.float64
    )
    weighted = vectorizer.fit_transform(texts)
    svd = TruncatedSVD(n_components=dim, n_iter=7, random_state=SEED).fit(weighted)
    table = vectorizer.idf_[:, None] * svd.components_.T / np.sqrt(np.maximum(svd.singular_values_, 1e-9))
    return NgramTable(vectorizer.vocabulary_, torch.from_numpy(table.astype(np.float32)))


def train(table: NgramTable, groups: Sequence[Sequence[str]], epochs: int = EPOCHS) -> None:
    """Move the table's rows, in place. groups: the text and the wordings of one entry each, two at least.

    The same groups on the same machine give the same table: one thread, one seed.
    """
    torch.manual_seed(SEED)
    model = SentenceTransformer(modules=[table, Normalize()], device="cpu")
    loss = MultipleNegativesRankingLoss(
        model, scale=SCALE, directions=("query_to_doc", "doc_to_query"), partition_mode="per_direction"
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE)
    draw = random.Random(SEED)
    for _ in range(epochs):
        for batch in _batches(_pairs(groups, draw)):
            columns = [model.preprocess(list(column)) for column in zip(*batch, strict=True)]
            optimiser.zero_grad()
            loss(columns, torch.arange(len(batch))).backward()
            optimiser.step()


def _pairs(groups: Sequence[Sequence[str]], draw: random.Random) -> list[Pair]:
    """Each wording with another text of its group, drawn anew every time, in drawn order."""
    pairs = [
        (wording, draw.choice([text for text in group if text != wording]))
        for group in groups
        for wording in group[1:]
        if any(text != wording for text in group)
    ]
    draw.shuffle(pairs)
    return pairs


def _batches(pairs: Sequence[Pair]) -> Iterator[Sequence[Pair]]:
    for start in range(0, len(pairs), BATCH):
        yield pairs[start : start + BATCH]


def fit_to(
    folder: Path,
    groups: Sequence[Sequence[str]],
    sources: Sequence[str],
    dim: int = DIM,
    epochs: int = EPOCHS,
    tokens: int = MAX_TOKENS,
) -> None:
    """Fit, train and write table, vocabulary and manifest. sources: what the texts were, in words. tokens: at most."""
    texts = list(chain.from_iterable(groups))
    with threadpool_limits(limits=1):
        table = fit(texts, dim, tokens)
        train(table, groups, epochs)
    table.save(str(folder))
    made = {"sources": list(sources), "texts": len(texts), "dim": dim, "min_rows": MIN_ROWS, "epochs": epochs, "seed": SEED}
    write_manifest(folder, made)
