"""Calendar months and exact steps between days, as periods are counted in law (民法典 第200条 to 第202条)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class YearMonth:
    """A calendar month. Raises ValueError for a month outside 1..12."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise ValueError(f"no such month: {self.month}")

    @classmethod
    def of_day(cls, day: date) -> YearMonth:
        return cls(day.year, day.month)

    @property
    def index(self) -> int:
        """Months since year 0."""
        return self.year * 12 + self.month - 1

    def plus(self, months: int) -> YearMonth:
        year, month = divmod(self.index + months, 12)
        return YearMonth(year, month + 1)

    def minus(self, other: YearMonth) -> int:
        """Months from the other one to this one."""
        return self.index - other.index

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


def add_months(day: date, months: int) -> date:
    """The corresponding day; the last day of the month where it has none (31 August + 6 months)."""
    target = YearMonth.of_day(day).plus(months)
    return date(target.year, target.month, min(day.day, monthrange(target.year, target.month)[1]))


def spell_age(months: int) -> str:
    """61岁10个月; 62岁."""
    return _spell(months, "岁")


def spell_length(months: int) -> str:
    """17年6个月; 16年; 3个月."""
    return _spell(months, "年") if months >= 12 or months == 0 else f"{months}个月"


def spell_day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _spell(months: int, unit: str) -> str:
    years, rest = divmod(months, 12)
    return f"{years}{unit}" + (f"{rest}个月" if rest else "")
