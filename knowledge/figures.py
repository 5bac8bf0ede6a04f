"""Figures of a text with their type: value, unit, period, bound, and for whom they are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from knowledge.figure_bounds import bound_of, per_of
from knowledge.figure_scan import flatten, scan
from knowledge.mentions import Bound, FigureKind, Mention
from knowledge.qualifier_words import Vocabulary
from knowledge.qualifiers import Scope

_RISES = re.compile(r"\s*(?:涨|提高|提升|调|升|增|降|加|改)")
_FROM = re.compile(r"(?:从|由)\s*$")
_GIVES = re.compile(r"的?[，,]?(?:政府|财政|国家)?(?:就|再|另)?(?:补|奖|返|送|加|领|发)[^\W\d]{0,3}")
_FORMER = re.compile(r"(?:原(?:来|先|本)?|此前|以前|过去|旧标准)(?:是|为|：|:)?\s*$")
_SENTENCE = re.compile(r"[；;。！？!?\n]")
_CLAUSE = re.compile(r"[，,、；;。！？!?\n：:（(]")
_MEASURED = frozenset(
    {FigureKind.MONEY, FigureKind.RATE, FigureKind.COUNT, FigureKind.OTHER, FigureKind.DURATION}
)
_KEYS = (FigureKind.AGE, FigureKind.MONEY)
DEFAULT = Vocabulary()


def figures_in(
    text: str, *, context: Sequence[str] = (), vocabulary: Vocabulary = DEFAULT
) -> tuple[Mention, ...]:
    """Every figure of a text in order, typed and with the qualifiers that hold for it.

    context: headings above the text; they qualify where the text itself says nothing. vocabulary: adds the
    names of places as levels. Positions are those of the text as given.
    """
    return _figures(text, tuple(context), vocabulary)


@lru_cache(maxsize=1024)
def _figures(text: str, context: tuple[str, ...], vocabulary: Vocabulary) -> tuple[Mention, ...]:
    flat = flatten(text)
    found, end = [], 0
    for mention in scan(flat):
        found.append(replace(mention, bound=bound_of(flat, mention, end)))
        end = mention.end
    scope = Scope.of(flat, vocabulary, context, [mention.start for mention in found])
    return tuple(_complete(flat, text, found, number, scope) for number in range(len(found)))


def _complete(flat: str, text: str, found: list[Mention], number: int, scope: Scope) -> Mention:
    mention = found[number]
    qualifiers = scope.at(mention.start, mention.end) | _keys(flat, found, number)
    if mention.kind is FigureKind.GRADE:
        qualifiers = {c: words for c, words in qualifiers.items() if c not in ("tier", "hospital")}
    if _is_former(flat, mention):
        qualifiers["former"] = "原"
    if year := _year(flat, found, number):
        qualifiers["year"] = year
    per = per_of(flat, mention) if mention.kind in _MEASURED else None
    return replace(mention, text=text[mention.start : mention.end], per=per, qualifiers=qualifiers)


def _is_former(flat: str, mention: Mention) -> bool:
    """原750元, or the first figure of 从750元涨到770元."""
    if _FORMER.search(flat, max(0, mention.start - 5), mention.start):
        return True
    rises = _RISES.match(flat, mention.end)
    return bool(rises and _FROM.search(flat, max(0, mention.start - 2), mention.start))


def _year(flat: str, found: list[Mention], number: int) -> str | None:
    """The year that a figure is from: right after it in brackets, else the nearest date left in its sentence."""
    mention = found[number]
    if mention.kind is FigureKind.DATE:
        return None
    if number + 1 < len(found):
        after = found[number + 1]
        if after.kind is FigureKind.DATE and flat[mention.end : after.start].strip() in (
            "（",
            "(",
            "（从",
            "（自",
        ):
            return after.key[:4] if after.key[0] != "-" else None
    for earlier in reversed(found[:number]):
        if _SENTENCE.search(flat, earlier.end, mention.start):
            return None
        if earlier.kind is FigureKind.DATE and earlier.key[0] not in "-T":
            return earlier.key[:4]
    return None


def _keys(flat: str, found: list[Mention], number: int) -> dict[str, str]:
    """缴200元补40元, 60岁139个月, 原来50岁退的到55岁: the figure that this one belongs to is part of its type."""
    if not number:
        return {}
    mention, earlier = found[number], found[number - 1]
    keys = {}
    belongs = earlier.kind in _KEYS and earlier.bound is Bound.EXACT and not _is_former(flat, earlier)
    if mention.kind in _MEASURED and belongs:
        gap = flat[earlier.end : mention.start]
        if _GIVES.fullmatch(gap) or (len(gap) <= 8 and not _CLAUSE.search(gap)):
            keys[f"with_{earlier.unit}"] = _told(earlier)
    for each in reversed(found[:number]):
        if _SENTENCE.search(flat, each.end, mention.start):
            break
        if each.kind is FigureKind.AGE and _is_former(flat, each):
            keys["was"] = _told(each)
            break
    return keys


def _told(mention: Mention) -> str:
    return f"{plain(mention.value)}{mention.unit}"


def plain(value: Decimal) -> str:
    """The value without exponent and closing zeros."""
    return f"{value.normalize():f}"


def same_amount(left: Mention, right: Mention) -> bool:
    """Same value in the same unit; years and months of a duration are one scale, and 8万 alone is 8万元."""
    if left.key or right.key:
        return left.kind is right.kind and left.key == right.key
    a, b = _in_scale(left), _in_scale(right)
    if a == b:
        return left.kind is right.kind or FigureKind.OTHER in (left.kind, right.kind)
    loose = (not left.unit and left.scaled) or (not right.unit and right.scaled)
    if loose and left.value == right.value:
        return {left.kind, right.kind} <= {FigureKind.MONEY, FigureKind.COUNT, FigureKind.OTHER}
    return left.value == right.value and _same_unit(left, right)


def _in_scale(mention: Mention) -> tuple[Decimal, str]:
    if mention.kind is FigureKind.DURATION and mention.unit == "年":
        return (mention.value * 12).normalize(), "个月"
    return mention.value.normalize(), mention.unit


def _same_unit(left: Mention, right: Mention) -> bool:
    """个 stands for any counted thing; a person may be counted as 人 or 个."""
    counts = left.kind is right.kind is FigureKind.COUNT
    return counts and "个" in (left.unit, right.unit) and not (left.unit + right.unit).startswith("第")
