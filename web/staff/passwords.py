"""Passwords: argon2id with 64 MiB, the same time for a known and an unknown name, and what makes a good one."""

from __future__ import annotations

import secrets
import threading

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

MEMORY_KIB = 64 * 1024
AT_ONCE = 2
MIN_CHARS, MAX_CHARS = 10, 128
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike on paper


class Passwords:
    """Hash and check. At most AT_ONCE at a time, so that a flood of sign-ins cannot take the memory."""

    def __init__(self, memory_kib: int = MEMORY_KIB) -> None:
        self._hasher = PasswordHash((Argon2Hasher(time_cost=3, memory_cost=memory_kib, parallelism=1),))
        self._turn = threading.Semaphore(AT_ONCE)
        self._nobody: str | None = None
        self._making = threading.Lock()

    def hash(self, password: str) -> str:
        with self._turn:
            return self._hasher.hash(password)

    def fits(self, password: str, hashed: str | None) -> bool:
        """hashed None: nobody of that name; it takes as long and is False."""
        held = self._of_nobody() if hashed is None else hashed
        with self._turn:
            right = self._hasher.verify(password[:MAX_CHARS], held)
        return right and hashed is not None

    def warm_up(self) -> None:
        """Make the hash of nobody, so that the first unknown name takes no longer than the next."""
        self._of_nobody()

    def _of_nobody(self) -> str:
        with self._making:
            if self._nobody is None:
                self._nobody = self.hash(secrets.token_urlsafe(16))
            return self._nobody


def new_password() -> str:
    """Twelve signs that can be read out and typed: about 59 random bits."""
    signs = [secrets.choice(_LETTERS) for _ in range(12)]
    return "-".join("".join(signs[start : start + 4]) for start in (0, 4, 8))


def fault_of(password: str, account_id: str) -> str:
    """Why a password will not do, one sentence; '' when it will."""
    if len(password) < MIN_CHARS:
        return f"密码至少要 {MIN_CHARS} 个字符，可以用一句自己记得住的话。"
    if len(password) > MAX_CHARS:
        return f"密码最多 {MAX_CHARS} 个字符。"
    if account_id.lower() in password.lower() or len(set(password)) < 5:
        return "这个密码太好猜。不要带账号名，也不要老用同几个字符。"
    return ""
