"""反馈: what people said of answers, with the answer as they saw it, and opinions on the service."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException
from pydantic import TypeAdapter, ValidationError
from starlette.responses import Response

from bot.types import Answer
from knowledge.database.staff_values import Role
from knowledge.database.unanswered_values import GivenFeedback
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.feedback_views import FeedbackAnswerPage, FeedbackLine, FeedbackPage
from web.staff.unanswered.group_page import handover_views
from web.staff.unanswered.listing import HERE as GROUPS
from web.staff.unanswered.steps import DONE, ended, unanswered_of
from web.staff.unanswered.trying import shown_card
from web.staff.views import CountView, MenuItem

router = desk_router()
HERE = "/staff/feedback"
MENU = (MenuItem("反馈", HERE, Role.EDITOR, order=31),)
AT_ONCE = 40
_ANSWER = TypeAdapter(Answer)


@router.get("/feedback")
@allow(Role.EDITOR)
async def feedback_list(desk: DeskDep, skip: int = 0) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk, max(0, skip)))


@router.get("/feedback/{answer_id}")
@allow(Role.EDITOR)
async def feedback_page(answer_id: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_one, desk, answer_id))


@router.post("/feedback/{answer_id}/seen")
@allow(Role.EDITOR)
async def seen(answer_id: str, desk: DeskDep) -> Response:
    deed = desk.deed("see_feedback", "反馈")
    ending = await asyncio.to_thread(unanswered_of(desk).see, answer_id[:64], deed)
    return ended(desk, ending, HERE, "seen")


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    if desk.parts.unanswered is None:
        return ()
    found = desk.parts.unanswered.feedback()
    return (CountView("条没帮上的反馈没看", sum(not item.useful and not item.seen_by for item in found), HERE),)


def _list(desk: Desk, skip: int) -> FeedbackPage:
    store, names = unanswered_of(desk), names_of(desk)
    found = store.feedback()
    opinions = [item for item in store.handed_over(desk.now()) if item.is_opinion]
    return FeedbackPage(
        frame=desk.frame("反馈", HERE, done=DONE),
        lines=tuple(_line(desk, item, names) for item in found[skip : skip + AT_ONCE]),
        opinions=handover_views(opinions) if not skip else (),
        more=f"{HERE}?skip={skip + AT_ONCE}" if len(found) > skip + AT_ONCE else "",
    )


def _one(desk: Desk, answer_id: str) -> FeedbackAnswerPage:
    found = next(iter(unanswered_of(desk).feedback(answer_id[:64])), None)
    if found is None:
        raise HTTPException(404)
    answer = _answer(found.body)
    documents = answer.documents if answer else ()
    return FeedbackAnswerPage(
        frame=desk.frame("反馈：那时的回答", HERE, done=DONE),
        line=_line(desk, found, names_of(desk)),
        card=shown_card(answer, desk, "seen") if answer else None,
        sources=_sources(desk, answer),
        entry=_entry(desk, documents),
        group_url=f"{GROUPS}/{found.group_id}" if found.group_id else "",
    )


def _answer(body: Mapping[str, Any]) -> Answer | None:
    """None for a row that an older version wrote in another form."""
    try:
        return _ANSWER.validate_python({**body, "conversation_id": ""})
    except ValidationError:
        return None


def _sources(desk: Desk, answer: Answer | None) -> tuple[tuple[str, str, bool], ...]:
    """(title, version then, is it the one in use now?), each once."""
    used = {(c.passage.document_id, c.passage.version): c.passage.title for c in answer.citations} if answer else {}
    found = []
    for (document_id, version), title in used.items():
        now = desk.parts.shelf.published(document_id)
        found.append((title, version, now is not None and now.version == version))
    return tuple(found)


def _entry(desk: Desk, documents: tuple[str, ...]) -> tuple[str, str]:
    """The entry that answered, which can be changed: (id, question), ('', '') where there is none."""
    for name in documents:
        held = desk.parts.shelf.published(name)
        if held is not None and held.kind.value in ("entry", "report"):
            return name, held.title
    return "", ""


def _line(desk: Desk, item: GivenFeedback, names: Mapping[str, str]) -> FeedbackLine:
    reasons = desk.services.wording.section("reasons")
    return FeedbackLine(
        question=item.question,
        url=f"{HERE}/{item.answer_id}",
        useful=item.useful,
        reason=reasons.get(item.reason, item.reason),
        words=item.words,
        given_at=item.given_at,
        seen_by=names.get(item.seen_by, item.seen_by),
    )
