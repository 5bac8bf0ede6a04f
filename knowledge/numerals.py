"""Numbers in words: 一百二十 <-> 120, 一万八 = 18000, 百分之五 = 0.05, 十五年半 = 15.5."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "〇零一二三四五六七八九"
_VALUES = (
    {c: max(0, i - 1) for i, c in enumerate(DIGITS)}
    | {"两": 2, "○": 0}
    | {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")}
)
_SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE = "".join(_VALUES) + "".join(_SMALL) + "".join(_LARGE)
_PARTS = {"百": 100, "千": 1000, "万": 10_000}
_PARTS_OF = re.compile(r"([百千万])分之(.+)")
_FRACTION = re.compile(r"(.+)分之(.+)")
_AND_A_HALF = re.compile(r"(.+?)(年|岁|周岁|个月|月|天|小时)半")
_POINT = re.compile(rf"([{CHINESE}]+)点([{''.join(_VALUES)}]+)")
_MIXED = re.compile(r"(\d+(?:\.\d+)?)([百千万亿]+)(\d|[一二两三四五六七八九])?")


def to_decimal(text: str) -> Decimal | None:
    """The value of a number in digits, Chinese numerals or both; None where it is no number.

    百分之 and 分之 give the fraction itself (0.05, not 5); 15年半 gives 15.5 of its unit.
    """
    text = text.strip().replace(",", "")
    if text == "半":
        return Decimal("0.5")
    if match := _AND_A_HALF.fullmatch(text):
        whole = to_decimal(match.group(1))
        return None if whole is None else whole + Decimal("0.5")
    if match := _PARTS_OF.fullmatch(text):
        part = to_decimal(match.group(2))
        return None if part is None else part / _PARTS[match.group(1)]
    if match := _FRACTION.fullmatch(text):
        whole, part = to_decimal(match.group(1)), to_decimal(match.group(2))
        return part / whole if whole and part is not None else None
    if match := _POINT.fullmatch(text):
        whole = _chinese(match.group(1))
        return (
            None
            if whole is None
            else whole + Decimal("0." + "".join(str(_VALUES[c]) for c in match.group(2)))
        )
    return _plain(text)


def to_int(text: str) -> int | None:
    """As to_decimal, for whole numbers only."""
    value = to_decimal(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def to_chinese(number: int) -> str:
    """一百二十 for 120, 十二 for 12, 二百零二 for 202. Raises ValueError outside 0..99999999."""
    if not 0 <= number < _LARGE["亿"]:
        raise ValueError(f"outside 0..99999999: {number}")
    high, low = divmod(number, 10_000)
    if not high:
        words = _below_ten_thousand(low) or "零"
    else:
        gap = "零" if 0 < low < 1000 else ""
        words = f"{_below_ten_thousand(high)}万{gap}{_below_ten_thousand(low)}"
    return words[1:] if words.startswith("一十") else words


def _plain(text: str) -> Decimal | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII):
        return Decimal(text)
    if match := _MIXED.fullmatch(text):
        return _mixed(match.group(1), match.group(2), match.group(3))
    return _chinese(text) if text and all(c in CHINESE for c in text) else None


def _mixed(digits: str, scales: str, tail: str | None) -> Decimal:
    """1.8万, 3千, 1万8: a digit right after 万 counts thousands, as people say it."""
    factor = Decimal(1)
    for scale in scales:
        factor *= _SMALL.get(scale) or _LARGE[scale]
    rest = (to_decimal(tail) or Decimal(0)) * factor / 10 if tail else Decimal(0)
    return Decimal(digits) * factor + rest


def _chinese(text: str) -> Decimal | None:
    if all(c in _VALUES for c in text):
        return Decimal("".join(str(_VALUES[c]) for c in text))
    total, section, digit, scale = 0, 0, None, 1
    for c in text:
        if c in _VALUES:
            if digit not in (None, 0):
                return None
            digit = _VALUES[c]
            scale = 1 if digit == 0 else scale
        elif c in _SMALL:
            scale = _SMALL[c]
            section, digit = section + (1 if digit is None else digit or 1) * scale, None
        else:
            scale = _LARGE[c]
            total, section, digit = _carry(total, section + (digit or 0), scale), 0, None
    return Decimal(total + section + (digit or 0) * _tail_scale(text, scale))


def _carry(total: int, section: int, scale: int) -> int:
    """万 belongs to the section before it, 亿 to all that was said (一万亿, 一亿二千万)."""
    return (total + section) * scale if total < scale else total + section * scale


def _tail_scale(text: str, scale: int) -> int:
    """一万八 and 一百五 leave the last unit out: the tail counts tenths of the unit before it."""
    said_whole = len(text) < 2 or text[-2] in _VALUES or scale <= 10
    return 1 if said_whole else scale // 10


def _below_ten_thousand(number: int) -> str:
    words, gap = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit + 1] + name
            gap = False
        else:
            gap = True
    return words
