"""Figures of a text with their type: value, unit, period, bound, and for whom they are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from knowledge.figure_scan import flatten, scan
from knowledge.mentions import Bound, FigureKind, Mention
from knowledge.qualifiers import Scope, Vocabulary

_BOUNDS_BEFORE = (
    (Bound.UP, r"(?:不得?少于|不得?低于|不小于|至少|最少|最低(?!生活|工资)|下限|(?<![不未没])(?:超过|高于|多于|大于))[^\W\d]{0,8}$"),
    (Bound.DOWN, r"(?:[不未没]有?得?超过|不得?高于|不多于|最多|至多|最高(?!人民|法)|最长|最大|最晚|上限)[^\W\d]{0,8}$"),
    (Bound.DOWN, r"(?:(?<!不)低于|(?<!不)少于|小于|不足|[不未没]满|[不未没]到)\s*$"),
    (Bound.UP, r"(?:年满|已满|刚满|达到|满)\s*$"),
    (Bound.ABOUT, r"(?:大约|大概|约|将近|接近)为?\s*$"),
)
_BOUNDS_AFTER = (
    (Bound.DOWN, "及?以下|以内|之内|内|及?以前|之前|前(?!款|条)"),
    (Bound.UP, "及?以上|起步?(?!诉|付|草|伏|来)|以后|之后|后"),
    (Bound.ABOUT, "左右|上下|余|多|来"),
)
_BOUND_LEFT = tuple((bound, re.compile(pattern)) for bound, pattern in _BOUNDS_BEFORE)
_BOUND_RIGHT = tuple((bound, re.compile(rf"[\s）)]*(?:{words})")) for bound, words in _BOUNDS_AFTER)
_PER_LEFT = re.compile(
    r"(?P<月>每人每月|每个?月|按月|月人均|一个月(?=能|可|领|发|给|有|是|交|缴|要|约|就|补|最|不|至|\d)|月均|/月)"
    r"|(?P<年>每人每年|每年|年度?(?:最高)?(?:限额|封顶线?)|全年|按年|一年(?=能|可|领|发|给|有|最|交|缴|只|要|约|就|报|补|不|至|\d)|年缴)"
    r"|(?P<次>每次|每一次|一次(?=能|可|给))|(?P<天>每天|每日|按日|按天|一天(?=能|可|给|补))"
)
_PER_RIGHT = re.compile(
    r"\s*[/／]\s*(?:人\s*[·.・/／]?\s*)?(?P<unit>月|年|次|天|日)|\s*(?:每|一)个?(?P<said>月|年|次|天)(?!以|内|后|前)|（每人每(?P<inner>月|年)）"
)
_PER_CLOSING = re.compile(r"[，,（(]\s*(?:都是|均为|按)?(?:每人)?每个?(?P<unit>月|年|次|天)\s*(?:算|计算|计|发|缴|交)?(?=[。；;）)，,\n]|$)")
_RISES = re.compile(r"\s*(?:涨|提高|提升|调|升|增|降|加|改)")
_FROM = re.compile(r"(?:从|由)\s*$")
_GIVES = re.compile(r"的?[，,]?(?:政府|财政|国家)?(?:就|再|另)?(?:补|奖|返|送|加|领|发)[^\W\d]{0,3}")
_FORMER = re.compile(r"(?:原(?:来|先|本)?|此前|过去|旧标准)(?:是|为|：|:)?\s*$")
_SENTENCE = re.compile(r"[；;。！？!?\n]")
_CLAUSE = re.compile(r"[，,、；;。！？!?\n：:（(]")
_MEASURED = frozenset({FigureKind.MONEY, FigureKind.RATE, FigureKind.COUNT, FigureKind.OTHER, FigureKind.DURATION})
_KEYS = (FigureKind.AGE, FigureKind.MONEY)
DEFAULT = Vocabulary()


def figures_in(text: str, *, context: Sequence[str] = (), vocabulary: Vocabulary = DEFAULT) -> tuple[Mention, ...]:
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
        found.append(replace(mention, bound=_bound(flat, mention, end)))
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
    per = _per(flat, mention) if mention.kind in _MEASURED else None
    return replace(mention, text=text[mention.start : mention.end], per=per, qualifiers=qualifiers)


def _is_former(flat: str, mention: Mention) -> bool:
    """原750元, or the first figure of 从750元涨到770元."""
    if _FORMER.search(flat, max(0, mention.start - 5), mention.start):
        return True
    rises = _RISES.match(flat, mention.end)
    return bool(rises and _FROM.search(flat, max(0, mention.start - 2), mention.start))


def _bound(flat: str, mention: Mention, after: int) -> Bound:
    """The side meant; words before the figure count from the end of the figure before it."""
    left = flat[max(after, mention.start - 14) : mention.start]
    for bound, pattern in _BOUND_LEFT:
        if pattern.search(left):
            return bound
    if mention.text[-1:] in "余多来" or re.search(r"\d[余多来]", mention.text):
        return Bound.ABOUT
    for bound, pattern in _BOUND_RIGHT:
        if pattern.match(flat, mention.end):
            return bound
    return Bound.EXACT


def _per(flat: str, mention: Mention) -> str | None:
    if match := _PER_RIGHT.match(flat, mention.end):
        said = match["unit"] or match["said"] or match["inner"]
        return "天" if said == "日" else said
    start = 0
    for boundary in _SENTENCE.finditer(flat, 0, mention.start):
        start = boundary.end()
    before = [match for match in _PER_LEFT.finditer(flat, start) if match.end() <= mention.start]
    if before:
        return before[-1].lastgroup
    closing = _PER_CLOSING.search(flat, mention.end)
    inside = closing and not _SENTENCE.search(flat, mention.end, closing.start())
    return closing["unit"] if closing and inside else None


def _year(flat: str, found: list[Mention], number: int) -> str | None:
    """The year that a figure is from: right after it in brackets, else the nearest date left in its sentence."""
    mention = found[number]
    if mention.kind is FigureKind.DATE:
        return None
    if number + 1 < len(found):
        after = found[number + 1]
        if after.kind is FigureKind.DATE and flat[mention.end : after.start].strip() in ("（", "(", "（从", "（自"):
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
    if mention.kind in _MEASURED and earlier.kind in _KEYS and earlier.bound is Bound.EXACT:
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


Qualified = Mapping[str, str]
