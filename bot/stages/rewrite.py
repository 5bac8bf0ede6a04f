"""question, earlier turns -> one part that can be understood alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from bot.types import Inquiry, Part, Turn
from knowledge.about import about
from knowledge.normalise import matching_key, normalise
from knowledge.numerals import DIGITS, to_int
from knowledge.places import Places
from knowledge.types import PartKind
from knowledge.yaml_files import read_yaml

REACH = 4
"""Earlier turns whose words a follow-up may take along."""
_SHORT_YEAR = re.compile(rf"(?<![{DIGITS}○两\d])(?P<tens>[零〇○一二七八九])(?P<ones>[{DIGITS}○])年(?![以之][内上下]|[内多半了来])")


@dataclass(frozen=True, slots=True)
class FollowUps:
    """How people go on asking. short: length in characters under which a sentence may lean on the one before.

    asks: words that make a sentence a question. terms: words that give it a subject of its own.
    """

    starts: tuple[str, ...]
    ends: tuple[str, ...]
    asks: tuple[str, ...]
    short: int
    terms: tuple[str, ...]

    def leans(self, text: str, before: str) -> bool:
        """Whether text continues the sentence before it. A subject that the other did not have starts anew."""
        key, earlier = matching_key(text, particles=""), matching_key(before, particles="")
        if not any(word in earlier for word in self.asks):
            return True
        own = [term for term in self.terms if term in key]
        if key.startswith(self.starts) or key.endswith(self.ends):
            return len(key) <= self.short or all(term in earlier for term in own)
        return len(key) <= self.short and not own

    def thread(self, text: str, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """The earlier turns that text goes on from, in order; () where it starts anew."""
        said = [normalise(turn.text) for turn in history] + [text]
        links = [self.leans(after, before) for before, after in pairwise(said)]
        length = 0
        while length < min(REACH, len(links)) and links[len(links) - 1 - length]:
            length += 1
        return tuple(history[len(history) - length :])


def rewrite(
    inquiry: Inquiry, *, follow_ups: FollowUps, places: Places, part_words: Mapping[PartKind, Sequence[str]]
) -> Inquiry:
    """Fill the part: standalone text, time, place and the typed part asked for. A follow-up carries its thread's words."""
    typed = normalise(inquiry.question.text)
    thread = follow_ups.thread(typed, inquiry.history)
    standalone = " ".join([*(normalise(turn.text) for turn in thread), typed])
    asked = about(spell_years(typed), inquiry.question.on)
    period, said = asked.period, asked.said
    last = thread[-1] if thread else None
    if last is not None and not said and last.figures_about is not None:
        period, said = last.figures_about, True
    part = Part(
        standalone=standalone,
        understood=standalone,
        about=period,
        about_said=said,
        place=places.outside(typed),
        carried=last.document_id if last else None,
        wanted=_wanted(typed, part_words),
    )
    return replace(inquiry, parts=(part,))


def spell_years(text: str) -> str:
    """零八年, 一六年, 九八年 as 2008年, 2016年, 1998年; 一二年 and 八九年 stay, they count years."""
    return _SHORT_YEAR.sub(_full_year, text)


def _full_year(match: re.Match[str]) -> str:
    tens, ones = (to_int(match[name].replace("○", "〇")) or 0 for name in ("tens", "ones"))
    if tens and ones == tens + 1:
        return match[0]
    return f"{1900 if tens > 5 else 2000}"[:2] + f"{tens}{ones}年"


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
    lists = (tuple(data.get(name, ())) for name in ("starts", "ends", "asks"))
    return FollowUps(*lists, data.get("short", 0), tuple(words))


def load_part_words(folder: Path) -> dict[PartKind, tuple[str, ...]]:
    """`parts.yaml`: part kind -> words that ask for it, in the order they are tried."""
    path = folder / "parts.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else {}
    return {PartKind(kind): tuple(words) for kind, words in (data or {}).items()}
