"""Units and the shape of a number: 1.8万余人次, 十五年半, 二级."""

from __future__ import annotations

import re
from decimal import Decimal

from knowledge.mentions import FigureKind
from knowledge.numerals import CHINESE, to_decimal

_C = f"[{CHINESE}]"
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
_ARABIC = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?=[ ]*[元万])|\d+(?:\.\d+)?"
NUMBER = re.compile(
    rf"(?:(?P<compound>\d+万\d千)"
    rf"|(?P<arabic>{_ARABIC})(?:[ \u3000]*(?P<scale>[百千万亿]+))?(?P<tail>(?<=[万千百])[1-9](?![\d.]))?"
    rf"|(?P<chinese>{_C}+(?:点{_C}+)?))"
    rf"(?P<about>余|多(?!次)|来)?[ \u3000]*(?:(?P<unit>{_UNIT.pattern})(?P<half>半(?!年|个|数|天))?)?"
)
_ARTICLE_USE = (
    "个(?!月|星期|礼拜|小时|工作日|季度|百分点|点)|名|位|家|种|类|条|件|样|处|户|项|张|笔|批|口|步|人|里|本(?!书)"
    "|头|字|代|间|层"
)
INDEFINITE = re.compile(
    rf"(?<!至少)(?<!最多)(?<!超过)(?<!少于)(?<!每组)一(?:{_ARTICLE_USE})(?!以上|以下|以内|及以上|及以下)"
)
"""一个, 一家: no count, unless a bound makes it one (一个以上)."""
_PAY = "能|可以?|领|发|给|有|是|交|缴|只|要|约|就|报|补|最多|最高|不超过|至少"
NO_NUMBER = re.compile(
    r"一次性|一次(?=办|告知|说清|讲清)|(?:星期|礼拜|周)[一二三四五六]|一年四季|一分钱|〔(?:依据)?\d{1,2}〕(?!\d*号)"
    r"|[一二三四五六七八九十]五(?=规划|期间|时期|[”\"」]|普法)|千万(?=别|不|要|记)|第三(?:人|方|者)"
    r"|万一|百分百|二维码|一般|统一|唯一|一体|五保|万能|百姓|三农|一定"
    rf"|(?<![满每第等多断缴交过足近])一(?:个月|年|天|次)(?=(?:{_PAY})*\s*[\d两二三四五六七八九])"
    r"|一年(?=封顶|限额|最多|最高)|(?<=[元块钱])一(?:个月|年|天|次)(?!以|之|内)"
)
"""Numerals inside words, marks of citations, and 一个月 where it only says per month."""
_DAY = "一二三四五六七八九十"
LIST_MARK = re.compile(
    rf"^[ \t]*(?:[-•·*][ \t]+)?(?:\d{{1,2}}[.、)）](?!\d)|[（(](?:\d{{1,2}}|[{_DAY}]+)[)）]|[{_DAY}]+、(?![{_DAY}]))",
    re.M,
)


def value_of(match: re.Match[str]) -> Decimal | None:
    """The value of a NUMBER match without its unit and 半."""
    if match["compound"]:
        thousands, hundreds = match["compound"].rstrip("千").split("万")
        return Decimal(thousands) * 10_000 + Decimal(hundreds) * 1000
    plain = (match["arabic"] or match["chinese"]).replace(" ", "")
    return to_decimal(plain + (match["scale"] or "") + (match["tail"] or ""))


def unit_of(match: re.Match[str]) -> tuple[FigureKind, str]:
    """Kind and normalised unit of a NUMBER match; (OTHER, '') where it has none."""
    if not match["unit"]:
        return FigureKind.OTHER, ""
    if match["plain"]:
        return FigureKind.COUNT, match["plain"]
    number = next(i for i in range(len(_UNITS)) if match[f"u{i}"])
    return _UNITS[number][0], _UNITS[number][1]
