"""Which side of a value is meant (以上, 不超过, 左右) and per what it is told (每月, 每年, 每次)."""

from __future__ import annotations

import re

from knowledge.mentions import Bound, Mention

_BOUNDS_BEFORE = (
    (
        Bound.UP,
        r"(?:不得?少于|不得?低于|不小于|至少|最少|最低(?!生活|工资)|下限|(?<![不未没])(?:超过|高于|多于|大于))[^\W\d]{0,8}$",
    ),
    (
        Bound.DOWN,
        r"(?:[不未没]有?得?超过|不得?高于|不多于|最多|至多|最高(?!人民|法)|最长|最大|最晚|上限)[^\W\d]{0,8}$",
    ),
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
    r"(?P<月>每人每月|每个?月|按月|月人均|一个月(?=[能可领发给有是交缴要约就补最不至\d])|月均|/月)"
    r"|(?P<年>每人每年|每年|年度?(?:最高)?(?:限额|封顶线?)|全年|按年|一年(?=[能可领发给有最交缴只要约就报补不至\d])|年缴)"
    r"|(?P<次>每次|每一次|一次(?=能|可|给))|(?P<天>每天|每日|按日|按天|一天(?=能|可|给|补))"
)
_PER_RIGHT = re.compile(
    r"\s*[/／]\s*(?:人\s*[·.・/／]?\s*)?(?P<unit>月|年|次|天|日)|\s*(?:每|一)个?(?P<said>月|年|次|天)(?!以|内|后|前)|（每人每(?P<inner>月|年)）"
)
_PER_CLOSING = re.compile(
    r"[，,（(]\s*(?:都是|均为|按)?(?:每人)?每个?(?P<unit>月|年|次|天)\s*(?:算|计算|计|发|缴|交)?(?=[。；;）)，,\n]|$)"
)
_SENTENCE = re.compile(r"[；;。！？!?\n]")


def bound_of(flat: str, mention: Mention, after: int) -> Bound:
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


def per_of(flat: str, mention: Mention) -> str | None:
    """月, 年, 次, 天: said right after the figure, before it in its sentence, or at the end of the sentence."""
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
