"""Two texts side by side, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from knowledge.types import StoredVersion

AROUND = 1
"""Unchanged lines shown before and after a change."""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """old, new: the lines that stand beside each other; '' where there is none. gap: unchanged lines left out."""

    old: str
    new: str
    changed: bool
    gap: int = 0


def differences(
    old: StoredVersion, new: StoredVersion, regions: Mapping[str, str]
) -> tuple[DifferenceRow, ...]:
    """What the clerk has to look at; () where both say the same. regions: code -> name."""
    before, after = _lines(old, regions), _lines(new, regions)
    found: list[DifferenceRow] = []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            found += _same(before[a1:a2], first=not found, last=a2 == len(before) and b2 == len(after))
            continue
        for step in range(max(a2 - a1, b2 - b1)):
            left = before[a1 + step] if a1 + step < a2 else ""
            right = after[b1 + step] if b1 + step < b2 else ""
            found.append(DifferenceRow(left, right, True))
    return tuple(found) if any(row.changed for row in found) else ()


def _same(lines: list[str], first: bool, last: bool) -> list[DifferenceRow]:
    """Only the lines next to a change are shown."""
    head = [] if first else lines[:AROUND]
    tail = [] if last else lines[max(len(head), len(lines) - AROUND) :]
    left_out = len(lines) - len(head) - len(tail)
    gap = [DifferenceRow("", "", False, left_out)] if left_out else []
    return [*_plain(head), *gap, *_plain(tail)]


def _plain(lines: list[str]) -> list[DifferenceRow]:
    return [DifferenceRow(line, line, False) for line in lines]


def _lines(version: StoredVersion, regions: Mapping[str, str]) -> list[str]:
    """Dates and title count too: they decide when and how it is shown."""
    period = version.period
    head = [
        f"名称：{version.title}",
        f"生效：{period.start or '没有写'}",
        f"失效：{period.end or '没有写'}",
        f"适用地区：{regions.get(version.region, version.region)}",
    ]
    return head + [line.strip() for line in version.content.splitlines() if line.strip()]
