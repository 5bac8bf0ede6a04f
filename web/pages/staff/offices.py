"""Offices: phone, address and hours as a clerk has confirmed them; what is not confirmed is shown to nobody."""

from __future__ import annotations

import asyncio

from fastapi import HTTPException, Request
from starlette.responses import Response

from knowledge.database.staff_values import Role
from knowledge.overlay_values import RecordKind
from knowledge.to_confirm import OFFICE_WORDS, missing_of_office
from knowledge.types import Office
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.papers import BODY_BYTES, given_paper
from web.staff.holdings.present import town_of
from web.staff.holdings.record_pages import Typed, faults_of, held_of, keep, page_of, read_record
from web.staff.holdings.record_views import RecordPage, RecordRowView, RecordsPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
HERE = "/staff/offices"
MENU = (MenuItem("窗口", HERE, Role.EDITOR, order=40),)
DONE = {"confirmed": "确认了，约 1 分钟内所有页面都用新的。"}
INTRO = "电话、地址、上班时间，问准了才填。没有确认的，村民看不到；没有的就勾“没有”，不再来问。"
KIND = RecordKind.OFFICE


@router.get("/offices")
@allow(Role.EDITOR)
async def office_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk))


@router.get("/offices/{name}")
@allow(Role.EDITOR)
async def office(name: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, name))


@router.post("/offices/{name}")
@allow(Role.EDITOR, max_body_bytes=BODY_BYTES)
async def confirm(name: str, request: Request, desk: DeskDep) -> Response:
    """What was typed holds as of today, with the paper it comes from where one is attached."""
    form = await request.form()
    typed = read_record(form, KIND)
    given = await given_paper(desk, form, KIND, name[:120])
    errors = faults_of(typed) + ((given,) if isinstance(given, FieldError) else ())
    if errors or isinstance(given, FieldError):
        return desk.wrong(await asyncio.to_thread(_view, desk, name, typed, errors))
    await asyncio.to_thread(_office, desk, name)
    await asyncio.to_thread(keep, desk, KIND, name, typed, given)
    return desk.go(f"{HERE}/{name}", "confirmed")


def _list(desk: Desk) -> RecordsPage:
    return RecordsPage(
        frame=desk.frame("窗口", HERE, done=DONE),
        intro=INTRO,
        rows=tuple(
            RecordRowView(
                office.name,
                f"{HERE}/{office.id}",
                "　".join(getattr(office, name) for name in OFFICE_WORDS if getattr(office, name)),
                office.confirmed_on,
                "、".join(missing_of_office(office)),
            )
            for office in town_of(desk).offices.values()
        ),
    )


def _office(desk: Desk, name: str) -> Office:
    """Raises 404."""
    found = town_of(desk).offices.get(name)
    if found is None:
        raise HTTPException(404)
    return found


def _view(desk: Desk, name: str, typed: Typed | None = None, errors: tuple[FieldError, ...] = ()) -> RecordPage:
    office = _office(desk, name)
    return page_of(desk, KIND, name, office.name, typed or held_of(office, KIND), errors, DONE)
