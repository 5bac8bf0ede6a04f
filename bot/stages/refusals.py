"""What is asked for that we do not do: decided on the asked act, never on a word alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.patterns import Patterns, load_patterns
from bot.types import AnswerStatus

FILE = "refusals.yaml"


@dataclass(frozen=True, slots=True)
class RefusalRules:
    """rule name -> (status, variant of its sentence in wording.yaml), beside the patterns that find the rule."""

    patterns: Patterns
    endings: dict[str, tuple[AnswerStatus, str]]


def load_refusals(folder: Path) -> RefusalRules:
    """`refusals.yaml` of the lexicon folder. Raises KnowledgeError for a pattern that cannot be compiled."""
    patterns = load_patterns(folder / FILE)
    endings = {
        rule.name: (AnswerStatus(rule.given["status"]), str(rule.given.get("variant", rule.name)))
        for rule in patterns.rules
    }
    return RefusalRules(patterns, endings)


def refusal(text: str, *, rules: RefusalRules) -> tuple[AnswerStatus, str] | None:
    """How a message ends that asks for what we do not do: (status, note `variant:rule`); None for an honest one.

    Never called for its danger: `notice_danger` has put the phones on top by then.
    """
    rule = rules.patterns.first(text)
    if rule is None:
        return None
    status, variant = rules.endings[rule.name]
    return status, f"{variant}:{rule.name}"
