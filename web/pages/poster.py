"""Paper: the poster, the 80 mm slips, and the QR codes as pictures of their own."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.cards import answer_card, entry_card
from web.pages.share import PRIVATE
from web.poster import poster
from web.qr import qr_svg
from web.services import Services, ServicesDep
from web.sharing import absolute
from web.slip import SlipPage, slip
from web.topics import find_questions
from web.views import CardView

router = APIRouter(include_in_schema=False)
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,120}")


@router.get("/poster")
async def poster_page(request: Request, services: ServicesDep) -> Response:
    view = poster(
        services.pages.site,
        services.town,
        services.wording.section("poster"),
        await find_questions(services),
        css_url=request.app.state.assets.card_css.url,
        address=absolute(services, request, "/"),
    )
    return services.pages.public(request, view)


@router.get("/entries/{slug}/slip")
async def entry_slip(slug: str, request: Request, services: ServicesDep) -> Response:
    """A ready question on a slip; its question is nobody's own."""
    on = services.today()
    held = await asyncio.to_thread(services.library.entry, _checked(slug), on)
    if held is None:
        raise HTTPException(404)
    card = entry_card(held, services.wording, services.town, on)
    return services.pages.public(request, _slip(request, services, card, f"/entries/{held.id}"))


@router.get("/answers/{token}/slip")
async def answer_slip(token: str, request: Request, services: ServicesDep) -> Response:
    """A shared answer on a slip. A typed question is not on it: the token does not lead to one."""
    found = await asyncio.to_thread(services.store.shared, _checked(token), services.now())
    if found is None or found.answer is None:
        raise HTTPException(404, headers=PRIVATE)
    card = answer_card(found.answer, services.wording, services.town)
    shown = replace(card, understood=found.question)
    response = services.pages.render(_slip(request, services, shown, f"/answers/{token}"))
    response.headers.update(PRIVATE)
    return response


@router.get("/qr.svg")
async def start_code(request: Request, services: ServicesDep) -> Response:
    """The start page as a picture, for other sites and for posters of one's own."""
    return _picture(absolute(services, request, "/"))


@router.get("/entries/{slug}/qr.svg")
async def entry_code(slug: str, request: Request, services: ServicesDep) -> Response:
    return _picture(absolute(services, request, f"/entries/{_checked(slug)}"))


@router.get("/cards/{slug}/qr.svg")
async def card_code(slug: str, request: Request, services: ServicesDep) -> Response:
    return _picture(absolute(services, request, f"/cards/{_checked(slug)}"))


@router.get("/answers/{token}/qr.svg")
async def answer_code(token: str, request: Request, services: ServicesDep) -> Response:
    """Of the address alone; whether an answer stands there is not looked up."""
    response = _picture(absolute(services, request, f"/answers/{_checked(token)}"))
    response.headers.update(PRIVATE)
    return response


def _slip(request: Request, services: Services, card: CardView, path: str) -> SlipPage:
    return slip(
        card,
        services.pages.site,
        services.wording.section("slip"),
        css_url=request.app.state.assets.card_css.url,
        link=absolute(services, request, path),
        back=path,
    )


def _picture(address: str) -> Response:
    return Response(str(qr_svg(address)), media_type="image/svg+xml", headers={"Cache-Control": "no-cache"})


def _checked(name: str) -> str:
    if not NAME.fullmatch(name):
        raise HTTPException(404)
    return name
