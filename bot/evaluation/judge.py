"""One answer against its row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.evaluation.rows import Row
from bot.types import Answer, AnswerStatus, BlockKind, Origin
from knowledge.figures import figures_in
from knowledge.mentions import FigureKind
from knowledge.types import Entry

ANSWERING = frozenset({AnswerStatus.ANSWERED, AnswerStatus.PARTIAL})
FIGURE_BLOCKS = frozenset({BlockKind.CONCLUSION, BlockKind.AMOUNT, BlockKind.COMPARISON, BlockKind.CALCULATION})
_CHECKED = frozenset({FigureKind.MONEY, FigureKind.RATE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """cited: a cited document rests on a fact of the row. refused: no answer where one is held."""

    row: Row
    answer: Answer
    right: bool
    cited: bool
    refused: bool
    missing: tuple[str, ...]
    wrong_figures: tuple[str, ...]


def judge(row: Row, answer: Answer, entries: Mapping[str, Entry], figures: Mapping[str, frozenset[str]]) -> Verdict:
    """entries: by id. figures: fact id -> `value unit` strings that the fact states (committed data)."""
    answered = answer.status in ANSWERING
    text = squeeze(answer.text)
    missing = tuple("|".join(options) for options in row.must if not any(squeeze(word) in text for word in options))
    cited = bool(set(row.facts) & facts_of(answer, entries)) or not row.facts
    wrong = wrong_figures(row, answer, entries, figures) if answered else ()
    if row.covered:
        accepted = answered or answer.status.value in row.also_status
        right = accepted and cited and not missing and not wrong
    else:
        right = not answered or answer.status.value in row.also_status
    refused = row.covered and not answered and answer.status.value not in row.also_status
    return Verdict(row, answer, right, cited, refused, missing, wrong)


def facts_of(answer: Answer, entries: Mapping[str, Entry]) -> set[str]:
    """Facts behind every cited entry; a free document stands for itself by its passages' headings."""
    return {fact for name in answer.documents if name in entries for fact in entries[name].facts}


def wrong_figures(
    row: Row, answer: Answer, entries: Mapping[str, Entry], figures: Mapping[str, frozenset[str]]
) -> tuple[str, ...]:
    """Sums and rates shown that none of the facts behind the answer states, and strings the row forbids outright.

    A forbidden figure may stand where the answer itself says it is an old one. Sums that a calculator worked
    out for one's own case stand in no fact; the tests of the calculators judge them.
    """
    allowed = set(row.allowed_figures)
    for fact in facts_of(answer, entries) | set(row.facts):
        allowed |= figures.get(fact, frozenset())
    allowed = {squeeze(item) for item in allowed}
    shown = [block for block in answer.blocks if block.kind in FIGURE_BLOCKS]
    found = []
    if figures:
        for block in (block for block in shown if block.origin is not Origin.CALCULATOR):
            for mention in figures_in(block.text):
                if mention.kind in _CHECKED and f"{mention.value.normalize():f}{mention.unit}" not in allowed:
                    found.append(mention.text if hasattr(mention, "text") else f"{mention.value}{mention.unit}")
    lead = squeeze("\n".join(block.text for block in shown if block.kind is BlockKind.CONCLUSION))
    found += [word for word in row.must_not if _stands(squeeze(word), lead)]
    return tuple(found)


def _stands(word: str, text: str) -> bool:
    """Whether a figure stands in the text as itself, not inside a longer number."""
    return re.search(rf"(?<![0-9.]){re.escape(word)}(?![0-9])", text) is not None


def squeeze(text: str) -> str:
    """NFKC without white space, for comparing."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
