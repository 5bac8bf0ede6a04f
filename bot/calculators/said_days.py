"""Days as people say them: 昨天, 上个月5号, 10月31号, 半年前."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calculators.months import YearMonth, add_months
from bot.calculators.words import Words
from knowledge.numerals import to_int

SMALL = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九]|[一二三]?十)"
YEAR = r"(?:(?:19|20)\d\d|[一二][九零〇][零〇一二三四五六七八九]{2})"
_WHOLE = re.compile(rf"(?P<y>{YEAR})\s*[年./-]\s*(?P<m>{SMALL})\s*[月./-]\s*(?P<d>{SMALL})\s*[日号]?")
_THIS = re.compile(rf"(?P<y>今年|去年|前年)\s*(?P<m>{SMALL})月(?:份)?\s*(?P<d>{SMALL})\s*[日号]")
_MONTH_DAY = re.compile(rf"(?<![\d年个])(?P<m>{SMALL})月(?:份)?\s*(?P<d>{SMALL})\s*[日号]")
_LAST_MONTH = re.compile(rf"(?P<w>上个月|上月|这个月|本月)\s*(?P<d>{SMALL})\s*[日号]")
_AGO = re.compile(
    r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3}|半)\s*(?P<u>天|个?星期|个?礼拜|周|个月|年)(?:以前|之前|前)"
)
_DAY_ALONE = re.compile(rf"(?<![\d月])(?P<d>{SMALL})\s*号(?!院|楼|文)")
_YEARS = {"今年": 0, "去年": -1, "前年": -2}


@dataclass(frozen=True, slots=True)
class SaidDay:
    """rough: counted back from 一个月前 and the like. end: where the words end in the text."""

    day: date
    rough: bool = False
    end: int = 0


def day_said(text: str, on: date, words: Words) -> SaidDay | None:
    """The first way of naming a day that the text uses; days without a year lie on or before the asking day."""
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            day = read(match, on)
            if day is not None:
                return SaidDay(day, pattern is _AGO and not match["u"].startswith("天"), match.end())
    return _named_day(text, on, words)


def _named_day(text: str, on: date, words: Words) -> SaidDay | None:
    for name, back in (("three_days_ago", 3), ("before_yesterday", 2), ("yesterday", 1), ("today", 0)):
        if words.any(name, text):
            return SaidDay(on - timedelta(days=back), end=words.last(name, text))
    return None


def _whole(match: re.Match[str], on: date) -> date | None:
    return _date(to_int(match["y"]), to_int(match["m"]), to_int(match["d"]))


def _this(match: re.Match[str], on: date) -> date | None:
    return _date(on.year + _YEARS[match["y"]], to_int(match["m"]), to_int(match["d"]))


def _month_day(match: re.Match[str], on: date) -> date | None:
    here = _date(on.year, to_int(match["m"]), to_int(match["d"]))
    return here if here is None or here <= on else _date(on.year - 1, here.month, here.day)


def _last_month(match: re.Match[str], on: date) -> date | None:
    month = YearMonth.of_day(on).plus(-1 if match["w"].startswith("上") else 0)
    return _date(month.year, month.month, to_int(match["d"]))


def _ago(match: re.Match[str], on: date) -> date | None:
    half, unit = match["n"] == "半", match["u"]
    number = 0 if half else to_int(match["n"]) or 0
    if unit == "天":
        return None if half else on - timedelta(days=number)
    if unit == "年":
        return add_months(on, -6 if half else -12 * number)
    if unit == "个月":
        return on - timedelta(days=15) if half else add_months(on, -number)
    return on - timedelta(days=7 * number)


def _day_alone(match: re.Match[str], on: date) -> date | None:
    number = to_int(match["d"])
    month = YearMonth.of_day(on)
    here = _date(month.year, month.month, number)
    if here is not None and here <= on:
        return here
    before = month.plus(-1)
    return _date(before.year, before.month, number)


def _date(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or month is None or day is None or not 1 <= month <= 12:
        return None
    return date(year, month, day) if 1 <= day <= monthrange(year, month)[1] else None


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]], ...] = (
    (_WHOLE, _whole),
    (_THIS, _this),
    (_MONTH_DAY, _month_day),
    (_LAST_MONTH, _last_month),
    (_AGO, _ago),
    (_DAY_ALONE, _day_alone),
)
