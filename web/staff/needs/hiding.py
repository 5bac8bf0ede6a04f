"""What may be shown of a count: groups under five are folded together, so that nobody is found in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

LEAST = 5
FEW = "不到5"
FOLDED = "其他（每样不到5次）"


@dataclass(frozen=True, slots=True)
class Group:
    """name: the slug it was counted under. number: None where it is too small to be shown."""

    name: str
    number: int | None

    @property
    def cell(self) -> int | str:
        return FEW if self.number is None else self.number


@dataclass(frozen=True, slots=True)
class Groups:
    """shown: the largest first, each at least LEAST. folded: all smaller ones together; None: there are none."""

    shown: tuple[Group, ...]
    folded: Group | None


def fold(counts: Mapping[str, int], most: int | None = None) -> Groups:
    """most: show no more than so many; those left out are large and go nowhere."""
    large = [Group(name, number) for name, number in counts.items() if number >= LEAST]
    large.sort(key=lambda group: (-(group.number or 0), group.name))
    rest = sum(number for number in counts.values() if 0 < number < LEAST)
    return Groups(tuple(large[:most]), Group(FOLDED, rest if rest >= LEAST else None) if rest else None)


def cell(number: int) -> int | str:
    """A single count: nothing is nothing, and one to four is 不到5."""
    return FEW if 0 < number < LEAST else number


def words(number: int, unit: str) -> str:
    """「不到5次」, 「12次」."""
    return f"{cell(number)}{unit}"
