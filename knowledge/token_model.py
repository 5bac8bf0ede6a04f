"""Linear models over the tokens of a question, fitted when the index is built.

One hears how a question is worded: as people ask for what is held, or for what is not. The other weighs only the
tokens that the best entry lacks: 租金 that stands nowhere in it speaks against it, 我妈 does not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from knowledge.tokens import is_pair, is_sound, sound_of

MIN_COUNT = 2
"""Questions that must hold a token before it counts."""
STRENGTH = 10.0
"""Inverse of the penalty on large weights. Source: docs/retrieval.md, threshold."""
LENGTH = 4.0
"""What the lacking tokens are divided by, per root of the tokens of the question; only its ratio to STRENGTH counts."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Distinct tokens that count, and what their sum is divided by; None: made a vector of unit length."""

    tokens: tuple[str, ...]
    length: float | None = None


@dataclass(frozen=True, slots=True)
class TokenModel:
    """tokens: token -> (rarity > 0, weight; above 0 speaks for what is held)."""

    tokens: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    bias: float = 0.0

    def score(self, sample: Sample) -> float:
        """Above 0: like questions that are answered; unbounded."""
        known = [self.tokens[token] for token in sample.tokens if token in self.tokens]
        return sum(rarity * weight for rarity, weight in known) / _length(sample, (r for r, _ in known)) + self.bias

    def as_json(self) -> dict[str, Any]:
        return {"bias": self.bias, "tokens": {token: list(pair) for token, pair in self.tokens.items()}}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> TokenModel:
        return cls({token: (pair[0], pair[1]) for token, pair in data["tokens"].items()}, data["bias"])


def all_of(query: Sequence[str]) -> Sample:
    """The distinct tokens of a question but for sounds, in order. query: its tokens."""
    return Sample(tuple(dict.fromkeys(token for token in query if not is_sound(token))))


def lacking(query: Sequence[str], row: frozenset[str]) -> Sample:
    """Those of them that the row has neither as they stand nor by the sound of a pair.

    Both signs of a pair that is there by its sound are there: what is misspelt is the pair.
    """
    every = all_of(query).tokens
    heard = {token for token in every if is_pair(token) and token not in row and sound_of(token) in row}
    there = heard.union(*heard)
    missing = tuple(token for token in every if token not in row and token not in there)
    return Sample(missing, LENGTH * math.sqrt(len(every)) or 1.0)


def fit_tokens(held: Sequence[Sample], not_held: Sequence[Sample]) -> TokenModel:
    """The same samples give the same model; one side empty gives a model of nothing."""
    from sklearn.feature_extraction import DictVectorizer  # a second to import, and only index building fits
    from sklearn.linear_model import LogisticRegression

    if not held or not not_held:
        return TokenModel()
    samples = [*held, *not_held]
    counts = Counter(token for sample in samples for token in sample.tokens)
    kept = sorted(token for token, count in counts.items() if count >= MIN_COUNT)
    if not kept:
        return TokenModel()
    rarity = {token: round(math.log((1 + len(samples)) / (1 + counts[token])) + 1, 3) for token in kept}
    reader = DictVectorizer(sort=True)
    reader.fit([dict.fromkeys(kept, 1.0)])
    table = reader.transform([_vector(sample, rarity) for sample in samples])
    labels = [1] * len(held) + [0] * len(not_held)
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=3000).fit(table, labels)
    weights = zip(reader.get_feature_names_out(), model.coef_[0], strict=True)
    tokens = {str(token): (rarity[token], round(float(weight), 3)) for token, weight in weights}
    return TokenModel(tokens, round(float(model.intercept_[0]), 3))


def _vector(sample: Sample, rarity: Mapping[str, float]) -> dict[str, float]:
    known = [token for token in sample.tokens if token in rarity]
    length = _length(sample, (rarity[token] for token in known))
    return {token: rarity[token] / length for token in known}


def _length(sample: Sample, rarities: Iterable[float]) -> float:
    return sample.length or math.sqrt(sum(rarity * rarity for rarity in rarities)) or 1.0
