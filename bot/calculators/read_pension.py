"""Reads questions about the monthly resident pension from an account or from yearly payments."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.calculators.read_retirement import calendar_notes
from bot.calculators.requests import ResidentPensionRequest
from bot.calculators.said_numbers import NUMBER, Amount, age_said, amounts
from bot.calculators.words import Words
from knowledge.numerals import to_int

_YEARS = re.compile(
    r"(?:交|缴|满|够|共|连续|了|再)(?:满|够|了|上)*\s*(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,3})\s*年(?!级|\d)"
)
_TIER = re.compile(rf"(?P<n>{NUMBER})\s*元?\s*(?:一?档|这档|那档)")
_SMALLEST_TIER, _NEAR = 100, 12


def read_pension(text: str, on: date, words: Words) -> ResidentPensionRequest | None:
    """How much a month? Needs a sum in the account or a yearly payment."""
    if not (words.any("pension", text) and words.any("pension_asks", text)) or words.any("pension_not", text):
        return None
    sums = list(amounts(text))
    yearly = _tier(text) or _yearly(text, sums, words)
    account = _account(text, sums, words)
    if yearly is None and account is None:
        return None
    return ResidentPensionRequest(
        account, yearly, _years(text), age_said(text), words.any("one_child", text), calendar_notes(text)
    )


def _tier(text: str) -> Decimal | None:
    match = _TIER.search(text)
    number = to_int(match["n"]) if match else None
    return Decimal(number) if number is not None and number >= _SMALLEST_TIER else None


def _yearly(text: str, sums: list[Amount], words: Words) -> Decimal | None:
    """A sum with 每年 or 一年 shortly before or right behind it."""
    for amount in sums:
        before, behind = text[max(0, amount.start - _NEAR) : amount.start], text[amount.end : amount.end + 3]
        if words.any("yearly", before) and not words.any("account", before):
            return amount.value
        if words.any("yearly", behind):
            return amount.value
    return None


def _account(text: str, sums: list[Amount], words: Words) -> Decimal | None:
    for amount in sums:
        if words.any("account", text[max(0, amount.start - _NEAR) : amount.start]):
            return amount.value
    return None


def _years(text: str) -> int | None:
    match = _YEARS.search(text)
    return to_int(match["n"]) if match else None
