"""Which time a question is about: 今年, 去年, 2024年, 上个月, 2025年7月以前 -> half-open days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.numerals import DIGITS, to_int
from knowledge.types import Period


@dataclass(frozen=True, slots=True)
class About:
    """period: the days asked about. said: the question named another time than now. words: how, '' where not."""

    period: Period
    said: bool
    words: str


_YEAR_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
_MONTH_WORDS = {"上上个月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "下个月": 1, "下月": 1}
_DAY_WORDS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}
_CHINESE_YEAR = rf"[二一][{DIGITS}○两]{{3}}"
_SHORT = r"(?<![\d满够交缴过足到多少差了有还低共总续])\d\d\s*年(?=\s*(?:的|度|那|初|底|末|上|下|\d|一|二|三|四|五|六|七|八|九|十))"
_SPOKEN = r"(?<![零〇一二三四五六七八九十])(?:[零〇一][零〇一二三四五六七八九]|九[零〇一二三四五六七八九])年(?!半|多|以|内|没|不)"
_YEAR = rf"(?:(?:19|20)\d\d|{_CHINESE_YEAR})\s*年|{_SPOKEN}|{_SHORT}"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_SIDE = r"(?:\s*(?P<side>以前|之前|前(?!后|年)|以后|之后|起|开始|至今|到现在))?"
_NUMERAL = rf"(?:\d{{1,3}}|[{DIGITS}十百]{{1,4}})"
_SAID_YEAR = re.compile(
    rf"(?P<year>{_YEAR}|{'|'.join(_YEAR_WORDS)})度?的?\s*"
    rf"(?:(?P<half>上半年|下半年|年初|初|年底|底|末)|(?P<month>{_SMALL})\s*月(?:份)?\s*(?:(?P<day>{_SMALL})\s*[日号])?)?{_SIDE}"
)
_SAID_MONTH = re.compile(rf"(?P<words>{'|'.join(_MONTH_WORDS)}){_SIDE}")
_SAID_DAY = re.compile(rf"(?P<words>{'|'.join(_DAY_WORDS)})")
_MONTH_ALONE = re.compile(
    rf"(?<![\d年个])(?P<month>{_SMALL})\s*月(?:份)?(?:\s*(?P<day>{_SMALL})\s*[日号])?{_SIDE}"
)
_LENGTH = re.compile(r"\d+\s*年\s*(?:以上|以下|以内|内|半|没|不)")
_LAST_CENTURY = 80
"""Two digits from here on are years of the last century (九八年)."""
_HALVES = {
    "上半年": (1, 7),
    "下半年": (7, 13),
    "年初": (1, 4),
    "初": (1, 4),
    "年底": (10, 13),
    "底": (10, 13),
    "末": (10, 13),
}
_BIRTH = re.compile(
    r"\s*(?:出?生|生人|的人|参加工作|入伍)"
    rf"|\s*(?:刚|都|已经|就|才|马上|快|满|要)*\s*{_NUMERAL}\s*(?:周?岁|了|[,，。、]|$)"
)
_NOW = re.compile(r"现在|目前|如今|眼下")
_UNTIL = re.compile(r"\s*(?:到|至|—|-)\s*")


def about(text: str, on: date) -> About:
    """The time the text asks about; the asking day where it names none.

    Years of birth and of age (今年60了) are not such a time, and 现在 wins over the year of an event.
    """
    found, now = next(_periods(text, on), None), _NOW.search(text)
    past = found is not None and found.period.end is not None and found.period.end <= on
    if found is None or (now and past):
        return About(Period.of_day(on), False, now.group() if now else "")
    return found


def _periods(text: str, on: date) -> Iterator[About]:
    readers = ((_SAID_YEAR, _year), (_SAID_MONTH, _month), (_MONTH_ALONE, _month_alone), (_SAID_DAY, _day))
    for pattern, read in readers:
        for match in pattern.finditer(text):
            if _BIRTH.match(text, match.end()) or _LENGTH.match(text, match.start()):
                continue
            if period := read(match, on):
                yield _joined(text, match, period, on)


def _joined(text: str, match: re.Match[str], period: Period, on: date) -> About:
    """2024年9月到2025年6月 is one time: from the first day of the first to the last of the second."""
    until = _UNTIL.match(text, match.end())
    second = _SAID_YEAR.match(text, until.end()) if until else None
    end = _year(second, on) if second else None
    if second is None or end is None or end.end is None:
        return About(period, True, match.group().strip().rstrip("的"))
    return About(Period(period.start, end.end), True, text[match.start() : second.end()].strip().rstrip("的"))


def _year(match: re.Match[str], on: date) -> Period | None:
    year = _year_number(match["year"], on)
    if year is None:
        return None
    if match["half"]:
        first, last = _HALVES[match["half"]]
        return _sided(Period(_first(year, first), _first(year, last)), match["side"])
    if match["month"]:
        return _within_year(year, match["month"], match["day"], match["side"])
    return _sided(Period.of_year(year), match["side"])


def _year_number(words: str, on: date) -> int | None:
    if words in _YEAR_WORDS:
        return on.year + _YEAR_WORDS[words]
    number = to_int(words.rstrip("年 ").replace("○", "〇"))
    if number is None:
        return None
    year = number if number >= 100 else number + (1900 if number >= _LAST_CENTURY else 2000)
    return year if 1900 <= year <= on.year + 20 else None


def _within_year(year: int, month_words: str, day_words: str | None, side: str | None) -> Period | None:
    month = to_int(month_words)
    if month is None or not 1 <= month <= 12:
        return None
    if not day_words:
        return _sided(Period(_first(year, month), _first(year, month + 1)), side)
    try:
        return _sided(Period.of_day(date(year, month, to_int(day_words) or 0)), side)
    except ValueError:
        return None


def _month(match: re.Match[str], on: date) -> Period:
    month = on.month + _MONTH_WORDS[match["words"]]
    return _sided(Period(_first(on.year, month), _first(on.year, month + 1)), match["side"])


def _month_alone(match: re.Match[str], on: date) -> Period | None:
    return _within_year(on.year, match["month"], match["day"], match["side"])


def _day(match: re.Match[str], on: date) -> Period:
    return Period.of_day(on + timedelta(days=_DAY_WORDS[match["words"]]))


def _sided(period: Period, side: str | None) -> Period:
    if side in ("以前", "之前", "前"):
        return Period(None, period.start)
    return Period(period.start, None) if side else period


def _first(year: int, month: int) -> date:
    """The first day of a month; months below 1 and above 12 run into the years beside."""
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


_LUNAR_MONTH = r"(?:冬月|腊月|正月|闰[一二三四五六七八九十]+月|月[初廿][一二三四五六七八九十]|[初廿][一二三四五六七八九十](?=出?生|的生))"
_OTHER = (
    ("nominal_age", re.compile(r"虚岁|虚龄")),
    ("zodiac", re.compile(r"属相|生肖|属[鼠牛虎兔龙蛇马羊猴鸡狗猪](?![于性地实])")),
    ("lunar", re.compile(rf"农历|阴历|旧历|老历|{_LUNAR_MONTH}")),
)


def other_calendar(text: str) -> tuple[str, ...]:
    """Kinds of reckoning in the text that must not be taken as Western dates or full years.

    ``nominal_age`` (虚岁), ``zodiac`` (属相), ``lunar`` (农历, 冬月, 腊月); () where there is none.
    """
    return tuple(name for name, pattern in _OTHER if pattern.search(text))
