"""加问法: wordings of a need for the entry or staff answer that answers it already; a second person looks first."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from fastapi import Request
from starlette.responses import Response

from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import Ending
from knowledge.normalise import matching_key
from web.staff.desk import Desk, DeskDep
from web.staff.life import two_person
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.group_page import group_view
from web.staff.unanswered.listing import subject_of, url_of
from web.staff.unanswered.nearest import named_entry
from web.staff.unanswered.steps import (
    ENDINGS,
    asked_elsewhere,
    ended_group,
    group_of,
    one_of,
    seen_group,
    unanswered_of,
)
from web.staff.views import FieldError

router = desk_router()


@router.post("/unanswered/{group_id}/wordings")
@allow(Role.EDITOR)
async def add(group_id: str, request: Request, desk: DeskDep) -> Response:
    """other: an entry that is not in the list, by its question or its id; it goes before the one ticked."""
    form = await request.form()
    fields = {name: str(form.get(name, "")).strip()[:120] for name in ("revision", "one_of", "document_id", "other")}
    ticked = [str(item)[:300] for item in form.getlist("wording")]
    group = await seen_group(desk, group_id, fields["revision"], fields["one_of"])
    mine = {each.text for each in group.wordings}
    texts = [text for text in ticked if text in mine]
    document_id, errors = await asyncio.to_thread(_checked, desk, fields, texts)
    ending = Ending.GONE
    if not errors:
        deed = desk.deed("add_wordings", document_id, questions=str(len(texts)))
        ending = await asyncio.to_thread(unanswered_of(desk).add_wordings, group, document_id, texts, deed)
        if ending is Ending.DONE:
            return desk.go(url_of(group), "added")
    view = await asyncio.to_thread(
        group_view, desk, group.id, errors or (FieldError("", ENDINGS[ending]),), fields, key=one_of(group), ticked=ticked
    )
    return desk.page(view, 422 if errors else 409)


def _checked(desk: Desk, fields: Mapping[str, str], texts: Sequence[str]) -> tuple[str, tuple[FieldError, ...]]:
    """(id of what is to answer the wordings, what is wrong)."""
    document_id = named_entry(desk, fields["other"]) if fields["other"] else fields["document_id"]
    errors = []
    held = desk.parts.shelf.rows(document_id) if document_id else ()
    if not any(row.kind in ("entry", "report", "staff_answer") for row in held):
        sentence = "请选加到哪一条；没有列出来的，在“别的条目”里写它的标准问法。"
        errors.append(FieldError("other" if fields["other"] else "document_id", sentence))
    others = asked_elsewhere(desk, document_id)
    taken = next((text for text in texts if matching_key(text) in others), "")
    if not texts:
        errors.append(FieldError("wording", "请至少勾一种问法。"))
    elif taken:
        owner = others[matching_key(taken)]
        errors.append(FieldError("wording", f"“{taken[:30]}”已经由“{owner[:30]}”回答，请不要勾它。"))
    return document_id, tuple(errors)


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
        unanswered_of(desk).approve_wordings, group.id, keys, deed, two_person=two_person(desk)
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
    ending = await asyncio.to_thread(unanswered_of(desk).withdraw_wordings, group.id, keys, deed)
    desk.parts.wake()
    return ended_group(desk, ending, group, "withdrawn")
