"""The page of one parcel: what it would change, what has to be looked at and decided, and who may take it over."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.database.staff_values import Role
from web.staff.desk import Desk
from web.staff.holdings.exchange import Opened, choices, versions_of
from web.staff.holdings.exchange_views import ParcelPage
from web.staff.holdings.parcel_changes import plans_of
from web.staff.holdings.parcel_run import run_of
from web.staff.intake.checking import LOOK_S
from web.staff.life import two_person
from web.staff.names import names_of
from web.staff.views import FieldError

HERE = "/staff/exchange"
MENU_PAGE = "/staff/entries"
DONE = {"brought": "收到了，先看会改什么。", "taken": "导入好了，约 1 分钟内开始使用。", "dropped": "没有导入，压缩包不要了。"}
MAX_SHOWN = 100


def parcel_view(
    desk: Desk, held: Opened, form: Mapping[str, str] | None = None, errors: tuple[FieldError, ...] = ()
) -> ParcelPage:
    """form: the choices as they came, where it comes back with errors. Nothing is compared in what has to be mended."""
    problems = held.brought.problems
    versions = {} if problems else versions_of(desk, held)
    idle = bool(problems or held.lost or held.plan.empty)
    return ParcelPage(
        frame=desk.frame(f"导入：{held.parcel.name}", MENU_PAGE, done=DONE, errors=errors),
        url=f"{HERE}/{held.parcel.id}",
        plans=() if problems else plans_of(desk, held, versions),
        same=held.plan.same,
        ignored=tuple(held.brought.ignored[:MAX_SHOWN]),
        problems=tuple(str(problem) for problem in problems[:MAX_SHOWN]),
        more_problems=max(0, len(problems) - MAX_SHOWN),
        choices=choices(desk, held, versions.values(), form or {}),
        run=None if idle else run_of(desk, held, versions, LOOK_S),
        seen=held.snapshot.revision,
        why_not=_why_not(desk, held),
        can_drop=desk.may(Role.ADMIN),
    )


def _why_not(desk: Desk, held: Opened) -> str:
    """Why taking over is not offered, '' where it is."""
    if held.lost:
        return held.lost
    if held.brought.problems:
        if desk.may(Role.ADMIN):
            return "里面有要改的地方，照下面改好了再传一次。现在什么都没有变。"
        who = names_of(desk).get(held.parcel.made_by, held.parcel.made_by)
        return f"里面有要改的地方。请告诉传它的{who}：照下面改好，再传一次。现在什么都没有变。"
    if held.plan.empty:
        return "里面的和现在用的一模一样，不用导入。"
    if not desk.may(Role.REVIEWER):
        return "等复审的人导入。"
    if two_person(desk) and held.parcel.made_by == desk.person.id:
        return "这是您传的，要另一个复审的人来导入。"
    return ""
