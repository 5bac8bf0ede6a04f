"""The 3,755 most common characters with their readings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from pypinyin import Style, pinyin

FIRST_ROW, LAST_ROW = 0xB0, 0xD7
"""Rows of GB 2312 that hold its first level, the common characters, in the order of their pinyin."""


def common_characters() -> Iterator[str]:
    for row in range(FIRST_ROW, LAST_ROW + 1):
        for cell in range(0xA1, 0xFF):
            try:
                yield bytes((row, cell)).decode("gb2312")
            except UnicodeDecodeError:  # five cells at the end of the level stand empty
                continue


@lru_cache(maxsize=1)
def readings() -> Mapping[str, tuple[str, ...]]:
    """Character -> its syllables without tones (v for ü), the usual one first. Source: pypinyin's table."""
    return {
        char: tuple(dict.fromkeys(pinyin(char, heteronym=True, style=Style.NORMAL)[0]))
        for char in common_characters()
    }


def by_syllable(seen: Counter[str]) -> dict[str, str]:
    """Syllable -> its characters, those most used in our texts first.

    seen: how often each character stands in our texts. A reading that is not the character's usual one comes
    after all usual ones that our texts know.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    for place, (char, sounds) in enumerate(readings().items()):
        for rank, syllable in enumerate(sounds):
            weight = seen[char] if rank == 0 else seen[char] // 20
            found.setdefault(syllable, []).append((-weight, place, char))
    return {syllable: "".join(char for *_, char in sorted(rows)) for syllable, rows in sorted(found.items())}
