"""Items of notices, which count 一、（一）1. instead of articles: `第一（二）项` and the passages it names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from knowledge.numerals import DIGITS, to_int
from knowledge.types import Passage

ItemPath = tuple[int, ...]
"""Numbers from the outside in: 第一（二）项 is (1, 2)."""

_HAN = rf"[{DIGITS}十百]{{1,5}}"
_NAMED = re.compile(rf"第?(?:({_HAN})|(\d{{1,3}}))?(?:[（(]({_HAN})[）)])?(\d{{1,3}})?项?")
_LABEL = re.compile(rf"(?:({_HAN})、|[（(]({_HAN})[）)]|(\d{{1,3}})[.．、])")


def items_in(text: str) -> tuple[ItemPath, ...]:
    """The items that a basis names, in order; what is no item (第3条, 附件1) is passed over."""
    found = []
    for part in text.split("、"):
        match = _NAMED.fullmatch(part.strip())
        numbers = tuple(to_int(group) for group in match.groups() if group) if match else ()
        path = tuple(number for number in numbers if number is not None)
        if path and len(path) == len(numbers):
            found.append(path)
    return tuple(found)


def passages_named(items: Iterable[ItemPath], passages: Iterable[Passage]) -> list[Passage]:
    """The passages at or below the items.

    A single number that no outermost item has is one that counts on through the whole text (改革意见的第24项).
    """
    paths = [(item_path(passage), passage) for passage in passages]
    chosen = []
    for item in items:
        below = [passage for path, passage in paths if path[: len(item)] == item]
        chosen += below or [passage for path, passage in paths if len(item) == 1 and path[-1:] == item]
    return list(dict.fromkeys(chosen))


def item_path(passage: Passage) -> ItemPath:
    """Where a passage stands: the labels of its headings and of its own first line."""
    steps = (*passage.heading[1:], passage.text)
    return tuple(number for step in steps if (number := _label(step)) is not None)


def _label(text: str) -> int | None:
    match = _LABEL.match(text)
    return to_int(next(group for group in match.groups() if group)) if match else None
