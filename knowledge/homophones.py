"""Words that sound like a known term: dictation errors and pinyin typing, with south-western confusions.

底保, 地宝 -> 低保. A key is the toneless pinyin of each character with z/zh, c/ch, s/sh, n/l, hu/f,
in/ing and en/eng made one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_MERGE = (
    (re.compile(r"^zh"), "z"),
    (re.compile(r"^ch"), "c"),
    (re.compile(r"^sh"), "s"),
    (re.compile(r"^n"), "l"),
    (re.compile(r"^hu(?=[aeio]|$)"), "f"),
    (re.compile(r"(?<=[ie])ng$"), "n"),
)
_LENGTHS = (2, 3, 4)


@lru_cache(maxsize=20_000)
def sound(word: str) -> str:
    """The merged pinyin of a word, syllables joined by spaces."""
    return " ".join(_merged(syllable) for syllable in lazy_pinyin(word, style=Style.NORMAL, errors="ignore"))


def _merged(syllable: str) -> str:
    for pattern, short in _MERGE:
        syllable = pattern.sub(short, syllable)
    return syllable


@dataclass(frozen=True, slots=True)
class Homophones:
    """terms: merged pinyin -> the term meant. known: terms themselves, which are never re-read."""

    terms: dict[str, str]
    known: frozenset[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> Homophones:
        """words: domain terms of 2 to 4 characters, most important first (the first keeps a shared sound)."""
        kept = [word for word in words if len(word) in _LENGTHS]
        table: dict[str, str] = {}
        for word in kept:
            table.setdefault(sound(word), word)
        return cls(table, frozenset(kept))

    def heard(self, text: str) -> list[str]:
        """Terms that stretches of the text sound like but do not spell, in order, longest first."""
        found: dict[str, None] = {}
        for length in reversed(_LENGTHS):
            for start in range(len(text) - length + 1):
                piece = text[start : start + length]
                if piece in self.known or not all("一" <= mark <= "鿿" for mark in piece):
                    continue
                term = self.terms.get(sound(piece))
                if term and term != piece and term not in text:
                    found[term] = None
        return list(found)
