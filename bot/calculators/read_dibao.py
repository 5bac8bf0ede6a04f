"""Reads questions about the 低保 difference: how many people, which incomes, which area."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from bot.calculators.dibao_gap import Area
from bot.calculators.incomes import Income, IncomeKind
from bot.calculators.money import to_fen
from bot.calculators.requests import DibaoRequest
from bot.calculators.said_numbers import Amount, amounts
from bot.calculators.words import Words
from knowledge.numerals import to_int

_CLAUSE = re.compile(r"[,。;；、?!\n]")
_PEOPLE = re.compile(r"(?P<n>\d{1,2}|[一二两三四五六七八九十]{1,2})\s*(?:口人|口子|口|个人|人)(?!均)")
_STANDARD = re.compile(r"(?:标准|低保)(?:是|按)?\s*$")
_EACH = re.compile(r"(?:一个人|一人|每个)(?:每?一?个?月)?(?:大概|大约|差不多|才|就|只有|只|有|是|合)*$")
"""Of several people: what comes next is what one of them has."""
_KINDS = tuple(IncomeKind)
_WHOLE_YEAR = 12


def read_dibao(text: str, on: date, words: Words) -> DibaoRequest | None:
    """How much for this household? Needs an income (or that there is none)."""
    if not (words.any("dibao", text) and words.any("dibao_asks", text)) or words.any("dibao_not", text):
        return None
    people = _people(text, words)
    per_head, incomes = _incomes(text, words, several=people is not None and people > 1)
    nothing = words.any("no_income", text)
    if not incomes and per_head is None and not nothing:
        return None
    if people is None and per_head is None and not words.any("self", text) and not nothing:
        return None
    return DibaoRequest(_areas(text, words), people, incomes, per_head)


def _areas(text: str, words: Words) -> tuple[Area, ...]:
    rural, urban = words.any("rural", text), words.any("urban", text)
    if rural == urban:
        return (Area.RURAL, Area.URBAN)
    return (Area.RURAL,) if rural else (Area.URBAN,)


def _people(text: str, words: Words) -> int | None:
    for match in _PEOPLE.finditer(text):
        if not any(text.startswith(word, match.start()) for word in words.lists["per_head"]):
            return to_int(match["n"])
    return next((number for phrase, number in words.people.items() if phrase in text), None)


def _incomes(text: str, words: Words, *, several: bool) -> tuple[Decimal | None, tuple[Income, ...]]:
    """(yuan a month for each person, incomes a month); property and the standard itself are left out."""
    per_head: Decimal | None = None
    incomes: list[Income] = []
    behind = 0
    for amount in amounts(text):
        before = _CLAUSE.split(text[behind : amount.start])[-1]
        whole, behind = text[behind : amount.start], amount.end
        if _STANDARD.search(before) or words.any("assets", before):
            continue
        monthly = _monthly(amount, text, whole, words)
        if words.any("per_head", before) or (several and _EACH.search(before)):
            per_head = monthly
        else:
            incomes.append(Income(_kind(before, whole, words), monthly))
    return per_head, tuple(incomes)


def _monthly(amount: Amount, text: str, before: str, words: Words) -> Decimal:
    """Sums of a year are divided by twelve; the nearest word of time decides."""
    near = text[amount.end : amount.end + 3]
    if words.any("by_year", near) or words.last("by_year", before) > words.last("by_month", before):
        return to_fen(amount.value / _WHOLE_YEAR)
    return amount.value


def _kind(clause: str, whole: str, words: Words) -> IncomeKind:
    """The kind whose word stands nearest before the sum, the longer word where two end together."""
    for place in (clause, whole):
        found = [
            (place.rfind(word) + len(word), len(word), kind)
            for kind in _KINDS
            if kind is not IncomeKind.OTHER
            for word in words.lists[f"income_{kind}"]
            if word in place
        ]
        special = [item for item in found if item[2] is not IncomeKind.WAGE] or found
        if special:
            return max(special)[2]
    return IncomeKind.WAGE
