"""Original files and the locks around them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ingest.originals import store_original, sweep
from knowledge.locks import LockHeld, hold, holder_of, index_lock, originals_lock, serve_lock

DATA = "原文".encode()
NAME = hashlib.sha256(DATA).hexdigest()


def test_the_bytes_are_kept_under_their_digest(tmp_path: Path) -> None:
    steps: list[str] = []
    assert store_original(tmp_path / "originals", DATA, steps.append) == NAME
    assert [path.name for path in (tmp_path / "originals").iterdir()] == [NAME]
    assert (tmp_path / "originals" / NAME).read_bytes() == DATA
    assert steps == ["original-written", "original-stored"]
    assert store_original(tmp_path / "originals", DATA, steps.append) == NAME
    assert len(steps) == 2, "what is there is not written again"


def test_before_the_rename_nothing_stands_under_the_name(tmp_path: Path) -> None:
    def stop(step: str) -> None:
        assert not (tmp_path / NAME).exists()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store_original(tmp_path, DATA, stop)
    assert store_original(tmp_path, DATA) == NAME
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_a_cut_original_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(DATA[:3])
    store_original(tmp_path, DATA)
    assert (tmp_path / NAME).read_bytes() == DATA


def test_renames_are_made_to_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []
    real = os.fsync

    def watch(descriptor: int) -> None:
        synced.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        real(descriptor)

    monkeypatch.setattr(os, "fsync", watch)
    store_original(tmp_path, DATA, synced.append)
    assert synced == ["file", "original-written", "folder", "original-stored"]


def test_sweeping_leaves_what_is_named(tmp_path: Path) -> None:
    store_original(tmp_path, DATA)
    (tmp_path / "f00.part").write_bytes(b"half")
    (tmp_path / ("0" * 64)).write_bytes(b"nobody's")
    assert sweep(tmp_path, {NAME}) == 2
    assert [path.name for path in tmp_path.iterdir()] == [NAME]
    assert sweep(tmp_path / "none", set()) == 0


@pytest.mark.parametrize("lock", [serve_lock, index_lock])
def test_a_second_holder_is_told_who_holds_it(tmp_path: Path, lock) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "data"
    with lock(folder):
        with pytest.raises(LockHeld) as caught, lock(folder):
            pass
        assert caught.value.holder.startswith(str(os.getpid()))
    with lock(folder):
        pass
    assert holder_of(caught.value.path) == ""


def test_the_server_and_the_builder_do_not_wait_for_each_other(tmp_path: Path) -> None:
    with serve_lock(tmp_path), index_lock(tmp_path / "index"), originals_lock(tmp_path, "test"):
        assert {path.name for path in tmp_path.iterdir()} == {"serve.lock", "index.lock", "originals.lock"}


def test_waiting_ends_when_the_lock_is_free(tmp_path: Path) -> None:
    taken, done = threading.Event(), threading.Event()

    def holder() -> None:
        with hold(tmp_path / "x.lock", "first"):
            taken.set()
            done.wait(10)

    thread = threading.Thread(target=holder)
    thread.start()
    taken.wait(10)
    with pytest.raises(LockHeld), hold(tmp_path / "x.lock", "second", wait_s=0.1):
        pass
    done.set()
    with hold(tmp_path / "x.lock", "second", wait_s=10):
        thread.join()


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, signal, sys\nfrom knowledge.locks import serve_lock\n"
        "with serve_lock(pathlib.Path(sys.argv[1])):\n"
        "    print('held', flush=True)\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.returncode) == ("held\n", -9)
    with serve_lock(tmp_path):
        pass
