"""question, earlier turns -> each part as it can be understood alone."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.conversation import FollowUps, Lean, Thread, load_follow_ups, thread_of
from bot.types import Inquiry, Part
from knowledge.about import about
from knowledge.normalise import normalise
from knowledge.numerals import DIGITS, to_int
from knowledge.places import Places
from knowledge.types import PartKind
from knowledge.yaml_files import read_yaml

__all__ = ["load_follow_ups", "load_part_words", "rewrite", "spell_years"]
_SHORT_YEAR = re.compile(rf"(?<![{DIGITS}○两\d])(?P<tens>[零〇○一二七八九])(?P<ones>[{DIGITS}○])年(?![以之][内上下]|[内多半了来])")


def rewrite(
    inquiry: Inquiry, *, follow_ups: FollowUps, places: Places, part_words: Mapping[PartKind, Sequence[str]]
) -> Inquiry:
    """Fill each part: standalone text, time, place and the typed part asked for. A follow-up carries its thread's words."""
    thread = thread_of(inquiry.history, follow_ups)
    parts = []
    for part in inquiry.parts or (Part(normalise(inquiry.question.text)),):
        part = replace(part, typed=part.standalone, wanted=_wanted(part.standalone, part_words))
        part = _in_time_and_place(_leaning(part, thread, follow_ups), inquiry, places, thread)
        parts.append(part)
        thread = Thread((part.typed,), follow_ups.subjects_in(part.standalone), asked=True)
    return replace(inquiry, parts=tuple(parts))


def _leaning(part: Part, thread: Thread, follow_ups: FollowUps) -> Part:
    """With the words of the thread where the part goes on from it; with them at hand where it may."""
    lean = follow_ups.lean(part.typed, thread)
    if lean is Lean.NO:
        return replace(part, understood=part.typed)
    context = follow_ups.context(part.typed, thread)
    if thread.waiting and follow_ups.is_unsure(part.typed):
        return replace(part, standalone=context, understood=context, carried=thread.document_id)
    if lean is Lean.PERHAPS:
        return replace(part, understood=part.typed, context=context)
    standalone = f"{context}，{part.typed}" if context else part.typed
    return replace(part, standalone=standalone, understood=standalone, carried=thread.document_id)


def _in_time_and_place(part: Part, inquiry: Inquiry, places: Places, thread: Thread) -> Part:
    """Its own time and place, else those of the question that it goes on from."""
    asked = about(spell_years(part.typed), inquiry.question.on)
    period, said, place = asked.period, asked.said, places.outside(part.typed)
    leans = part.standalone != part.typed
    if leans and not said and not asked.words and thread.about is not None:
        period, said = thread.about, True
    if leans and place is None and thread.asked:
        place = places.outside(thread.texts[-1])
    return replace(part, about=period, about_said=said, place=place)


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


def load_part_words(folder: Path) -> dict[PartKind, tuple[str, ...]]:
    """`parts.yaml`: part kind -> words that ask for it, in the order they are tried."""
    path = folder / "parts.yaml"
    data = read_yaml(path.read_text(encoding="utf-8"), str(path)) if path.is_file() else {}
    return {PartKind(kind): tuple(words) for kind, words in (data or {}).items()}
