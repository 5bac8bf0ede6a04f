"""The periods of law that are counted in days, months or years, and from when each one runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.calculators.results import RuleBasis


class Procedure(StrEnum):
    """What is to be done in time."""

    REVIEW = "review"
    REVIEW_UNTOLD = "review_untold"
    LAWSUIT = "lawsuit"
    LAWSUIT_AFTER_REVIEW = "lawsuit_after_review"
    WORK_INJURY = "work_injury"
    LABOUR = "labour"
    LABOUR_WAGES = "labour_wages"
    LABOUR_COURT = "labour_court"
    CIVIL = "civil"


class Unit(StrEnum):
    DAY = "天"
    MONTH = "个月"
    YEAR = "年"


@dataclass(frozen=True, slots=True)
class Stretch:
    """who acts, and how long: 60 天, 6 个月, 1 年."""

    who: str
    amount: int
    unit: Unit

    @property
    def words(self) -> str:
        return f"{self.amount}{self.unit}"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """name: the step. runs_from: the day from which it runs, not counted itself.

    expired: what is still to be said when the day has passed. restarts: does asking the other side begin it
    anew? longest_years: the outer limit, from the harm itself.
    """

    name: str
    runs_from: str
    stretches: tuple[Stretch, ...]
    basis: RuleBasis
    ask: tuple[str, ...]
    cautions: tuple[str, ...]
    expired: tuple[str, ...]
    restarts: bool = False
    longest_years: int | None = None


_REVIEW_LATE = ("有不可抗力等正当理由的，障碍没了接着算。",)
_RESTART = "中间催要过、对方答应过，要重新算。"
RULES: Mapping[Procedure, DeadlineRule] = {
    Procedure.REVIEW: DeadlineRule(
        "申请行政复议",
        "知道决定那天",
        (Stretch("您", 60, Unit.DAY),),
        RuleBasis("xingzheng-fuyi-fa", "第20条"),
        ("county-review", "12348"),
        ("没告诉您能复议的，期限另算，最长1年。",),
        _REVIEW_LATE,
    ),
    Procedure.REVIEW_UNTOLD: DeadlineRule(
        "申请行政复议",
        "知道决定内容那天",
        (Stretch("您", 1, Unit.YEAR),),
        RuleBasis("xingzheng-fuyi-fa", "第20条"),
        ("county-review", "12348"),
        ("这是最长的期限，不要拖到最后。", "一知道能复议，就从那天起数60天。"),
        _REVIEW_LATE,
    ),
    Procedure.LAWSUIT: DeadlineRule(
        "直接到法院告行政机关",
        "知道决定那天",
        (Stretch("您", 6, Unit.MONTH),),
        RuleBasis("xingzheng-susong-fa", "第46条"),
        ("12368", "12348"),
        ("有些事要先复议才能告，先问清楚。", "决定作出满5年的，法院一般不收。"),
        ("不是自己的原因耽误的，可以跟法院说。",),
    ),
    Procedure.LAWSUIT_AFTER_REVIEW: DeadlineRule(
        "复议后到法院起诉",
        "收到复议决定书那天",
        (Stretch("您", 15, Unit.DAY),),
        RuleBasis("xingzheng-susong-fa", "第45条"),
        ("12368", "12348"),
        ("复议到期没给决定的，从期满那天起数。",),
        ("不是自己的原因耽误的，可以跟法院说。",),
    ),
    Procedure.WORK_INJURY: DeadlineRule(
        "申报工伤",
        "出事或者确诊职业病那天",
        (Stretch("单位", 30, Unit.DAY), Stretch("您或者近亲属", 1, Unit.YEAR)),
        RuleBasis("gongshang-tiaoli", "第17条"),
        ("12333", "county-social"),
        ("单位不报，您自己可以直接去报。", "单位报晚了，这段的费用单位出。"),
        ("过了也先去问，有的情形能不算耽误。",),
    ),
    Procedure.LABOUR: DeadlineRule(
        "申请劳动仲裁",
        "知道自己吃亏那天",
        (Stretch("您", 1, Unit.YEAR),),
        RuleBasis("laodong-zhongcai-fa", "第27条"),
        ("12333", "12348"),
        ("还在上班时欠的工钱，不受1年限制。", _RESTART),
        ("有不可抗力等正当理由的，可以接着算。",),
        restarts=True,
    ),
    Procedure.LABOUR_WAGES: DeadlineRule(
        "为工钱申请劳动仲裁",
        "离开单位那天",
        (Stretch("您", 1, Unit.YEAR),),
        RuleBasis("laodong-zhongcai-fa", "第27条"),
        ("12333", "12348"),
        ("还在上班时欠的工钱，不受1年限制。", _RESTART),
        ("有单位写的工资欠条，可以直接到法院告。",),
        restarts=True,
    ),
    Procedure.LABOUR_COURT: DeadlineRule(
        "不服仲裁到法院起诉",
        "收到仲裁裁决书那天",
        (Stretch("您", 15, Unit.DAY),),
        RuleBasis("laodong-zhongcai-fa", "第48条、第50条"),
        ("12368", "12348"),
        ("不起诉，裁决书就生效了。",),
        ("裁决书可能已经生效，先问清楚。",),
    ),
    Procedure.CIVIL: DeadlineRule(
        "到法院起诉",
        "知道吃亏和该找谁那天",
        (Stretch("您", 3, Unit.YEAR),),
        RuleBasis("minfadian", "第188条、第195条"),
        ("12348", "12368"),
        (_RESTART, "欠条写了还款日的，从还款日算。", "要赡养费、抚养费，没有这个期限。"),
        ("过了还可以告，对方拿过期说事就难赢。",),
        restarts=True,
        longest_years=20,
    ),
}
