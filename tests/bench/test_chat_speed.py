"""How fast `/api/chat` is on this machine, and what of it is the product's own: reported, never asserted.

`make bench` prints the table; with PUFA_BENCH_WRITE=1 it is written to docs/bench.md.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path

import httpx2
import psutil
import pytest

from knowledge.index import read_query, score
from knowledge.library import Library
from knowledge.settings import Settings
from knowledge.wiring import build_library

ROOT = Path(__file__).parents[2]
REQUESTS = 600
# Read here: inside a test every PUFA_ setting of the person at the keyboard is gone.
WRITE = bool(os.environ.get("PUFA_BENCH_WRITE"))
pytestmark = pytest.mark.bench


def questions() -> list[str]:
    lines = (ROOT / "tests/evaluation/first_light.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["turns"][0] for line in lines]


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[str, float, int]]:
    """A real server on a free port: (address, seconds to the first healthy answer, process id)."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PUFA_DATA_DIR": str(data_dir), "PUFA_RATE_LIMITS": "off"}
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "web.cli", "serve", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        words = (word for line in process.stdout for word in line.split())
        address = next((word for word in words if word.startswith("http")), "")
        assert address, f"the server ended with {process.wait()}"
        wait_until(lambda: httpx2.get(f"{address}readyz").status_code == 200)
        yield address, time.perf_counter() - began, process.pid
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()


def wait_until(ready: Callable[[], bool], limit_s: float = 60) -> None:
    until = time.perf_counter() + limit_s
    while time.perf_counter() < until:
        try:
            if ready():
                return
        except httpx2.TransportError:
            continue
    raise TimeoutError


def ask(client: httpx2.Client, address: str, question: str) -> float:
    began = time.perf_counter()
    client.post(f"{address}api/chat", json={"question": question, "channel": "api"}).raise_for_status()
    return 1000 * (time.perf_counter() - began)


def load(address: str, clients: int, asked: Sequence[str]) -> list[float]:
    """Milliseconds of each request, with so many clients asking at once."""
    share = [asked[number::clients] for number in range(clients)]

    def one(mine: Sequence[str]) -> list[float]:
        with httpx2.Client(timeout=60) as client:
            return [ask(client, address, question) for question in mine]

    with ThreadPoolExecutor(clients) as pool:
        return [time_ms for times in pool.map(one, share) for time_ms in times]


def raw_parts(library: Library, asked: Sequence[str]) -> list[float]:
    """Milliseconds of tokenise + BM25 + encode + vectors alone."""
    times = []
    for question in asked:
        began = time.perf_counter()
        score(library.shelf.index, read_query(question, library.tools.lexicon, library.tools.embedder))
        times.append(1000 * (time.perf_counter() - began))
    return times


def spread(times: Sequence[float]) -> tuple[float, float]:
    """(p50, p95)."""
    ranked = statistics.quantiles(times, n=100)
    return ranked[49], ranked[94]


def test_chat_speed(tmp_path: Path, record_property: Callable[[str, object], None]) -> None:
    busy = os.getloadavg()[0]
    asked = list(islice(cycle(questions()), REQUESTS))
    with serving(tmp_path) as (_, first_start, _pid):
        pass
    with serving(tmp_path) as (address, second_start, pid):
        load(address, 1, asked[:50])
        one = spread(load(address, 1, asked))
        fifty = spread(load(address, 50, asked))
        memory = psutil.Process(pid).memory_info().rss / 2**20
    library = build_library(Settings(data_dir=tmp_path))
    library.refresh()
    raw_parts(library, asked[:50])
    raw = spread(raw_parts(library, asked))
    began = time.perf_counter()
    library.rebuild(lambda step, done, total: None)
    build = time.perf_counter() - began
    rows = [
        ("/api/chat，1 个人问", f"{one[0]:.1f} / {one[1]:.1f} 毫秒"),
        ("/api/chat，50 个人同时问", f"{fifty[0]:.0f} / {fifty[1]:.0f} 毫秒"),
        ("只算检索（切字 + BM25 + 编码 + 向量）", f"{raw[0]:.1f} / {raw[1]:.1f} 毫秒"),
        ("1 个人问 ÷ 只算检索（p50）", f"{one[0] / raw[0]:.1f} 倍"),
        ("第一次开（整理资料、建索引）", f"{first_start:.1f} 秒"),
        ("以后再开", f"{second_start:.1f} 秒"),
        ("占内存", f"{memory:.0f} MB"),
        (f"重建索引（{len(library.shelf.index.digests)} 行，向量不变的不重算）", f"{build:.1f} 秒"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    print("\n" + table)
    for name, value in rows:
        record_property(name, value)
    if WRITE:
        page = f"# 跑多快\n\n{conditions(busy)}\n\n| 量什么 | 结果（p50 / p95） |\n|---|---|\n{table}\n"
        (ROOT / "docs/bench.md").write_text(page, encoding="utf-8")


def conditions(busy: float) -> str:
    """What the figures were taken on. busy: processes wanting a core before the run began, one minute's mean."""
    memory = psutil.virtual_memory().total / 2**30
    others = (
        f"量之前已有约 {busy:.1f} 个别的程序在抢这些核，单独用会快些" if busy > 0.5 else "没有别的程序在跑"
    )
    return (
        f"`PUFA_BENCH_WRITE=1 make bench` 在 {date.today()} 量的：{os.cpu_count()} 核、{memory:.0f} GiB 内存，没有显卡；"
        f"{others}。{REQUESTS} 个问题，问的人和服务在同一台机器上。只报告，不当测试。"
    )
