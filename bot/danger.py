"""Who is in danger: is a message more like sentences of danger, or like honest questions? Before anything is looked up.

Fixed weights and a list of phones, read once at the start: no model, index or disk is asked (docs/adr/0004).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.likeness import LexiconFiles, Likeness, read_weights
from bot.patterns import Patterns, load_patterns
from knowledge.yaml_files import read_yaml

DANGER = LexiconFiles("danger.yaml", "danger_examples.txt", "danger_weights.txt")
AMBULANCE = "ambulance"
"""The side that tells what the ambulance is called for from what the police is called for."""
FIRST_AID = "120"
UNSURE = "help"
"""A danger that is heard, but not which."""
ENOUGH = -0.45
"""The least likeness that counts as danger: a missed one costs more than a card too many."""
CLEAR = 0.5
"""The least likeness of a stretch of a long text: without the rest, honest words easily sound like danger."""
SURE = 0.1
"""How far the likeliest kind must be ahead of the next to be named."""
FIRST_AID_LEAD = 0.25
"""How far what the ambulance is for must be ahead of what the police is for; the police sends both."""
LONG = 40
"""Signs a text may have to be looked at only as a whole."""


@dataclass(frozen=True, slots=True)
class DangerRules:
    """reading: how a text is read. phones: kind -> national numbers, first the one to ring. names: number -> its name."""

    reading: Patterns
    likeness: Likeness
    phones: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


def load_danger_rules(folder: Path) -> DangerRules:
    """Reading, weights and phones of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    texts = [(folder / name).read_text(encoding="utf-8") for name in (DANGER.rules, DANGER.weights)]
    return _loaded(folder, *texts)


@lru_cache(maxsize=2)
def _loaded(folder: Path, rules: str, weights: str) -> DangerRules:
    """Kept by content: many parts of one process ask for it."""
    data: dict[str, Any] = read_yaml(rules, str(folder / DANGER.rules))
    patterns = load_patterns(folder / DANGER.rules)
    return DangerRules(patterns, read_weights(weights), _phones(data), data["phones"])


def load_phones(folder: Path) -> dict[str, tuple[str, ...]]:
    """Kind of danger -> its numbers."""
    path = folder / DANGER.rules
    return _phones(read_yaml(path.read_text(encoding="utf-8"), str(path)))


def _phones(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {rule["name"]: tuple(rule["phones"]) for rule in data["rules"]}


def ambulance_kinds(phones: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(kind for kind, numbers in phones.items() if numbers[0] == FIRST_AID)


def find(text: str, rules: DangerRules) -> str | None:
    """Kind of the danger a text as typed speaks of; None where it speaks of none."""
    whole = rules.reading.read(text)
    if rules.likeness.score(whole) > ENOUGH:
        return _kind(whole, rules)
    heard = next((part for part in stretches(whole) if rules.likeness.score(part) > CLEAR), None)
    return None if heard is None else _kind(heard, rules)


def stretches(read: str) -> Iterator[str]:
    """Of a long text each two clauses that follow one another, so that nothing drowns; of a short one nothing."""
    if len(read) > LONG:
        clauses = [piece for clause in read.split(",") for piece in _pieces(clause)]
        yield from (",".join(clauses[at : at + 2]) for at in range(len(clauses)))


def _pieces(clause: str) -> Iterator[str]:
    """A clause; one that goes on and on (dictation has no commas) in overlapping pieces."""
    for start in range(0, max(1, len(clause) - LONG // 2), LONG // 2):
        yield clause[start : start + LONG]


def _kind(part: str, rules: DangerRules) -> str:
    """First whom to ring, then which danger: a wrong sentence under the right number does less harm."""
    scores = {kind: rules.likeness.score(part, kind) for kind in rules.phones}
    first_aid = ambulance_kinds(rules.phones)
    police = set(scores) - first_aid
    lead = max(scores[kind] for kind in first_aid) - max(scores[kind] for kind in police)
    if lead + rules.likeness.score(part, AMBULANCE) > FIRST_AID_LEAD:
        return max(first_aid, key=lambda kind: scores[kind])
    best, second = sorted(police, key=lambda kind: scores[kind], reverse=True)[:2]
    return best if scores[best] - scores[second] > SURE else UNSURE


def hears_danger(folder: Path) -> Callable[[str], bool]:
    """A test of one text, for refusals that never reach the pipeline. Reads the rules once, here."""
    rules = load_danger_rules(folder)
    return lambda text: find(text, rules) is not None
