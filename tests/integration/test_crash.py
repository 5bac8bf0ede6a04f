"""A sync that dies leaves each document wholly old or wholly new, and the next one mends the rest.

The child process does a real sync and is killed, without a chance to tidy up, where its own progress says so
or by a timer inside the write phase.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.database.engine import open_database, quick_check
from knowledge.database.soundness import check_originals, half_written, loose_passages
from knowledge.database.truth import SqlTruth
from knowledge.doctor import diagnose
from tests.integration.small_knowledge import NOW, Place, a_place

OLD, NEW = "可以办。", "要看情况。"
CHANGED = [f"e{number}" for number in range(1, 31)]
SAME = [f"e{number}" for number in range(31, 40)]
GONE, ADDED = "e40", "e41"
WANTED = dict.fromkeys([*CHANGED, ADDED], NEW) | dict.fromkeys(SAME, OLD)

CHILD = """
import os, pathlib, signal, sys
from datetime import UTC, datetime
from ingest.service import sync_knowledge
from knowledge.database.engine import open_database
from knowledge.database.truth import SqlTruth
from knowledge.settings import Settings

root, point, times, timer = pathlib.Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
settings = Settings(data_dir=root / "data", knowledge_dir=root / "knowledge", town_file=root / "town.toml")
truth = SqlTruth(open_database(settings.database, migrate=True), "here")
seen = 0

def progress(step, done, total):
    global seen
    if timer and step == "read":
        signal.setitimer(signal.ITIMER_REAL, timer)  # nobody handles SIGALRM: the process ends on the spot
    seen += step == point
    if step == point and seen == times:
        os.kill(os.getpid(), signal.SIGKILL)

sync_knowledge(settings, truth, progress, datetime(2026, 11, 22, 8, 0, tzinfo=UTC))
"""

EACH_DOCUMENT = ("original-written", "original-stored", "version-written", "before-commit", "committed")
NAMED = [
    ("figures-before-commit", 1),
    ("figures", 1),
    ("read", 1),
    *((step, times) for step in EACH_DOCUMENT for times in (1, 2, 3, 4, 5)),
    ("before-commit", len(CHANGED) + 2),
    ("committed", len(CHANGED) + 2),
    ("swept", 1),
]
IN_THE_TEST_RING = [
    ("figures-before-commit", 1),
    ("original-written", 2),
    ("original-stored", 3),
    ("version-written", 1),
    ("before-commit", 4),
    ("committed", 5),
]
AT_RANDOM = 40 - len(NAMED)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Published: e1 … e40 in their old words, figure 630. Since then the folder asks for WANTED and 640."""
    with a_place(tmp_path, entries=len(CHANGED) + len(SAME) + 1) as made:
        made.sync()
        for name in (*CHANGED, ADDED):
            made.write_entry(name, NEW)
        (made.folder / "policies" / "dibao" / f"{GONE}.md").unlink()
        made.write_rate("640")
        yield made


def run_child(place: Place, point: str = "", times: int = 0, timer: float = 0.0) -> int:
    root = place.settings.data_dir.parent
    command = [sys.executable, "-c", CHILD, str(root), point, str(times), str(timer)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.returncode


def check_after_the_crash(place: Place) -> None:
    """Nothing mixed, nothing that was acknowledged missing."""
    engine = open_database(place.settings.database, migrate=False)
    try:
        quick_check(engine)
        truth = SqlTruth(engine, "here")
        words = {item.document_id: item.passages[0].text for item in truth.published()}
        assert {*CHANGED, *SAME} <= words.keys() <= {*WANTED, GONE}
        assert all(words[name] in (OLD, NEW) for name in CHANGED)
        assert all(words[name] == OLD for name in SAME)
        assert half_written(truth) == [] and loose_passages(engine) == []
        assert str(truth.parameters()["rate"].values[0].value) in ("630", "640")
        state = check_originals(engine, place.settings.originals_dir)
        assert (state.missing, state.damaged) == ({}, {})
    finally:
        engine.dispose()


def check_after_the_next_sync(place: Place) -> None:
    """All that the folder asks for, once, and a doctor with nothing to say but that no index was built."""
    place.sync()
    assert place.words() == WANTED
    counted = {key: len(item.versions) for key, item in place.truth.held().items()}
    assert counted == dict.fromkeys(CHANGED, 2) | dict.fromkeys([*SAME, GONE, ADDED], 1)
    assert str(place.truth.parameters()["rate"].values[0].value) == "640"
    assert not place.sync().changed
    found = diagnose(place.settings, NOW, date(2026, 11, 22))
    assert [finding.what for finding in found] == ["还没有索引"]


@pytest.mark.parametrize(("point", "times"), IN_THE_TEST_RING)
def test_a_kill_at_a_named_point_leaves_nothing_mixed(place: Place, point: str, times: int) -> None:
    assert run_child(place, point, times) == -signal.SIGKILL
    check_after_the_crash(place)
    check_after_the_next_sync(place)


def test_without_a_kill_the_child_does_the_same_work(place: Place) -> None:
    assert run_child(place) == 0
    check_after_the_next_sync(place)


@pytest.mark.parametrize("point", ["original-written", "original-stored", "before-commit"])
def test_an_original_that_nothing_needs_any_more_is_swept(place: Place, point: str) -> None:
    assert run_child(place, point, 2) == -signal.SIGKILL  # the first is ADDED, which is still wanted
    for name in CHANGED:
        place.write_entry(name, OLD)
    place.sync()
    found = diagnose(place.settings, NOW, date(2026, 11, 22))
    assert [finding.what for finding in found] == ["还没有索引"]


def test_an_acknowledged_document_is_there_after_the_kill(place: Place) -> None:
    assert run_child(place, "committed", 1) == -signal.SIGKILL
    assert sorted(place.words().values()).count(NEW) == 1


def test_a_transaction_that_was_not_ended_never_was(place: Place) -> None:
    before = place.truth.published()
    assert run_child(place, "before-commit", 1) == -signal.SIGKILL
    assert place.truth.published() == before


@pytest.mark.prove
@pytest.mark.parametrize(("point", "times"), NAMED)
def test_kills_at_every_named_point(place: Place, point: str, times: int) -> None:
    assert run_child(place, point, times) == -signal.SIGKILL
    check_after_the_crash(place)
    check_after_the_next_sync(place)


@pytest.mark.prove
@pytest.mark.parametrize("number", range(AT_RANDOM))
def test_kills_at_random_inside_the_write_phase(place: Place, rng: random.Random, number: int) -> None:
    # Writing 32 documents takes longer than this anywhere, so that each timer finds the child at work.
    assert run_child(place, timer=rng.uniform(0.0005, 0.02)) == -signal.SIGALRM
    check_after_the_crash(place)
    check_after_the_next_sync(place)


def test_the_proof_has_its_forty_kills() -> None:
    assert len(set(NAMED)) == len(NAMED) >= 30
    assert set(IN_THE_TEST_RING) <= set(NAMED)
    assert AT_RANDOM > 0
