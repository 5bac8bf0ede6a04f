"""Reads questions about retirement and about employee contribution years."""

from __future__ import annotations

import re
from datetime import date

from bot.calculators.requests import EmployeeYearsRequest, RetirementRequest
from bot.calculators.retirement import Kind
from bot.calculators.said_births import births_said
from bot.calculators.said_numbers import number_before
from bot.calculators.words import Words
from knowledge.about import other_calendar
from knowledge.plain_words import bundled

_KIND = re.compile(r"(?:50|55|五十|五十五)(?:周)?岁的?那一?[种类]")
"""A kind of employee by its former age, not the age of the one who asks."""
_FIFTY = re.compile(r"(?:50|五十)(?:周)?岁?(?:退|类|的?那一?[种类])|原(?:来)?(?:50|五十)(?:周)?岁")
_FIFTY_FIVE = re.compile(r"(?:55|五十五)(?:周)?岁?(?:退|类|的?那一?[种类])|原(?:来)?(?:55|五十五)(?:周)?岁")
_REFUND = re.compile(r"(?:能不能|可不可以|能|可以)退(?=出来|钱|费|款|回|给)")
"""Money given back, not work given up."""
_WHEN = re.compile(r"(?:哪一?年|多久|什么时候|多少岁|多大)(?:才|就)?(?:能|可以)?退(?!出|钱|费|款|回|给|保)")
"""In plain words; 退 alone means work only beside words of one's work."""
_TOGETHER = re.compile("我们|我[和跟与]")
_PAID = r"(?:交了?|缴了?|买了?|有|满)(?:了|有|才|满)*\s*"
_NOTES = {
    "nominal_age": "虚岁不能直接算，要按出生年月。",
    "lunar": "农历和公历会差一个月左右，按身份证算。",
    "zodiac": "属相不能定出生月份，按身份证算。",
}


def read_retirement(text: str, on: date, words: Words) -> RetirementRequest | None:
    """When does this person retire? None for questions about the rule itself.

    Without a date of birth, words of other matters (要转回, 差几年没交) leave the question to the entries. What
    women or men working for themselves may ask is told by an entry; without the sex no entry fits.
    """
    text = _REFUND.sub("", text)
    of_own = words.any("office_work", text) and _WHEN.search(bundled().read(text)) is not None
    asked = words.any("retire", text) and words.any("retire_asks", text)
    if not (asked or of_own) or words.any("retire_not", text):
        return None
    births, kinds = births_said(_KIND.sub("", text), on), kinds_said(text, on, words)
    anybody = of_own and not (words.any("female", text) or words.any("male", text))
    own = (anybody or words.any("self", text)) and not words.any("retire_rule", text)
    return RetirementRequest(births, kinds, calendar_notes(text)) if births is not None or own else None


def read_employee_years(text: str, on: date, words: Words) -> EmployeeYearsRequest | None:
    """How many years of contributions are short? Needs the years paid.

    Without a date of birth, who asks what to do about it is not asked back: the entries tell the ways.
    """
    if not (words.any("employee", text) and words.any("years_asks", text)) or words.any("insurance", text):
        return None
    years = number_before(text, "年(?!生|出|月|的)(?!\\d{1,2}月)", _PAID)
    if years is None:
        return None
    months = number_before(text, "个月", _PAID + r"(?:\d+|[零〇一二两三四五六七八九十]+)年(?:零|又)?") or 0
    rest = re.sub(_PAID + r"(?:\d+|[零〇一二两三四五六七八九十]+)年(?:零|又)?(?:\d+个月|半)?", "", text)
    half = 6 if re.search(r"年半", text) else 0
    births = births_said(rest, on)
    if births is None and words.any("way_asks", text):
        return None
    return EmployeeYearsRequest(years * 12 + months + half, births, kinds_said(text, on, words), calendar_notes(text))


def kinds_said(text: str, on: date, words: Words) -> tuple[Kind, ...]:
    """The kinds of employee that fit; all three where nothing was said. An answer at the end wins."""
    last = text.rpartition(",")[2]
    answers = (*words.asks["kind"].choices, *words.asks["post"].choices)
    return _kinds(last if last in answers else text, on, words)


def _kinds(text: str, on: date, words: Words) -> tuple[Kind, ...]:
    if _FIFTY_FIVE.search(text):
        return (Kind.FEMALE55,)
    if _FIFTY.search(text):
        return (Kind.FEMALE50,)
    female, male = _sexes(text, on, words)
    if female == male:
        return tuple(Kind)
    if male:
        return (Kind.MALE,)
    worker, cadre = words.any("female50", text), words.any("female55", text)
    if worker != cadre and not words.any("office_work", text):
        return (Kind.FEMALE50,) if worker else (Kind.FEMALE55,)
    return (Kind.FEMALE50, Kind.FEMALE55)


def _sexes(text: str, on: date, words: Words) -> tuple[bool, bool]:
    """(female, male) of the one who retires: of two people the one whose birth is told."""
    said = words.any("female", text), words.any("male", text)
    if not all(said) or _TOGETHER.search(text):
        return said
    clause = next((clause for clause in text.split(",") if births_said(clause, on) is not None), "")
    born = words.any("female", clause), words.any("male", clause)
    return born if any(born) else said


def calendar_notes(text: str) -> tuple[str, ...]:
    """A word of caution for ages and dates that are not those of the identity card."""
    return tuple(_NOTES[kind] for kind in other_calendar(text))
