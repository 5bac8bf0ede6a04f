"""The words of our own texts: pieces of two to four characters that hold together and stand in many places."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from math import log

from pypinyin.constants import PHRASES_DICT

RUN = re.compile(r"[\u4e00-\u9fff]{2,}")
LONGEST = 4
LEAST_SEEN = 3
LEAST_NEIGHBOURS = 3
"""A word is followed and preceded by different characters; half of a longer word is not."""
LEAST_COHESION = 2.0
"""Nats: how much more often the pieces stand together than chance would put them there."""
MOST = 4000
LOOSE = frozenset("的了是在和就也都不有要这那一个或到把被您我他她它们与及等按对给吗呢吧")
"""Characters that join words: a piece that begins or ends with one is two words."""


def mined(texts: Iterable[str]) -> Counter[str]:
    """Piece -> how often it stands in the texts."""
    runs = [run for text in texts for run in RUN.findall(text)]
    counts = Counter(
        run[start:end]
        for run in runs
        for start in range(len(run))
        for end in range(start + 1, min(start + LONGEST, len(run)) + 1)
    )
    wanted = {piece for piece, count in counts.items() if len(piece) > 1 and (count >= LEAST_SEEN or piece in PHRASES_DICT)}
    before, after = _neighbours(runs, wanted)
    total = sum(count for piece, count in counts.items() if len(piece) == 1) or 1

    def holds_together(piece: str) -> bool:
        return (
            counts[piece] >= LEAST_SEEN
            and min(len(before[piece]), len(after[piece])) >= LEAST_NEIGHBOURS
            and not {piece[0], piece[-1]} & LOOSE
            and _cohesion(piece, counts, total) >= LEAST_COHESION
        )

    kept = {piece: counts[piece] for piece in before if piece in PHRASES_DICT or holds_together(piece)}
    best = sorted(kept, key=lambda piece: (-kept[piece], piece))[:MOST]
    return Counter({piece: kept[piece] for piece in best})


def _neighbours(runs: Iterable[str], wanted: set[str]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """What stands before and after each wanted piece; the edge of a run counts as one neighbour."""
    before: dict[str, set[str]] = {piece: set() for piece in wanted}
    after: dict[str, set[str]] = {piece: set() for piece in wanted}
    for run in runs:
        edged = f" {run} "
        for start in range(1, len(run)):
            for end in range(start + 2, min(start + LONGEST, len(run) + 1) + 1):
                piece = edged[start:end]
                if piece in wanted:
                    before[piece].add(edged[start - 1])
                    after[piece].add(edged[end])
    return before, after


def _cohesion(piece: str, counts: Counter[str], total: int) -> float:
    """Nats by which the whole beats its weakest cut."""
    cuts = (counts[piece[:at]] * counts[piece[at:]] for at in range(1, len(piece)))
    return log(counts[piece] * total / max(cuts))
