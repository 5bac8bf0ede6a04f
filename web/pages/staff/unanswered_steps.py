"""What is done with a need besides answering it: hand it on, say that it is not ours, open it again; reply to a number."""

from __future__ import annotations

import asyncio
import re
from typing import Annotated

from fastapi import Form, HTTPException
from starlette.responses import Response

from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import Ending, QuestionGroup
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.group_page import group_view
from web.staff.unanswered.listing import HERE, subject_of
from web.staff.unanswered.reply_form import reply_faults, reply_view
from web.staff.unanswered.steps import ENDINGS, MAX_WHY, ended, ended_group, one_of, seen_group, unanswered_of
from web.staff.views import FieldError

router = desk_router()
_NUMBER = re.compile(r"[0-9]{6}")
_BACK = re.compile(r"/staff/(unanswered/[0-9a-f]{24}|feedback)")
Text = Annotated[str, Form()]
KeyOfWording = Annotated[str, Form(alias="one_of")]


@router.post("/unanswered/{group_id}/hand-on")
@allow(Role.EDITOR)
async def hand_on(
    group_id: str, desk: DeskDep, owner: Text = "", why: Text = "", revision: Text = "", key: KeyOfWording = ""
) -> Response:
    group = await seen_group(desk, group_id, revision, key)
    names = await asyncio.to_thread(names_of, desk)
    typed = {"owner": owner, "why_on": why}
    if owner not in names:
        return await _again(desk, group, FieldError("owner", "请选转给谁。"), typed)
    deed = desk.deed("hand_on_group", subject_of(group), why.strip()[:MAX_WHY], name=names[owner])
    ending = await asyncio.to_thread(unanswered_of(desk).hand_on, group, owner, deed)
    return await _ended(desk, ending, group, "handed", typed)


@router.post("/unanswered/{group_id}/close")
@allow(Role.EDITOR)
async def close(
    group_id: str, desk: DeskDep, reason: Text = "", revision: Text = "", key: KeyOfWording = ""
) -> Response:
    group = await seen_group(desk, group_id, revision, key)
    if not reason.strip():
        return await _again(desk, group, FieldError("reason", "请写为什么不归我们管、该找谁。"), {})
    deed = desk.deed("close_group", subject_of(group), reason.strip()[:MAX_WHY])
    ending = await asyncio.to_thread(unanswered_of(desk).close, group, deed)
    return await _ended(desk, ending, group, "closed", {"reason": reason})


@router.post("/unanswered/{group_id}/reopen")
@allow(Role.EDITOR)
async def reopen(group_id: str, desk: DeskDep, revision: Text = "", key: KeyOfWording = "") -> Response:
    group = await seen_group(desk, group_id, revision, key)
    deed = desk.deed("reopen_group", subject_of(group))
    ending = await asyncio.to_thread(unanswered_of(desk).reopen, group, deed)
    return ended_group(desk, ending, group, "reopened")


@router.post("/handovers/{number}/reply")
@allow(Role.EDITOR)
async def reply(number: str, desk: DeskDep, words: Text = "", back: Text = "") -> Response:
    """The reply alone is shown under the number. Nothing in it is changed: what may not stand there is named."""
    if not _NUMBER.fullmatch(number):
        raise HTTPException(404)
    path, said = back if _BACK.fullmatch(back) else HERE, words.strip()
    sentence = await asyncio.to_thread(reply_faults, desk, said)
    if sentence:
        return desk.wrong(await asyncio.to_thread(reply_view, desk, number, words, sentence, path))
    deed = desk.deed("reply_handover", "取件号答复")
    ending = await asyncio.to_thread(unanswered_of(desk).reply, number, said, deed)
    return ended(desk, ending, path, "replied")


async def _ended(desk: Desk, ending: Ending, group: QuestionGroup, done: str, typed: dict[str, str]) -> Response:
    if ending is Ending.DONE:
        return ended_group(desk, ending, group, done)
    return await _again(desk, group, FieldError("", ENDINGS[ending]), typed, 409)


async def _again(
    desk: Desk, group: QuestionGroup, error: FieldError, typed: dict[str, str], status: int = 422
) -> Response:
    view = await asyncio.to_thread(group_view, desk, group.id, (error,), typed, key=one_of(group))
    return desk.page(view, status)
