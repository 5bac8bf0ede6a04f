"""What is done with a need besides answering it: hand it on, say that it is not ours, open it again; reply to a number."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from fastapi import Form, HTTPException
from starlette.responses import Response

from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.group_page import group_view
from web.staff.unanswered.listing import HERE, subject_of
from web.staff.unanswered.steps import MAX_WHY, ended, ended_group, seen_group, unanswered_of
from web.staff.views import FieldError

router = desk_router()
MAX_REPLY = 500
_NUMBER = re.compile(r"[0-9]{6}")
_BACK = re.compile(r"/staff/(unanswered/[0-9a-f]{24}|feedback)")
Text = Annotated[str, Form()]


@router.post("/unanswered/{group_id}/hand-on")
@allow(Role.EDITOR)
async def hand_on(group_id: str, desk: DeskDep, owner: Text = "", why: Text = "", revision: Text = "") -> Response:
    group = await seen_group(desk, group_id, revision)
    names = await asyncio.to_thread(names_of, desk)
    if owner not in names:
        return await _again(desk, group_id, FieldError("owner", "请选转给谁。"), owner=owner, why_on=why)
    deed = desk.deed("hand_on_group", subject_of(group), why.strip()[:MAX_WHY], name=names[owner])
    ending = await asyncio.to_thread(unanswered_of(desk).hand_on, group, owner, deed)
    return ended_group(desk, ending, group, "handed")


@router.post("/unanswered/{group_id}/close")
@allow(Role.EDITOR)
async def close(group_id: str, desk: DeskDep, reason: Text = "", revision: Text = "") -> Response:
    group = await seen_group(desk, group_id, revision)
    if not reason.strip():
        return await _again(desk, group_id, FieldError("reason", "请写为什么不归我们管、该找谁。"))
    deed = desk.deed("close_group", subject_of(group), reason.strip()[:MAX_WHY])
    ending = await asyncio.to_thread(unanswered_of(desk).close, group, deed)
    return ended_group(desk, ending, group, "closed")


@router.post("/unanswered/{group_id}/reopen")
@allow(Role.EDITOR)
async def reopen(group_id: str, desk: DeskDep, revision: Text = "") -> Response:
    group = await seen_group(desk, group_id, revision)
    deed = desk.deed("reopen_group", subject_of(group))
    ending = await asyncio.to_thread(unanswered_of(desk).reopen, group, deed)
    return ended_group(desk, ending, group, "reopened")


@router.post("/handovers/{number}/reply")
@allow(Role.EDITOR)
async def reply(number: str, desk: DeskDep, words: Text = "", back: Text = "") -> Response:
    """The reply alone is shown under the number; what looks like somebody's number is masked."""
    if not _NUMBER.fullmatch(number):
        raise HTTPException(404)
    path = back if _BACK.fullmatch(back) else HERE
    said = desk.services.mask(words.strip())
    if not 1 <= len(said) <= MAX_REPLY:
        sentence = f"没有存：答复要写 1 到 {MAX_REPLY} 个字。请返回再写。"
        return desk.stop(sentence, 422, ("返回", path))
    deed = desk.deed("reply_handover", "取件号答复")
    ending = await asyncio.to_thread(unanswered_of(desk).reply, number, said, deed)
    return ended(desk, ending, path, "replied")


async def _again(desk: Desk, group_id: str, error: FieldError, **typed: str) -> Response:
    return desk.wrong(await asyncio.to_thread(group_view, desk, group_id, (error,), typed))
