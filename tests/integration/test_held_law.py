"""A law that comes in as files beside the entries: their bases are held, and 看原话 shows the article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.adapters.memory_store import MemoryStore
from bot.types import Channel, Question
from bot.wiring import build_assistant
from ingest.service import ingest_paths, sync_knowledge
from knowledge.library import Library
from knowledge.places import load_places
from knowledge.settings import Settings
from knowledge.wiring import build_library, build_truth
from tests.builders import INSTRUMENTS, settings_for, write_knowledge
from web.app import create_app
from web.shelves import Shelves

NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ON = date(2026, 11, 22)
# Made up for this test: one law in two files, as a code in several books.
FIRST = "# 高龄补助办法\n\n# 上篇\n\n第六条 补助按季发。\n\n第七条 满八十的老人，凭户口簿领补助。\n\n第八条 多领的要退。\n"
SECOND = "# 高龄补助办法\n\n# 下篇\n\n第九条 填一张表就行。\n\n表在窗口拿。\n\n第十条 表不要钱。\n\n第十一条 本篇照办。\n"
FILES = "  text_files: [办法-1上篇.md, 办法-2下篇.md]\n"


def quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    folder = write_knowledge(tmp_path / "knowledge", instruments=INSTRUMENTS + FILES)
    return settings_for(tmp_path / "data", folder)


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """The entry alone; the law is not there yet."""
    truth = build_truth(settings)
    sync_knowledge(settings, truth, quiet, NOW)
    library = build_library(settings, truth)
    library.ensure_index(quiet)
    yield library
    truth.engine.dispose()


def bring_law(settings: Settings, library: Library, folder: Path) -> None:
    folder.mkdir()
    for name, text in (("办法-1上篇.md", FIRST), ("办法-2下篇.md", SECOND)):
        (folder / name).write_text(text, encoding="utf-8")
    result = ingest_paths([folder], settings, library.truth, quiet, NOW)  # type: ignore[arg-type]
    assert (set(result.added), result.problems) == ({"banfa", "banfa-2"}, ())
    library.ensure_index(quiet)


def client_for(settings: Settings, library: Library) -> TestClient:
    store = MemoryStore()
    assistant = build_assistant(settings, library, store, lambda: NOW)
    shelves = Shelves(library, load_places(settings.lexicon_dir / "places.yaml", library.town))
    return TestClient(create_app(assistant, shelves, store, settings, library.town, now=lambda: NOW))


def quotes(library: Library, settings: Settings) -> dict[str | None, tuple[str | None, str | None]]:
    """Article -> (quote, address) of the entry's sources."""
    shelves = Shelves(library, load_places(settings.lexicon_dir / "places.yaml", library.town))
    shown = shelves.entry("buzhu-who", ON)
    assert shown is not None
    return {source.basis.article: (source.quote, source.held_url) for source in shown.sources}


def test_without_the_law_nothing_is_quoted(settings: Settings, library: Library) -> None:
    assert set(quotes(library, settings).values()) == {(None, None)}


def test_the_articles_named_are_held_whichever_file_they_stand_in(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    bring_law(settings, library, tmp_path / "laws")
    found = quotes(library, settings)
    assert found["第7条"] == ("第七条 满八十的老人，凭户口簿领补助。", "/documents/banfa#passage-7")
    assert found["第9条"] == ("第九条 填一张表就行。\n表在窗口拿。", "/documents/banfa-2#passage-9")


def test_the_answer_and_the_page_show_the_article(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    bring_law(settings, library, tmp_path / "laws")
    with client_for(settings, library) as client:
        answer = client.post("/api/chat", json={"question": "哪些老人可以领高龄补助？"}).json()
        held = {
            item["basis"]["article"]: item["basis"] for item in answer["citations"] if item["basis"]["held"]
        }
        assert held["第7条"]["quote"] == "第七条 满八十的老人，凭户口簿领补助。"
        card = client.get("/entries/buzhu-who").text
        assert "满八十的老人，凭户口簿领补助。" in card and "填一张表就行。" in card
        assert 'href="/documents/banfa-2#passage-9"' in card
        page = client.get("/documents/banfa-2").text
        assert 'id="passage-9"' in page and "高龄补助办法 下篇" in page


def test_both_files_have_titles_of_their_own(settings: Settings, library: Library, tmp_path: Path) -> None:
    bring_law(settings, library, tmp_path / "laws")
    titles = {v.document_id: v.title for v in library.shelf.snapshot.versions.values() if v.kind == "statute"}
    assert titles == {"banfa": "高龄补助办法 上篇", "banfa-2": "高龄补助办法 下篇"}


def test_a_law_withdrawn_is_quoted_no_longer(settings: Settings, library: Library, tmp_path: Path) -> None:
    bring_law(settings, library, tmp_path / "laws")
    library.truth.withdraw("banfa-2", NOW, by="clerk", reason="旧了")  # type: ignore[attr-defined]
    library.ensure_index(quiet)
    found = quotes(library, settings)
    assert (found["第9条"], found["第7条"][0] is None) == ((None, None), False)


def test_the_assistant_answers_from_the_entry_with_the_law_beside_it(
    settings: Settings, library: Library, tmp_path: Path
) -> None:
    bring_law(settings, library, tmp_path / "laws")
    assistant = build_assistant(settings, library, MemoryStore(), lambda: NOW)
    answer = assistant.answer(Question("哪些老人可以领高龄补助？", ON, Channel.CLI, "c"))
    assert answer.documents == ("buzhu-who",)
