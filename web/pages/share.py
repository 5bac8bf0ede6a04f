"""发给家人: the address of an answer, and the page under it: the answer alone, 30 days, found by no search engine."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from web.asking import admit
from web.cards import answer_card
from web.examples import SHARED
from web.pages.api import example, refused, told
from web.qr import qr_svg
from web.schemas import SharedOut, ShareIn
from web.services import ServicesDep
from web.sharing import absolute, is_outdated, share
from web.views import ComposerView, SharedOverPage, SharedPage

router = APIRouter()
PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@router.post(
    "/api/share",
    response_model=SharedOut,
    summary="一个可以发给家人的网址",
    responses=example(SHARED, "网址")
    | refused(400, 403, 422, 429, 500)
    | {404: told(SharedOut, {"url": None}, "回答已经清掉，或者不能发")},
)
async def share_api(given: ShareIn, request: Request, services: ServicesDep) -> Response:
    """An answer that is a ready question's keeps that page's address; any other gets one for 30 days."""
    admit(services, request, None)
    path = await share(services, given.answer_id)
    url = absolute(services, request, path) if path else None
    return JSONResponse({"url": url}, 200 if url else 404, {"Cache-Control": "no-store"})


@router.post("/share", include_in_schema=False)
async def share_form(
    request: Request, services: ServicesDep, answer_id: Annotated[str, Form()] = ""
) -> Response:
    admit(services, request, None)
    path = await share(services, answer_id[:64])
    if path is None:
        raise HTTPException(404)
    return RedirectResponse(path, 303)


@router.get("/answers/{token}", include_in_schema=False)
async def shared(token: str, request: Request, services: ServicesDep) -> Response:
    """The answer alone. 410 with the ready question in the box once it is over, 404 for what never was."""
    found = await asyncio.to_thread(services.store.shared, token[:64], services.now())
    if found is None:
        raise HTTPException(404, headers=PRIVATE)
    words, pages = services.wording.words, services.pages
    if found.answer is None:
        over = SharedOverPage(pages.site, words("page", "shared_over"), ComposerView(typed=found.question))
        response = pages.render(over, 410)
    else:
        link = absolute(services, request, f"/answers/{token}")
        card = answer_card(found.answer, services.wording, services.town)
        key = replace(card, key="shared", understood=found.question, conversation_id="", answer_id="")
        bare = replace(
            key, suggestions=(), can_share=False, can_hand_over=False, page_url=f"/answers/{token}"
        )
        response = pages.render(
            SharedPage(
                site=pages.site,
                title=services.wording.title(found.answer.status),
                card=bare,
                outdated=words("page", "outdated") if await is_outdated(services, found.answer) else "",
                link=link,
                qr=qr_svg(link),
                composer=ComposerView(),
            )
        )
    response.headers.update(PRIVATE)
    return response
