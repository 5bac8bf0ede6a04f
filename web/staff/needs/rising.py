"""What was asked more often than in the month or year before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from web.staff.needs.hiding import LEAST


@dataclass(frozen=True, slots=True)
class Rise:
    """name: the slug. now: at least LEAST; before: less than now."""

    name: str
    now: int
    before: int

    @property
    def more(self) -> int:
        return self.now - self.before


def rises(now: Mapping[str, int], before: Mapping[str, int], most: int = 10) -> tuple[Rise, ...]:
    """By how much, the largest first; groups that are too small to be shown, and what has no name, left out."""
    found = [
        Rise(name, number, before.get(name, 0))
        for name, number in now.items()
        if name and number >= LEAST and number > before.get(name, 0)
    ]
    return tuple(sorted(found, key=lambda rise: (-rise.more, rise.name))[:most])
