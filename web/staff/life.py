"""What may be done with a version now, by whom, and the words for how it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.database.desk_values import UNDO, Outcome, Step, VersionRow
from knowledge.database.staff_values import Role
from web.staff.desk import Desk

MAX_WHY = 500
ENDINGS = {
    Outcome.GONE: "没有做：这一版的状态已经变了，也许别人刚处理过。请看一下现在的样子。",
    Outcome.SAME_PERSON: "没有发布：写的人、送复审的人不能自己复审，要另一个人来。",
    Outcome.NOT_SUBMITTED: "没有发布：要先送复审，再由另一个人发布。",
    Outcome.TOO_LATE: "没有恢复：已经过了 24 小时。请把它作为新的一版重新送复审。",
    Outcome.GAP: "没有发布：新版还没到生效日，现在换上，中间这段时间就没有依据了。"
    "请把新文件单独加进来，选“接替”旧文件，两份就都能用。",
    Outcome.WRONG_DAY: "没有发布：被接替的旧文件在那一天还没有生效。请核对两份文件的生效日。",
    Outcome.MOVED: "没有发布：刚才又有别的文件或者数字变了。请重新打开这一版，看一遍有没有冲突，再发布。",
    Outcome.EMPTY: "没有做：这一版里一个字也没有。请先把文字补上。",
}
DONE = {
    "submitted": "已经送去复审。",
    "sent_back": "已经退回修改。",
    "published": "已经发布，约 1 分钟内开始使用。",
    "withdrawn": "已经撤回，约 1 分钟内所有地方都不再用它。24 小时内可以恢复。",
    "restored": "已经恢复，约 1 分钟内重新使用。",
    "deleted": "草稿删了。",
    "planned": "记下了，发布的时候一起办。",
    "unplanned": "取消了，旧文件不动。",
}
STEP_WORDS = {
    "submit": "初审，送复审",
    "approve": "照原样审核通过",
    "set_aside": "对照过，没有换上",
    "send_back": "退回修改",
    "publish": "复审，发布",
    "replace": "被新的一版换下",
    "take_over": "因为有新文件接替，加了失效日",
    "withdraw": "撤回",
    "restore": "恢复",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What the page offers. why_not: why 发布 is not among it, '' where it is, or where nothing waits."""

    submit: bool
    publish: bool
    send_back: bool
    delete: bool
    why_not: str


def two_person(desk: Desk) -> bool:
    return desk.services.settings.two_person == "on"


def choices(desk: Desk, row: VersionRow, steps: Sequence[Step]) -> Choices:
    """The same rules as the database holds; the page only saves a vain try."""
    draft, review = row.state == "draft", row.state == "in_review"
    why_not = _why_not(desk, row, steps) if draft or review else ""
    return Choices(
        submit=draft and two_person(desk),
        publish=(draft or review) and not why_not,
        send_back=review and row.origin != "bundled",  # nobody here wrote it, so nobody could mend it
        delete=draft,
        why_not=why_not if review else "",
    )


def can_undo(desk: Desk, row: VersionRow, rows: Sequence[VersionRow]) -> bool:
    """A withdrawn version while nothing else is published; the newest replaced one; both within a day."""
    closed = [each for each in rows if each.closed_at is not None and each.state in ("withdrawn", "replaced")]
    newest = max(closed, key=lambda each: (each.closed_at, each.ordinal), default=None)
    if newest is not row or row.closed_at is None or desk.now() - row.closed_at >= UNDO:
        return False
    published = any(each.state == "published" for each in rows)
    return not published if row.state == "withdrawn" else True


def _why_not(desk: Desk, row: VersionRow, steps: Sequence[Step]) -> str:
    if not two_person(desk):
        return ""
    if row.state == "draft":
        return ENDINGS[Outcome.NOT_SUBMITTED]
    if not desk.may(Role.REVIEWER):
        return "等复审的人发布。"
    handed_in = next((step.who for step in reversed(steps) if step.step == "submit"), None)
    if desk.person.id in (row.written_by, handed_in):
        return "这一版是您写的或者您送的，要另一个人复审。"
    return ""
