"""办事卡: one service on one sheet, to be printed and taken along."""

from __future__ import annotations

import asyncio
import re

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from web.gone import gone_page
from web.phones import entry_phones
from web.service_card import CardPage, card_bases, card_fields, shown_coverage, spell_today
from web.services import ServicesDep

router = APIRouter(include_in_schema=False)
SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,120}")


@router.get("/cards/{slug}")
async def card(slug: str, request: Request, services: ServicesDep) -> Response:
    """The sheet; an entry with too little for one leads to its own page."""
    if not SLUG.fullmatch(slug):
        raise HTTPException(404)
    on = services.today()
    entry = await asyncio.to_thread(services.library.entry, slug, on)
    if entry is None:
        return await gone_page(services, slug)
    if not shown_coverage(entry).is_card:
        return RedirectResponse(f"/entries/{entry.id}", 303)
    base = services.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    view = CardPage(
        site=services.pages.site,
        title=entry.question,
        css_url=request.app.state.assets.card_css.url,
        fields=card_fields(entry, services.wording),
        phones=entry_phones(entry, services.town),
        bases=card_bases(entry, services.wording),
        printed=services.wording.words("card", "printed", day=spell_today(on)),
        address=f"{base}/cards/{entry.id}",
        entry_url=f"/entries/{entry.id}",
        not_reviewed="" if entry.reviewed else services.wording.words("sources", "not_reviewed"),
    )
    return services.pages.public(request, view)
