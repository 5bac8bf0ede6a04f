"""Groups in words: their state, where they were asked, which tab they stand under."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.database.desk_values import ShownState, VersionRow
from knowledge.database.unanswered_values import (
    HANDED_OVER,
    UNHELPFUL,
    GroupState,
    HandedOver,
    QuestionGroup,
)
from web.staff.desk import Desk
from web.staff.life_views import StateView
from web.staff.listing import documents, state_view
from web.staff.unanswered.views import GroupLine

HERE = "/staff/unanswered"
GONE_WORDS = "（文字已过 90 天，只留次数）"
CHANNELS = {"phone": "手机", "widget": "网页", "kiosk": "大屏", "api": "其他", "": "交给工作人员"}
REASONS = {
    "no_basis": "没有依据",
    "partial": "只答了一部分",
    "withheld": "没通过核对",
    "needs_person": "要人来办",
    UNHELPFUL: "说没帮上",
    HANDED_OVER: "交给工作人员",
}
STATES = {
    GroupState.OPEN: StateView("待处理", "warn"),
    GroupState.HANDED: StateView("转出去了", "warn"),
    GroupState.CLOSED: StateView("不归我们管", "plain"),
}
IN_WORK = (ShownState.DRAFT, ShownState.IN_REVIEW)
TABS = (("open", "待处理"), ("mine", "转给我的"), ("work", "写了等复审"), ("done", "答上了"), ("closed", "不归我们管"), ("all", "全部"))


def url_of(group: QuestionGroup) -> str:
    return f"{HERE}/{group.id}"


def subject_of(group: QuestionGroup) -> str:
    """How the log names a group: it outlives the words, so it holds none."""
    return f"没答上的 {group.id[:6]}"


def title_of(group: QuestionGroup) -> str:
    return group.title or GONE_WORDS


def mix(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    """手机 12、大屏 3, the most first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "、".join(f"{words.get(name, name)} {number}" for name, number in ranked)


def rows_by_document(desk: Desk) -> dict[str, VersionRow]:
    """The version that stands for each document: the published one, else one that waits, else the last."""
    found = {}
    for held in documents(desk.parts.shelf.rows()):
        waits = held.main.state != "published" and held.open
        found[held.main.document_id] = held.open[0] if waits else held.main
    return found


def state_of(group: QuestionGroup, row: VersionRow | None, desk: Desk) -> StateView:
    if group.state is GroupState.ANSWERED:
        return state_view(row, desk.today()) if row is not None else StateView("答案没有了", "danger")
    return STATES[group.state]


def tab_of(group: QuestionGroup, row: VersionRow | None, desk: Desk) -> str:
    """An answer that is in use or waits takes the group off the open ones; one that was withdrawn brings it back.

    past: nobody did anything, and the words are gone.
    """
    if group.state is GroupState.OPEN and not group.wordings:
        return "past"
    if group.state is GroupState.CLOSED:
        return "closed"
    if group.state is GroupState.HANDED:
        return "mine" if group.owner == desk.person.id else "handed"
    if group.state is not GroupState.ANSWERED or row is None:
        return "open"
    shown = row.shown(desk.today())
    if shown in IN_WORK:
        return "work"
    return "open" if shown in (ShownState.WITHDRAWN, ShownState.EXPIRED, ShownState.REPLACED) else "done"


def under_tab(tab: str, wanted: str) -> bool:
    """What is with me is open too."""
    return wanted == "all" or tab == wanted or (wanted == "open" and tab in ("mine", "handed"))


def line_of(
    group: QuestionGroup,
    row: VersionRow | None,
    desk: Desk,
    names: Mapping[str, str],
    handed: Sequence[HandedOver],
) -> GroupLine:
    return GroupLine(
        title=title_of(group),
        url=url_of(group),
        questions=group.questions,
        wordings=len(group.wordings),
        last_at=group.last_at,
        channels=mix(group.channels, CHANNELS),
        state=state_of(group, row, desk),
        owner=names.get(group.owner, group.owner) if group.state is GroupState.HANDED else "",
        waiting=sum(item.group_id == group.id and not item.reply for item in handed),
    )
