"""One message -> its one or two questions, each to be answered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from bot.conversation import FollowUps
from bot.types import Inquiry, Part
from knowledge.normalise import matching_key, normalise
from knowledge.types import PartKind

SHORTEST = 4
"""Letters of a half from which it can be a question of its own."""
_ENDS = re.compile(r"[?;。!\n]+")
_COMMA = re.compile(r",")


def split(
    inquiry: Inquiry,
    *,
    follow_ups: FollowUps,
    part_words: Mapping[PartKind, Sequence[str]],
    ends: Callable[[str], bool] = lambda text: False,
    cheats: Callable[[str], bool] = lambda text: False,
    known: Callable[[str], bool] = lambda text: False,
) -> Inquiry:
    """Two parts where both halves are questions and differ in what they are about; else one, whole.

    ends: whether a text alone would get no answer (refused, not held): then its honest other half is told apart.
    cheats: whether a text asks how to cheat: what else it asks of the same matter is asked for the cheat, and stays.
    known: whether the staff answered these very words: they are never cut.
    """
    text = normalise(inquiry.question.text)
    if known(text):
        return replace(inquiry, parts=(Part(text),))
    whole = cheats(text)
    for left, right, marked in _halves(text, follow_ups.second):
        if whole and not _apart(left, right, follow_ups):
            continue
        mixed = marked and ends(left) != ends(right) and _stands(left, follow_ups) and _stands(right, follow_ups)
        if mixed or _both_stand(left, right, marked, follow_ups, part_words):
            return replace(inquiry, parts=(Part(left), Part(right)))
    return replace(inquiry, parts=(Part(text),))


def _halves(text: str, openers: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Ways to cut the text in two, surest first. marked: by a sign or a word that ends one question."""
    opener = re.compile("|".join(map(re.escape, openers))) if openers else None
    found = list(opener.finditer(text)) if opener else []
    for match in found:
        if match.start() and text[match.start() - 1] in ",?;。!:、\n ":
            yield text[: match.start()].strip(",;、 "), text[match.end() :].strip(",:、 "), True
    for pattern, sure in ((_ENDS, True), (_COMMA, False)):
        for match in pattern.finditer(text):
            yield text[: match.end()].strip(",;、 "), text[match.end() :].strip(",:、 "), sure


def _both_stand(
    left: str, right: str, marked: bool, follow_ups: FollowUps, part_words: Mapping[PartKind, Sequence[str]]
) -> bool:
    if not (_stands(left, follow_ups) and _stands(right, follow_ups)):
        return False
    if _apart(left, right, follow_ups):
        return True
    return marked and bool(follow_ups.subjects_in(left)) and _asked_parts_differ(left, right, part_words)


def _apart(left: str, right: str, follow_ups: FollowUps) -> bool:
    """Both halves name a matter, and not the same."""
    subjects, others = follow_ups.subjects_in(left), follow_ups.subjects_in(right)
    return bool(subjects and others) and not subjects & others


def _stands(half: str, follow_ups: FollowUps) -> bool:
    return len(matching_key(half)) >= SHORTEST and follow_ups.is_question(half)


def _asked_parts_differ(left: str, right: str, part_words: Mapping[PartKind, Sequence[str]]) -> bool:
    """Both ask for a part (去哪里, 带什么 …), and neither for that of the other."""
    wanted, other = _wanted(left, part_words), _wanted(right, part_words)
    return bool(wanted and other) and not wanted & other


def _wanted(text: str, part_words: Mapping[PartKind, Sequence[str]]) -> set[PartKind]:
    return {kind for kind, words in part_words.items() if any(word in text for word in words)}
