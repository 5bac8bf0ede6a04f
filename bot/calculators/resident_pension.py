"""Estimate of the monthly resident pension: account part, base where one is held, extras where held."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.calculators.figures import Figures
from bot.calculators.money import ROUNDED, spell_number, spell_yuan, to_fen, wrong_amount
from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from knowledge.parameters import UsedFigure
from knowledge.types import Confidence

DIVISOR, BASE, NATIONAL_BASE = "yl-divisor-60", "yl-base-cq", "yl-base-national"
PER_YEAR, ONE_CHILD = "yl-extra-year", "yl-extra-onechild"
BY_AGE = ((65, "yl-extra-65"), (70, "yl-extra-70"))
ENOUGH_YEARS, MOST_YEARS, OLDEST = 15, 60, 120
ASK = ("12333", "county-social", "town-service")
BASIS = (
    RuleBasis("shebao-fa", "第21条"),
    RuleBasis("jumin-yanglao-2014", None, Confidence.SECONDHAND),
)


@dataclass(frozen=True, slots=True)
class PensionFacts:
    """account: yuan in the personal account now. yearly x years: payments still to count, one a year.

    age: full years now, None for somebody who starts at 60. years: also the years of paying for the extra.
    """

    account: Decimal | None = None
    yearly: Decimal | None = None
    years: int | None = None
    age: int | None = None
    one_child: bool = False


@dataclass(frozen=True, slots=True)
class ResidentPension:
    """Yuan; the last four a month. base and total: None where the local base pension is not held."""

    account_total: Decimal
    account_monthly: Decimal
    extras: Decimal
    base: Decimal | None
    total: Decimal | None
    explained: Explained


@dataclass(frozen=True, slots=True)
class Extra:
    """One addition: yuan a month and the words for it; figure None where it is not held."""

    words: str
    figure: UsedFigure | None
    times: int = 1

    @property
    def amount(self) -> Decimal:
        return self.figure.value.value * self.times if self.figure else Decimal(0)


def resident_pension(facts: PensionFacts, figures: Figures) -> ResidentPension | Missing | Impossible:
    """account (and payments with their subsidy) / 139, and what is added to it where a figure is held."""
    wrong = wrong_amount(facts.account, facts.yearly) or _wrong_numbers(facts)
    if wrong:
        return wrong
    divisor = figures.find(DIVISOR)
    if divisor is None:
        return figures.missing(DIVISOR, "居民养老计发月数", ASK)
    subsidy = _subsidy(facts, figures)
    if isinstance(subsidy, Missing):
        return subsidy
    total = _account_total(facts, subsidy)
    monthly = to_fen(total / divisor.value.value)
    extras = _extras(facts, figures)
    added = sum((extra.amount for extra in extras), Decimal(0))
    base = figures.find(BASE)
    national = None if base else figures.find(NATIONAL_BASE)
    whole = to_fen(monthly + base.value.value + added) if base else None
    used = (divisor, subsidy, base, national, *(extra.figure for extra in extras))
    explained = Explained(
        conclusion=_conclusion(monthly, added, whole),
        lines=_lines(extras, base, national),
        formula=_formula(facts, subsidy, total, divisor, monthly, base, whole),
        basis=BASIS,
        figures=tuple(figure for figure in used if figure is not None),
        cautions=_cautions(facts),
        ask=ASK,
    )
    base_amount = base.value.value if base else None
    return ResidentPension(to_fen(total), monthly, added, base_amount, whole, explained)


def _wrong_numbers(facts: PensionFacts) -> Impossible | None:
    if facts.account is None and facts.yearly is None:
        return Impossible("要先知道账户里有多少钱，或者每年交多少。")
    if facts.yearly is not None and facts.years is None:
        return Impossible("还要知道一共交多少年。")
    if facts.years is not None and not 0 <= facts.years <= MOST_YEARS:
        return Impossible(f"交的年数要在0到{MOST_YEARS}年之间。")
    if facts.age is not None and not 0 <= facts.age <= OLDEST:
        return Impossible(f"年龄要在0到{OLDEST}岁之间。")
    return None


def _subsidy(facts: PensionFacts, figures: Figures) -> UsedFigure | Missing | None:
    if facts.yearly is None:
        return None
    tier = spell_number(facts.yearly)
    found = figures.find(f"yl-subsidy-{tier}")
    return found or figures.missing(f"yl-subsidy-{tier}", f"每年{tier}元这一档的政府补贴", ASK)


def _account_total(facts: PensionFacts, subsidy: UsedFigure | None) -> Decimal:
    held = facts.account or Decimal(0)
    if facts.yearly is None or subsidy is None:
        return held
    return held + (facts.yearly + subsidy.value.value) * (facts.years or 0)


def _extras(facts: PensionFacts, figures: Figures) -> list[Extra]:
    extras = [
        Extra(f"满{age}岁加发", figures.find(name)) for age, name in BY_AGE if facts.age and facts.age >= age
    ]
    if facts.years and facts.years > ENOUGH_YEARS:
        more = facts.years - ENOUGH_YEARS
        extras.append(Extra(f"超过15年的{more}年加发", figures.find(PER_YEAR), more))
    if facts.one_child:
        extras.append(Extra("独生子女父母加发", figures.find(ONE_CHILD)))
    return extras


def _conclusion(monthly: Decimal, added: Decimal, whole: Decimal | None) -> str:
    if whole is not None:
        return f"每月大约{spell_yuan(whole)}。"
    if added:
        return f"账户和加发合计每月约{spell_yuan(monthly + added)}，基础养老金另加。"
    return f"个人账户这部分每月约{spell_yuan(monthly)}，基础养老金另加。"


def _lines(extras: list[Extra], base: UsedFigure | None, national: UsedFigure | None) -> tuple[str, ...]:
    lines = []
    if base:
        lines.append(f"基础养老金按每月{spell_yuan(base.value.value)}算。")
    else:
        lines.append("本市的基础养老金没查到，没有加进去。")
    if national:
        lines.append(f"国家最低标准是每月{spell_yuan(national.value.value)}。")
    for extra in extras:
        amount = f"每月{spell_yuan(extra.amount)}。" if extra.figure else "多少没查到，没算。"
        lines.append(f"{extra.words}{amount}")
    return tuple(lines)


def _formula(
    facts: PensionFacts,
    subsidy: UsedFigure | None,
    total: Decimal,
    divisor: UsedFigure,
    monthly: Decimal,
    base: UsedFigure | None,
    whole: Decimal | None,
) -> tuple[str, ...]:
    steps = []
    if facts.account is not None:
        steps.append(f"账户里有{spell_yuan(facts.account)}。")
    if facts.yearly is not None and subsidy is not None:
        paid = f"({spell_number(facts.yearly)}＋{spell_number(subsidy.value.value)})×{facts.years}年"
        steps.append("每年自己交的，加上政府补贴，乘年数。")
        steps.append(f"{paid}＝{spell_yuan((facts.yearly + subsidy.value.value) * (facts.years or 0))}。")
    months = spell_number(divisor.value.value)
    steps.append(f"{spell_number(to_fen(total))}÷{months}＝{spell_yuan(monthly)}。")
    if base and whole is not None:
        steps.append(f"再加基础养老金和加发，共{spell_yuan(whole)}。")
    return tuple(steps)


def _cautions(facts: PensionFacts) -> tuple[str, ...]:
    cautions = ["满60岁、交满15年才能领，要自己申请。"]
    if facts.years is not None and facts.years < ENOUGH_YEARS:
        cautions.append(f"您交{facts.years}年不满15年，要先按规定补够。")
    if facts.years is not None and facts.years > ENOUGH_YEARS:
        cautions.append("补交的年数不算加发。")
    cautions.append("利息没算，实际会有出入。")
    cautions.append(ROUNDED)
    return tuple(cautions)
