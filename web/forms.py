"""The small forms of the calculators: what is asked for, how it is checked, and the question it becomes.

A form's answer is the answer to a plain question, so that there is one way from words to sums.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

Typed = Mapping[str, str]
LARGEST = 100_000_000


@dataclass(frozen=True, slots=True)
class Field:
    """kind: money | whole | year | choice | day. choices: said as they stand. low, high: of a number."""

    name: str
    label: str
    kind: str
    required: bool = True
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = LARGEST
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """question: the checked values as one plain question. one_of: names of fields of which one must be filled."""

    slug: str
    title: str
    lead: str
    fields: tuple[Field, ...]
    question: Callable[[Typed], str]
    one_of: tuple[str, ...] = ()


class WrongField(Exception):
    """A field that cannot be used. rule: needed | number | whole | range | day; label: which field."""

    def __init__(self, rule: str, label: str) -> None:
        super().__init__(f"{rule}: {label}")
        self.rule = rule
        self.label = label


def checked(form: Form, typed: Typed, on: date) -> dict[str, str]:
    """The values of a form, plain digits and known choices; empty ones left out. Raises WrongField for the first fault."""
    values: dict[str, str] = {}
    for field in form.fields:
        text = unicodedata.normalize("NFKC", typed.get(field.name, "")).strip()
        if not text and field.required:
            raise WrongField("needed", field.label)
        if text:
            values[field.name] = _value(field, text, on)
    if form.one_of and not any(name in values for name in form.one_of):
        raise WrongField("needed", next(field.label for field in form.fields if field.name in form.one_of))
    return values


def _value(field: Field, text: str, on: date) -> str:
    if field.kind == "choice":
        if text not in field.choices:
            raise WrongField("needed", field.label)
        return text
    if field.kind == "day":
        return _day(field, text, on)
    high = on.year if field.kind == "year" else field.high
    return _number(field, text.replace(",", ""), high)


def _number(field: Field, text: str, high: int) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation as error:
        raise WrongField("number", field.label) from error
    if not number.is_finite():
        raise WrongField("number", field.label)
    if field.kind != "money" and number != number.to_integral_value():
        raise WrongField("whole", field.label)
    if not field.low <= number <= high:
        raise WrongField("range", field.label)
    return f"{number.quantize(Decimal('0.01')).normalize():f}"


def _day(field: Field, text: str, on: date) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise WrongField("day", field.label) from error
    if day > on:
        raise WrongField("day", field.label)
    return f"{day.year}年{day.month}月{day.day}日"


def _retirement(typed: Typed) -> str:
    return f"我是{typed['kind']}，{typed['year']}年{typed['month']}月出生，什么时候退休？"


def _pension(typed: Typed) -> str:
    said = ["交的是居民养老"]
    said += [f"每年交{typed['yearly']}元"] if "yearly" in typed else []
    said += [f"一共交{typed['years']}年"] if "years" in typed else []
    said += [f"现在个人账户里有{typed['account']}元"] if "account" in typed else []
    said += [f"今年{typed['age']}岁"] if "age" in typed else []
    return "，".join(said) + "，每月能领多少？"


def _dibao(typed: Typed) -> str:
    said = [f"我家是{typed['area']}，一共{typed['people']}口人"]
    named = {"wage": "打工", "business": "做生意", "pension": "养老金", "support": "子女给的赡养费"}
    said += [f"{words}每个月{typed[name]}元" for name, words in named.items() if name in typed]
    if len(said) == 1:
        said.append("没有收入")
    return "，".join(said) + "，低保能补多少？"


def _reimbursement(typed: Typed) -> str:
    said = [f"居民医保{typed['tier']}，在{typed['level']}住院，一共花了{typed['total']}元"]
    said += [f"自费的有{typed['outside']}元"] if "outside" in typed else []
    said += [f"先自付的有{typed['first']}元"] if "first" in typed else []
    said += ["病人是未成年人"] if typed.get("minor") == MINOR else []
    return "，".join(said) + "，能报多少？"


MINOR = "不满18岁"
STEPS: Mapping[str, str] = {
    "申请行政复议": "我{day}收到决定，申请行政复议最晚到哪天？",
    "告行政机关": "我{day}收到行政处罚决定，到法院起诉最晚到哪天？",
    "复议后起诉": "我{day}收到复议决定书，到法院起诉最晚到哪天？",
    "申报工伤": "我{day}受伤，申报工伤最晚到哪天？",
    "申请劳动仲裁": "我{day}知道自己吃亏，申请劳动仲裁最晚到哪天？",
    "离职后为工钱仲裁": "我{day}离职，为工资申请劳动仲裁最晚到哪天？",
    "不服仲裁起诉": "我{day}收到仲裁裁决书，到法院起诉最晚到哪天？",
    "要债的诉讼时效": "借条{day}到期，我要债的诉讼时效到哪天？",
}


def _deadline(typed: Typed) -> str:
    return STEPS[typed["step"]].format(day=typed["day"])


MONTHS = tuple(str(month) for month in range(1, 13))
FORMS: Mapping[str, Form] = {
    form.slug: form
    for form in (
        Form(
            "retirement",
            "职工几时退休",
            "只算职工养老。交居民养老的，满60岁就可以申请领。",
            (
                Field("kind", "哪种职工", "choice", choices=("男职工", "女工人", "女干部或管理技术岗")),
                Field("year", "哪年出生", "year", low=1900, unit="年"),
                Field("month", "几月出生", "choice", choices=MONTHS, unit="月"),
            ),
            _retirement,
        ),
        Form(
            "pension",
            "居民养老一个月领多少",
            "账户里的钱和每年交的钱，填一样就行，两样都填也行。",
            (
                Field("account", "个人账户里有多少钱", "money", required=False, unit="元"),
                Field("yearly", "往后每年交多少", "money", required=False, unit="元"),
                Field("years", "一共交多少年", "whole", required=False, high=60, unit="年"),
                Field("age", "今年多少岁", "whole", required=False, high=120, unit="岁"),
            ),
            _pension,
            one_of=("account", "yearly"),
        ),
        Form(
            "dibao",
            "低保能补多少",
            "只按收入估算。财产和别的花销，镇里还要核。",
            (
                Field("area", "哪种户口", "choice", choices=("农村户口", "城镇户口")),
                Field("people", "一家几口人", "whole", low=1, high=20, unit="人"),
                Field("wage", "打工一个月", "money", required=False, unit="元"),
                Field("business", "做生意、种养一个月净挣", "money", required=False, unit="元"),
                Field("pension", "养老金一个月", "money", required=False, unit="元"),
                Field("support", "子女给的赡养费一个月", "money", required=False, unit="元"),
            ),
            _dibao,
        ),
        Form(
            "reimbursement",
            "住院能报多少",
            "只算居民医保住院。职工医保的，打医保电话问。",
            (
                Field("level", "哪一级医院", "choice", choices=("一级医院", "二级医院", "三级医院")),
                Field("tier", "交的哪一档", "choice", choices=("一档", "二档")),
                Field("total", "一共花了多少", "money", unit="元"),
                Field("outside", "目录外自费的", "money", required=False, unit="元"),
                Field("first", "要先自付的", "money", required=False, unit="元"),
                Field("minor", "病人年龄", "choice", required=False, choices=("成年人", MINOR)),
            ),
            _reimbursement,
        ),
        Form(
            "deadlines",
            "最晚到哪天",
            "从您填的那天起数，当天不算。",
            (
                Field("step", "要办哪件事", "choice", choices=tuple(STEPS)),
                Field("day", "那天是哪一天", "day"),
            ),
            _deadline,
        ),
    )
}
