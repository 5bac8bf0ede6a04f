"""A month or a year, and what it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_KEY = re.compile(r"(20\d{2})(?:-(0[1-9]|1[0-2]))?")
EARLIEST = date(2020, 1, 1)
ALL_TIME = (EARLIEST, date(2100, 1, 1))
"""Every day there may be counts of."""


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open [first, end). key: 2026 or 2026-11. words: as read by people."""

    key: str
    first: date
    end: date
    words: str

    @property
    def is_year(self) -> bool:
        return len(self.key) == 4

    @property
    def last(self) -> date:
        return self.end - timedelta(days=1)


def span_of(key: str, today: date) -> Span | None:
    """None for what is no month or year, lies before there was a service, or has not begun."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    span = _year(int(found[1])) if found[2] is None else month_of(date(int(found[1]), int(found[2]), 1))
    return span if EARLIEST <= span.first <= today else None


def month_of(day: date) -> Span:
    first = day.replace(day=1)
    end = (first + timedelta(days=31)).replace(day=1)
    return Span(f"{first:%Y-%m}", first, end, f"{first.year}年{first.month}月")


def months_of(span: Span) -> tuple[Span, ...]:
    """The months it holds; of a month the twelve that end with it."""
    last = month_of(span.last)
    found = [last]
    while len(found) < 12:
        found.append(month_of(found[-1].first - timedelta(days=1)))
    return tuple(reversed(found))


def before(span: Span, today: date) -> Span:
    """The month or year before; while the span still runs, only as many days of it."""
    whole = _year(span.first.year - 1) if span.is_year else month_of(span.first - timedelta(days=1))
    if today >= span.end - timedelta(days=1):
        return whole
    end = min(whole.end, whole.first + (today - span.first) + timedelta(days=1))
    last = end - timedelta(days=1)
    days = f"1月1日到{last.month}月{last.day}日" if span.is_year else f"1日到{last.day}日"
    return Span(whole.key, whole.first, end, f"{whole.words}{days}")


def _year(year: int) -> Span:
    return Span(str(year), date(year, 1, 1), date(year + 1, 1, 1), f"{year}年")
