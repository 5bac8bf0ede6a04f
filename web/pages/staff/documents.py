"""The list of documents, and one document with all its versions."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.database.desk_values import ShownState, Succession, VersionRow
from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.life import DONE, can_undo
from web.staff.life_views import DeskDocumentPage, DocumentsPage, RowView, VersionView
from web.staff.listing import (
    HERE,
    KINDS,
    Held,
    day_words,
    document_url,
    documents,
    row_view,
    state_view,
    version_url,
    waiting,
)
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, MenuItem

router = desk_router()
MENU = (MenuItem("文件", HERE, Role.EDITOR, order=20),)
AT_ONCE = 50
CITED_DAYS = 90


@router.get("/documents")
@allow(Role.EDITOR)
async def document_list(
    desk: DeskDep, state: str = "", kind: str = "", words: str = "", skip: int = 0
) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk, state, kind, words.strip()[:60], max(0, skip)))


@router.get("/documents/{document_id}")
@allow(Role.EDITOR)
async def document_page(document_id: str, desk: DeskDep) -> Response:
    view = await asyncio.to_thread(_document, desk, document_id)
    if view is None:
        raise HTTPException(404)
    return desk.page(view)


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    on, rows = desk.today(), desk.parts.shelf.rows()
    shown = [row.shown(on) for row in rows]
    return tuple(
        CountView(words, shown.count(state), f"{HERE}?{urlencode({'state': state.value})}")
        for words, state in (
            ("份等复审", ShownState.IN_REVIEW),
            ("份草稿", ShownState.DRAFT),
            ("份 30 天内失效", ShownState.ENDING),
        )
    )


def _list(desk: Desk, state: str, kind: str, words: str, skip: int) -> DocumentsPage:
    on, names = desk.today(), names_of(desk)
    held = documents(desk.parts.shelf.rows())
    cited = desk.parts.shelf.cited_counts(on - timedelta(days=CITED_DAYS))
    fitting = [row for row in _rows(held) if _fits(row, on, state, kind, words)]
    fitting.sort(key=lambda row: (row.kind in ("entry", "report", "statute"), row.title))
    more = {"state": state, "kind": kind, "words": words, "skip": str(skip + AT_ONCE)}
    return DocumentsPage(
        frame=desk.frame("文件", HERE, done=DONE),
        waiting=_waiting(held, desk, cited, names),
        rows=tuple(row_view(row, on, cited, names) for row in fitting[skip : skip + AT_ONCE]),
        total=len(fitting),
        state=state,
        kind=kind,
        words=words,
        states=(("", "全部"), *((item.value, item.value) for item in ShownState)),
        kinds=(("", "全部"), *KINDS.items()),
        more=f"{HERE}?{urlencode(more)}" if len(fitting) > skip + AT_ONCE else "",
        intake=next((item.url for item in desk.menu if item.url.startswith("/staff/intake")), ""),
    )


def _waiting(
    held: Sequence[Held], desk: Desk, cited: Mapping[str, int], names: Mapping[str, str]
) -> tuple[RowView, ...]:
    found = waiting(held, desk.today(), desk.now())
    return tuple(row_view(row, desk.today(), cited, names, note) for row, note in found)


def _rows(held: Sequence[Held]) -> list[VersionRow]:
    """The version that stands for each document, and every open one beside it."""
    found = []
    for item in held:
        found += [item.main, *(row for row in item.open if row is not item.main)]
    return found


def _fits(row: VersionRow, on: date, state: str, kind: str, words: str) -> bool:
    return (
        (not state or row.shown(on).value == state)
        and (not kind or row.kind == kind)
        and (words in row.title or words in row.document_id)
    )


def _document(desk: Desk, document_id: str) -> DeskDocumentPage | None:
    rows = desk.parts.shelf.rows(document_id)
    if not rows:
        return None
    on, names = desk.today(), names_of(desk)
    main = documents(rows)[0].main
    titles = {row.document_id: row.title for row in desk.parts.shelf.rows()}
    plans = desk.parts.shelf.successions()
    return DeskDocumentPage(
        frame=desk.frame(main.title, HERE, done=DONE),
        document_id=document_id,
        kind=KINDS.get(main.kind, main.kind),
        state=state_view(main, on),
        public=f"/documents/{document_id}" if main.state == "published" else "",
        versions=tuple(_version(desk, row, rows, names) for row in reversed(rows)),
        follows=_linked(plans, titles, successor=document_id),
        followed_by=_linked(plans, titles, document=document_id),
        cited=desk.parts.shelf.cited(document_id, desk.now())[0],
        can_withdraw=main.state == "published",
    )


def _linked(
    plans: Sequence[Succession], titles: Mapping[str, str], *, successor: str = "", document: str = ""
) -> tuple[tuple[str, str], ...]:
    """(words, address) of documents this one follows, or is followed by."""
    found = []
    for plan in plans:
        if successor and plan.successor_id == successor:
            found.append((f"{titles.get(plan.document_id, plan.document_id)}（到 {plan.since} 停用）", plan.document_id))
        if document and plan.document_id == document:
            found.append((f"{titles.get(plan.successor_id, plan.successor_id)}（从 {plan.since} 起）", plan.successor_id))
    return tuple((words, document_url(name)) for words, name in found)


def _version(
    desk: Desk, row: VersionRow, rows: Sequence[VersionRow], names: Mapping[str, str]
) -> VersionView:
    return VersionView(
        name=f"第 {row.ordinal} 版",
        url=version_url(row.document_id, row.version),
        state=state_view(row, desk.today()),
        start=day_words(row.period.start),
        end=day_words(row.period.end),
        who=names.get(row.written_by, row.written_by),
        reviewed=names.get(row.reviewed_by, row.reviewed_by) if row.reviewed_by else "—",
        at=row.published_at or row.created_at,
        reason=row.reason or "",
        undo=f"{version_url(row.document_id, row.version)}/restore" if can_undo(desk, row, rows) else "",
    )
