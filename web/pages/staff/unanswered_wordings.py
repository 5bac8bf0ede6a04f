"""加问法: wordings of a need for the entry or staff answer that answers it already; a second person looks first."""

from __future__ import annotations

import asyncio

from fastapi import Request
from starlette.responses import Response

from knowledge.database.staff_values import Role
from knowledge.normalise import matching_key
from web.staff.desk import DeskDep
from web.staff.life import two_person
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.group_page import group_view
from web.staff.unanswered.listing import subject_of, url_of
from web.staff.unanswered.steps import asked_elsewhere, ended_group, group_of, seen_group, unanswered_of
from web.staff.views import FieldError

router = desk_router()


@router.post("/unanswered/{group_id}/wordings")
@allow(Role.EDITOR)
async def add(group_id: str, request: Request, desk: DeskDep) -> Response:
    form = await request.form()
    group = await seen_group(desk, group_id, str(form.get("revision", "")))
    document_id = str(form.get("document_id", "")).strip()[:120]
    mine = {each.text for each in group.wordings}
    texts = [text for item in form.getlist("wording") if (text := str(item)) in mine]
    held = {row.document_id: row for row in await asyncio.to_thread(desk.parts.shelf.rows, document_id) if document_id}
    errors = []
    if document_id not in held or held[document_id].kind not in ("entry", "report", "staff_answer"):
        errors.append(FieldError("document_id", "请选加到哪一条；没有列出来的，写那一条的编号。"))
    others = await asyncio.to_thread(asked_elsewhere, desk, document_id)
    taken = next((text for text in texts if matching_key(text) in others), "")
    if not texts:
        errors.append(FieldError("wording", "请至少勾一种问法。"))
    elif taken:
        owner = others[matching_key(taken)]
        errors.append(FieldError("wording", f"“{taken[:30]}”已经由“{owner[:30]}”回答，请不要勾它。"))
    if errors:
        return desk.wrong(await asyncio.to_thread(group_view, desk, group_id, tuple(errors)))
    deed = desk.deed("add_wordings", document_id, questions=str(len(texts)))
    ending = await asyncio.to_thread(unanswered_of(desk).add_wordings, group, document_id, texts, deed)
    return ended_group(desk, ending, group, "added")


@router.post("/unanswered/{group_id}/wordings/approve")
@allow(Role.EDITOR)
async def approve(group_id: str, request: Request, desk: DeskDep) -> Response:
    """A reviewer's; an editor's too where the town works with one person."""
    form = await request.form()
    group = await asyncio.to_thread(group_of, desk, group_id)
    if two_person(desk) and not desk.may(Role.REVIEWER):
        return desk.stop("没有做：要由复审的人来。", 403, ("回去", url_of(group)))
    keys = [str(key)[:64] for key in form.getlist("key")]
    deed = desk.deed("approve_wordings", subject_of(group), questions=str(len(keys)))
    ending = await asyncio.to_thread(
        unanswered_of(desk).approve_wordings, keys, deed, two_person=two_person(desk)
    )
    desk.parts.wake()
    return ended_group(desk, ending, group, "approved")


@router.post("/unanswered/{group_id}/wordings/withdraw")
@allow(Role.EDITOR)
async def withdraw(group_id: str, request: Request, desk: DeskDep) -> Response:
    form = await request.form()
    group = await asyncio.to_thread(group_of, desk, group_id)
    keys = [str(key)[:64] for key in form.getlist("key")]
    deed = desk.deed("withdraw_wordings", subject_of(group), questions=str(len(keys)))
    ending = await asyncio.to_thread(unanswered_of(desk).withdraw_wordings, keys, deed)
    desk.parts.wake()
    return ended_group(desk, ending, group, "withdrawn")
