"""Automatic numbers of Word: 一、 （一） 1. 第一条 are counted by the program and stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.oxml.ns import qn

_DIGITS = "零一二三四五六七八九"
_CHINESE = (
    "chineseCounting",
    "chineseCountingThousand",
    "chineseLegalSimplified",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
    "ideographTraditional",
    "ideographDigital",
)
_CIRCLED = ("decimalEnclosedCircle", "decimalEnclosedCircleChinese")
_PLACE = re.compile(r"%([1-9])")


class Numbers:
    """Counts through one document, in reading order."""

    def __init__(self, document: Any) -> None:
        self._levels: dict[tuple[str, int], Any] = {}
        self._abstract: dict[str, str] = {}
        self._counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        numbering = _numbering(document)
        if numbering is not None:
            self._load(numbering)

    def _load(self, numbering: Any) -> None:
        for abstract in numbering.findall(qn("w:abstractNum")):
            name = abstract.get(qn("w:abstractNumId"))
            for level in abstract.findall(qn("w:lvl")):
                self._levels[name, int(level.get(qn("w:ilvl")))] = level
        for number in numbering.findall(qn("w:num")):
            pointer = number.find(qn("w:abstractNumId"))
            if pointer is not None:
                self._abstract[number.get(qn("w:numId"))] = pointer.get(qn("w:val"))

    def of(self, paragraph: Any, styles: list[Any]) -> str:
        """The number that stands before this paragraph, '' for none. Counts on: call once per paragraph."""
        number, depth = _pointer([paragraph, *styles])
        abstract = self._abstract.get(number or "")
        level = self._levels.get((abstract or "", depth))
        if abstract is None or level is None:
            return ""
        counts = self._counts[abstract]
        start = int(_value(level, "w:start") or 1)
        counts[depth] = counts[depth] + 1 if depth in counts else start
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return self._shown(abstract, level, counts)

    def _shown(self, abstract: str, level: Any, counts: dict[int, int]) -> str:
        pattern = _value(level, "w:lvlText") or ""
        if (_value(level, "w:numFmt") or "") in ("bullet", "none") or "%" not in pattern:
            return ""

        def place(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            own = self._levels.get((abstract, depth))
            form = (_value(own, "w:numFmt") if own is not None else None) or "decimal"
            return _written(counts.get(depth, 1), form)

        shown = _PLACE.sub(place, pattern)
        return shown + (" " if shown.endswith(("条", "章", "节", ".")) else "")


def _numbering(document: Any) -> Any:
    """The numbering part's root; None where the file has none."""
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith("/numbering.xml"):
            return getattr(part, "element", None)
    return None


def _pointer(holders: list[Any]) -> tuple[str | None, int]:
    for holder in holders:
        mark = holder.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
        if mark is not None:
            number, depth = mark.find(qn("w:numId")), mark.find(qn("w:ilvl"))
            return (
                number.get(qn("w:val")) if number is not None else None,
                int(depth.get(qn("w:val"))) if depth is not None else 0,
            )
    return None, 0


def _value(level: Any, tag: str) -> str | None:
    mark = level.find(qn(tag))
    return None if mark is None else str(mark.get(qn("w:val")))


def _written(number: int, form: str) -> str:
    if form in _CHINESE:
        return _chinese(number)
    if form in _CIRCLED and 1 <= number <= 20:
        return chr(0x245F + number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    return str(number)


def _chinese(number: int) -> str:
    """1..999 as they are written in outlines: 十, 二十一, 一百零三."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")
