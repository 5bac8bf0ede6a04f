"""The `pufa` command as a person runs it: real processes on a folder of their own."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.builders import write_knowledge

PUFA = Path(sys.executable).with_name("pufa")
WAIT_S = 120


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.strip().splitlines()[-1]


@dataclass(frozen=True)
class Installation:
    """A data folder, a knowledge folder and the environment that names both."""

    root: Path

    @property
    def knowledge(self) -> Path:
        return self.root / "knowledge"

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "PUFA_DATA_DIR": str(self.root / "data"),
            "PUFA_KNOWLEDGE_DIR": str(self.knowledge),
            "PUFA_TOWN_FILE": str(self.knowledge / "town.toml"),
            "PYTHONWARNINGS": "default",
        }

    def pufa(self, *words: str | Path) -> Done:
        done = subprocess.run(
            [PUFA, *map(str, words)], cwd=self.root, env=self.environment,
            capture_output=True, text=True, timeout=WAIT_S, check=False,
        )  # fmt: skip
        return Done(done.returncode, done.stdout, done.stderr)

    @contextmanager
    def serving(self) -> Iterator[Served]:
        """A server that has said it is ready; stopped by SIGTERM at the end."""
        port = free_port()
        process = subprocess.Popen(
            [PUFA, "serve", "--port", str(port)], cwd=self.root, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        try:
            yield Served(process, port, first_line(process))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=30)
            assert process.stdout is not None
            process.stdout.close()


@dataclass(frozen=True)
class Served:
    process: subprocess.Popen[str]
    port: int
    said: str

    def get(self, path: str) -> tuple[int, str]:
        return self._fetch(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}"))

    def chat(self, question: str) -> dict[str, Any]:
        body = json.dumps({"question": question}).encode()
        headers = {"Content-Type": "application/json"}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}/api/chat", body, headers)
        answer: dict[str, Any] = json.loads(self._fetch(asked)[1])
        return answer

    @staticmethod
    def _fetch(request: urllib.request.Request) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()


def installation(root: Path, *texts: str) -> Installation:
    write_knowledge(root / "knowledge", *texts)
    return Installation(root)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_line(process: subprocess.Popen[str]) -> str:
    """What the process says first on stdout; '' when it ends without a word. Raises queue.Empty when it is late."""
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    assert process.stdout is not None
    threading.Thread(target=lambda: lines.put(process.stdout.readline()), daemon=True).start()
    return lines.get(timeout=WAIT_S)
