"""Reads questions about one hospital stay: level, tier, the bill, what is not covered."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.calculators.requests import ReimbursementRequest
from bot.calculators.said_numbers import Amount, age_said, amounts
from bot.calculators.words import Words
from knowledge.numerals import to_decimal

_OF_TIER = re.compile(r"(?:多|来)?\s*(?:块钱?|元)?(?:的[那这]?|[那这])[一个种]*[档挡]")
"""Behind a sum: it names the tier by what is paid for it (四百那档), not the bill."""
_PRICE = re.compile(r"\d+|[一二三四五六七八九十百]{2,}")
_ROUGHLY = 100
"""Yuan by which a price may be said too low or too high."""
_NEAR = 8
_GROWN_UP = 18


def read_stay(text: str, on: date, words: Words) -> ReimbursementRequest | None:
    """What is paid of this bill? Needs the bill."""
    if not (words.any("stay", text) and words.any("stay_asks", text)) or words.any("stay_not", text):
        return None
    if words.any("clinic", text):
        return None
    sums = list(amounts(text))
    prices = [amount for amount in sums if _OF_TIER.match(text, amount.end)]
    parts = _parts(text, [amount for amount in sums if amount not in prices], words)
    if "total" not in parts:
        return None
    if words.any("all_covered", text):
        parts = {"outside": Decimal(0), "self_first": Decimal(0), **parts}
    return ReimbursementRequest(
        levels=levels_said(text, words),
        tiers=_tiers(text, prices, words),
        total=parts["total"],
        outside=parts.get("outside"),
        self_first=parts.get("self_first"),
        minor=_minor(text, words),
        used=parts.get("used", Decimal(0)),
    )


def _parts(text: str, sums: list[Amount], words: Words) -> dict[str, Decimal]:
    """Which sum is what, by the words just before or behind it; the first plain one is the bill."""
    parts: dict[str, Decimal] = {}
    for number, amount in enumerate(sums):
        left = max(sums[number - 1].end if number else 0, amount.start - _NEAR)
        right = min(sums[number + 1].start if number + 1 < len(sums) else len(text), amount.end + 6)
        before, behind = text[left : amount.start], text[amount.end : right].split(",")[0]
        role = _role(before, words) or _role(behind, words) or "total"
        parts.setdefault(role, amount.value)
    return parts


def _role(place: str, words: Words) -> str | None:
    return next((role for role in ("self_first", "outside", "used") if words.any(role, place)), None)


def levels_said(text: str, words: Words) -> tuple[int, ...]:
    """The levels that fit; a county hospital may be of the second or third."""
    named = tuple(level for level in (1, 2, 3) if words.any(f"level{level}", text))
    if len(named) == 1:
        return named
    return (2, 3) if words.any("level23", text) and not named else named or (1, 2, 3)


def _tiers(text: str, prices: list[Amount], words: Words) -> tuple[int, ...]:
    """The tiers that fit, by their names or by what is paid for them."""
    rest = text
    for said in reversed(prices):
        rest = rest[: said.start] + _OF_TIER.sub("", rest[said.end :], count=1)
    named = {tier for tier in (1, 2) if words.any(f"tier{tier}", rest)}
    named |= {tier for tier in (1, 2) for price in _prices(tier, words) for said in prices if abs(said.value - price) <= _ROUGHLY}
    return tuple(named) if len(named) == 1 else (1, 2)


def _prices(tier: int, words: Words) -> list[Decimal]:
    """Those that the words for a tier name (400的)."""
    said = (_PRICE.match(word) for word in words.lists[f"tier{tier}"])
    values = (to_decimal(match[0]) for match in said if match)
    return [value for value in values if value is not None and value > _ROUGHLY]


def _minor(text: str, words: Words) -> bool:
    age = age_said(text)
    if age is not None:
        return age < _GROWN_UP
    return words.any("minor", text) and not words.any("adult", text)
