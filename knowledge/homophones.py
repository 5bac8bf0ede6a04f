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

from knowledge.settings import PACKAGE

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
    return " ".join(syllable(character) for character in word)


@lru_cache(maxsize=30_000)
def syllable(character: str) -> str:
    """The merged pinyin of one character, in its usual reading; the character itself where it has none."""
    plain = pinyin(character)
    for pattern, short in _MERGE:
        plain = pattern.sub(short, plain)
    return plain or character


@lru_cache(maxsize=30_000)
def pinyin(signs: str) -> str:
    """The toneless pinyin of signs, each in its usual reading, run together; '' where they have none."""
    return "".join("".join(lazy_pinyin(sign, style=Style.NORMAL, errors="ignore")) for sign in signs)


@lru_cache(maxsize=1)
def ordinary_pairs() -> frozenset[str]:
    """Pairs of signs that stand in the texts the bundled table was fitted on: words, so no slips."""
    path = PACKAGE / "embedder" / "vocabulary.txt"
    tokens = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    return frozenset(token for token in tokens if len(token) == 2)


def may_be(piece: str, word: str) -> bool:
    """Whether a stretch that sounds like the word can be a slip for it: one sign of the word must be kept.

    A pair must sound the same without any merging and be no ordinary one: 大年 is not 大连, 义务 is not 义乌.
    """
    kept = any(a == b for a, b in zip(piece, word, strict=True))
    return kept and (len(word) > 2 or (pinyin(piece) == pinyin(word) and piece not in ordinary_pairs()))


class Spoken:
    """A text that can be asked whether it says a word, by sign or by sound. text: normalised."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._syllables = [syllable(sign) if "一" <= sign <= "鿿" else sign for sign in text]

    def find(self, word: str) -> list[int]:
        """Where the word begins: spelt as it is, or else as it sounds; [] where it is not said."""
        if word in self.text:
            return [match.start() for match in re.finditer(re.escape(word), self.text)]
        if len(word) < 2:
            return []
        wanted = [syllable(sign) for sign in word]
        starts = [start for start, first in enumerate(self._syllables) if first == wanted[0]]
        return [start for start in starts if self._sounds(start, word, wanted)]

    def _sounds(self, start: int, word: str, wanted: list[str]) -> bool:
        end = start + len(word)
        return self._syllables[start:end] == wanted and may_be(self.text[start:end], word)


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
                if term and term not in text and (length > 2 or piece not in ordinary_pairs()):
                    found[term] = None
        return list(found)
