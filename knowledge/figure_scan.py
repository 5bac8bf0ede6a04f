"""Finds figures in a text: named numbers first, then shares, then numbers with their units. No scope yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from knowledge.figure_units import INDEFINITE, LIST_MARK, NO_NUMBER, NUMBER, unit_of, value_of
from knowledge.mentions import FigureKind, Mention, mention
from knowledge.named_numbers import articles, dates, documents, phones
from knowledge.numerals import CHINESE, to_decimal

_C = f"[{CHINESE}]"
_N = rf"(?:\d+|{_C}+)"
_PER_HUNDRED = re.compile(rf"(?P<scale>[百千万])分之(?P<n>\d+(?:\.\d+)?|{_C}+(?:点{_C}+)?)")
_PART_OF = re.compile(rf"(?P<whole>{_N})分之(?P<part>{_N})")
_SLASH = re.compile(r"(?<![\d./])(?P<part>\d{1,2})/(?P<whole>\d{1,2})(?![\d./])")
_TENTHS = re.compile(
    r"(?P<n>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?![员立年本为功果绩长人效品分])"
)
_HALF = re.compile(r"(?P<one>一半)|半(?P<unit>年|个月|天|小时|个小时)")
_SERIES = re.compile(r"[一二两三四五六七八九]{2,5}")
_CONNECTOR = re.compile(r"\s*(?:以上|及以上|以下|多)?\s*(?:[、/／至到—~～－或和与及-]|以及)\s*")

Finder = Callable[[str], Iterator[Mention]]


def flatten(text: str) -> str:
    """Full-width letters and digits to ASCII, one character for one, so that positions stay; ， stays ，."""
    return "".join(_flat(c) for c in text)


def _flat(c: str) -> str:
    if c.isdigit() and not c.isascii() and unicodedata.category(c) == "Nd":
        return str(unicodedata.decimal(c))
    if c in "％．／－～＋＝×" or "Ａ" <= c <= "ｚ":
        return {"／": "/", "－": "－", "～": "～", "×": "×"}.get(c) or unicodedata.normalize("NFKC", c)
    return c


def scan(text: str) -> list[Mention]:
    """Every figure of a flattened text, in order, never overlapping; units shared inside lists (200、300元)."""
    taken = [False] * len(text)
    for mark in (*NO_NUMBER.finditer(text), *LIST_MARK.finditer(text)):
        _take(taken, mark.start(), mark.end())
    found: list[Mention] = []
    for finder in _FINDERS:
        for each in finder(text):
            if not any(taken[each.start : each.end]):
                _take(taken, each.start, each.end)
                found.append(each)
    found.sort(key=lambda each: each.start)
    return [each for each in _shared(text, found) if each.unit or each.key or _is_bare(each)]


def _take(taken: list[bool], start: int, end: int) -> None:
    taken[start:end] = [True] * (end - start)


def _is_bare(found: Mention) -> bool:
    """A number without a unit counts when it is written in digits."""
    return found.text[:1].isdigit()


def _rates(text: str) -> Iterator[Mention]:
    for match in _PER_HUNDRED.finditer(text):
        part = to_decimal(match["n"])
        if part is not None:
            hundred = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match["scale"]]
            yield mention(FigureKind.RATE, text, match.start(), match.end(), part * hundred, "%")
    for pattern in (_PART_OF, _SLASH):
        for match in pattern.finditer(text):
            whole, part = to_decimal(match["whole"]), to_decimal(match["part"])
            if whole and part and part < whole:
                share = (part * 100 / whole).quantize(Decimal("0.000001"))
                yield mention(FigureKind.RATE, text, match.start(), match.end(), share, "%")
    for match in _TENTHS.finditer(text):
        tens = (to_decimal(match["n"]) or Decimal(0)) * 10
        rest = Decimal(5) if match["half"] == "半" else to_decimal(match["half"] or "零") or Decimal(0)
        yield mention(FigureKind.RATE, text, match.start(), match.end(), tens + rest, "%")


def _halves(text: str) -> Iterator[Mention]:
    for match in _HALF.finditer(text):
        if match["one"]:
            yield mention(FigureKind.RATE, text, match.start(), match.end(), Decimal(50), "%")
        elif not re.search(r"[\d上下]$", text[: match.start()]):
            unit = match["unit"].replace("个小时", "小时")
            yield mention(FigureKind.DURATION, text, match.start(), match.end(), Decimal("0.5"), unit)


def _numbers(text: str) -> Iterator[Mention]:
    for match in NUMBER.finditer(text):
        if match["chinese"] and _SERIES.fullmatch(match["chinese"]) and match["unit"]:
            yield from _series(text, match)
        elif not INDEFINITE.match(text, match.start()):
            yield from _number(text, match)


def _series(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """一二级 and 两三天 are several figures; 二零二四 is none of them (零 ends the series)."""
    kind, unit = unit_of(match)
    for offset, digit in enumerate(match["chinese"]):
        start = match.start() + offset
        end = match.end() if offset == len(match["chinese"]) - 1 else start + 1
        yield mention(kind, text, start, end, to_decimal(digit) or Decimal(0), unit)


def _number(text: str, match: re.Match[str]) -> Iterator[Mention]:
    value = value_of(match)
    if value is None:
        return
    kind, unit = unit_of(match)
    if unit and text[match.start() - 1 : match.start()] == "第":
        kind, unit = FigureKind.COUNT, f"第{unit}"
    half = Decimal("0.5") if match["half"] else Decimal(0)
    end = match.start() + len(match.group().rstrip())
    scaled = any(c in "万亿" for c in match.group())
    yield mention(kind, text, match.start(), end, value + half, unit, scaled=scaled)


def _shared(text: str, found: list[Mention]) -> list[Mention]:
    """Numbers without a unit take that of the next one when only a connector stands between them."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, after = result[i], result[i + 1]
        bare = here.kind is FigureKind.OTHER and not here.unit
        numeric = bool(after.unit) and after.kind not in _UNSHARED
        bare = bare and not (i and result[i - 1].end == here.start)
        if bare and numeric and _CONNECTOR.fullmatch(text[here.end : after.start]):
            result[i] = replace(here, kind=after.kind, unit=after.unit)
    return result


_UNSHARED = frozenset({FigureKind.DATE, FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER, FigureKind.PHONE})
_FINDERS: tuple[Finder, ...] = (documents, articles, dates, phones, _rates, _halves, _numbers)
