"""写答案: an answer to a need nobody could answer, seen as the real card, handed in for the second look."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import Request
from starlette.responses import Response

from ingest.originals import store_original
from ingest.staff_answer import AnswerBasis
from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import Ending, QuestionGroup
from knowledge.locks import originals_lock
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.present import holdings_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.answer_form import LISTS, read_draft
from web.staff.unanswered.answer_page import CHANGED, checked, first_draft, page_of, version_to_be
from web.staff.unanswered.listing import subject_of, url_of
from web.staff.unanswered.steps import (
    group_of,
    one_of,
    seen_group,
    unanswered_of,
)
from web.staff.views import FieldError

router = desk_router()


@router.get("/unanswered/{group_id}/answer")
@allow(Role.EDITOR)
async def form_page(group_id: str, desk: DeskDep) -> Response:
    group = await asyncio.to_thread(group_of, desk, group_id)
    return desk.page(await asyncio.to_thread(page_of, desk, group, group.draft or first_draft(group)))


@router.post("/unanswered/{group_id}/answer")
@allow(Role.EDITOR)
async def save(group_id: str, request: Request, desk: DeskDep) -> Response:
    """act: save (and look at the card), find (passages to cite), submit."""
    form = await request.form()
    fields = {name: str(value) for name, value in form.items() if isinstance(value, str)}
    draft = read_draft(fields, {name: [str(item) for item in form.getlist(name)] for name in LISTS})
    group = await seen_group(desk, group_id, fields.get("revision", ""), fields.get("one_of", ""))
    if fields.get("act") == "submit":
        return await _submit(desk, group, draft)
    deed = desk.deed("save_answer", subject_of(group))
    ending = await asyncio.to_thread(unanswered_of(desk).save_draft, group, draft, deed)
    if ending is not Ending.DONE:
        return await _changed(desk, group, draft)
    return desk.go(f"{url_of(group)}/answer", "saved")


async def _submit(desk: Desk, group: QuestionGroup, draft: Mapping[str, object]) -> Response:
    answer, basis, faults = await asyncio.to_thread(checked, desk, group, draft)
    if faults or basis is None:
        return desk.wrong(await asyncio.to_thread(page_of, desk, group, draft, faults))
    version = await asyncio.to_thread(version_to_be, desk, group, answer, basis)
    deed = desk.deed("submit", version.document_id, title=version.title, version=version.version)

    def hand_in() -> Ending:
        settings = desk.services.settings
        with originals_lock(settings.data_dir, "desk"):
            store_original(settings.originals_dir, version.content.encode())
            copied = "" if basis.passage_id else basis.quote
            resting_on = {basis.instrument.id: basis.instrument} if _is_new(desk, basis) else {}
            return unanswered_of(desk).submit(group, draft, version, resting_on, deed, copied)

    ending = await asyncio.to_thread(hand_in)
    if ending is not Ending.DONE:
        return await _changed(desk, group, draft)
    desk.parts.wake()
    return desk.go(url_of(group), "submitted")


async def _changed(desk: Desk, group: QuestionGroup, draft: Mapping[str, object]) -> Response:
    """The form as it was typed, for the group as it is now. Raises 404."""
    now = await asyncio.to_thread(group_of, desk, group.id, one_of(group))
    return desk.page(await asyncio.to_thread(page_of, desk, now, draft, (FieldError("", CHANGED),)), 409)


def _is_new(desk: Desk, basis: AnswerBasis) -> bool:
    """A record that is held already is left as it is."""
    return basis.instrument.id not in holdings_of(desk).figures.instruments()
