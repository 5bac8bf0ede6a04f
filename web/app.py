"""Puts the parts together: the app that serves pages and API."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from bot.ports import Assistant, Store
from bot.wording import load_wording
from knowledge.settings import Settings
from knowledge.types import Town
from web import clock, errors
from web.answering import Answering
from web.assets import load_assets, policy
from web.closing import ClosedDoor
from web.library import LibraryView
from web.pages import (
    api,
    cards,
    chat,
    documents,
    forms,
    handover,
    health,
    info,
    kiosk,
    poster,
    score,
    share,
    shell,
    staff,
)
from web.protection import Guard, SecurityHeaders
from web.rates import Rates
from web.rendering import Pages
from web.services import Services
from web.slots import AnswerSlots
from web.staff.desk import DeskParts
from web.staff.pages import DeskPages
from web.standing import Standing

ROUTERS = (
    api.router,
    chat.router,
    documents.router,
    cards.router,
    forms.router,
    handover.router,
    share.router,
    info.router,
    score.router,
    poster.router,
    kiosk.router,
    shell.router,
    health.router,
)


def no_danger(text: str) -> bool:
    return False


def as_it_is(text: str) -> str:
    return text


def create_app(
    assistant: Assistant,
    library: LibraryView,
    store: Store,
    settings: Settings,
    town: Town,
    *,
    danger: Callable[[str], bool] = no_danger,
    mask: Callable[[str], str] = as_it_is,
    now: Callable[[], datetime] = clock.now,
    slots: AnswerSlots | None = None,
    desk: DeskParts | None = None,
) -> FastAPI:
    """The whole service.

    danger: the rule that hears danger in a text; it words refusals (too fast, busy, broken), which never reach
    the assistant. mask: hides numbers in words of feedback. now: the clock, aware UTC. desk: what the staff desk works
    with; without it /staff is not there.
    """
    wording = load_wording(town)
    assets = load_assets()
    standing = desk.standing if desk is not None else Standing(None, clock.today)
    answering = Answering(assistant, slots or AnswerSlots())

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        answering.close()

    app = FastAPI(
        title=town.assistant_name,
        version="1",
        lifespan=lifespan,
        docs_url=None,  # they load scripts from other hosts
        redoc_url=None,
    )
    app.state.assets = assets
    app.state.services = Services(
        answering=answering,
        library=library,
        store=store,
        settings=settings,
        town=town,
        wording=wording,
        rates=Rates(settings),
        pages=Pages(settings, town, wording, assets, standing.now),
        now=now,
        danger=danger,
        mask=mask,
        standing=standing,
    )
    app.state.desk, app.state.desk_pages = desk, DeskPages(assets)
    app.state.desk_menu, app.state.desk_counts = staff.MENU, staff.COUNTS
    for router in (*ROUTERS, *staff.ROUTERS):
        app.include_router(router)
    errors.install(app)
    app.add_middleware(ClosedDoor, standing=standing, respond=errors.handle)
    app.add_middleware(Guard, public_url=settings.public_url, respond=errors.handle)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.add_middleware(SecurityHeaders, policy=policy(assets, settings.frame_ancestors))
    return app
