"""要是只有300呢, after a case with 400: a number said anew stands in the place of the one that it replaces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.calculators.said_numbers import amounts

Span = tuple[int, int]
_COUNT = r"(?<![\d.])(?P<number>\d{2,3}|[2-9]|[一二三四五六七八九]?十[一二三四五六七八九]?|[二两三四五六七八九])\s*"
_UNITS = (r"(?:口人|口子|口|个人|人)(?!均)", r"年(?!\d|级)", r"(?:周岁|岁)", r"天", r"个月")
"""Of each a case has one number. One alone (一个人, 一年, 一个月) is a measure, no count."""
_MORE = ("还有", "加上", "再加", "另外", "也有", "也是")
"""What comes next is added, not changed."""


def changed_case(context: str, typed: str) -> tuple[str, str] | None:
    """(context with the new numbers, the rest of what is typed); None where it cannot be told which one is replaced.

    context: the case as said before. typed: what is asked of it now, with another number. Of counts only single ones change.
    """
    if any(word in typed for word in _MORE):
        return context, typed
    if len(list(_sums(context))) > 1 and len(list(_sums(typed))) > 0:
        return None
    for find in _FINDERS:
        new, old = list(find(typed)), list(find(context))
        if len(new) != 1 or len(old) != 1:
            continue
        (start, end), (first, last) = old[0], new[0]
        context, typed = context[:start] + typed[first:last] + context[end:], typed[:first] + typed[last:]
    return context, typed


def _sums(text: str) -> Iterator[Span]:
    return ((amount.start, amount.end) for amount in amounts(text))


def _counts(unit: str) -> Callable[[str], Iterator[Span]]:
    """Spans of the number alone; its unit stays."""
    counted = re.compile(_COUNT + unit)
    return lambda text: (match.span("number") for match in counted.finditer(text))


_FINDERS = (_sums, *map(_counts, _UNITS))
