"""Locks between processes on one data folder. The system frees them when their holder dies."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

SERVE = "serve.lock"
"""One server per data folder, its whole life."""
INDEX = "index.lock"
"""One builder of the index, short."""
ORIGINALS = "originals.lock"
"""One writer of originals and of the rows that name them, for one document; also held while sweeping."""

_POLL_S = 0.05
_TURN_S = 60.0


class LockHeld(Exception):
    """Somebody else has it. path: the lock file; holder: what that process wrote about itself."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(f"{path} is held by {holder or 'another process'}")
        self.path = path
        self.holder = holder


@contextmanager
def hold(path: Path, purpose: str, *, wait_s: float = 0.0) -> Iterator[None]:
    """Hold the lock while the block runs. purpose: for the message of whoever finds it held.

    wait_s: how long to try. Raises LockHeld. Threads of one process exclude each other too.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        until = time.monotonic() + wait_s
        while not _try_lock(descriptor):
            if time.monotonic() >= until:
                raise LockHeld(path, holder_of(path))
            time.sleep(_POLL_S)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"{os.getpid()} {purpose}\n".encode())
        try:
            yield
        finally:
            os.ftruncate(descriptor, 0)
            _unlock(descriptor)
    finally:
        os.close(descriptor)


def serve_lock(data_dir: Path) -> AbstractContextManager[None]:
    """For the whole life of a server. Raises LockHeld when there is one already."""
    return hold(data_dir / SERVE, "serve")


def index_lock(index_dir: Path) -> AbstractContextManager[None]:
    """For one build of the index. The file lies beside the index folder. Raises LockHeld."""
    return hold(index_dir.with_name(INDEX), "index")


def originals_lock(data_dir: Path, purpose: str) -> AbstractContextManager[None]:
    """For storing one original and committing the row that names it, and for sweeping; waits its turn."""
    return hold(data_dir / ORIGINALS, purpose, wait_s=_TURN_S)


def holder_of(path: Path) -> str:
    """`PID purpose` of the present holder, or empty."""
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # beyond the text, so that others may read who holds it

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
