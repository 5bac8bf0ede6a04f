"""Finds figures in a text: dates, articles, 文号, phones, then numbers with their units. No scope yet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from decimal import Decimal

from knowledge.mentions import FigureKind, Mention
from knowledge.numerals import CHINESE, to_decimal, to_int

_C = f"[{CHINESE}]"
_N = rf"(?:\d+|{_C}+)"
_S = r"[ \u3000]*"
_DAY_OR_MONTH = r"(?:\d{1,2}|[一二三]?十?[一二三四五六七八九十])"
_YEAR = r"(?:(?:19|20)\d\d|[一二][〇零○一二三四五六七八九]{3})"

_UNITS: tuple[tuple[FigureKind, str, str], ...] = (
    (FigureKind.MONEY, "元", "元钱|块钱|元|块|圆"),
    (FigureKind.RATE, "%", "%|％"),
    (FigureKind.RATE, "个百分点", "个百分点|百分点|个点"),
    (FigureKind.RATE, "倍", "倍"),
    (FigureKind.AGE, "虚岁", "虚岁"),
    (FigureKind.AGE, "岁", "周岁|岁"),
    (FigureKind.DURATION, "个工作日", "个工作日|工作日|个工作天"),
    (FigureKind.DURATION, "个月", "个月"),
    (FigureKind.DURATION, "季度", "个季度|季度"),
    (FigureKind.DURATION, "周", "个星期|个礼拜|星期|周(?!岁|年)"),
    (FigureKind.DURATION, "小时", "个小时|小时|个钟头"),
    (FigureKind.DURATION, "分钟", "分钟"),
    (FigureKind.DURATION, "年", "周年|年"),
    (FigureKind.DURATION, "天", "天|日"),
    (FigureKind.GRADE, "级", "级"),
    (FigureKind.GRADE, "档", "个档次|个档|档"),
    (FigureKind.COUNT, "人次", "人次"),
    (FigureKind.COUNT, "平方米", "平方米|平米|平方|㎡"),
    (FigureKind.COUNT, "场", "场次|场"),
    (FigureKind.COUNT, "人", "个人|人|名|位"),
    (FigureKind.COUNT, "个", "个|种|类|项|件|条|样|处"),
)
_PLAIN_UNITS = "次 份 户 套 张 本 堂 篇 家 亩 公里 里 斤 公斤 页 字 组 步 台 辆 代 封 笔 批 只 头 口 间 层 吨 克 米".split()
_UNIT = re.compile(
    "|".join(f"(?P<u{i}>{words})" for i, (_, _, words) in enumerate(_UNITS))
    + f"|(?P<plain>{'|'.join(sorted(_PLAIN_UNITS, key=len, reverse=True))})"
)
_INDEFINITE = re.compile(r"(?<!至少)(?<!最多)(?<!超过)(?<!少于)(?<!每组)一(?:个(?!月|星期|礼拜|小时|工作日|季度|百分点|点)|名|位|家|种|类|条|件|样|处|户|项|张|笔|批|口|步|人|里|本(?!书)|头|字|代|间|层)(?!以上|以下|以内|及以上|及以下)")
_NO_NUMBER = re.compile(
    r"一次性|一次(?=办|告知|说清|讲清)|(?:星期|礼拜|周)[一二三四五六]|[一二三四五六七八九十]五(?=规划|期间|时期|[”\"」]|普法)"
    r"|千万(?=别|不|要|记)|万一|百分百|二维码|一般|统一|唯一|一体|五保|万能|百姓|三农|一定|第三(?:人|方|者)|"
    r"〔(?:依据)?\d{1,2}〕(?!\d*号)|一年四季|一分钱|"
    r"(?<![满每第等多断缴交过足近])一(?:个月|年|天|次)(?=(?:能|可以?|领|发|给|有|是|交|缴|只|要|约|就|报|补|最多|最高|不超过|至少)*\s*[\d两二三四五六七八九])|"
    r"一年(?=封顶|限额|最多|最高)|(?<=[元块钱])一(?:个月|年|天|次)(?!以|之|内)"
)
_LIST_MARK = re.compile(
    r"^[ \t]*(?:[-•·*][ \t]+)?(?:\d{1,2}[.、)）](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]+)[)）]|[一二三四五六七八九十]+、(?![一二三四五六七八九十]))", re.M
)

_DOCUMENT = re.compile(
    r"(?P<issuer>[一-鿿]{0,12})[〔\[(（【](?P<year>(?:19|20)\d\d)[〕\])）】]\s*第?\s*(?P<number>\d+)\s*号"
    r"|(?P<kind>公告|令)\s*(?P<year2>(?:19|20)\d\d)\s*年?\s*第\s*(?P<number2>\d+)\s*号"
    rf"|(?P<kind3>公告|令|意见|通知)?第\s*(?P<number3>{_N})\s*号"
)
_LEADING_WORDS = re.compile(r"^.*(?:根据|依据|按照|依照|参照|对照|按|见|和|与|及|即|的|是|在|看|由|据|文号)")
_ARTICLE = re.compile(rf"第\s*(?P<n>{_N})\s*(?P<unit>条|款|项|章|节|编|目)(?:\s*之\s*(?P<k>{_N}))?|第?\s*[（(](?P<i>{_N})[)）]\s*项|附件\s*(?P<a>{_N})")
_FULL_DATE = re.compile(
    rf"(?P<y>{_YEAR}){_S}年(?:度)?(?:{_S}(?P<m>{_DAY_OR_MONTH}){_S}月(?:份)?(?:{_S}(?P<d>{_DAY_OR_MONTH}){_S}[日号])?)?"
    r"|(?<!\d)(?P<y2>(?:19|20)\d\d)(?P<sep>[-./])(?P<m2>\d{1,2})(?:(?P=sep)(?P<d2>\d{1,2}))?(?![\d%元])"
    rf"|(?<![\d.])(?P<y3>{_YEAR})(?={_S}(?:至|到|—|-|~|～|、|和|或){_S}{_YEAR}{_S}年)"
)
_MONTH_DAY = re.compile(
    rf"(?<![\d个年.])(?P<m>{_DAY_OR_MONTH}){_S}月(?!人均|均|工资|收入)(?:份)?(?:{_S}(?P<d>{_DAY_OR_MONTH}){_S}[日号])?"
)
_CLOCK = re.compile(r"(?<!\d)(?P<h>\d{1,2})[:：](?P<min>[0-5]\d)(?!\d)")
_PHONE = re.compile(
    r"(?<![\d.,+])(?:\+?86[- ]?)?(?P<n>0\d{2,3}[- ]?\d{7,8}|400[- ]?\d{3}[- ]?\d{4}|1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|12[3-9]\d\d|9[56]\d{3}|1(?:1[0-249]|2[0-2])|\d{7,12})(?![\d.,%‰]|[- ]?\d)(?!\s*(?:[百千万亿多余]|元|块|个|岁|天|日|年|月|人|次|份|倍|条|户|件|场|档|级|级|周|名|位|项|种|亩|平|小时|分钟|工作日|公里|斤|字|页|篇|堂))"
)
_DIALLED = re.compile(r"(?:打|拨|拨打|电话|热线|致电|联系|号码|呼叫|找|问)(?:是|为|：|:|免费)?\s*(?P<n>\d[\d\- ]{1,14}\d)(?!\s*(?:[百千万亿]|元|块|个|岁|天|日|年|月|人|次|份|倍))")
_PER_HUNDRED = re.compile(rf"(?P<scale>[百千万])分之(?P<n>\d+(?:\.\d+)?|{_C}+(?:点{_C}+)?)")
_PART_OF = re.compile(rf"(?P<whole>{_N})分之(?P<part>{_N})")
_SLASH = re.compile(r"(?<![\d./])(?P<part>\d{1,2})/(?P<whole>\d{1,2})(?![\d./])")
_TENTHS = re.compile(r"(?P<n>[一二三四五六七八九])成(?P<half>半|[一二三四五六七八九])?(?![员立年本为功果绩长人效品分])")
_HALF = re.compile(r"(?P<one>一半)|半(?P<unit>年|个月|天|小时|个小时)")
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?=[ ]*[元万])|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?:(?P<compound>\d+万\d千)|(?P<arabic>{_ARABIC})(?:{_S}(?P<scale>[百千万亿]+))?(?P<tail>(?<=[万千百])[1-9](?![\d.]))?|(?P<chinese>{_C}+(?:点{_C}+)?))"
    rf"(?P<about>余|多(?!次)|来)?{_S}(?:(?P<unit>{_UNIT.pattern})(?P<half>半(?!年|个|数|天))?)?"
)
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
    for mark in (*_NO_NUMBER.finditer(text), *_LIST_MARK.finditer(text)):
        _take(taken, mark.start(), mark.end())
    found: list[Mention] = []
    for finder in _FINDERS:
        for mention in finder(text):
            if not any(taken[mention.start : mention.end]):
                _take(taken, mention.start, mention.end)
                found.append(mention)
    found.sort(key=lambda mention: mention.start)
    return [mention for mention in _shared(text, found) if mention.unit or mention.key or _is_bare(mention)]


def _take(taken: list[bool], start: int, end: int) -> None:
    taken[start:end] = [True] * (end - start)


def _is_bare(mention: Mention) -> bool:
    """A number without a unit counts when it is written in digits."""
    return mention.text[:1].isdigit()


def _documents(text: str) -> Iterator[Mention]:
    for match in _DOCUMENT.finditer(text):
        issuer = _LEADING_WORDS.sub("", match["issuer"] or "")
        start = match.start() + len(match["issuer"] or "") - len(issuer)
        year = match["year"] or match["year2"] or ""
        number = to_int(match["number"] or match["number2"] or match["number3"])
        if number is None:
            continue
        key = f"{issuer or match['kind'] or match['kind3'] or ''}〔{year}〕{number}号"
        yield _mention(FigureKind.DOCUMENT_NUMBER, text, start, match.end(), Decimal(number), "号", key)


def _articles(text: str) -> Iterator[Mention]:
    for match in _ARTICLE.finditer(text):
        unit = match["unit"] or ("项" if match["i"] else "附件")
        number, insertion = to_int(match["n"] or match["i"] or match["a"]), to_int(match["k"] or "")
        if number is not None:
            after = f"之{insertion}" if insertion else ""
            key = f"第{number}{unit}{after}"
            yield _mention(FigureKind.ARTICLE, text, match.start(), match.end(), Decimal(number), unit + after, key)


def _dates(text: str) -> Iterator[Mention]:
    for match in _FULL_DATE.finditer(text):
        year = to_int((match["y"] or match["y2"] or match["y3"]).replace("○", "〇"))
        yield from _dated(text, match, year, match["m"] or match["m2"], match["d"] or match["d2"])
    for match in _MONTH_DAY.finditer(text):
        yield from _dated(text, match, None, match["m"], match["d"])
    for match in _CLOCK.finditer(text):
        key = f"T{int(match['h']):02d}:{match['min']}"
        yield _mention(FigureKind.DATE, text, match.start(), match.end(), Decimal(0), "", key)


def _dated(text: str, match: re.Match[str], year: int | None, month: str | None, day: str | None) -> Iterator[Mention]:
    m, d = to_int(month or ""), to_int(day or "")
    if (m is not None and not 1 <= m <= 12) or (d is not None and not 1 <= d <= 31):
        return
    key = (f"{year:04d}" if year else "-") + (f"-{m:02d}" if m else "") + (f"-{d:02d}" if d else "")
    yield _mention(FigureKind.DATE, text, match.start(), match.end(), Decimal(0), "", key)


def _phones(text: str) -> Iterator[Mention]:
    for pattern in (_PHONE, _DIALLED):
        for match in pattern.finditer(text):
            digits = re.sub(r"\D", "", match["n"])
            if 3 <= len(digits) <= 12:
                start, end = match.span("n")
                yield _mention(FigureKind.PHONE, text, start, end, Decimal(0), "", digits)


def _rates(text: str) -> Iterator[Mention]:
    for match in _PER_HUNDRED.finditer(text):
        part = to_decimal(match["n"])
        if part is not None:
            hundred = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01")}[match["scale"]]
            yield _mention(FigureKind.RATE, text, match.start(), match.end(), part * hundred, "%")
    for pattern in (_PART_OF, _SLASH):
        for match in pattern.finditer(text):
            whole, part = to_decimal(match["whole"]), to_decimal(match["part"])
            if whole and part and part < whole:
                share = (part * 100 / whole).quantize(Decimal("0.000001"))
                yield _mention(FigureKind.RATE, text, match.start(), match.end(), share, "%")
    for match in _TENTHS.finditer(text):
        tens = (to_decimal(match["n"]) or Decimal(0)) * 10
        rest = (to_decimal(match["half"]) or Decimal(0)) * (10 if match["half"] == "半" else 1) if match["half"] else 0
        yield _mention(FigureKind.RATE, text, match.start(), match.end(), tens + rest, "%")


def _halves(text: str) -> Iterator[Mention]:
    for match in _HALF.finditer(text):
        if match["one"]:
            yield _mention(FigureKind.RATE, text, match.start(), match.end(), Decimal(50), "%")
        elif not text[max(0, match.start() - 1) : match.start()].isdigit() and text[: match.start()][-1:] not in ("上", "下"):
            unit = match["unit"].replace("个小时", "小时")
            yield _mention(FigureKind.DURATION, text, match.start(), match.end(), Decimal("0.5"), unit)


def _numbers(text: str) -> Iterator[Mention]:
    for match in _NUMBER.finditer(text):
        if match["chinese"] and _SERIES.fullmatch(match["chinese"]) and match["unit"]:
            yield from _series(text, match)
        elif not _INDEFINITE.match(text, match.start()):
            yield from _number(text, match)


def _series(text: str, match: re.Match[str]) -> Iterator[Mention]:
    """一二级 and 两三天 are several figures; 二零二四 is none of them (零 ends the series)."""
    kind, unit = _typed(match)
    for offset, digit in enumerate(match["chinese"]):
        start = match.start() + offset
        end = match.end() if offset == len(match["chinese"]) - 1 else start + 1
        yield _mention(kind, text, start, end, to_decimal(digit) or Decimal(0), unit)


def _number(text: str, match: re.Match[str]) -> Iterator[Mention]:
    value = _value(match)
    if value is None:
        return
    kind, unit = _typed(match)
    if unit and text[match.start() - 1 : match.start()] == "第":
        kind, unit = FigureKind.COUNT, f"第{unit}"
    half = Decimal("0.5") if match["half"] else Decimal(0)
    end = match.start() + len(match.group().rstrip())
    scaled = any(c in "万亿" for c in match.group())
    yield _mention(kind, text, match.start(), end, value + half, unit, scaled=scaled)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["compound"]:
        thousands, hundreds = match["compound"].rstrip("千").split("万")
        return Decimal(thousands) * 10_000 + Decimal(hundreds) * 1000
    plain = (match["arabic"] or match["chinese"]).replace(" ", "")
    return to_decimal(plain + (match["scale"] or "") + (match["tail"] or ""))


def _typed(match: re.Match[str]) -> tuple[FigureKind, str]:
    if not match["unit"]:
        return FigureKind.OTHER, ""
    if match["plain"]:
        return FigureKind.COUNT, match["plain"]
    number = next(i for i in range(len(_UNITS)) if match[f"u{i}"])
    return _UNITS[number][0], _UNITS[number][1]


def _shared(text: str, found: list[Mention]) -> list[Mention]:
    """Numbers without a unit take that of the next one when only a connector stands between them."""
    result = list(found)
    for i in range(len(result) - 2, -1, -1):
        here, after = result[i], result[i + 1]
        bare = here.kind is FigureKind.OTHER and not here.unit
        numeric = bool(after.unit) and after.kind not in _UNSHARED
        bare = bare and not (i and result[i - 1].end == here.start)
        if bare and numeric and _CONNECTOR.fullmatch(text[here.end : after.start]):
            result[i] = Mention(after.kind, here.value, after.unit, here.text, here.start, here.end, scaled=here.scaled)
    return result


_UNSHARED = frozenset({FigureKind.DATE, FigureKind.ARTICLE, FigureKind.DOCUMENT_NUMBER, FigureKind.PHONE})
_FINDERS: tuple[Finder, ...] = (_documents, _articles, _dates, _phones, _rates, _halves, _numbers)


def _mention(
    kind: FigureKind, text: str, start: int, end: int, value: Decimal, unit: str, key: str = "", scaled: bool = False
) -> Mention:
    return Mention(kind, value, unit, text[start:end], start, end, key=key, scaled=scaled)
