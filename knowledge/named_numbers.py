"""Numbers with a name of their own: dates, articles, 文号 and phones."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from knowledge.mentions import FigureKind, Mention, mention
from knowledge.numerals import CHINESE, to_int

_N = rf"(?:\d+|[{CHINESE}]+)"
_S = r"[ \u3000]*"
_DAY_OR_MONTH = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"
_DOCUMENT = re.compile(
    r"(?P<issuer>[一-鿿]{0,12})[〔\[(（【](?P<year>(?:19|20)\d\d)[〕\])）】]\s*第?\s*(?P<number>\d+)\s*号"
    r"|(?P<kind>公告|令)\s*(?P<year2>(?:19|20)\d\d)\s*年?\s*第\s*(?P<number2>\d+)\s*号"
    rf"|(?P<kind3>公告|令|意见|通知)?第\s*(?P<number3>{_N})\s*号"
)
_LEADING_WORDS = re.compile(r"^.*(?:根据|依据|按照|依照|参照|对照|按|见|和|与|及|即|的|是|在|看|由|据|文号)")
_ARTICLE = re.compile(
    rf"第\s*(?P<n>{_N})\s*(?P<unit>条|款|项|章|节|编|目)(?:\s*之\s*(?P<k>{_N}))?"
    rf"|第?\s*[（(](?P<i>{_N})[)）]\s*项|附件\s*(?P<a>{_N})"
)
_FULL_DATE = re.compile(
    rf"(?P<y>{_YEAR}){_S}年(?:度)?(?:{_S}(?P<m>{_DAY_OR_MONTH}){_S}月(?:份)?(?:{_S}(?P<d>{_DAY_OR_MONTH}){_S}[日号])?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<sep>[-./])(?P<m2>\d{1,2})(?:(?P=sep)(?P<d2>\d{1,2}))?(?![\d%元])"
    rf"|(?<![\d.])(?P<y3>{_YEAR})(?={_S}(?:至|到|—|-|~|～|、|和|或){_S}{_YEAR}{_S}年)"
)
_MONTH_DAY = re.compile(
    rf"(?<![\d个年.])(?P<m>{_DAY_OR_MONTH}){_S}月(?!人均|均|工资|收入)(?:份)?(?:{_S}(?P<d>{_DAY_OR_MONTH}){_S}[日号])?"
)
_CLOCK = re.compile(r"(?<!\d)(?P<h>\d{1,2})[:：](?P<min>[0-5]\d)(?!\d)")
_UNITS = (
    r"[百千万亿多余]|元|块|个|岁|天|日|年|月|人|次|份|倍|条|户|件|场|档|级|周|名|位|项|种|亩|平|小时|分钟|工作日|公里"
    r"|斤|字|页|篇|堂"
)
_PHONE = re.compile(
    r"(?<![\d.,+])(?:\+?86[- ]?)?"
    r"(?P<n>0\d{2,3}[- ]?\d{3,4}[- ]?\d{4}|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|12[3-9]\d\d|9[56]\d{3}|1(?:1[0-249]|2[0-2])|\d{7,12})"
    rf"(?![\d.,%‰]|[- ]?\d)(?!\s*(?:{_UNITS}))"
)
_DIALLED = re.compile(
    r"(?:打|拨|拨打|电话|热线|致电|联系|号码|呼叫|找|问)(?:是|为|：|:|免费)?\s*"
    rf"(?P<n>\d[\d\- ]{{1,14}}\d)(?!\s*(?:{_UNITS}))"
)


def documents(text: str) -> Iterator[Mention]:
    for match in _DOCUMENT.finditer(text):
        issuer = _LEADING_WORDS.sub("", match["issuer"] or "")
        start = match.start() + len(match["issuer"] or "") - len(issuer)
        year = match["year"] or match["year2"] or ""
        number = to_int(match["number"] or match["number2"] or match["number3"])
        if number is None:
            continue
        key = f"{issuer or match['kind'] or match['kind3'] or ''}〔{year}〕{number}号"
        yield mention(FigureKind.DOCUMENT_NUMBER, text, start, match.end(), Decimal(number), "号", key)


def articles(text: str) -> Iterator[Mention]:
    for match in _ARTICLE.finditer(text):
        unit = match["unit"] or ("项" if match["i"] else "附件")
        number, insertion = to_int(match["n"] or match["i"] or match["a"]), to_int(match["k"] or "")
        if number is not None:
            after = f"之{insertion}" if insertion else ""
            key = f"第{number}{unit}{after}"
            yield mention(
                FigureKind.ARTICLE, text, match.start(), match.end(), Decimal(number), unit + after, key
            )


def dates(text: str) -> Iterator[Mention]:
    for match in _FULL_DATE.finditer(text):
        year = to_int((match["y"] or match["y2"] or match["y3"]).replace("○", "〇"))
        yield from _dated(text, match, year, match["m"] or match["m2"], match["d"] or match["d2"])
    for match in _MONTH_DAY.finditer(text):
        yield from _dated(text, match, None, match["m"], match["d"])
    for match in _CLOCK.finditer(text):
        key = f"T{int(match['h']):02d}:{match['min']}"
        yield mention(FigureKind.DATE, text, match.start(), match.end(), Decimal(0), "", key)


def _dated(
    text: str, match: re.Match[str], year: int | None, month: str | None, day: str | None
) -> Iterator[Mention]:
    m, d = to_int(month or ""), to_int(day or "")
    if (m is not None and not 1 <= m <= 12) or (d is not None and not 1 <= d <= 31):
        return
    key = (f"{year:04d}" if year else "-") + (f"-{m:02d}" if m else "") + (f"-{d:02d}" if d else "")
    yield mention(FigureKind.DATE, text, match.start(), match.end(), Decimal(0), "", key)


def phones(text: str) -> Iterator[Mention]:
    for pattern in (_PHONE, _DIALLED):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match["n"])
            if 3 <= len(digits) <= 12:
                start, end = match.span("n")
                yield mention(FigureKind.PHONE, text, start, end, Decimal(0), "", digits)
