"""Words of a question that the lexicon explains: no gap of a row that holds what they mean.

小孩 asked of an entry on 孩子 lacks nothing; asked of one on roads it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge.tokens import tokenise


@dataclass(frozen=True, slots=True)
class Meant:
    """said: tokens of a word that was typed. means: tokens of each word that it may stand for."""

    said: frozenset[str]
    means: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, said: str, means: Sequence[str]) -> Meant:
        return cls(_tokens(said), tuple(_tokens(word) for word in means))


def with_explained(row: frozenset[str], meant: Iterable[Meant]) -> frozenset[str]:
    """The tokens of a row, and of the typed words of which it holds a meaning whole."""
    more = [word.said for word in meant if any(mean <= row for mean in word.means)]
    return row.union(*more)


@lru_cache(maxsize=4096)
def _tokens(word: str) -> frozenset[str]:
    return frozenset(tokenise(word))
