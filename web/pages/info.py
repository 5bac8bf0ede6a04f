"""Pages of words: hotlines, what the assistant is, what is kept, how to dictate. And the two static files."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import Response

from web.cards import hotline_views
from web.services import ServicesDep
from web.views import AboutPage, DictationPage, HotlinesPage, OfficeView, PrivacyPage

router = APIRouter(include_in_schema=False)


@router.get("/hotlines")
async def hotlines(request: Request, services: ServicesDep) -> Response:
    offices = tuple(
        OfficeView(
            office.name,
            office.what,
            office.address if office.confirmed_on else "",
            office.hours if office.confirmed_on else "",
        )
        for office in services.town.offices.values()
    )
    view = HotlinesPage(services.pages.site, "打电话", hotline_views(services.town), offices)
    return services.pages.public(request, view)


@router.get("/about")
async def about(request: Request, services: ServicesDep) -> Response:
    settings = services.settings
    view = AboutPage(
        site=services.pages.site,
        title="AI说明",
        model=settings.model_name if settings.model_url and services.standing.now().model else "",
        filing=settings.model_filing,
        chips=services.wording.section("chips"),
    )
    return services.pages.public(request, view)


@router.get("/privacy")
async def privacy(request: Request, services: ServicesDep) -> Response:
    return services.pages.public(request, PrivacyPage(services.pages.site, "隐私说明"))


@router.get("/dictation")
async def dictation(request: Request, services: ServicesDep) -> Response:
    """怎么说话输入: three drawn steps."""
    words = services.wording.section("dictation")
    return services.pages.public(request, DictationPage(services.pages.site, words["title"], words))


@router.get("/static/{name}")
async def static(name: str, request: Request) -> Response:
    """The address carries the hash of the content, so it never changes under a browser's feet."""
    asset = request.app.state.assets.named(name)
    if asset is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(asset.content, media_type=asset.media_type, headers=headers)
