"""Index generations: a switch is one small file, what a crash leaves is never used and goes away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge.generations import (
    CURRENT,
    MANIFEST,
    Manifest,
    current_folder,
    new_folder,
    read_manifest,
    sweep,
    switch_to,
    write_manifest,
)

ONE = Manifest("table", 4, "t1", 7, ("aa", "bb"), 3, {"threshold": 0.5})


def finished(index: Path, manifest: Manifest = ONE) -> Path:
    folder = new_folder(index)
    write_manifest(folder, manifest)
    return folder


def test_a_manifest_comes_back_as_it_was(tmp_path: Path) -> None:
    assert read_manifest(finished(tmp_path)) == ONE


def test_names_grow_and_are_never_used_again(tmp_path: Path) -> None:
    assert [new_folder(tmp_path).name for _ in range(2)] == ["g000001", "g000002"]
    (tmp_path / "g000001").rmdir()
    (tmp_path / "notes").mkdir()
    assert new_folder(tmp_path).name == "g000003"


def test_nothing_is_current_before_the_first_switch(tmp_path: Path) -> None:
    assert current_folder(tmp_path / "none") is None
    finished(tmp_path)
    assert current_folder(tmp_path) is None


def test_a_switch_takes_effect_at_once(tmp_path: Path) -> None:
    first, second = finished(tmp_path), finished(tmp_path)
    switch_to(tmp_path, first)
    assert current_folder(tmp_path) == first
    switch_to(tmp_path, second)
    assert current_folder(tmp_path) == second
    assert not (tmp_path / f"{CURRENT}.tmp").exists()


def test_a_generation_without_its_last_file_is_not_whole(tmp_path: Path) -> None:
    switch_to(tmp_path, new_folder(tmp_path))
    assert current_folder(tmp_path) is None


@pytest.mark.parametrize("content", [b"", b"\n", b"g000009", b"../elsewhere", b"g000001/vectors", b"\xff\xfe"])
def test_a_damaged_pointer_points_nowhere(tmp_path: Path, content: bytes) -> None:
    finished(tmp_path)
    (tmp_path / "g000001" / "vectors").mkdir()
    (tmp_path / "g000001" / "vectors" / MANIFEST).write_text("{}", encoding="utf-8")
    (tmp_path.parent / "elsewhere").mkdir(exist_ok=True)
    (tmp_path.parent / "elsewhere" / MANIFEST).write_text("{}", encoding="utf-8")
    (tmp_path / CURRENT).write_bytes(content)
    assert current_folder(tmp_path) is None


@pytest.mark.parametrize("leftover", [f"{CURRENT}.tmp"])
def test_a_crash_before_the_switch_leaves_the_old_one_in_use(tmp_path: Path, leftover: str) -> None:
    first = finished(tmp_path)
    switch_to(tmp_path, first)
    new_folder(tmp_path)
    (tmp_path / leftover).write_text("g000002", encoding="ascii")
    assert current_folder(tmp_path) == first


def test_sweeping_takes_what_is_not_kept_and_what_a_crash_left(tmp_path: Path) -> None:
    folders = [finished(tmp_path) for _ in range(3)]
    unfinished = new_folder(tmp_path)
    (unfinished / "vectors").mkdir()
    assert sweep(tmp_path, [folders[1], folders[2]]) == ["g000001", "g000004"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g000002", "g000003"]


def test_sweeping_leaves_other_files_alone(tmp_path: Path) -> None:
    (tmp_path / "gate.txt").write_text("x", encoding="utf-8")
    switch_to(tmp_path, finished(tmp_path))
    sweep(tmp_path, [])
    assert sorted(path.name for path in tmp_path.iterdir()) == [CURRENT, "gate.txt"]


@pytest.mark.parametrize("change", [{"format": 0}, {"format": None}])
def test_a_manifest_of_another_format_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    folder = finished(tmp_path)
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(ValueError, match="format"):
        read_manifest(folder)


def test_a_half_written_manifest_is_refused(tmp_path: Path) -> None:
    folder = finished(tmp_path)
    path = folder / MANIFEST
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(ValueError):
        read_manifest(folder)
