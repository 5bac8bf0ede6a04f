"""Numbers as people say them: sums of money, counts before a unit, ages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from knowledge.numerals import to_decimal, to_int

NUMBER = r"(?:\d+(?:\.\d+)?(?:[万千百]+(?:\d(?!\d))?)?|[零〇一二两三四五六七八九十百千万]+)"
_MONEY = re.compile(rf"(?P<number>{NUMBER})(?P<about>多|来)?\s*(?P<unit>块钱|元钱|块|元)?")
_OTHER_UNIT = re.compile(
    r"\s*(?:多|来)?\s*(?:年|月|周|岁|口|个|人|天|级|档|挡|号|日|%|成|次|度|点|分|代|位|家|甲|老)"
)
_BEFORE_MONEY = re.compile(
    r"(?:花了?|用了?|交了?|缴了?|收入|挣|拿|领|发|存|有|一共|总共|共|费用?|钱|是|给|补|账户里?|报了)$"
)
_PERHAPS = "万一"
"""No sum, though each of its signs is a number."""
_LEAST_BARE = 100
"""A number without unit and without a word of money before it counts as money from here on."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Yuan, and where it stands in the text."""

    value: Decimal
    start: int
    end: int


def amounts(text: str) -> Iterator[Amount]:
    """Every sum of money of a normalised text, in order."""
    for match in _MONEY.finditer(text):
        value = to_decimal(match["number"])
        if value is None or match["number"] == _PERHAPS or (not match["unit"] and _OTHER_UNIT.match(text, match.end("number"))):
            continue
        scaled = any(scale in match["number"] for scale in "百千万")
        bare = value >= _LEAST_BARE and (match["number"][0].isdigit() or scaled)
        if (
            match["unit"]
            or bare
            or (_BEFORE_MONEY.search(text, 0, match.start()) and match["number"][0].isdigit())
        ):
            yield Amount(value, match.start(), match.end())


def number_before(text: str, unit: str, after: str = "") -> int | None:
    """The whole number that stands before a unit (a regular expression), behind `after` where given."""
    match = re.search(rf"{after}(?P<number>\d+|[零〇一二两三四五六七八九十百]+)\s*(?:{unit})", text)
    return None if match is None else to_int(match["number"])


_AGE = re.compile(
    r"(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:周岁|岁)(?!\s*(?:退|能退|可以退|类|还是|领|才|起|以上|以下|的时候))"
)
_THIS_YEAR = re.compile(
    r"今年(?:满|刚|都|快|已经)?\s*(?P<number>\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)(?!\s*[年月日号万千百\d])"
)


def age_said(text: str) -> int | None:
    """Full years as said of a person; None for the age in a rule (50岁退)."""
    match = _AGE.search(text) or _THIS_YEAR.search(text)
    return None if match is None else to_int(match["number"])
