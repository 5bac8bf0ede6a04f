"""What is asked for that we do not do: decided on the asked act, never on a word alone.

Likeness to example sentences decides (docs/adr/0004); patterns only tell what shape alone tells: gibberish, other scripts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from bot.likeness import LexiconFiles, Likeness
from bot.likeness_file import Stamp, read_sieve, stamp
from bot.patterns import Patterns, load_patterns
from bot.types import AnswerStatus

REFUSALS = LexiconFiles("refusals.yaml", "refusal_examples.txt", "refusals")
LANGUAGE = "language"
"""The shape of foreign writing; an order to the program may be written so, and is heard as one first."""
ENOUGH = {AnswerStatus.DECLINED: -0.5, AnswerStatus.NEEDS_PERSON: -0.5, AnswerStatus.OUT_OF_SCOPE: 0.0}
"""The least likeness to a request that ends so, chosen with the held-out counts in view (docs/adr/0004): turning away an
honest question costs as much as missing a refused one. What is no business of ours does no harm looked up."""
CLEAR = -0.3
"""Up to this likeness a request is in doubt: it goes on where the knowledge is SURE that it answers it."""
SURE = 0.97
Surest = Callable[[str], float]
"""A text as typed -> how sure the knowledge is that it answers it, 0..1."""


def nobody(text: str) -> float:
    """The Surest that never is."""
    return 0.0


@dataclass(frozen=True, slots=True)
class RefusalRules:
    """endings: rule name -> (status, variant of its sentence in wording.yaml)."""

    patterns: Patterns
    likeness: Likeness
    endings: Mapping[str, tuple[AnswerStatus, str]]


def load_refusals(folder: Path) -> RefusalRules:
    """Patterns and weights of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    return _loaded(folder, (folder / REFUSALS.rules).read_text(encoding="utf-8"), stamp(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path, rules: str, weights: Stamp) -> RefusalRules:
    """Kept as long as the files are the same. rules, weights: only tell them apart."""
    patterns = load_patterns(folder / REFUSALS.rules)
    endings = {
        rule.name: (AnswerStatus(rule.given["status"]), str(rule.given.get("variant", rule.name)))
        for rule in patterns.rules
    }
    return RefusalRules(patterns, read_sieve(folder, REFUSALS.sieve), endings)


def refusal(text: str, *, rules: RefusalRules, surest: Surest = nobody) -> tuple[AnswerStatus, str] | None:
    """How a message ends that asks for what we do not do: (status, note `variant:rule`); None for an honest one.

    surest: asked only in doubt.

    Never called for its danger: `notice_danger` has put the phones on top by then.
    """
    read = rules.patterns.read(text)
    shape = rules.patterns.first_in(read)
    name, doubtful = (shape.name, False) if shape and shape.name != LANGUAGE else _likely(read, rules)
    if doubtful and surest(text) >= SURE:
        return None
    if name is None and shape is None:
        return None
    name = name or LANGUAGE
    status, variant = rules.endings[name]
    return status, f"{variant}:{name}"


def _likely(read: str, rules: RefusalRules) -> tuple[str | None, bool]:
    """The likeliest kind of refused request, if the text is like one at all, and whether that is in doubt."""
    kinds = sorted(rules.endings.keys() & set(rules.likeness.sides))
    if not kinds:
        return None, False
    name, likeness = rules.likeness.likeliest(read, kinds)
    return (name, likeness <= CLEAR) if likeness > ENOUGH[rules.endings[name][0]] else (None, False)
