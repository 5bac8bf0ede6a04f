"""Personal numbers hidden before anything is stored, logged or sent on: by shape, not by checksum."""

from __future__ import annotations

import re
import unicodedata

MASKED = "〔号码已遮住〕"
_SPOKEN = str.maketrans("零〇一二三四五六七八九幺", "001234567891")
_SPOKEN_RUN = re.compile(r"[零〇一二三四五六七八九幺](?:[\s\-]?[零〇一二三四五六七八九幺]){6,18}")
_GAP = r"[\s\-—–.·]?"
_D = r"[0-9０-９]"
_ID18 = rf"(?<!{_D}){_D}(?:{_GAP}{_D}){{16}}{_GAP}[0-9０-９xXＸｘ](?!{_D})"
_CARD = rf"(?<!{_D}){_D}(?:{_GAP}{_D}){{14,18}}(?!{_D})"
_MOBILE = rf"(?<!{_D})(?:(?:\+|＋)?86{_GAP})?[1１][3-9３-９](?:{_GAP}{_D}){{9}}(?!{_D})"
_LANDLINE = rf"(?<!{_D})[0０]{_D}{{2,3}}{_GAP}{_D}{{7,8}}(?!{_D})"
_NUMBERS = re.compile("|".join((_ID18, _CARD, _MOBILE, _LANDLINE)))
_UNITS = re.compile(r"^\s*(?:元|块|万|亿|年|月|日|%)")


def mask(text: str) -> tuple[str, int]:
    """(text with ID, card, mobile and landline numbers replaced, how many). Short hotlines and sums stay."""
    count = 0

    def hide(match: re.Match[str]) -> str:
        nonlocal count
        if _UNITS.match(text[match.end() :]):
            return match[0]
        count += 1
        return MASKED

    spoken = _SPOKEN_RUN.sub(lambda match: _hide_spoken(match[0]), text)
    count += spoken.count(MASKED) - text.count(MASKED)
    text = spoken
    return _NUMBERS.sub(hide, text), count


def _hide_spoken(words: str) -> str:
    """Digits said one by one (一三八…): hidden when they make a number of one of the shapes."""
    digits = unicodedata.normalize("NFKC", re.sub(r"[\s\-]", "", words)).translate(_SPOKEN)
    return MASKED if _NUMBERS.fullmatch(digits) else words
