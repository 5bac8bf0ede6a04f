"""Our search as a standard LangChain retriever, for anybody who builds a chain of their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from knowledge.about import about
from knowledge.library import Library, Shelf
from knowledge.normalise import normalise
from knowledge.passages import HEADING_OF
from knowledge.places import Places
from knowledge.render import Moment
from knowledge.search import Scope
from knowledge.shown import ShownEntry, show_entry
from knowledge.types import Hit, PartKind


class LibraryRetriever(BaseRetriever):
    """Question -> documents, best first, figures filled in for the time that the question is about.

    page_content: an entry with its headings, or the passage of a free document with its heading path.
    metadata: document_id, passage_id (of an entry: its conclusion), url, title, score (BM25 points),
    confidence (0..1), basis (《title》article, one string each). today: the asking day, asked anew each time.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    library: Library
    places: Places
    today: Callable[[], date]
    top_k: int = 4

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        text, on = normalise(query), self.today()
        asked = about(text, on)
        moment = Moment(on, asked.period, asked.said)
        shelf = self.library.shelf
        found = self.library.search(text, Scope(moment, self.places.outside(text)), self.top_k)
        return [self._document(hit, shelf, moment) for hit in found.hits]

    def _document(self, hit: Hit, shelf: Shelf, moment: Moment) -> Document:
        entry = shelf.snapshot.entries.get(hit.document_id)
        if entry is None:
            return _of_passage(hit, shelf)
        return _of_entry(hit, show_entry(entry, shelf.snapshot, self.library.renderer, moment))


def _of_entry(hit: Hit, shown: ShownEntry) -> Document:
    parts = [f"{HEADING_OF[part.kind]}：\n{part.text}" for part in shown.parts]
    passages = [source.passage_id for source in shown.sources if source.part is PartKind.CONCLUSION]
    basis = dict.fromkeys(f"《{s.basis.instrument.title}》{s.basis.article or ''}" for s in shown.sources)
    return Document(
        page_content="\n".join([shown.question, *parts]),
        metadata=_common(hit, shown.question, f"/entries/{shown.id}")
        | {"passage_id": next(iter(passages), None), "basis": list(basis)},
    )


def _of_passage(hit: Hit, shelf: Shelf) -> Document:
    passage = shelf.snapshot.passages[hit.passage_id or ""]
    title = shelf.snapshot.versions[hit.document_id].title
    place = "".join(passage.heading[1:])
    return Document(
        page_content="\n".join([*passage.heading, passage.text]),
        metadata=_common(hit, title, f"/documents/{hit.document_id}#passage-{passage.part}")
        | {"passage_id": passage.id, "basis": [f"《{title}》{place}"]},
    )


def _common(hit: Hit, title: str, url: str) -> dict[str, Any]:
    return {
        "document_id": hit.document_id,
        "title": title,
        "url": url,
        "score": hit.score,
        "confidence": hit.confidence,
    }
