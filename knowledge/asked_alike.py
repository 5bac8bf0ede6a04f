"""What a question is about, as weighted tokens: the same tokens that search uses, rare ones first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from knowledge.lexicon import Lexicon
from knowledge.normalise import normalise
from knowledge.tokens import tokenise, weight_of

SAID_FOR = 0.5
"""What a token counts that the lexicon says for a local word, beside 1.0 for one that was typed."""


def profile_of(text: str, lexicon: Lexicon, idf: Callable[[str], float]) -> Mapping[str, float]:
    """token -> what it counts, >= 0. idf: how rare a token is in what is held."""
    normal = normalise(text)
    found = {token: idf(token) * weight_of(token) for token in tokenise(normal)}
    for word in lexicon.expand(normal):
        for token in tokenise(word):
            found.setdefault(token, SAID_FOR * idf(token) * weight_of(token))
    return found
