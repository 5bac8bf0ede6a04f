"""Truth in SQLite, vectors in Chroma, one library over both: it follows what is published and mends what is broken."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ingest.service import sync_knowledge
from knowledge.generations import CURRENT, MANIFEST, current_folder
from knowledge.library import IndexMissing, Library
from knowledge.locks import LockHeld, index_lock
from knowledge.search import Scope
from knowledge.settings import Settings
from knowledge.town import load_town
from knowledge.wiring import build_library, build_tools, build_truth, probe
from tests.builders import BODY, entry_text, moment, settings_for, write_knowledge
from web.keeper import Keeper

pytestmark = pytest.mark.slow  # Chroma is opened again and again

NOW = datetime(2026, 11, 22, tzinfo=UTC)
WHO = entry_text(
    "buzhu-who", examples=["哪些老人有高龄补助", "我妈80岁了有补助没得", "八十岁老人领钱", "老人补助给哪些人"]
)
HOW = entry_text(
    "buzhu-how",
    question="高龄补助怎么申请？",
    examples=["补助到哪里办", "申请补助要带什么", "补助啷个申请", "高龄补助手续"],
    body=BODY.replace("可以领：年满80岁、户口在本镇的老人，每月有{old-age}", "到便民窗口填表申请"),
)
MENDED = WHO.replace("拿不准的", "弄不清楚的")


class Place:
    """A knowledge folder, its data folder and the steps seen while working."""

    def __init__(self, root: Path, *texts: str) -> None:
        self.root = root
        self.settings: Settings = settings_for(root / "data", write_knowledge(root / "knowledge", *texts))
        self.steps: list[tuple[str, int, int]] = []
        self.truth = build_truth(self.settings)

    def progress(self, step: str, done: int, total: int) -> None:
        self.steps.append((step, done, total))

    def publish(self, *texts: str) -> None:
        write_knowledge(self.root / "knowledge", *texts)
        sync_knowledge(self.settings, self.truth, self.progress, NOW)

    def library(self, probe: Callable[[Path], bool] = lambda folder: True) -> Library:
        """probe: the real one starts a child process, which only tests of damage need."""
        tools = build_tools(self.settings)
        town = load_town(self.settings.town_file)
        return Library(
            self.truth, town, tools, self.settings.index_dir, self.settings.calibration_dir, probe
        )

    def encoded(self) -> int:
        """Texts encoded since the last look."""
        batches = [total for step, _, total in self.steps if step == "encode"]
        self.steps.clear()
        return max(batches, default=0)


@pytest.fixture
def fresh(tmp_path: Path) -> Place:
    """Published, not indexed."""
    made = Place(tmp_path)
    made.publish(WHO, HOW)
    return made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = Place(tmp_path_factory.mktemp("prepared"))
    made.publish(WHO, HOW)
    made.library().ensure_index(made.progress)
    made.truth.engine.dispose()
    return made.root


@pytest.fixture
def place(prepared: Path, tmp_path: Path) -> Place:
    """Published and indexed."""
    shutil.copytree(prepared, tmp_path / "copy")
    return Place(tmp_path / "copy", WHO, HOW)


@pytest.fixture
def library(place: Place) -> Library:
    opened = place.library()
    opened.refresh()
    return opened


def first(library: Library, text: str) -> str:
    hits = library.search(text, Scope(moment()), 3).hits
    return hits[0].document_id if hits else ""


def test_nothing_can_be_asked_before_there_is_an_index(fresh: Place) -> None:
    library = fresh.library()
    assert not library.ready()
    with pytest.raises(IndexMissing):
        library.refresh()
    with pytest.raises(IndexMissing):
        library.search("补助", Scope(moment()))


def test_a_missing_index_is_built_and_answers(fresh: Place) -> None:
    library = build_library(fresh.settings, fresh.truth)
    library.ensure_index(fresh.progress)
    assert library.ready()
    assert fresh.encoded() == 12, "text, question and four examples of two entries"
    assert first(library, "高龄补助怎么申请") == "buzhu-how"
    assert first(library, "哪些老人有高龄补助？") == "buzhu-who"


def test_the_progress_names_each_step_in_order(place: Place, library: Library) -> None:
    place.publish(MENDED, HOW)
    library.ensure_index(place.progress)
    seen = list(dict.fromkeys(step for step, _, _ in place.steps))
    build = ["encode", "vectors-written", "lexical-written", "calibrated", "before-switch", "switched"]
    assert [step for step in seen if step in build] == build


def test_a_finished_index_is_taken_as_it_is_by_the_next_process(place: Place, library: Library) -> None:
    place.encoded()
    again = place.library()
    again.ensure_index(place.progress)
    assert place.encoded() == 0
    assert again.shelf.folder == library.shelf.folder
    assert first(again, "高龄补助怎么申请") == "buzhu-how"


def test_nothing_new_is_no_refresh(library: Library) -> None:
    before = library.shelf
    assert library.refresh() is False
    assert library.shelf is before


def test_a_changed_line_is_answered_before_the_index_is_built_anew(place: Place, library: Library) -> None:
    place.publish(MENDED, HOW)
    assert library.refresh() is True
    assert "弄不清楚的" in library.shelf.snapshot.versions["buzhu-who"].content
    assert library.behind()


def test_only_what_changed_is_encoded(place: Place, library: Library) -> None:
    place.publish(MENDED, HOW)
    library.ensure_index(place.progress)
    assert place.encoded() == 6, "of twelve"
    assert not library.behind()
    assert first(library, "高龄补助怎么申请") == "buzhu-how"


def test_a_new_figure_reaches_the_library_without_any_encoding(place: Place, library: Library) -> None:
    place.encoded()
    file = place.root / "knowledge" / "parameters" / "buzhu.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("value: 100", "value: 120"), encoding="utf-8")
    sync_knowledge(place.settings, place.truth, place.progress, NOW)
    library.ensure_index(place.progress)
    assert place.encoded() == 0
    assert str(library.shelf.snapshot.parameters["old-age"].values[0].value) == "120"


def test_what_was_taken_back_is_found_no_more(place: Place, library: Library) -> None:
    place.publish(WHO)
    library.refresh()
    assert first(library, "高龄补助怎么申请") != "buzhu-how", "at once, with the old index still in use"
    library.ensure_index(place.progress)
    assert "buzhu-how" not in library.shelf.snapshot.entries


def test_readers_keep_a_whole_shelf_while_another_is_put_up(place: Place, library: Library) -> None:
    wrong: list[object] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            shelf = library.shelf
            held = set(shelf.snapshot.entries)
            if held not in ({"buzhu-who", "buzhu-how"}, {"buzhu-who"}) or not library.search("补助", Scope(moment())):
                wrong.append(held)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for texts in ((WHO,), (WHO, HOW), (WHO,)):
            place.publish(*texts)
            library.ensure_index(place.progress)
    finally:
        done.set()
        for reader in readers:
            reader.join(timeout=30)
    assert wrong == []


# --- damage -----------------------------------------------------------------------------------------------


def damaged_current(place: Place, folder: Path) -> None:
    (place.settings.index_dir / CURRENT).write_text("g999999", encoding="ascii")


def damaged_manifest(place: Place, folder: Path) -> None:
    (folder / MANIFEST).write_text("{", encoding="utf-8")


def other_embedder(place: Place, folder: Path) -> None:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    (folder / MANIFEST).write_text(json.dumps(manifest | {"embedder": "another"}), encoding="utf-8")


def lost_vectors(place: Place, folder: Path) -> None:
    shutil.rmtree(folder / "vectors")


def damaged_vectors(place: Place, folder: Path) -> None:
    for path in (folder / "vectors").rglob("*"):
        if path.is_file():
            path.write_bytes(b"\x00" * path.stat().st_size)


def lost_words(place: Place, folder: Path) -> None:
    shutil.rmtree(folder / "lexical")


def lost_everything(place: Place, folder: Path) -> None:
    shutil.rmtree(place.settings.index_dir)


@pytest.mark.parametrize(
    "damage",
    [damaged_current, damaged_manifest, other_embedder, lost_vectors, damaged_vectors, lost_words, lost_everything],
    ids=lambda damage: damage.__name__,
)
def test_a_damaged_index_is_built_anew(place: Place, library: Library, damage: Any) -> None:
    folder = library.shelf.folder
    damage(place, folder)
    again = place.library(probe)
    with pytest.raises(IndexMissing):
        again.refresh()
    again.ensure_index(place.progress)
    assert first(again, "高龄补助怎么申请") == "buzhu-how"
    assert current_folder(place.settings.index_dir) == again.shelf.folder


def test_what_a_crash_left_is_swept_by_the_next_build(place: Place, library: Library) -> None:
    left = place.settings.index_dir / "g000007"
    (left / "vectors").mkdir(parents=True)
    place.publish(MENDED, HOW)
    library.ensure_index(place.progress)
    assert not left.exists()
    assert library.shelf.folder.name == "g000008"
    assert len(list(place.settings.index_dir.glob("g*"))) == 2, "the one in use and the one before"


@pytest.mark.parametrize("step", ["encode", "vectors-written", "lexical-written", "calibrated", "before-switch"])
def test_a_build_that_dies_leaves_the_old_index_in_use(place: Place, library: Library, step: str) -> None:
    place.publish(MENDED, HOW)

    def dying(name: str, done: int, total: int) -> None:
        if name == step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        library.rebuild(dying)
    assert current_folder(place.settings.index_dir) == library.shelf.folder
    library.refresh()
    assert first(library, "高龄补助怎么申请") == "buzhu-how"
    library.ensure_index(place.progress)
    assert not library.behind()


def test_one_builder_at_a_time(place: Place, library: Library) -> None:
    place.publish(MENDED, HOW)
    with index_lock(place.settings.index_dir), pytest.raises(LockHeld):
        library.rebuild(place.progress)
    library.rebuild(place.progress)


# --- the keeper -------------------------------------------------------------------------------------------


def purged() -> None:
    """Nothing here has a time to live."""


def test_the_keeper_brings_a_publish_to_answers_by_itself(place: Place, library: Library) -> None:
    arrived = threading.Event()
    rebuild = library.rebuild

    def rebuilt(progress: Any, **how: bool) -> Path:
        folder = rebuild(progress, **how)
        arrived.set()
        return folder

    library.rebuild = rebuilt  # type: ignore[method-assign]
    keeper = Keeper(library, purged, every_s=0.05)
    keeper.start()
    try:
        place.publish(WHO, HOW, entry_text("buzhu-lost", question="补助存折掉了怎么办？"))
        assert arrived.wait(30)
    finally:
        keeper.stop()
    library.refresh()
    assert first(library, "补助存折掉了怎么办") == "buzhu-lost"


def test_the_keeper_takes_over_an_index_that_another_process_built(place: Place, library: Library) -> None:
    other = place.library()
    other.refresh()
    place.publish(MENDED, HOW)
    other.ensure_index(place.progress)
    Keeper(library, purged).look()
    assert library.shelf.folder == other.shelf.folder
    assert not library.behind()


def test_what_was_taken_back_and_brought_back_is_found_without_a_build(place: Place, library: Library) -> None:
    """However busy the machine is: the undo of a withdrawal waits for nothing but the database."""
    keeper = Keeper(library, purged)
    place.publish(WHO)
    keeper.look()
    assert first(library, "高龄补助怎么申请") != "buzhu-how"
    folder = library.shelf.folder
    place.publish(WHO, HOW)
    keeper.look()
    assert first(library, "高龄补助怎么申请") == "buzhu-how"
    assert library.shelf.folder == folder


def test_a_new_index_that_cannot_be_opened_holds_back_no_withdrawal(place: Place, library: Library) -> None:
    other = place.library()
    other.refresh()
    place.publish(WHO)
    other.ensure_index(place.progress)
    library._probe = lambda folder: False
    with pytest.raises(IndexMissing):
        library.refresh()
    assert first(library, "高龄补助怎么申请") != "buzhu-how"


def test_what_this_process_built_is_opened_without_asking_a_child(place: Place, library: Library) -> None:
    library._probe = lambda folder: folder == library.shelf.folder
    place.publish(MENDED, HOW)
    Keeper(library, purged).look()
    assert not library.behind()


def test_the_keeper_survives_a_locked_index(place: Place, library: Library) -> None:
    place.publish(MENDED, HOW)
    with index_lock(place.settings.index_dir):
        Keeper(library, purged).look()
    assert library.behind()
    assert first(library, "高龄补助怎么申请") == "buzhu-how"


# --- an empty town ----------------------------------------------------------------------------------------


def test_no_knowledge_at_all_still_opens(tmp_path: Path) -> None:
    place = Place(tmp_path)
    shutil.rmtree(place.root / "knowledge" / "policies")
    library = place.library()
    library.ensure_index(place.progress)
    assert library.search("补助", Scope(moment())).hits == ()
