"""③ 试问: the real card over the library as it would be; nothing is kept or counted."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import Form
from starlette.responses import Response

from bot.types import AnswerStatus
from ingest.draft import DraftBody
from knowledge.database.draft_values import Draft
from knowledge.database.staff_values import Role
from knowledge.library import IndexMissing
from knowledge.trial import Change
from web.cards import answer_card
from web.staff.desk import Desk, DeskDep
from web.staff.intake.making import made_of
from web.staff.intake.steps import (
    DONE,
    HERE,
    intake_of,
    number_of,
    open_draft,
    outdated,
    save,
    steps_of,
    url_of,
)
from web.staff.intake.trying import ask
from web.staff.intake.views import IntakeTryPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError
from web.views import CardView

router = desk_router()
MAX_TRIED = 3
MAX_CHARS = 300
NOT_READY = "索引还没有准备好，请过一会儿再试。"


@router.get("/intake/{draft_id}/try")
@allow(Role.EDITOR)
async def tried(draft_id: str, desk: DeskDep) -> Response:
    draft, body = await open_draft(desk, draft_id)
    if not body.confirmed:
        return desk.go(f"{url_of(draft)}/check")
    return desk.page(await asyncio.to_thread(_page, desk, draft, body))


@router.post("/intake/{draft_id}/try")
@allow(Role.EDITOR)
async def try_one(
    draft_id: str,
    desk: DeskDep,
    question: Annotated[str, Form()] = "",
    revision: Annotated[str, Form()] = "",
) -> Response:
    draft, body = await open_draft(desk, draft_id)
    asked = question.strip()
    if not asked or len(asked) > MAX_CHARS:
        fault = FieldError("question", "请写一个问题。" if not asked else f"太长了，请不超过 {MAX_CHARS} 字。")
        return desk.wrong(await asyncio.to_thread(_page, desk, draft, body, asked, fault))
    kept = tuple(dict.fromkeys((asked, *body.tried)))[:MAX_TRIED]
    if not await save(desk, draft, replace(body, tried=kept), number_of(revision)):
        return outdated(desk, draft)
    return desk.go(f"{url_of(draft)}/try")


def _page(
    desk: Desk, draft: Draft, body: DraftBody, question: str = "", *faults: FieldError
) -> IntakeTryPage:
    cards: tuple[tuple[str, CardView, bool], ...] = ()
    try:
        cards = _cards(desk, draft, body) if body.tried else ()
    except IndexMissing:
        faults = (*faults, FieldError("question", NOT_READY))
    return IntakeTryPage(
        frame=desk.frame("试问", HERE, done=DONE, errors=faults),
        steps=steps_of(draft, 2, confirmed=True),
        name=draft.name,
        url=url_of(draft),
        revision=draft.revision,
        cards=cards,
        question=question,
        ready=tuple(each.text for each in body.examples if each.ticked),
    )


def _cards(desk: Desk, draft: Draft, body: DraftBody) -> tuple[tuple[str, CardView, bool], ...]:
    """(question, card, does it rest on this document?)."""
    library = desk.parts.library
    if library is None:
        raise IndexMissing
    made = made_of(desk, draft, body)
    services = desk.services
    bench = intake_of(desk).trials.of(library, Change((made.version,)), services.settings)
    on = max(services.today(), made.version.period.start or services.today())
    found = []
    for number, question in enumerate(body.tried):
        answer = ask(bench.assistant, question, on)
        card = answer_card(answer, services.wording, services.town)
        good = answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)
        mine = good and made.version.document_id in answer.documents
        found.append((question, _as_shown(card, number), mine))
    return tuple(found)


def _as_shown(card: CardView, number: int) -> CardView:
    """The card without what would be sent on from it: its answer is kept nowhere."""
    return replace(
        card,
        key=f"try-{number}",
        answer_id="",
        conversation_id="",
        choices=(),
        suggestions=(),
        can_hand_over=False,
        can_share=False,
    )
