"""Who is in danger: act patterns over one message, decided before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.patterns import Patterns, load_patterns
from knowledge.yaml_files import read_yaml

FILE = "danger.yaml"


@dataclass(frozen=True, slots=True)
class DangerRules:
    """phones: rule name -> national numbers, the first one to ring first. names: number -> plain name of it."""

    patterns: Patterns
    phones: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]


def load_danger_rules(folder: Path) -> DangerRules:
    """`danger.yaml` of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    path = folder / FILE
    data: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"), str(path))
    patterns = load_patterns(path)
    phones = {rule.name: tuple(rule.given["phones"]) for rule in patterns.rules}
    return DangerRules(patterns, phones, data["phones"])


def find(text: str, rules: DangerRules) -> str | None:
    """Name of the danger a text as typed speaks of; None where it speaks of none."""
    rule = rules.patterns.first(text)
    return rule.name if rule else None


def hears_danger(folder: Path) -> Callable[[str], bool]:
    """A test of one text, for refusals that never reach the pipeline. Reads the rules once, here."""
    rules = load_danger_rules(folder)
    return lambda text: find(text, rules) is not None
