"""Who is in danger: is a message more like sentences of danger, or like honest questions? Before anything is looked up.

Fixed weights and a list of phones, read once at the start: no model, index or disk is asked (docs/adr/0004).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.likeness import LexiconFiles, Likeness
from bot.likeness_file import Stamp, read_sieve, stamp
from bot.patterns import Patterns, load_patterns
from knowledge.yaml_files import read_yaml

DANGER = LexiconFiles("danger.yaml", "danger_examples.txt", "danger")
AMBULANCE = "ambulance"
"""The side that tells what the ambulance is called for from what the police is called for."""
FIRST_AID = "120"
UNSURE = "help"
"""A danger that is heard, but not which."""
ENOUGH = -0.48
"""The least likeness that counts as danger: a missed one costs more than a card too many."""
CLEAR = 0.5
"""The least likeness of a stretch of a long text: without the rest, honest words easily sound like danger."""
SURE = 0.1
"""How far the likeliest kind must be ahead of the next to be named."""
FIRST_AID_LEAD = 0.1
"""How far what the ambulance is for must be ahead of what the police is for; the police sends both."""
IN_DOUBT = 1.0
"""How little more than that may be said for the ambulance for a plain word of attack to outweigh it."""
LONG = 40
"""Signs a text may have to be looked at only as a whole."""


@dataclass(frozen=True, slots=True)
class DangerRules:
    """reading: how a text is read. phones: kind -> national numbers, first the one to ring. names: number -> its name.

    hurt: words, as a text is read, that say somebody is injured. attack: that somebody harms, forces or cheats
    another, or that a fire, a flood or a lost person needs the police.
    """

    reading: Patterns
    likeness: Likeness
    phones: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]
    hurt: tuple[str, ...] = ()
    attack: tuple[str, ...] = ()


def load_danger_rules(folder: Path) -> DangerRules:
    """Reading, weights and phones of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    return _loaded(folder, (folder / DANGER.rules).read_text(encoding="utf-8"), stamp(folder))


@lru_cache(maxsize=2)
def _loaded(folder: Path, rules: str, weights: Stamp) -> DangerRules:
    """Kept as long as the files are the same: many parts of one process ask for it. weights: only tells them apart."""
    data: dict[str, Any] = read_yaml(rules, str(folder / DANGER.rules))
    patterns = load_patterns(folder / DANGER.rules)
    hurt, attack = _harm(data)
    return DangerRules(patterns, read_sieve(folder, DANGER.sieve), _phones(data), data["phones"], hurt, attack)


def harm_words(folder: Path) -> tuple[str, ...]:
    """As texts are read: what says that somebody is hurt or attacked."""
    path = folder / DANGER.rules
    return sum(_harm(read_yaml(path.read_text(encoding="utf-8"), str(path))), ())


def grave_words(folder: Path) -> tuple[str, ...]:
    """What may belong to a danger: a sentence without any is taken for an honest one when the weights are learnt."""
    path = folder / DANGER.rules
    return harm_words(folder) + tuple(read_yaml(path.read_text(encoding="utf-8"), str(path)).get("grave") or ())


def _harm(data: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(hurt, attack)"""
    return tuple(data.get("hurt") or ()), tuple(data.get("attack") or ())


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
    if _likeness(whole, rules) > ENOUGH:
        return _kind(whole, rules)
    heard = next((part for part in stretches(whole) if _likeness(part, rules) > CLEAR), None)
    return None if heard is None else _kind(heard, rules)


def _likeness(part: str, rules: DangerRules) -> float:
    return rules.likeness.likeliest(part, rules.phones)[1]


def numbers_for(text: str, kind: str, rules: DangerRules) -> tuple[str, ...]:
    """The numbers of a danger, the one to ring first on top; with somebody hurt the ambulance is rung second."""
    numbers = rules.phones[kind]
    read = rules.reading.read(text)
    if numbers[0] == FIRST_AID or not any(word in read for word in rules.hurt):
        return numbers
    return tuple(dict.fromkeys((numbers[0], FIRST_AID, *numbers[1:])))


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
    """First whom to ring, then which danger: a wrong sentence under the right number does less harm.

    As those who answer such calls sort them:
    - What kills from within rings 120: no breath, no waking, chest, stroke, birth, poison or drugs swallowed,
      gas breathed in, a fall, a bite, a machine. Nobody stands in the way of the ambulance.
    - A person who does it to another rings 110, also with blood flowing: the ambulance waits until the attacker is
      held, and the police bring it along; then 120 comes second (`numbers_for`). So do locking up, threats, abuse
      of children and the old, fraud, and whoever is lost.
    - Poison one drinks or is given is poison: 120. Who only speaks of dying has both numbers, 120 first: what was
      already taken is seldom said.
    - Fire: out first, then 110 or 119.
    - Where the weights lean to 120 without being sure, a word of attack (`attack` of danger.yaml) decides for 110.
    """
    scores = rules.likeness.scores(part, (AMBULANCE, *rules.phones))
    lean = scores.pop(AMBULANCE)
    first_aid = ambulance_kinds(rules.phones)
    police = scores.keys() - first_aid
    lead = max(scores[kind] for kind in first_aid) - max(scores[kind] for kind in police)
    clear = lead + lean - FIRST_AID_LEAD
    attacked = clear < IN_DOUBT and any(word in part for word in rules.attack)
    if clear > 0 and not attacked:
        return max(sorted(first_aid), key=lambda kind: scores[kind])
    best, second = sorted(sorted(police), key=lambda kind: scores[kind], reverse=True)[:2]
    return best if scores[best] - scores[second] > SURE else UNSURE


def hears_danger(folder: Path) -> Callable[[str], bool]:
    """A test of one text, for refusals that never reach the pipeline. Reads the rules once, here."""
    rules = load_danger_rules(folder)
    return lambda text: find(text, rules) is not None
