"""Personal numbers hidden before anything is stored, logged or sent on: by shape, not by checksum.

Digits are looked at in one plain form (full-width, circled, 一三八, 壹叁捌 all count), and may be spread by
spaces, dashes and dots. Short national hotlines, sums, years and dates are no personal numbers.
"""

from __future__ import annotations

import re
import unicodedata

MASKED = "〔号码已遮住〕"
_SPOKEN = dict(zip("零〇○一二三四五六七八九幺两壹贰叁肆伍陆柒捌玖", "00012345678912123456789", strict=True))
_SPREAD = r"[ \u3000\t\-‐-―−.·•_*~/]{0,2}"


def _digits(count: str, first: str = r"\d") -> str:
    return rf"{first}(?:{_SPREAD}\d){count}"


_ALONE = r"(?<!\d)(?<!\d[.])"
_NUMBERS = re.compile(
    "|".join(
        (
            rf"{_ALONE}{_digits('{16}')}{_SPREAD}[\dX](?!\d)",
            rf"{_ALONE}{_digits('{15,18}')}(?!\d)",
            rf"{_ALONE}{_digits('{14}', '[1-9]')}(?!\d)",
            rf"{_ALONE}(?:[+]?(?:00)?86{_SPREAD})?1{_SPREAD}[3-9](?:{_SPREAD}\d){{9}}(?!\d)",
            rf"{_ALONE}0{_SPREAD}[1-9]{_SPREAD}\d(?:{_SPREAD}\d){{7,9}}(?!\d)",
        )
    )
)
_TOLD = re.compile(
    r"(?:电话|手机|座机|号码|联系方式|打给我|微信|V信|VX|WX|QQ|扣扣|银行卡|卡号|账号|帐号|身份证)(?:号码|号)?"
    rf"(?:是|为|：|:|→|就是)*[ \u3000]*(?P<number>{_digits('{5,18}')}X?)(?!\d)"
)
_YEARS = re.compile(r"(?:(?:19|20)\d\d\D{0,2}){2,5}")
_HOTLINES = re.compile(r"(?:(?:1[12]\d{3}|9[56]\d{3}|1[12]\d)\D{0,2}){2,7}")
_SUM = re.compile(r"\s*(?:元|块|万|亿|年|岁|人|%|％|个)")


def mask(text: str) -> tuple[str, int]:
    """(text with every ID, bank card, mobile, landline and told account number replaced, how many)."""
    spans = _spans(_plain(text))
    for start, end in reversed(spans):
        text = text[:start] + MASKED + text[end:]
    return text, len(spans)


def numbers_in(text: str) -> tuple[str, ...]:
    """What `mask` would hide, as it was written."""
    return tuple(text[start:end] for start, end in _spans(_plain(text)))


def digits_of(text: str) -> str:
    """Its digits in ASCII, however they were written."""
    return "".join(c for c in _plain(text) if c.isdigit())


def _spans(plain: str) -> list[tuple[int, int]]:
    found = [match.span() for match in _NUMBERS.finditer(plain) if not _is_no_number(plain, match)]
    found += [match.span("number") for match in _TOLD.finditer(plain) if not _SUM.match(plain, match.end())]
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _is_no_number(plain: str, match: re.Match[str]) -> bool:
    """A row of years or of hotlines, or a sum with its unit."""
    row = _YEARS.fullmatch(match[0]) or (_HOTLINES.fullmatch(match[0]) and not match[0].isdigit())
    return bool(row or _SUM.match(plain, match.end()))


def _plain(text: str) -> str:
    """Every digit in ASCII and letters in upper case, one character for one, so that positions stay."""
    return "".join(_one(c) for c in text)


def _one(c: str) -> str:
    if c in _SPOKEN:
        return _SPOKEN[c]
    folded = unicodedata.normalize("NFKC", c).upper()
    return folded if len(folded) == 1 else c
