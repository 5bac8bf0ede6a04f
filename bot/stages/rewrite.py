"""question, earlier turns -> one part that can be understood alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.types import Inquiry, Part, Turn
from knowledge.about import about
from knowledge.normalise import matching_key, normalise
from knowledge.places import Places
from knowledge.types import PartKind
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How people go on asking. short: length in characters under which a sentence may lean on the one before."""

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    short: int
    terms: tuple[str, ...]

    def leans_on(self, text: str, before: Turn) -> bool:
        """Whether text continues the earlier turn. A topic word the earlier turn did not have starts anew."""
        key = matching_key(text, particles="")
        new_terms = [term for term in self.terms if term in key and term not in before.standalone]
        if key.startswith(self.starts) or key.endswith(self.ends):
            return not new_terms or len(key) <= self.short
        return len(key) <= self.short and not any(term in key for term in self.terms)


def rewrite(
    inquiry: Inquiry, *, follow_ups: FollowUps, places: Places, part_words: Mapping[PartKind, Sequence[str]]
) -> Inquiry:
    """Fill the part: standalone text, time, place and the typed part asked for."""
    typed = normalise(inquiry.question.text)
    before = next((turn for turn in reversed(inquiry.history) if turn.document_id), None)
    carried = None
    standalone = typed
    if before is not None and follow_ups.leans_on(typed, before):
        standalone, carried = f"{before.standalone} {typed}", before.document_id
    asked = about(typed, inquiry.question.on)
    period, said = asked.period, asked.said
    if carried and not said and before is not None and before.figures_about is not None:
        period, said = before.figures_about, True
    part = Part(
        standalone=standalone,
        understood=standalone,
        about=period,
        about_said=said,
        place=places.outside(typed),
        carried=carried,
        wanted=_wanted(typed, part_words),
    )
    return replace(inquiry, parts=(part,))


def _wanted(text: str, part_words: Mapping[PartKind, Sequence[str]]) -> PartKind | None:
    for kind, words in part_words.items():
        if any(word in text for word in words):
            return kind
    return None


def load_follow_ups(folder: Path) -> FollowUps:
    """`followups.yaml` and the terms of the lexicon folder; empty lists where they are not there."""
    path, terms = folder / "followups.yaml", folder / "terms.txt"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else {}
    words = terms.read_text(encoding="utf-8").split() if terms.is_file() else []
    return FollowUps(tuple(data.get("starts", ())), tuple(data.get("ends", ())), data.get("short", 0), tuple(words))


def load_part_words(folder: Path) -> dict[PartKind, tuple[str, ...]]:
    """`parts.yaml`: part kind -> words that ask for it, in the order they are tried."""
    path = folder / "parts.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else {}
    return {PartKind(kind): tuple(words) for kind, words in (data or {}).items()}
