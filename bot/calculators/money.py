"""Yuan as Decimal: rounding to the fen, checks, and how sums are written."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bot.calculators.results import Impossible

FEN = Decimal("0.01")
ROUNDED = "算到分，四舍五入。"
LARGEST = Decimal(100_000_000)
"""Yuan; beyond it the number was mistyped."""


def to_fen(amount: Decimal) -> Decimal:
    """Rounded half up to two places."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def spell_yuan(amount: Decimal) -> str:
    """690元, 33.25元: rounded to the fen, no trailing zeros."""
    return f"{spell_number(to_fen(amount))}元"


def spell_number(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return f"{value.to_integral_value():f}" if whole else f"{value.normalize():f}"


def wrong_amount(*amounts: Decimal | None) -> Impossible | None:
    """A sentence for the first amount that cannot be a sum of money."""
    for amount in amounts:
        if amount is None:
            continue
        if not amount.is_finite():
            return Impossible("金额没看懂，请写成数字。")
        if amount < 0:
            return Impossible("金额不能是负数，请再看一下。")
        if amount > LARGEST:
            return Impossible("这个金额太大了，请再看一下。")
    return None
