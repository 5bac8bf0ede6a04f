"""Who is in danger: act patterns over one message, then likeness to example sentences; before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.likeness import Likeness, learn
from bot.patterns import Patterns, load_patterns
from knowledge.yaml_files import read_yaml

RULES = "danger.yaml"
EXAMPLES = "danger_examples.txt"
HARMLESS = "harmless"
UNSURE = "help"
"""The rule of a danger that is heard, but not which."""
ENOUGH = 0.2
"""The least likeness that counts as danger; below it the patterns alone decide."""
UNLIKE = -2.5
"""A pattern found in a single clause that is less like danger than this is a look-alike."""
LONG = 40
"""Characters a text may have to be looked at only as a whole."""


@dataclass(frozen=True, slots=True)
class DangerRules:
    """phones: rule name -> national numbers, the first one to ring first. names: number -> plain name of it."""

    patterns: Patterns
    likeness: Likeness
    phones: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


def load_danger_rules(folder: Path) -> DangerRules:
    """Patterns and examples of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    rules = (folder / RULES).read_text(encoding="utf-8")
    return _loaded(folder, rules, (folder / EXAMPLES).read_text(encoding="utf-8"))


@lru_cache(maxsize=2)
def _loaded(folder: Path, rules: str, examples: str) -> DangerRules:
    """Kept by content, as learning takes half a second and many parts of one process ask for it."""
    path = folder / RULES
    data: dict[str, Any] = read_yaml(rules, str(path))
    patterns = load_patterns(path)
    kinds = {kind: [patterns.read(line) for line in lines] for kind, lines in read_examples(examples).items()}
    harmless = kinds.pop(HARMLESS)
    phones = {rule.name: tuple(rule.given["phones"]) for rule in patterns.rules}
    return DangerRules(patterns, learn(kinds, harmless), phones, data["phones"])


def read_examples(text: str) -> dict[str, list[str]]:
    """`[kind]` lines, each followed by its sentences, one a line; `#` begins a remark."""
    kinds: dict[str, list[str]] = {}
    lines = kinds.setdefault(HARMLESS, [])
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            lines = kinds.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return kinds


def find(text: str, rules: DangerRules) -> str | None:
    """Name of the danger a text as typed speaks of; None where it speaks of none."""
    return next((name for part in parts(rules.patterns.read(text)) if (name := _found(part, rules))), None)


def parts(read: str) -> Iterator[str]:
    """The whole of a text; of a long one also each two clauses that follow one another, so that nothing drowns."""
    yield read
    if len(read) > LONG:
        clauses = [piece for clause in read.split(",") for piece in _pieces(clause)]
        yield from (",".join(clauses[at : at + 2]) for at in range(len(clauses)))


def _pieces(clause: str) -> Iterator[str]:
    """A clause; one that goes on and on (dictation has no commas) in overlapping pieces."""
    for start in range(0, max(1, len(clause) - LONG // 2), LONG // 2):
        yield clause[start : start + LONG]


def _found(part: str, rules: DangerRules) -> str | None:
    score = rules.likeness.score(part)
    rule = rules.patterns.first_in(part)
    if rule is not None and (score > UNLIKE or "," in part):
        return rule.name
    return (rules.likeness.nearest(part) or UNSURE) if score > ENOUGH else None


def hears_danger(folder: Path) -> Callable[[str], bool]:
    """A test of one text, for refusals that never reach the pipeline. Reads the rules once, here."""
    rules = load_danger_rules(folder)
    return lambda text: find(text, rules) is not None
