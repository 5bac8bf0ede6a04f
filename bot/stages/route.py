"""standalone -> greetings, refusals and things we hold nothing on end here; the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from bot.types import AnswerStatus, Inquiry, Part
from knowledge.normalise import matching_key, normalise
from knowledge.not_held import NotHeld
from knowledge.yaml_files import read_yaml

Refusal = Callable[[str], tuple[AnswerStatus, str] | None]
NotHeldRule = Callable[[str], NotHeld | None]
"""Normalised question -> the row that says it is not held, None when it may be."""


def route(
    inquiry: Inquiry, *, talk: Mapping[str, frozenset[str]], refusal: Refusal, not_held: NotHeldRule
) -> Inquiry:
    """End each part that is small talk, must not be helped with, or is known not to be held. note: which rule.

    What is asked for in two sentences together is refused whole; an honest half beside a refused one goes on.
    """
    parts = tuple(_route(part, talk, refusal, not_held) for part in inquiry.parts)
    whole = refusal(normalise(inquiry.question.text)) if len(parts) > 1 else None
    if whole is not None and not any(refusal(part.standalone) for part in parts):
        parts = tuple(part.end(*whole) for part in parts)
    return replace(inquiry, parts=parts)


def _route(part: Part, talk: Mapping[str, frozenset[str]], refusal: Refusal, not_held: NotHeldRule) -> Part:
    typed = part.typed or part.standalone
    key = matching_key(typed)
    for kind, sentences in talk.items():
        if key in sentences:
            return part.end(AnswerStatus.GREETING, kind)
    refused = refusal(typed) or (refusal(part.standalone) if part.standalone != typed else None)
    if refused is not None:
        return part.end(*refused)
    missing = not_held(typed)
    if missing is not None:
        status = AnswerStatus.NO_BASIS if missing.ask else AnswerStatus.OUT_OF_SCOPE
        return part.end(status, f"not-held:{missing.what}:{missing.ask}")
    return part


def load_talk(folder: Path) -> dict[str, frozenset[str]]:
    """`talk.yaml`: kind of small talk -> whole sentences, as matching keys."""
    path = folder / "talk.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else {}
    return {kind: frozenset(matching_key(sentence) for sentence in words) for kind, words in (data or {}).items()}
