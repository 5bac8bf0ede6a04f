"""低保 by difference: standard times people less what counts, as a range where an item is doubtful."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.calculators.figures import Figures
from bot.calculators.incomes import NAMES, Counting, Income, counting
from bot.calculators.money import ROUNDED, spell_number, spell_yuan, to_fen, wrong_amount
from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from knowledge.parameters import UsedFigure

MOST_PEOPLE = 20
ASK = ("12349", "12345", "town-service")
NEW_LAW_FROM = date(2026, 7, 1)


class Area(StrEnum):
    RURAL = "rural"
    URBAN = "urban"


PARAMETERS = {Area.RURAL: "dibao-rural", Area.URBAN: "dibao-urban"}
AREAS = {Area.RURAL: "农村", Area.URBAN: "城市"}


@dataclass(frozen=True, slots=True)
class DibaoGap:
    """Yuan a month for the whole household, low <= high. per_head: with and without the doubtful items.

    low and high are equal where no item is doubtful; never negative.
    """

    standard: Decimal
    per_head_least: Decimal
    per_head_most: Decimal
    low: Decimal
    high: Decimal
    explained: Explained


def dibao_gap(
    area: Area, people: int, incomes: tuple[Income, ...], figures: Figures
) -> DibaoGap | Missing | Impossible:
    """(standard - income per head) x people, on the day the figures speak of.

    Source: the local rules on 低保 (cq-dibao-tiaoli) articles 12 and 20, 社会救助法 article 18.
    """
    if not 1 <= people <= MOST_PEOPLE:
        return Impossible(f"家里人数要在1到{MOST_PEOPLE}人之间。")
    wrong = wrong_amount(*(income.monthly for income in incomes))
    if wrong:
        return wrong
    standard = figures.find(PARAMETERS[area])
    if standard is None:
        return figures.missing(PARAMETERS[area], f"{AREAS[area]}低保标准", ASK)
    least = _sum(incomes, Counting.COUNTED, figures.day)
    most = least + _sum(incomes, Counting.DOUBTFUL, figures.day)
    whole = standard.value.value * people
    low, high = max(Decimal(0), to_fen(whole - most)), max(Decimal(0), to_fen(whole - least))
    explained = Explained(
        conclusion=_conclusion(low, high),
        lines=_lines(area, standard, least, most, people),
        formula=_formula(standard, people, least, most, whole),
        basis=_basis(figures.day),
        figures=(standard,),
        cautions=_cautions(incomes, figures, area),
        ask=ASK,
    )
    return DibaoGap(standard.value.value, to_fen(least / people), to_fen(most / people), low, high, explained)


def _sum(incomes: tuple[Income, ...], how: Counting, day: date) -> Decimal:
    return sum((income.monthly for income in incomes if counting(income.kind, day) is how), Decimal(0))


def _conclusion(low: Decimal, high: Decimal) -> str:
    if not high:
        return "照您说的，人均收入不低于标准，差额是0元。"
    if low == high:
        return f"照您说的，一家每月大约补{spell_yuan(high)}。"
    return f"一家每月大约补{spell_number(low)}到{spell_yuan(high)}，要看有的钱算不算收入。"


def _lines(area: Area, standard: UsedFigure, least: Decimal, most: Decimal, people: int) -> tuple[str, ...]:
    lines = [f"{AREAS[area]}标准按每人每月{spell_yuan(standard.value.value)}算。"]
    if least == most:
        lines.append(f"您家人均每月{spell_yuan(least / people)}。")
    else:
        lines.append(f"您家人均每月{spell_number(to_fen(least / people))}到{spell_yuan(most / people)}。")
    if least >= standard.value.value * people:
        lines.append("还可以问问够不够低保边缘家庭。")
    return tuple(lines)


def _formula(
    standard: UsedFigure, people: int, least: Decimal, most: Decimal, whole: Decimal
) -> tuple[str, ...]:
    steps = [
        "差额＝标准×人数－算进收入的钱。",
        f"{spell_number(standard.value.value)}×{people}人＝{spell_yuan(whole)}。",
    ]
    for counted in dict.fromkeys((least, most)):
        steps.append(f"{spell_number(whole)}－{spell_number(to_fen(counted))}，{_left(whole - counted)}。")
    return tuple(steps)


def _left(amount: Decimal) -> str:
    return f"是{spell_yuan(amount)}" if amount > 0 else "不够减，算0元"


def _basis(day: date) -> tuple[RuleBasis, ...]:
    law = RuleBasis("shehui-jiuzhu-fa", "第18条")
    local = RuleBasis("cq-dibao-tiaoli", "第12条、第20条")
    income = RuleBasis("dibao-queren-banfa-2021", "第13条")
    return (law, local, income) if day >= NEW_LAW_FROM else (local, income)


def _cautions(incomes: tuple[Income, ...], figures: Figures, area: Area) -> tuple[str, ...]:
    cautions = []
    for income in incomes:
        how = counting(income.kind, figures.day)
        if how is Counting.DOUBTFUL:
            cautions.append(f"{NAMES[income.kind]}算不算收入，镇里核。")
        if how is Counting.EXEMPT:
            cautions.append(f"{NAMES[income.kind]}不算收入，没有计。")
    if figures.changed(PARAMETERS[area]):
        cautions.append("那年标准变过，这里按后来的算。")
    cautions += [
        "财产也要合规，镇里还要查。",
        "务农看前12个月收入，别的看前1个月。",
        "看病、残疾、打工的花销可能要扣，没算。",
        "给老人、学生、残疾人另加的，没算。",
        "也可能分档发，以审核为准。",
        ROUNDED,
    ]
    return tuple(dict.fromkeys(cautions))
