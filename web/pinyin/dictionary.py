"""The dictionary as one JSON text: what the kiosk's keyboard looks words up in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from pypinyin import lazy_pinyin

from web.pinyin.characters import by_syllable
from web.pinyin.phrases import RUN, mined

LONGEST_GIVEN = 8
GIVEN_WEIGHT = 5
"""A word of the lexicon stands in as many texts besides, so that it comes before what is only mined."""


def dictionary(texts: Iterable[str], given: Iterable[str]) -> str:
    """JSON of {"chars": {syllable: characters, best first}, "words": "word syllables\\n…", most used first}.

    texts: whatever we show (entries, questions). given: words known as such (lexicon, offices, topics).
    """
    held = list(texts)
    seen = Counter("".join(held))
    words = mined(held)
    for word in given:
        for run in RUN.findall(word):
            if len(run) <= LONGEST_GIVEN:
                words[run] += GIVEN_WEIGHT
    ranked = sorted(words, key=lambda word: (-words[word], word))
    rows = "\n".join(f"{word} {spelled}" for word in ranked if (spelled := _spelled(word)))
    return json.dumps({"chars": by_syllable(seen), "words": rows}, ensure_ascii=False, separators=(",", ":"))


def _spelled(word: str) -> str:
    """Its syllables with spaces between; '' where one of its characters has none."""
    syllables = lazy_pinyin(word)
    return " ".join(syllables) if all(part.isascii() for part in syllables) else ""
