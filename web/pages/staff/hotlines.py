"""Hotlines: rung by a clerk, with the hours that were told; hours nobody confirmed are shown to nobody."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException, Request
from starlette.responses import Response

from knowledge.database.staff_values import Role
from knowledge.overlay_values import RecordKind
from knowledge.types import Hotline
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.papers import BODY_BYTES, given_paper
from web.staff.holdings.present import town_of
from web.staff.holdings.record_pages import Typed, faults_of, held_of, keep, page_of, read_record
from web.staff.holdings.record_views import RecordPage, RecordRowView, RecordsPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
HERE = "/staff/hotlines"
MENU = (MenuItem("热线", HERE, Role.EDITOR, order=42),)
DONE = {"confirmed": "确认了，约 1 分钟内所有页面都用新的。"}
INTRO = "每个短号试拨一次，通了就确认。接电话的时间问准了才填；本地没开通的，在“管什么”里写清楚该打哪个。"
KIND = RecordKind.HOTLINE


@router.get("/hotlines")
@allow(Role.EDITOR)
async def hotline_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk))


@router.get("/hotlines/{number}")
@allow(Role.EDITOR)
async def hotline(number: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, number))


@router.post("/hotlines/{number}")
@allow(Role.EDITOR, max_body_bytes=BODY_BYTES)
async def confirm(number: str, request: Request, desk: DeskDep) -> Response:
    form = await request.form()
    typed = read_record(form, KIND)
    given = await given_paper(desk, form, KIND, number[:120])
    errors = faults_of(typed) + ((given,) if isinstance(given, FieldError) else ())
    if errors or isinstance(given, FieldError):
        return desk.wrong(await asyncio.to_thread(_view, desk, number, typed, errors))
    await asyncio.to_thread(_hotline, desk, number)
    await asyncio.to_thread(keep, desk, KIND, number, typed, given)
    return desk.go(f"{HERE}/{number}", "confirmed")


def _list(desk: Desk) -> RecordsPage:
    return RecordsPage(
        frame=desk.frame("热线", HERE, done=DONE),
        intro=INTRO,
        rows=tuple(
            RecordRowView(
                f"{line.number}（{line.name}）",
                f"{HERE}/{line.number}",
                "　".join(word for word in (line.what, line.hours) if word),
                line.confirmed_on,
                "" if line.confirmed_on else "试拨",
            )
            for line in town_of(desk).hotlines.values()
        ),
    )


def _hotline(desk: Desk, number: str) -> Hotline:
    """Raises 404."""
    found = town_of(desk).hotlines.get(number)
    if found is None:
        raise HTTPException(404)
    return found


def _view(desk: Desk, number: str, typed: Typed | None = None, errors: tuple[FieldError, ...] = ()) -> RecordPage:
    line = _hotline(desk, number)
    return page_of(desk, KIND, number, f"{line.number}（{line.name}）", typed or held_of(line, KIND), errors, DONE)
