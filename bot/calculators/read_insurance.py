"""Reads questions about the waiting period after a gap, and about the reward for none."""

from __future__ import annotations

import re
from datetime import date

from bot.calculators.requests import RewardRequest, WaitingRequest
from bot.calculators.words import Words
from knowledge.numerals import to_int

_N = r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})"
_HALF_OR_DATE = r"(?![\d月级])"


def read_waiting(text: str, on: date, words: Words) -> WaitingRequest | None:
    """How long nothing is paid? Needs that the insurance was left out or late."""
    named = words.any("insurance", text) or words.any("gap_alone", text)
    if not (named and words.any("gap_asks", text)) or words.any("gap_not", text):
        return None
    if words.any("other_insurance", text):
        return None
    special = words.any("newborn", text)
    repaired = _years(rf"(?:{words.pattern('repaired')})(?:了|上)?\s*{_N}\s*年", text) or 0
    rest = re.sub(rf"(?:{words.pattern('repaired')})(?:了|上)?\s*\S{{1,2}}\s*年", "", text)
    gap = _gap(rest, words)
    late = words.any("late", text)
    if gap is None and late:
        return WaitingRequest(0, 0, special)
    if gap is None and not (words.any("gap", text) and words.any("self", text)):
        return None
    return WaitingRequest(gap, repaired, special)


def _gap(text: str, words: Words) -> int | None:
    gap = words.pattern("gap")
    behind = rf"(?:{gap})(?:了|交|缴|保|医保|过|得有|有)*\s*{_N}\s*(?:个)?年{_HALF_OR_DATE}"
    before = rf"{_N}\s*(?:个)?年{_HALF_OR_DATE}(?:的)?(?:医保|合作医疗)?(?:都|时间)?\s*(?:{gap})"
    last_year = 1 if words.any("last_year", text) else None
    return _years(behind, text) or _years(before, text) or last_year


def read_reward(text: str, on: date, words: Words) -> RewardRequest | None:
    """How much higher is the ceiling? Needs the years insured without a gap."""
    if not (words.any("insurance", text) and words.any("reward_asks", text) and words.any("steady", text)):
        return None
    years = _years(
        rf"(?:{words.pattern('steady')}|交|缴|参保|买)(?:交|缴|参保|了|满|有|医保)*\s*{_N}\s*年", text
    )
    if years is None:
        return None
    unused = words.pattern("unused")
    clean = _years(rf"{_N}\s*年(?:都|全)?\s*(?:{unused})", text) or (1 if words.any("unused", text) else 0)
    return RewardRequest(years, clean)


def _years(pattern: str, text: str) -> int | None:
    match = re.search(pattern, text)
    return None if match is None else to_int(match["n"])
