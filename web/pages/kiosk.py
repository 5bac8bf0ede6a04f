"""The kiosk: its page, and the same in plain pages for browsers without scripts."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.assets import Assets, policy
from web.cards import entry_card, hotline_views
from web.kiosk_build import ENTRIES, checked, frame, qr_for, short, start_page
from web.kiosk_views import KioskEntryPage, KioskPhonesPage, KioskTopicPage
from web.pages import kiosk_data
from web.services import Services, ServicesDep
from web.sharing import absolute
from web.topics import find_questions
from web.views import LinkView

router = APIRouter(include_in_schema=False)
router.include_router(kiosk_data.router)


@router.get("/kiosk")
async def kiosk(request: Request, services: ServicesDep) -> Response:
    return _page(request, services, start_page(services, request, await find_questions(services)))


@router.get("/kiosk/topics")
async def all_topics(request: Request, services: ServicesDep) -> Response:
    found = await find_questions(services)
    links = tuple(LinkView(f"/kiosk/topics/{topic.slug}", topic.name) for topic in found)
    title = services.wording.words("kiosk", "all_topics")
    return _page(request, services, KioskTopicPage(frame(services), title, links))


@router.get("/kiosk/topics/{slug}")
async def one_topic(slug: str, request: Request, services: ServicesDep) -> Response:
    found = await find_questions(services)
    topic = next((topic for topic in found if topic.slug == slug), None)
    if topic is None:
        raise HTTPException(404)
    links = tuple(LinkView(f"/kiosk/entries/{entry.id}", entry.question) for entry in found[topic])
    return _page(request, services, KioskTopicPage(frame(services), topic.name, links))


@router.get("/kiosk/entries/{slug}")
async def one_entry(slug: str, request: Request, services: ServicesDep) -> Response:
    on = services.today()
    held = await asyncio.to_thread(services.library.entry, checked(slug), on)
    if held is None:
        raise HTTPException(404)
    names = {topic.slug: topic.name for topic in services.town.topics}
    url = absolute(services, request, f"{ENTRIES}{held.id}")
    view = KioskEntryPage(
        frame=frame(services),
        title=held.question,
        card=entry_card(held, services.wording, services.town, on),
        back=LinkView(f"/kiosk/topics/{held.topic}", names.get(held.topic, held.topic)),
        qr=qr_for(url),
        qr_url=short(url),
    )
    return _page(request, services, view)


@router.get("/kiosk/phones")
async def phones(request: Request, services: ServicesDep) -> Response:
    title = services.wording.words("kiosk", "help_title")
    return _page(request, services, KioskPhonesPage(frame(services), title, hotline_views(services.town)))


def _page(request: Request, services: Services, view: Any) -> Response:
    """Kept by no cache, and never inside another site's frame."""
    response = services.pages.render(view)
    assets: Assets = request.app.state.assets
    response.headers["Content-Security-Policy"] = policy(assets, "")
    return response
