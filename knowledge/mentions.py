"""What a text says in figures: the value with its type, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    MONEY = "money"
    RATE = "rate"
    DURATION = "duration"
    AGE = "age"
    COUNT = "count"
    GRADE = "grade"
    """一级, 二档: an order, not an amount."""
    DATE = "date"
    ARTICLE = "article"
    DOCUMENT_NUMBER = "document_number"
    PHONE = "phone"
    OTHER = "other"


class Bound(StrEnum):
    """Which side of the value is meant. UP: 以上, 至少, 满, 超过. DOWN: 以下, 不超过, 不满. ABOUT: 左右, 余."""

    EXACT = ""
    UP = "up"
    DOWN = "down"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class Mention:
    """One figure in a text.

    value: 18000 for 1.8万, 5 for 百分之五, 66.666667 for 三分之二 (unit %); 0 where only the key counts.
    unit: 元 % 年 个月 天 个工作日 岁 次 …; 条, 款 of an article; '' where none is said.
    per: 月, 年, 次, 天 or None. key: the compared form of dates (2024-09-01, 2024-09, --09-01), 文号 and phones.
    qualifiers: category -> words found by scope, joined by | where several hold. [start, end) in the text.
    scaled: the number is written with 万 or 亿, which says money or people even without a unit.
    """

    kind: FigureKind
    value: Decimal
    unit: str
    text: str
    start: int
    end: int
    key: str = ""
    per: str | None = None
    bound: Bound = Bound.EXACT
    scaled: bool = False
    qualifiers: Mapping[str, str] = field(default_factory=dict)

    def words(self, category: str) -> frozenset[str]:
        """The words named for a category; empty where the scope names none."""
        named = self.qualifiers.get(category)
        return frozenset(named.split("|")) if named else frozenset()


def mention(
    kind: FigureKind,
    text: str,
    start: int,
    end: int,
    value: Decimal,
    unit: str,
    key: str = "",
    scaled: bool = False,
) -> Mention:
    """A mention at [start, end) of text, not yet qualified."""
    return Mention(kind, value, unit, text[start:end], start, end, key=key, scaled=scaled)
