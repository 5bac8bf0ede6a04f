"""Tokens of the lexical index: every Chinese character, every adjacent pair, Latin words and numbers whole."""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.normalise import normalise

VERSION = "chars-and-pairs-1"
_RUN = re.compile(r"[㐀-䶿一-鿿]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


def tokenise(text: str) -> list[str]:
    """Unigrams and bigrams of Chinese runs, other runs whole, in reading order; repeats kept."""
    tokens: list[str] = []
    for run in _RUN.findall(normalise(text)):
        if run[0].isascii():
            tokens.append(run)
        else:
            tokens.extend(run)
            tokens.extend(a + b for a, b in pairwise(run))
    return tokens
