"""The weights of the sieves in one small file: each gram with the few weights it has, the same bytes for the same weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save

from bot.likeness import Likeness
from knowledge.problems import KnowledgeError, Problem

WEIGHTS = "sieves.safetensors"
"""Its name in the lexicon folder."""
MOST_SIDES = 15
"""A bit each in 16, beside the one of the rarity."""
Stamp = tuple[int, int]


def stamp(folder: Path) -> Stamp:
    """Another one after each writing: (nanoseconds, bytes); (0, 0) where there is no file."""
    path = folder / WEIGHTS
    if not path.is_file():
        return 0, 0
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def write_sieves(folder: Path, sieves: Mapping[str, Likeness]) -> None:
    """sieves: name -> its weights. The file is replaced as a whole: who reads the old one goes on reading it."""
    parts = {f"{name}.{part}": held for name, sieve in sieves.items() for part, held in _parts(sieve).items()}
    unfinished = folder / f"{WEIGHTS}.tmp"
    unfinished.write_bytes(save(parts))
    unfinished.replace(folder / WEIGHTS)


def read_sieve(folder: Path, name: str) -> Likeness:
    """Raises KnowledgeError where the file, or this sieve in it, is missing or damaged."""
    path = folder / WEIGHTS
    try:
        with safe_open(path, framework="np") as file:
            held = {key: file.get_tensor(f"{name}.{key}") for key in ("known", "sides", "holds", "weights", "learned_from")}
    except (SafetensorError, OSError) as error:
        problem = Problem(str(path), 1, f"读不出“{name}”的权重：{error}", "运行 python -m bot.likeness_learning")
        raise KnowledgeError([problem]) from error
    sides = tuple(filter(None, _text(held["sides"]).split("\n")))
    columns = np.arange(len(sides) + 1, dtype=np.uint16)
    has = (held["holds"][:, None] >> columns & 1).astype(bool)
    table = np.zeros(has.shape, dtype=np.int16)
    table[has] = held["weights"]
    return Likeness(sides, _text(held["known"]), table[:, :-1], table[:, -1], _text(held["learned_from"]))


def _parts(sieve: Likeness) -> dict[str, NDArray[np.generic]]:
    """holds: (grams,) a bit for each weight that a gram has. weights: those alone, gram by gram."""
    if len(sieve.sides) > MOST_SIDES:
        raise ValueError(f"more than {MOST_SIDES} sides: {sieve.sides}")
    table = np.column_stack([sieve.table, sieve.rarity])
    has = table != 0
    bits = np.uint16(1) << np.arange(table.shape[1], dtype=np.uint16)
    return {
        "known": _bytes(sieve.known),
        "sides": _bytes("\n".join(sieve.sides)),
        "holds": (has * bits).sum(axis=1, dtype=np.uint16),
        "weights": table[has],
        "learned_from": _bytes(sieve.learned_from),
    }


def _bytes(text: str) -> NDArray[np.generic]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def _text(held: NDArray[np.uint8]) -> str:
    return held.tobytes().decode()
