"""What staying insured without a gap, and a year without bills, adds to the ceiling of 大病保险."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.calculators.figures import Figures
from bot.calculators.money import spell_number, spell_yuan
from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from bot.calculators.waiting_period import ASK, MOST_YEARS
from knowledge.parameters import UsedFigure
from knowledge.types import Confidence

FREE_YEARS = 4
KEEP, ZERO, SHARE, CEILING = "yb-reward-keep", "yb-reward-zero", "yb-reward-max", "yb-big-cap"
WORDS = {
    KEEP: "连续参保奖励",
    ZERO: "零报销奖励",
    SHARE: "奖励累计上限",
    CEILING: "大病保险封顶线",
}


@dataclass(frozen=True, slots=True)
class CoverageReward:
    """Yuan by which the ceiling rises at the least. limit: the most both rewards may add."""

    kept: Decimal
    unused: Decimal
    limit: Decimal
    total: Decimal
    explained: Explained


def coverage_reward(years: int, unused_years: int, figures: Figures) -> CoverageReward | Missing | Impossible:
    """The least by which both rewards raise the ceiling.

    years: insured without a gap, this one included. unused_years: years in which the fund paid no bill.
    """
    if not (0 <= years <= MOST_YEARS and 0 <= unused_years <= MOST_YEARS):
        return Impossible(f"年数要在0到{MOST_YEARS}年之间。")
    held: dict[str, UsedFigure] = {}
    for name, words in WORDS.items():
        found = figures.find(name)
        if found is None:
            return figures.missing(name, words, ASK)
        held[name] = found
    value = {name: figure.value.value for name, figure in held.items()}
    more = max(0, years - FREE_YEARS)
    kept, unused = more * value[KEEP], unused_years * value[ZERO]
    limit = value[CEILING] * value[SHARE] / 100
    total = min(kept + unused, limit)
    explained = Explained(
        conclusion=_conclusion(total),
        lines=("提高的是大病报销的封顶线，不是发钱。", *_least(total, value)),
        formula=_formula(years, unused_years, value, kept + unused, limit),
        basis=(RuleBasis("guoban-yibao-2024-38", None, Confidence.SECONDHAND),),
        figures=tuple(held.values()),
        cautions=(
            "市里提高多少、从哪年数起，没查到。",
            "用过奖励额度，零报销那份清零。",
            "断了再参保，连续年数重新数。",
        ),
        ask=ASK,
    )
    return CoverageReward(kept, unused, limit, total, explained)


def _conclusion(total: Decimal) -> str:
    if not total:
        return "照您说的，还没有奖励。连续交满4年后，从第5年起有。"
    return f"大病保险的封顶线至少提高{spell_yuan(total)}。"


def _least(total: Decimal, value: dict[str, Decimal]) -> tuple[str, ...]:
    """What there will be, for who has nothing yet."""
    if total:
        return ()
    return (
        f"从第{FREE_YEARS + 1}年起，每多交一年至少提高{spell_yuan(value[KEEP])}。",
        f"一年没报过销，第二年至少提高{spell_yuan(value[ZERO])}。",
    )


def _formula(
    years: int, unused_years: int, value: dict[str, Decimal], both: Decimal, limit: Decimal
) -> tuple[str, ...]:
    more = max(0, years - FREE_YEARS)
    steps = [f"连续交{years}年，满4年后多了{more}年。"]
    if more:
        steps.append(f"{more}×{spell_number(value[KEEP])}＝{spell_yuan(more * value[KEEP])}。")
    if unused_years:
        unused = f"{unused_years}×{spell_number(value[ZERO])}＝{spell_yuan(unused_years * value[ZERO])}"
        steps.append(f"没报过的{unused_years}年：{unused}。")
    if both > limit:
        steps.append(f"两样加起来最多提高{spell_yuan(limit)}。")
    return tuple(steps)
