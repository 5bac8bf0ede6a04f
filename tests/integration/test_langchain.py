"""Our search as a LangChain retriever: alone, in a batch, and inside a small chain."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda, RunnablePassthrough

from bot.adapters.retriever import LibraryRetriever
from knowledge.library import Library
from knowledge.places import load_places
from knowledge.settings import Settings
from knowledge.types import Period
from tests.builders import ShelfLibrary, a_document_version, a_hit, a_snapshot, a_town, found

ON = date(2026, 11, 22)


@pytest.fixture(scope="module")
def retriever(bundled_library: Library, bundled_settings: Settings) -> LibraryRetriever:
    places = load_places(bundled_settings.lexicon_dir / "places.yaml", bundled_library.town)
    return LibraryRetriever(library=bundled_library, places=places, today=lambda: ON)


def test_it_is_a_standard_retriever(retriever: LibraryRetriever) -> None:
    assert isinstance(retriever, BaseRetriever)
    documents = retriever.invoke("农村低保一个月好多钱")
    assert documents and all(isinstance(document, Document) for document in documents)
    assert len(documents) <= retriever.top_k == 4


def test_a_document_is_the_entry_as_a_villager_reads_it(retriever: LibraryRetriever) -> None:
    document = retriever.invoke("农村低保一个月好多钱")[0]
    assert "630元" in document.page_content and "2025年7月起" in document.page_content
    assert "{" not in document.page_content and "〔" not in document.page_content
    assert document.page_content.startswith("农村低保一个月多少钱？\n结论：\n")


def test_its_metadata_names_where_it_stands_and_what_it_rests_on(retriever: LibraryRetriever) -> None:
    documents = retriever.invoke("农村低保一个月好多钱")
    first = documents[0].metadata
    assert first["document_id"] == "dibao-amount-rural"
    assert first["url"] == "/entries/dibao-amount-rural"
    assert first["passage_id"].startswith("dibao-amount-rural@") and first["passage_id"].endswith(":conclusion")
    assert "《重庆市城乡居民最低生活保障条例》第20条" in first["basis"]
    assert 0.0 <= first["confidence"] <= 1.0
    scores = [document.metadata["score"] for document in documents]
    assert scores == sorted(scores, reverse=True)


def test_the_figures_are_those_of_the_time_asked_about(retriever: LibraryRetriever) -> None:
    document = retriever.invoke("2024年12月农村低保一个月好多钱")[0]
    assert "610元" in document.page_content and "630元" not in document.page_content


def test_what_nothing_covers_has_no_documents(retriever: LibraryRetriever) -> None:
    assert retriever.invoke("比特币矿机啷个散热") == []


def test_a_batch_keeps_its_order(retriever: LibraryRetriever) -> None:
    questions = ["农村低保一个月好多钱", "娃儿刚生下来医保啷个办", "去年政府合同审了多少份"]
    found = [documents[0].metadata["document_id"] for documents in retriever.batch(questions)]
    assert found == ["dibao-amount-rural", "yibao-newborn", "report-contracts"]


def test_inside_a_chain(retriever: LibraryRetriever) -> None:
    prompts: list[Any] = []

    def seen(prompt: Any) -> Any:
        prompts.append(prompt)
        return prompt

    def joined(documents: list[Document]) -> str:
        return "\n\n".join(document.page_content for document in documents)

    prompt = ChatPromptTemplate.from_messages([("system", "只用资料回答。\n{passages}"), ("user", "{question}")])
    chain = (
        {"passages": retriever | joined, "question": RunnablePassthrough()}
        | prompt
        | RunnableLambda(seen)
        | FakeListChatModel(responses=["每人每月630元。"])
        | StrOutputParser()
    )
    assert chain.invoke("农村低保一个月好多钱 {不是变量}") == "每人每月630元。"
    system, user = prompts[0].to_messages()
    assert "630元" in system.content
    assert user.content == "农村低保一个月好多钱 {不是变量}"


# --- free documents, another place ------------------------------------------------------------------------


def small(*versions: Any, hits: Any = ()) -> tuple[LibraryRetriever, ShelfLibrary]:
    library = ShelfLibrary(a_snapshot(*versions, parameters=[]), found(*hits))
    places = load_places(bundled_place_file(), a_town())
    retriever = LibraryRetriever.model_construct(library=library, places=places, today=lambda: ON, top_k=4)
    return retriever, library


def bundled_place_file() -> Any:
    return Settings(_env_file=None).lexicon_dir / "none.yaml"  # type: ignore[call-arg]


def test_a_passage_of_a_free_document() -> None:
    retriever, _ = small(a_document_version(), hits=[a_hit("gonggao", "gonggao@v1:p1")])
    (document,) = retriever.invoke("修路")
    assert document.page_content == "关于修路的公告\np1\n修路从6月开始。"
    assert document.metadata["url"] == "/documents/gonggao#passage-p1"
    assert document.metadata["passage_id"] == "gonggao@v1:p1"
    assert document.metadata["basis"] == ["《关于修路的公告》p1"]


def test_time_and_place_of_the_question_reach_the_search() -> None:
    retriever, library = small(a_document_version())
    retriever.invoke("白石镇２０２４年修路没有")
    ((text, scope, top_k),) = library.asked
    assert (text, scope.outside, top_k) == ("白石镇2024年修路没有", "白石镇", 4)
    assert scope.moment.about == Period.of_year(2024)
