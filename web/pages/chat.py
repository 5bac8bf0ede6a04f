"""The phone page and its forms: ask, read the answer again, feedback, clear. All of it works without scripts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from bot.types import Answer, AnswerStatus, Channel
from web.asking import admit, forget, keep_feedback, kept, question_of, start, stored_answer
from web.cards import answer_card, danger_lines, hotline_views
from web.errors import headers_of, refusal_of
from web.refusals import HTTP_STATUS, MAX_CHARS, Refusal
from web.services import Services, ServicesDep
from web.topics import SHOWN_TOPICS, as_topics, find_questions, ready_links, topic_views
from web.views import AnswerPage, ComposerView, HomePage, PlainPage

router = APIRouter(include_in_schema=False)
HOME_HOTLINES = 10
MAX_WORDS = 200
LEADING_ON = (AnswerStatus.GREETING, AnswerStatus.OUT_OF_SCOPE, AnswerStatus.NO_BASIS)
"""Endings that leave a person without an answer: the topics stand below."""
REASONS = ("unreadable", "not_mine", "differs")
Field = Annotated[str, Form()]


@router.get("/")
async def home(request: Request, services: ServicesDep, cleared: bool = False) -> Response:
    notice = services.wording.words("page", "cleared") if cleared else ""
    return services.pages.public(request, await _home(services, ComposerView(), notice))


@router.post("/")
async def ask(
    request: Request, services: ServicesDep, question: Field = "", conversation_id: Field = ""
) -> Response:
    """303 to the answer's own page; shown here at once when it has none, or when there is no answer."""
    asked = question_of(services, question, Channel.PHONE, conversation_id[:64])
    try:
        answer = await start(services, request, asked).whole()
    except Exception as error:
        refused = refusal_of(services, error, "/", question)
        return await _refused(services, refused, asked.conversation_id, question)
    if answer.status in HTTP_STATUS:
        return await _refused(services, Refusal(answer), asked.conversation_id, question)
    if await kept(services, answer):
        return RedirectResponse(f"/a/{answer.answer_id}", 303)
    return services.pages.render(await _answer(services, answer))


@router.get("/a/{answer_id}")
async def answer_page(
    answer_id: str, services: ServicesDep, thanks: bool = False, why: bool = False
) -> Response:
    answer = await stored_answer(services, answer_id[:64], services.now())
    if answer is None:
        expired = services.wording.words("page", "expired")
        return services.pages.render(await _home(services, ComposerView(), expired), 404)
    return services.pages.render(await _answer(services, answer, thanks, why))


@router.post("/end")
async def end(services: ServicesDep, conversation_id: Field = "") -> Response:
    """Forget the conversation and go back to the start."""
    if conversation_id:
        await forget(services, conversation_id[:64])
    return RedirectResponse("/?cleared=1", 303)


@router.post("/leave")
async def leave(services: ServicesDep, conversation_id: Field = "") -> Response:
    """快速离开: the same, without a word that anything was asked, and away to the town's own page.

    By Refresh rather than 303: `form-action 'self'` forbids a form to end on another site.
    """
    if conversation_id:
        await forget(services, conversation_id[:64])
    away = services.town.website
    if not away:
        return RedirectResponse("/", 303)
    response = services.pages.render(PlainPage(services.pages.site, services.town.assistant_name))
    response.headers["Refresh"] = f"0; url={away}"
    return response


@router.post("/feedback")
async def feedback(
    request: Request,
    services: ServicesDep,
    answer_id: Field = "",
    useful: Field = "",
    reason: Field = "",
    words: Field = "",
) -> Response:
    """Back to the answer with thanks, and with the three reasons after 没帮上."""
    admit(services, request, None)
    answer_id = answer_id[:64]
    known = reason if reason in REASONS else None
    await keep_feedback(services, answer_id, useful == "yes", known, words[:MAX_WORDS] or None)
    if await stored_answer(services, answer_id, services.now()) is None:
        thanks = services.wording.words("page", "thanks")
        return services.pages.render(PlainPage(services.pages.site, thanks))
    why = "&why=1" if useful == "no" and known is None else ""
    return RedirectResponse(f"/a/{answer_id}?thanks=1{why}#feedback", 303)


async def _home(services: Services, composer: ComposerView, notice: str = "") -> HomePage:
    found = await find_questions(services)
    topics = as_topics(found)
    return HomePage(
        site=services.pages.site,
        title=services.town.assistant_name,
        topics=topics[:SHOWN_TOPICS],
        more_topics=len(topics) > SHOWN_TOPICS,
        ready=ready_links(found),
        hotlines=hotline_views(services.town)[:HOME_HOTLINES],
        composer=composer,
        notice=notice,
    )


async def _answer(services: Services, answer: Answer, thanks: bool = False, why: bool = False) -> AnswerPage:
    return AnswerPage(
        site=services.pages.site,
        title=services.wording.title(answer.status),
        card=answer_card(answer, services.wording, services.town),
        composer=ComposerView(answer.conversation_id),
        topics=await topic_views(services) if answer.status in LEADING_ON else (),
        thanks=thanks,
        ask_reason=why,
    )


async def _refused(services: Services, refused: Refusal, conversation_id: str | None, typed: str) -> Response:
    """The start page with the typed text kept and the reason beside it; the danger card where there is one."""
    answer = refused.answer
    if danger_lines(answer.blocks):
        response = services.pages.render(await _answer(services, answer), refused.http)
    else:
        composer = ComposerView(conversation_id or "", typed, _alert(services, answer, typed))
        response = services.pages.render(await _home(services, composer), refused.http)
    response.headers.update(headers_of(refused))
    return response


def _alert(services: Services, answer: Answer, typed: str) -> str:
    over = len(typed.strip()) - MAX_CHARS
    if answer.status is AnswerStatus.TOO_LONG and over > 0:
        return services.wording.sentence(AnswerStatus.TOO_LONG, "exact", over=over)
    return answer.sentence or services.wording.sentence(answer.status, limit=MAX_CHARS)
