"""A page that was there once says what became of it, and shows none of its text: 410, never to be kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.types import Gone, How
from web.cards import spell_day
from web.services import Services
from web.views import ComposerView, SiteView

HEADERS = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}


@dataclass(frozen=True, slots=True)
class GonePage:
    """successor: (title, address) of what took over."""

    site: SiteView
    title: str
    sentence: str
    successor: tuple[str, str] | None
    composer: ComposerView


async def gone_page(services: Services, document_id: str) -> Response:
    """Raises 404 for what never was."""
    found = await asyncio.to_thread(services.library.gone, document_id, services.today())
    if found is None:
        raise HTTPException(404)
    successor = (found.successor[1], f"/documents/{found.successor[0]}") if found.successor else None
    title = found.title or services.wording.words("page", "gone_title")
    view = GonePage(services.pages.site, title, _sentence(services, found), successor, ComposerView())
    response = services.pages.render(view, 410)
    response.headers.update(HEADERS)
    return response


def _sentence(services: Services, found: Gone) -> str:
    day = spell_day(found.since) if found.since else ""
    name = {How.REPLACED: "gone_replaced", How.EXPIRED: "gone_expired", How.WITHDRAWN: "gone_withdrawn"}[found.how]
    return services.wording.words("page", name, day=day)
