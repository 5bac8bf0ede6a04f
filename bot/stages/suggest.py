"""Questions to go on with, under an answer or in the place of one that is not held."""

from __future__ import annotations

from datetime import date

from bot.types import AnswerStatus, Part
from knowledge.library import Library
from knowledge.tokens import is_pair, tokenise

MAX_SUGGESTIONS = 3
_GRAMMAR = frozenset("的了吗呢吧嘛啊呀哦着过得地么们是有没不要能会可以就都也还再又很太最和跟与或到去来在从把被给让向对为因候况")
_ASKING = frozenset("什怎哪几多少久谁何这那个些点一两二三四五六七八九十百千万上下里外中后前次我你他她它您咱自己人家钱办")
"""Signs that say how something is asked for, not what: a pair with one of them names no thing."""


def suggestions(parts: tuple[Part, ...], library: Library, on: date) -> tuple[str, ...]:
    """Related entries of what was found, then near ones that name a thing asked about; only those in force today.

    A foreign matter is worse than none: where nothing is left, the page offers its topics.
    """
    if not any(part.hits or part.rejects for part in parts):
        return ()
    snapshot = library.shelf.snapshot
    entries = {name: entry for name, entry in snapshot.entries.items() if snapshot.versions[name].period.covers(on)}
    names: list[str] = []
    for part in parts:
        if part.rule and part.hits:
            names.append(part.hits[0].document_id)
        if part.hits and part.hits[0].document_id in entries:
            names += entries[part.hits[0].document_id].related
        asked = _asked(part, library)
        names += [name for name in _near(part) if name in entries and asked & things(entries[name].question)]
    shown = {part.hits[0].document_id for part in parts if part.hits and not part.rule}
    kept = [name for name in dict.fromkeys(names) if name in entries and name not in shown]
    return tuple(entries[name].question for name in kept[:MAX_SUGGESTIONS])


def _near(part: Part) -> list[str]:
    """Documents, the nearest first: what else was found, and what was not near enough where nothing is held."""
    found = [hit.document_id for hit in part.hits[1:]]
    return found + [reject.document_id for reject in part.rejects if part.status is AnswerStatus.NO_BASIS]


def _asked(part: Part, library: Library) -> frozenset[str]:
    """What a part is about, in its own words and those of the lexicon and of the entry found; a place is no matter."""
    said = (part.standalone, part.understood, *library.tools.lexicon.expand(part.standalone))
    places = (word for level in library.town.levels for word in (level.name, *level.words))
    return frozenset().union(*map(things, said)).difference(*map(things, places))


def things(text: str) -> frozenset[str]:
    """Pairs of signs that may name what a text is about."""
    said = _GRAMMAR | _ASKING
    return frozenset(token for token in tokenise(text) if is_pair(token) and said.isdisjoint(token))
