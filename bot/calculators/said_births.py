"""Months of birth as people say them: 72年3月, 七五年的, 1到4月 of a year, or an age."""

from __future__ import annotations

import re
from datetime import date

from bot.calculators.months import YearMonth
from bot.calculators.requests import Births
from bot.calculators.said_days import SMALL, YEAR
from bot.calculators.said_numbers import age_said
from knowledge.numerals import to_int

_SHORT_YEAR = r"(?<!\d)(?:\d\d|[零〇四五六七八九][零〇一二三四五六七八九])(?!\d)"
_NOT_BIRTH = r"(?!\s*(?:以后|之后|以前|之前|前|后|起|退|达到|到龄|参加|开始|进厂|离|入|借|签|交|缴|办))"
_BORN_MONTH = re.compile(
    rf"(?P<y>{YEAR}|{_SHORT_YEAR})\s*[年./-]\s*(?P<m>{SMALL})(?:\s*月(?:份)?|(?![\s\d个月])){_NOT_BIRTH}"
)
_BORN_YEAR = re.compile(
    rf"(?P<y>{YEAR}|(?<!\d)[3-9]\d(?!\d)|[四五六七八九][零〇一二三四五六七八九])\s*"
    rf"(?:年\s*(?=出生|生|的|年的|属|,|男|女|冬月|腊月|正月)|(?=出生|生人|生的)){_NOT_BIRTH}"
)
_NOMINAL = re.compile("虚岁|虚龄")
_RANGE = re.compile(r"(?P<a>(?:19|20)\d\d)到(?P<b>(?:19|20)\d\d)年出生")
_MONTHS = re.compile(rf"(?P<a>{SMALL})到(?P<b>{SMALL})月")
_MONTH_ALONE = re.compile(rf"(?<![\d年个])(?P<m>{SMALL})月(?:份)?(?:生|出生|的|$|,)")


def births_said(text: str, on: date) -> Births | None:
    """The months of birth that fit what was said: exact, a year, a range of years, or an age."""
    if match := _RANGE.search(text):
        return YearMonth(int(match["a"]), 1), YearMonth(int(match["b"]), 12)
    for match in _BORN_MONTH.finditer(text):
        year, month = _full_year(match["y"], on), to_int(match["m"])
        if year is not None and month is not None and 1 <= month <= 12:
            return YearMonth(year, month), YearMonth(year, month)
    for match in _BORN_YEAR.finditer(text):
        year = _full_year(match["y"], on)
        if year is not None:
            return _within(year, text)
    return None if _NOMINAL.search(text) else _of_age(age_said(text), on)


def _within(year: int, text: str) -> Births:
    """A year of birth, narrowed by months said elsewhere (1到4月, 3月生)."""
    if match := _MONTHS.search(text):
        first, last = to_int(match["a"]), to_int(match["b"])
        if first and last and 1 <= first <= last <= 12:
            return YearMonth(year, first), YearMonth(year, last)
    if match := _MONTH_ALONE.search(text):
        month = to_int(match["m"])
        if month and 1 <= month <= 12:
            return YearMonth(year, month), YearMonth(year, month)
    return YearMonth(year, 1), YearMonth(year, 12)


def _of_age(age: int | None, on: date) -> Births | None:
    """Full years of age leave the thirteen months before the birthday that is next."""
    if age is None:
        return None
    last = YearMonth.of_day(on).plus(-12 * age)
    return last.plus(-12), last


def _full_year(words: str, on: date) -> int | None:
    number = to_int(words)
    if number is None:
        return None
    if number < 100 and len(words) == 2:
        number += 2000 if number <= on.year % 100 else 1900
    return number if 1900 <= number <= on.year else None
