"""What is asked for that we do not do: decided on the asked act, never on a word alone.

Patterns first; then likeness to example sentences, as nobody foresees all wordings (docs/adr/0004).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.likeness import LexiconFiles, Likeness, read_weights
from bot.patterns import Patterns, load_patterns
from bot.types import AnswerStatus

REFUSALS = LexiconFiles("refusals.yaml", "refusal_examples.txt", "refusal_weights.txt")
ENOUGH = {AnswerStatus.DECLINED: -0.1, AnswerStatus.NEEDS_PERSON: -0.5}
"""The least likeness to a request that ends so. Turning away an honest question costs as much as missing a refused
one; sending it to a person costs less."""


CLEARLY_HONEST = -0.7
"""A likeness below which a pattern is not believed: patterns hear single words, the weights the whole sentence."""


@dataclass(frozen=True, slots=True)
class RefusalRules:
    """endings: rule name -> (status, variant of its sentence in wording.yaml)."""

    patterns: Patterns
    likeness: Likeness
    endings: Mapping[str, tuple[AnswerStatus, str]]


def load_refusals(folder: Path) -> RefusalRules:
    """Patterns and weights of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in (REFUSALS.rules, REFUSALS.weights)]
    return _loaded(folder, *texts)


@lru_cache(maxsize=2)
def _loaded(folder: Path, rules: str, weights: str) -> RefusalRules:
    """Kept by content. rules: only tells one content from another."""
    patterns = load_patterns(folder / REFUSALS.rules)
    endings = {
        rule.name: (AnswerStatus(rule.given["status"]), str(rule.given.get("variant", rule.name)))
        for rule in patterns.rules
    }
    return RefusalRules(patterns, read_weights(weights), endings)


def refusal(text: str, *, rules: RefusalRules) -> tuple[AnswerStatus, str] | None:
    """How a message ends that asks for what we do not do: (status, note `variant:rule`); None for an honest one.

    Never called for its danger: `notice_danger` has put the phones on top by then.
    """
    read = rules.patterns.read(text)
    rule = rules.patterns.first_in(read)
    if rule is not None and rules.likeness.score(read) <= CLEARLY_HONEST:
        return None
    name = rule.name if rule else _likely(read, rules)
    if name is None:
        return None
    status, variant = rules.endings[name]
    return status, f"{variant}:{name}"


def _likely(read: str, rules: RefusalRules) -> str | None:
    """The likeliest kind of refused request, if the text is like one at all."""
    kinds = rules.likeness.sides.keys() & rules.endings.keys()
    name = max(kinds, key=lambda kind: rules.likeness.score(read, kind), default=None)
    if name is None or rules.likeness.score(read) <= ENOUGH.get(rules.endings[name][0], 0.0):
        return None
    return name
