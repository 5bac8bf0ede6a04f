"""Rows of the database as lines of the document list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.database.desk_values import ShownState, VersionRow
from web.staff.life_views import RowView, StateView

HERE = "/staff/documents"
KINDS = {
    "entry": "问答条目",
    "report": "镇里报告",
    "policy": "政策文件",
    "statute": "法律法规",
    "staff_answer": "工作人员回答",
}
TONES = {
    ShownState.IN_FORCE: "ok",
    ShownState.IN_REVIEW: "warn",
    ShownState.ENDING: "warn",
    ShownState.NOT_YET: "warn",
    ShownState.EXPIRED: "danger",
    ShownState.REPLACED: "danger",
    ShownState.WITHDRAWN: "danger",
}
NEWLY_EXPIRED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Held:
    """One document: the version that stands for it, and those that wait for somebody."""

    main: VersionRow
    open: tuple[VersionRow, ...]


def documents(rows: Iterable[VersionRow]) -> list[Held]:
    """By document. The published version stands for it, else the newest closed one, else the newest."""
    groups: dict[str, list[VersionRow]] = {}
    for row in rows:
        groups.setdefault(row.document_id, []).append(row)
    found = []
    for items in groups.values():
        waiting = tuple(row for row in items if row.state in ("draft", "in_review"))
        closed = [row for row in items if row not in waiting]
        published = next((row for row in items if row.state == "published"), None)
        found.append(Held(published or (closed or items)[-1], waiting))
    return found


def waiting(held: Sequence[Held], on: date, now: datetime) -> list[tuple[VersionRow, str]]:
    """What somebody has to look at, most pressing first, with a word why."""
    found: list[tuple[int, VersionRow, str]] = []
    for item in held:
        for row in item.open:
            first, note = (0, "等另一个人复审") if row.state == "in_review" else (1, "写好了再送复审")
            found.append((first, row, row.reason or note))
        state = item.main.shown(on)
        if item.main.can_be_undone(now):
            found.append((2, item.main, "24 小时内可以恢复"))
        elif state is ShownState.ENDING:
            found.append((3, item.main, "快失效了，看要不要换新的"))
        elif state is ShownState.EXPIRED and _lately(item.main, on):
            found.append((4, item.main, "已经失效，问现在的事不再用它"))
    return [(row, note) for _, row, note in sorted(found, key=lambda each: (each[0], each[1].title))]


def row_view(row: VersionRow, on: date, cited: Mapping[str, int], names: Mapping[str, str], note: str = "") -> RowView:
    """An open version leads to itself, any other to its document."""
    is_open = row.state in ("draft", "in_review")
    return RowView(
        title=row.title,
        url=version_url(row.document_id, row.version) if is_open else document_url(row.document_id),
        kind=KINDS.get(row.kind, row.kind),
        start=day_words(row.period.start),
        end=day_words(row.period.end),
        state=state_view(row, on),
        cited=cited.get(row.document_id, 0),
        who=names.get(row.written_by, row.written_by),
        note=note,
    )


def state_view(row: VersionRow, on: date) -> StateView:
    state = row.shown(on)
    return StateView(state.value, TONES.get(state, "plain"))


def day_words(day: date | None) -> str:
    return day.isoformat() if day else "—"


def document_url(document_id: str) -> str:
    return f"{HERE}/{document_id}"


def version_url(document_id: str, version: str) -> str:
    return f"{document_url(document_id)}/versions/{version}"


def _lately(row: VersionRow, on: date) -> bool:
    return row.period.end is not None and (on - row.period.end).days < NEWLY_EXPIRED_DAYS
