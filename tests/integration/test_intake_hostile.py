"""Hostile and broken files: each refused with a sentence in Chinese or cleaned, and none of them harms who reads."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from ingest.child import Limits, read_in_child
from ingest.cutting import cut_paper
from ingest.errors import UnsupportedDocument
from ingest.read_file import converter, read_file
from tests.hostile_files import MARKER, SEEN, Hostile, hostile_files
from tests.office_files import docx, xlsx

ROOT = Path(__file__).parents[2]
MAX_GROWTH_MIB = 50
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{4,}")
KNOWN_WORDS = {"Word", "Excel", "iPhone", "docx", "xlsx", "html"}


def read(hostile: Hostile) -> str:
    """'' when it was dealt with as it should be; else what went wrong."""
    with tempfile.TemporaryFile() as file:
        file.write(hostile.data)
        try:
            paper = read_file(file, hostile.name)
        except UnsupportedDocument as refused:
            return "" if not hostile.cleaned and is_worded(refused, hostile.says) else f"{refused.reason} {refused.remedy}"
    said = "\n".join(cut_paper(paper, "x").lines)
    if not hostile.cleaned:
        return f"was read: {said[:80]}"
    kept = SEEN in said or "Subsidy is paid every month" in said
    bad = MARKER in said or "PAY NOW" in said or "\u200b" in said
    return "" if kept and not bad else f"kept {kept}, bad {bad}: {said[:200]}"


def is_worded(refused: UnsupportedDocument, says: str) -> bool:
    """Plain Chinese, what to do next, nothing of the parser's own words."""
    text = f"{refused.reason}{refused.remedy}"
    foreign = set(ENGLISH.findall(text)) - KNOWN_WORDS
    return bool(CHINESE.search(refused.reason) and CHINESE.search(refused.remedy)) and not foreign and says in text


@contextmanager
def watched_memory() -> Iterator[list[int]]:
    """RSS of this process in MiB, sampled while the block runs: [before, highest]."""
    seen = [rss_mib(), 0]
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(0.02):
            seen[1] = max(seen[1], rss_mib())

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()


def rss_mib() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 // 2**20


def test_sixty_hostile_files_are_refused_or_cleaned() -> None:
    files = hostile_files()
    assert len(files) >= 60
    assert converter() is None or any(each.name == "老文件.doc" for each in files)
    with watched_memory() as memory, ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(read, files))
    wrong = [f"{each.name}: {outcome}" for each, outcome in zip(files, outcomes, strict=True) if outcome]
    assert not wrong, "\n".join(wrong)
    assert memory[1] - memory[0] <= MAX_GROWTH_MIB


def limited(data: bytes, limits: Limits) -> str:
    with tempfile.TemporaryFile() as file:
        file.write(data)
        with pytest.raises(UnsupportedDocument) as refused:
            read_in_child("office", file, "文件", limits=limits)
    return refused.value.reason


def test_the_child_stops_at_each_of_its_limits() -> None:
    big = xlsx({"表": [["1"] * 50 for _ in range(1200)]})
    assert "太大" in limited(docx(["x"]), Limits(60, 60, 60)), "memory"
    assert "太大" in limited(big, Limits(1024, 1, 60)), "processor"
    assert "太大" in limited(big, Limits(1024, 60, 0.3)), "clock"


CONFINED = """
import ctypes, os, sys
sys.path.insert(0, sys.argv[1])
from ingest.child_limits import BreakOut, confine
confine(1024, 60)
import socket
try:
    socket.socket()
except BreakOut:
    print("python")
if ctypes.CDLL(None, use_errno=True).socket(2, 1, 0) == -1:
    print("kernel")
try:
    os.execv("/bin/true", ["true"])
except (OSError, BreakOut):
    print("program")
try:
    with open(sys.argv[2], "w") as file:
        file.write("x")
except OSError:
    print("file")
"""


def test_the_child_has_no_network_no_programs_and_writes_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-I", "-c", CONFINED, str(ROOT), str(tmp_path / "x")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["python", "kernel", "program", "file"], done.stderr
