"""Reading a file in a child process with limits, so that no file can take the service down with it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ingest.child_main import BROKEN, TOO_MUCH
from ingest.errors import UnsupportedDocument
from ingest.paper import Paper, from_json

MAX_ANSWER_BYTES = 24 * 1024 * 1024
_START = "import sys; sys.path.insert(0, sys.argv.pop(2)); from ingest.child_main import main; main()"
_PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Limits:
    """memory: of the address space. cpu: seconds of work. wall: seconds until it is killed whatever it does."""

    memory_mib: int
    cpu_s: int
    wall_s: float


FILE_LIMITS = Limits(1024, 60, 90)
PAGE_LIMITS = Limits(2048, 60, 90)
"""One page of a scan, or one photo (threat-model B2)."""


def read_in_child(
    reader: str, file: IO[bytes], name: str, *, page: int = 0, limits: Limits = FILE_LIMITS
) -> Paper:
    """What the reader makes of the file. file: a real one, read from its start. page: from 0, for one page.

    Raises UnsupportedDocument, also when the child met its limits.
    """
    asked = {
        "reader": reader,
        "name": name,
        "page": page,
        "memory_mib": limits.memory_mib,
        "cpu_s": limits.cpu_s,
    }
    code, answer = _run(asked, file, limits.wall_s)
    if answer is None:
        raise UnsupportedDocument(name, *(BROKEN if code in (0, -signal.SIGSEGV) else TOO_MUCH))
    if "refused" in answer:
        reason, remedy = answer["refused"]
        raise UnsupportedDocument(name, str(reason), str(remedy))
    return from_json(answer["paper"])


def _run(asked: dict[str, Any], file: IO[bytes], wall_s: float) -> tuple[int, dict[str, Any] | None]:
    """(exit status, answer). None: it ended without one."""
    file.seek(0)
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    command = [sys.executable, "-I", "-B", "-X", "utf8", "-c", _START, json.dumps(asked), str(_PROJECT)]
    with subprocess.Popen(
        command,
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as child:
        killer = threading.Timer(wall_s, child.kill)
        killer.start()
        try:
            written = child.stdout.read(MAX_ANSWER_BYTES + 1) if child.stdout else b""
            if len(written) > MAX_ANSWER_BYTES:
                child.kill()
            code = child.wait()
        finally:
            killer.cancel()
    return code, _parsed(written)


def _parsed(written: bytes) -> dict[str, Any] | None:
    if len(written) > MAX_ANSWER_BYTES:
        return None
    try:
        answer = json.loads(written)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) else None
