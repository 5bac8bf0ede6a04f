"""Which entries a question finds, ours and two plain ways to search, each best first: for Hit@k beside the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import bm25s
import rjieba
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.runnables import RunnableLambda

from bot.evaluation.rows import Row
from knowledge.fusion import best_first
from knowledge.index import in_order, read_query, score
from knowledge.library import Library
from knowledge.normalise import normalise
from knowledge.rows import ENTRY, IndexRow

DEEP = 5
Ranking = Callable[[str], list[str]]
"""Question as typed -> ids of entries, best first, at most DEEP."""


def ours(library: Library) -> Ranking:
    """The default: tokens, lexicon and table, as `knowledge/search.py` scores them; no threshold."""
    shelf, tools = library.shelf, library.tools

    def rank(text: str) -> list[str]:
        query = read_query(normalise(text), tools.lexicon, tools.embedder)
        ranked = in_order(shelf.index, query, score(shelf.index, query)[0])
        rows = (row for number in best_first(ranked, 60) for row in shelf.snapshot.targets[shelf.index.digests[number]])
        return [row.document_id for row in rows if row.tier == ENTRY][:DEEP]

    return rank


def jieba_words(library: Library) -> Ranking:
    """BM25 over the words of a segmenter, on the texts alone: no examples, no lexicon."""
    rows = entry_rows(library)
    model = bm25s.BM25(method="lucene")
    model.index([list(rjieba.cut(row.text)) for row in rows], show_progress=False)

    def rank(text: str) -> list[str]:
        words = [word for word in rjieba.cut(normalise(text)) if word in model.vocab_dict]
        if not words:
            return []
        found = best_first(model.get_scores(words), DEEP)
        return [rows[number].document_id for number in found]

    return rank


class Table(Embeddings):
    """Our embedder as LangChain sees it."""

    def __init__(self, library: Library) -> None:
        self._embedder = library.tools.embedder

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in self._embedder.embed(texts)]

    def embed_query(self, text: str) -> list[float]:
        return self.embed_documents([text])[0]


def plain_chain(library: Library) -> Ranking:
    """A LangChain retriever over Chroma with the same embedder: one vector per text, nothing else."""
    documents = [Document(row.text, metadata={"id": row.document_id}) for row in entry_rows(library)]
    store = Chroma.from_documents(
        documents, Table(library), collection_name="plain-chain", collection_configuration={"hnsw": {"space": "cosine"}}
    )
    chain = RunnableLambda(normalise) | store.as_retriever(search_kwargs={"k": DEEP})
    return lambda text: [found.metadata["id"] for found in chain.invoke(text)]


def entry_rows(library: Library) -> list[IndexRow]:
    return [row for row in library.shelf.snapshot.rows if row.tier == ENTRY]


def hits(rows: Sequence[Row], rank: Ranking, facts: Mapping[str, frozenset[str]], k: int) -> float:
    """Share of covered rows with an entry that rests on one of their facts among the first k. facts: by entry."""
    found = [any(facts[name] & set(row.facts) for name in rank(row.turns[-1])[:k]) for row in rows]
    return sum(found) / len(found)
