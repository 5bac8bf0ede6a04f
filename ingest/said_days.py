"""Days as official texts write them: 2024年9月1日, 2024-09-01, 二〇二四年九月一日."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_HAN = "〇○零一二三四五六七八九十"
DAY = re.compile(
    rf"(?P<y>(?:19|20)\d\d|[一二][〇○零九][{_HAN}]{{2}})\s*[年./-]\s*(?P<m>\d{{1,2}}|[{_HAN}]{{1,2}})\s*[月./-]\s*"
    rf"(?P<d>\d{{1,2}}|[{_HAN}]{{1,3}})\s*日?"
)
_VALUE = {sign: place % 10 for place, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def days_in(text: str) -> Iterator[tuple[date, re.Match[str]]]:
    """Each day that exists, with where it stands."""
    for match in DAY.finditer(text):
        day = _day(match["y"], match["m"], match["d"])
        if day is not None:
            yield day, match


def only_day(text: str) -> date | None:
    """The day when the text says nothing else, as under a signature."""
    bare = re.sub(r"\s", "", text).strip("（）()")
    match = DAY.fullmatch(bare)
    return _day(match["y"], match["m"], match["d"]) if match else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(_year(year), _small(month), _small(day))
    except (ValueError, KeyError):
        return None


def _year(text: str) -> int:
    return int(text) if text.isascii() else int("".join(str(_VALUE[sign]) for sign in text))


def _small(text: str) -> int:
    """1..31 in digits or 一 .. 三十一."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _VALUE[text]
    return (_VALUE[tens] if tens else 1) * 10 + (_VALUE[ones] if ones else 0)
