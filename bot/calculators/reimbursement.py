"""Residents' medical insurance, one hospital stay: what the fund pays and what is left to pay."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.calculators.figures import Figures
from bot.calculators.money import ROUNDED, spell_number, spell_yuan, to_fen, wrong_amount
from bot.calculators.results import Explained, Impossible, Missing, RuleBasis
from knowledge.parameters import UsedFigure
from knowledge.types import Confidence

LEVELS = {1: "一级及以下", 2: "二级", 3: "三级"}
TIERS = {1: "一档", 2: "二档"}
ASK = ("12393", "county-medical", "town-service")
BASIS = (
    RuleBasis("shebao-fa", "第28条"),
    RuleBasis("cq-yibao-zhuyuan", None, Confidence.SECONDHAND),
)


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in hospital. Yuan: total of the bill, outside the catalogue, self-paid first, paid this year.

    outside, self_first: None where the person did not say (taken as 0, with a caution). used: what the fund
    has paid for stays this year. level 1..3 of the hospital, tier 1..2 of the contribution.
    """

    level: int
    tier: int
    total: Decimal
    outside: Decimal | None = None
    self_first: Decimal | None = None
    minor: bool = False
    used: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Reimbursement:
    """covered: yuan inside the catalogue. rate: percent. paid + own = total. capped: the ceiling cut it."""

    covered: Decimal
    deductible: Decimal
    rate: Decimal
    paid: Decimal
    own: Decimal
    capped: bool
    explained: Explained


@dataclass(frozen=True, slots=True)
class _Held:
    """The figures of one stay; plus only for minors."""

    line: UsedFigure
    rate: UsedFigure
    ceiling: UsedFigure
    plus: UsedFigure | None

    @property
    def percent(self) -> Decimal:
        return self.rate.value.value + (self.plus.value.value if self.plus else Decimal(0))


def reimbursement(stay: Stay, figures: Figures) -> Reimbursement | Missing | Impossible:
    """(total - outside - self-paid first - deductible) x rate, up to what is left of the yearly ceiling."""
    wrong = _wrong(stay)
    if wrong:
        return wrong
    held = _held(stay, figures)
    if isinstance(held, Missing):
        return held
    covered = stay.total - (stay.outside or 0) - (stay.self_first or 0)
    line, ceiling = held.line.value.value, held.ceiling.value.value
    share = to_fen(max(Decimal(0), covered - line) * held.percent / 100)
    room = max(Decimal(0), ceiling - stay.used)
    paid = min(share, to_fen(room))
    explained = Explained(
        conclusion=f"大约能报{spell_yuan(paid)}，自己出{spell_yuan(stay.total - paid)}。",
        lines=_lines(stay, held, share > room),
        formula=_formula(stay, held, covered, share, room),
        basis=BASIS,
        figures=tuple(f for f in (held.line, held.rate, held.plus, held.ceiling) if f is not None),
        cautions=_cautions(stay),
        ask=ASK,
    )
    own = to_fen(stay.total) - paid
    return Reimbursement(to_fen(covered), line, held.percent, paid, own, share > room, explained)


def _wrong(stay: Stay) -> Impossible | None:
    if stay.level not in LEVELS:
        return Impossible("医院只分一级、二级、三级，请再看一下。")
    if stay.tier not in TIERS:
        return Impossible("居民医保只有一档和二档，请再看一下。")
    wrong = wrong_amount(stay.total, stay.outside, stay.self_first, stay.used)
    if wrong:
        return wrong
    if (stay.outside or 0) + (stay.self_first or 0) > stay.total:
        return Impossible("不能报的钱比总费用还多，请再看一下。")
    return None


def _held(stay: Stay, figures: Figures) -> _Held | Missing:
    level, tier = LEVELS[stay.level], TIERS[stay.tier]
    line_id, rate_id = f"yb-line-h{stay.level}", f"yb-stay-t{stay.tier}-h{stay.level}"
    cap_id = f"yb-cap-t{stay.tier}"
    line, rate, ceiling = figures.find(line_id), figures.find(rate_id), figures.find(cap_id)
    plus = figures.find("yb-minor-plus") if stay.minor else None
    if line is None:
        return figures.missing(line_id, f"{level}医院住院起付线", ASK)
    if rate is None:
        return figures.missing(rate_id, f"{tier}{level}医院住院报销比例", ASK)
    if ceiling is None:
        return figures.missing(cap_id, f"{tier}住院封顶线", ASK)
    if stay.minor and plus is None:
        return figures.missing("yb-minor-plus", "未成年人多报的比例", ASK)
    return _Held(line, rate, ceiling, plus)


def _lines(stay: Stay, held: _Held, capped: bool) -> tuple[str, ...]:
    lines = [
        f"{LEVELS[stay.level]}医院起付线{spell_yuan(held.line.value.value)}。",
        f"{TIERS[stay.tier]}按{spell_number(held.percent)}%报。",
    ]
    if held.plus:
        lines.append(f"未成年人已经多算{spell_number(held.plus.value.value)}个百分点。")
    if capped:
        lines.append(f"一年封顶{spell_yuan(held.ceiling.value.value)}，只能报到这里。")
    return tuple(lines)


def _formula(stay: Stay, held: _Held, covered: Decimal, share: Decimal, room: Decimal) -> tuple[str, ...]:
    line, rest = held.line.value.value, max(Decimal(0), covered - held.line.value.value)
    steps = ["能报的＝(总费用－不能报的－起付线)×比例。"]
    if covered != stay.total:
        steps.append(f"扣掉目录外和先自付的，剩{spell_yuan(covered)}。")
    if rest:
        steps.append(f"{spell_number(covered)}－{spell_number(line)}＝{spell_yuan(rest)}。")
        steps.append(f"{spell_number(rest)}×{spell_number(held.percent)}%＝{spell_yuan(share)}。")
    else:
        steps.append(f"没超过起付线{spell_yuan(line)}，报不了。")
    if share > room:
        steps.append(f"今年还能报的只剩{spell_yuan(room)}。")
    return tuple(steps)


def _cautions(stay: Stay) -> tuple[str, ...]:
    cautions = []
    if stay.outside is None or stay.self_first is None:
        cautions.append("目录外和先自付的没扣，扣了会少些。")
    cautions.append("大病保险和医疗救助没算在里头。")
    cautions.append("没备案到外地看病，比例会低。")
    if stay.minor:
        cautions.append("跟着大人享受的新生儿，不多这一份。")
    cautions.append(ROUNDED)
    return tuple(cautions)
