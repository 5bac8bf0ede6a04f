"""Offices and hotlines: rung and asked by a clerk; what is not confirmed is shown to nobody, nor is a dead line as sound."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.responses import Response

from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.papers import BODY_BYTES, given_paper
from web.staff.holdings.phone_marks import mark_phone, phone_view
from web.staff.holdings.present import town_of
from web.staff.holdings.record_books import HOTLINES, OFFICES, BookDep, RecordBook
from web.staff.holdings.record_pages import faults_of, keep, list_of, page_of, read_record
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
MENU = (
    MenuItem(OFFICES.title, OFFICES.here, Role.EDITOR, order=40),
    MenuItem(HOTLINES.title, HOTLINES.here, Role.EDITOR, order=42),
)


@router.get("/offices")
@router.get("/hotlines")
@allow(Role.EDITOR)
async def record_list(desk: DeskDep, book: BookDep) -> Response:
    return desk.page(await asyncio.to_thread(list_of, desk, book))


@router.get("/offices/{name}")
@router.get("/hotlines/{name}")
@allow(Role.EDITOR)
async def record_page(name: str, desk: DeskDep, book: BookDep) -> Response:
    return desk.page(await asyncio.to_thread(page_of, desk, book, name))


@router.post("/offices/{name}")
@router.post("/hotlines/{name}")
@allow(Role.EDITOR, max_body_bytes=BODY_BYTES)
async def confirm(name: str, request: Request, desk: DeskDep, book: BookDep) -> Response:
    """What was typed holds as of today, with the paper it comes from where one is attached."""
    form = await request.form()
    typed = read_record(form, book)
    given = await given_paper(desk, form, book.kind, name[:120])
    errors = faults_of(typed) + ((given,) if isinstance(given, FieldError) else ())
    page = await asyncio.to_thread(page_of, desk, book, name, typed, errors)
    if errors or isinstance(given, FieldError):
        return desk.wrong(page)
    await asyncio.to_thread(keep, desk, book, name, typed, given)
    return desk.go(f"{book.here}/{name}", "confirmed")


@router.post("/offices/{name}/silent")
@router.post("/hotlines/{name}/silent")
@allow(Role.EDITOR)
async def silent(name: str, desk: DeskDep, book: BookDep) -> Response:
    """Rung today, nobody answered."""
    return await asyncio.to_thread(_mark, desk, book, name, True)


@router.post("/offices/{name}/answers")
@router.post("/hotlines/{name}/answers")
@allow(Role.EDITOR)
async def answers(name: str, desk: DeskDep, book: BookDep) -> Response:
    """It answers again."""
    return await asyncio.to_thread(_mark, desk, book, name, False)


def _mark(desk: Desk, book: RecordBook, name: str, is_silent: bool) -> Response:
    town = town_of(desk)
    phone = phone_view(desk, book.record(town, name), town)
    here = f"{book.here}/{name}"
    if phone is None:
        return desk.stop("这里没有可以标的电话：村民还看不到号码，或者是不能标的紧急电话。", 422, ("回到这一条", here))
    mark_phone(desk, phone.number, is_silent)
    return desk.go(here, "silent" if is_silent else "answers")
