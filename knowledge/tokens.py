"""Tokens of the lexical index: characters, adjacent pairs, the sound of each pair, Latin words and numbers whole.

The sound of a pair makes 底保 meet 低保: dictation and pinyin typing keep the sound when they lose the sign. Spoken
forms are read in plain words first (`plain_words.py`), in questions and rows alike.
"""

from __future__ import annotations

import re
from itertools import pairwise

from knowledge.homophones import syllable
from knowledge.normalise import normalise
from knowledge.plain_words import bundled

_KINDS = "chars-pairs-sounds-1"
CHARACTER, PAIR, SOUND = 1.0, 0.5, 0.25
"""What a token of each kind counts in a sum of BM25 scores. Source: docs/retrieval.md, experiment table."""

_MARK = "~"
_RUN = re.compile(r"[㐀-䶿一-鿿]+|[a-z]+|[0-9]+(?:\.[0-9]+)?")


def tokenise(text: str) -> list[str]:
    """Characters, pairs and sounds of Chinese runs, other runs whole, run by run; repeats kept."""
    tokens: list[str] = []
    for run in _RUN.findall(bundled().read(normalise(text))):
        if run[0].isascii():
            tokens.append(run)
        else:
            tokens.extend(run)
            tokens.extend(a + b for a, b in pairwise(run))
            tokens.extend(sound_of(a + b) for a, b in pairwise(run))
    return tokens


def version() -> str:
    """How tokens are read: an index whose tokens were read otherwise is made anew."""
    return f"{_KINDS}-{bundled().digest}"


def sound_of(pair: str) -> str:
    """The sound token of two Chinese characters: ``~di bao``."""
    return f"{_MARK}{syllable(pair[0])} {syllable(pair[1])}"


def is_sound(token: str) -> bool:
    return token.startswith(_MARK)


def is_pair(token: str) -> bool:
    """Two Chinese characters side by side."""
    return len(token) == 2 and not token[0].isascii()


def weight_of(token: str) -> float:
    """What the token counts by its kind; words and numbers count as characters do."""
    if is_sound(token):
        return SOUND
    return PAIR if is_pair(token) else CHARACTER
