"""The JSON API: chat (also as a stream), search, hotlines, topics, feedback, the end of a conversation."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.sse import EventSourceResponse
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from bot.types import Channel
from web.answer_json import answer_json
from web.asking import admit, forget, keep_feedback, question_of, start
from web.errors import headers_of, refusal_json, refusal_of
from web.event_stream import HEADERS, event_stream
from web.examples import ANSWER, HOTLINES, REFUSED, SEARCH, STREAM, TOPICS
from web.phones import office_contacts
from web.refusals import HTTP_STATUS
from web.schemas import (
    AnswerOut,
    ChatIn,
    EndedOut,
    FeedbackIn,
    HotlinesOut,
    SearchIn,
    SearchOut,
    StoredOut,
    TopicsOut,
)
from web.services import Services, ServicesDep
from web.topics import find_questions

router = APIRouter(prefix="/api")
Responses = dict[int | str, dict[str, Any]]


def refused(*codes: int) -> Responses:
    """How the refusals of a route look in /openapi.json."""
    example = {"application/json": {"example": REFUSED}}
    words = {
        400: "读不出来",
        403: "来源或权限不对",
        422: "空、太长或格式不对",
        429: "问得太快",
        500: "没查成",
        503: "人多或没准备好",
    }
    return {code: {"model": AnswerOut, "description": words[code], "content": example} for code in codes}


def example(content: dict[str, Any], description: str, **more: Any) -> Responses:
    return {200: {"description": description, "content": {"application/json": {"example": content}, **more}}}


def told(model: type[BaseModel], content: dict[str, Any], description: str) -> dict[str, Any]:
    return {
        "model": model,
        "description": description,
        "content": {"application/json": {"example": content}},
    }


@router.post(
    "/chat",
    response_model=AnswerOut,
    summary="问一句",
    responses=example(ANSWER, "回答", **{"text/event-stream": {"example": STREAM}})
    | refused(400, 403, 422, 429, 500, 503),
)
async def chat(asked: ChatIn, request: Request, services: ServicesDep) -> Response:
    """One object, or with `Accept: text/event-stream` the events start, stage, block, done or error."""
    if asked.channel == "staff":
        raise HTTPException(403)
    question = question_of(
        services,
        asked.question,
        Channel(asked.channel),
        asked.conversation_id,
        asked.event,
        asked.device,
    )
    try:
        running = start(services, request, question)
        if "text/event-stream" in request.headers.get("accept", ""):
            stream = event_stream(services, running, asked.question)
            return EventSourceResponse(stream, headers=HEADERS)
        answer = await running.whole()
    except Exception as error:
        return _refuse(services, error, asked.question)
    content = answer_json(answer, services.wording, services.town)
    return JSONResponse(content, HTTP_STATUS.get(answer.status, 200), {"Cache-Control": "no-store"})


@router.post(
    "/search",
    response_model=SearchOut,
    summary="只查不答：命中和没用上的，各带分数和原因",
    responses=example(SEARCH, "命中") | refused(400, 403, 422, 429, 500),
)
async def search(asked: SearchIn, request: Request, services: ServicesDep) -> Response:
    """Hits, best first, and each rejected candidate with its reason."""
    admit(services, request, None)
    try:
        on = date.fromisoformat(asked.on) if asked.on else services.today()
    except ValueError as error:
        raise HTTPException(422) from error
    found = await asyncio.to_thread(services.library.search, asked.question, limit=asked.limit, on=on)
    return JSONResponse(
        {
            "on": on.isoformat(),
            "hits": [asdict(hit) for hit in found.hits],
            "rejects": [asdict(reject) for reject in found.rejects],
        }
    )


@router.get(
    "/hotlines", response_model=HotlinesOut, summary="电话和窗口", responses=example(HOTLINES, "电话和窗口")
)
async def hotlines(services: ServicesDep) -> Response:
    """National short numbers, and the offices whose number the town has confirmed."""
    town = services.town
    confirmed = [office for office in town.offices.values() if office_contacts(town, [office.id])]
    return JSONResponse(
        {
            "hotlines": [asdict(line) | {"hours": town.told(line)} for line in town.hotlines.values()],
            "offices": [
                {
                    "name": office.name,
                    "what": office.what,
                    "phone": office.phone,
                    "address": office.address,
                    "hours": town.told(office),
                }
                for office in confirmed
            ],
        }
    )


@router.get("/topics", response_model=TopicsOut, summary="题目", responses=example(TOPICS, "题目"))
async def topics(services: ServicesDep) -> Response:
    """Topics that have ready questions, with their questions."""
    found = await find_questions(services)
    rows = [
        {
            "slug": topic.slug,
            "name": topic.name,
            "url": f"/topics/{topic.slug}",
            "questions": [
                {"id": entry.id, "question": entry.question, "url": f"/entries/{entry.id}"}
                for entry in entries
            ],
        }
        for topic, entries in found.items()
    ]
    return JSONResponse({"topics": rows})


@router.post(
    "/feedback",
    response_model=StoredOut,
    summary="有用、没帮上",
    responses=example({"stored": True}, "收到")
    | refused(400, 403, 422, 429, 500)
    | {404: told(StoredOut, {"stored": False}, "没有这个回答，或者存不下来")},
)
async def feedback(given: FeedbackIn, request: Request, services: ServicesDep) -> Response:
    """A later one replaces an earlier one of the same answer."""
    admit(services, request, None)
    stored = await keep_feedback(services, given.answer_id, given.useful, given.reason, given.words)
    return JSONResponse({"stored": stored}, 200 if stored else 404)


@router.post(
    "/conversations/{conversation_id}/end",
    response_model=EndedOut,
    summary="忘掉一次对话",
    responses=example({"ended": True}, "忘掉了")
    | refused(403, 422)
    | {503: told(EndedOut, {"ended": False}, "现在忘不掉，请再试一次")},
)
async def end(
    conversation_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,64}$", examples=["0f3a9c"])],
    services: ServicesDep,
) -> Response:
    """Also for one that is unknown or over: there is nothing left of it either way."""
    ended = await forget(services, conversation_id)
    return JSONResponse({"ended": ended}, 200 if ended else 503)


def _refuse(services: Services, error: Exception, typed: str) -> Response:
    ending = refusal_of(services, error, "chat", typed)
    return JSONResponse(refusal_json(services, ending), ending.http, headers_of(ending))
