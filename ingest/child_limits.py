"""The walls around a process that reads a stranger's file: memory, time, no network, no other program."""

from __future__ import annotations

import ctypes
import platform
import resource
import struct
import sys

OUTPUT_BYTES = 0
"""A reader writes no file at all; its answer goes down a pipe."""

_DENIED = {
    # machine: (audit architecture, numbers of socket, socketpair, connect, execve, execveat, ptrace)
    "x86_64": (0xC000003E, (41, 53, 42, 59, 322, 101)),
    "aarch64": (0xC00000B7, (198, 199, 203, 221, 281, 117)),
}
_LOAD_WORD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # EPERM
_PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER_MODE = 38, 22, 2


class BreakOut(RuntimeError):
    """Code that reads a file asked for the network or for another program."""


def confine(memory_mib: int, cpu_s: int) -> None:
    """Bind this process for the rest of its life. Imports that need files may still follow."""
    size = memory_mib << 20
    for what, limit in (
        (resource.RLIMIT_AS, size),
        (resource.RLIMIT_FSIZE, OUTPUT_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        resource.setrlimit(what, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_s, cpu_s + 1))
    sys.addaudithook(_refuse)
    _filter_system_calls()


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    if event in ("socket.__new__", "socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system"):
        raise BreakOut(event)


def _filter_system_calls() -> None:
    """Ask the kernel to refuse sockets and programs too, where we know its numbers; quiet elsewhere."""
    known = _DENIED.get(platform.machine())
    if sys.platform != "linux" or known is None:
        return
    architecture, numbers = known
    steps = [
        struct.pack("HBBI", _LOAD_WORD, 0, 0, 4),
        struct.pack("HBBI", _JUMP_EQUAL, 0, len(numbers) + 1, architecture),
        struct.pack("HBBI", _LOAD_WORD, 0, 0, 0),
        *(
            struct.pack("HBBI", _JUMP_EQUAL, len(numbers) - place, 0, number)
            for place, number in enumerate(numbers)
        ),
        struct.pack("HBBI", _RETURN, 0, 0, _ALLOW),
        struct.pack("HBBI", _RETURN, 0, 0, _REFUSE),
    ]
    code = ctypes.create_string_buffer(b"".join(steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    prctl(_PR_SET_SECCOMP, _FILTER_MODE, ctypes.addressof(program), 0, 0)
