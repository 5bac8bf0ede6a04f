"""Files at fixed addresses: the manifest and icon for the home screen, the service worker, robots, sitemap."""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from web.assets import STATIC, Assets
from web.cards import hotline_views
from web.services import ServicesDep
from web.sharing import absolute
from web.topics import as_topics, find_questions
from web.views import OfflinePage

router = APIRouter(include_in_schema=False)
AGAIN = {"Cache-Control": "no-cache"}
PRIVATE = ("/a/", "/answers/", "/api/", "/handover", "/staff", "/kiosk")
PAGES = ("/", "/topics", "/hotlines", "/about", "/privacy", "/score", "/dictation")


@router.get("/manifest.webmanifest")
async def manifest(services: ServicesDep) -> Response:
    content = {
        "name": services.town.assistant_name,
        "short_name": services.town.short_name,
        "lang": "zh-CN",
        "start_url": "/",
        "display": "standalone",
        "background_color": "#f5f3ee",
        "theme_color": "#0b4f8a",
        "icons": [{"src": "/icon.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    return JSONResponse(content, headers=AGAIN, media_type="application/manifest+json")


@router.get("/icon.svg")
async def icon() -> Response:
    return Response((STATIC / "icon.svg").read_bytes(), media_type="image/svg+xml", headers=AGAIN)


@router.get("/offline")
async def offline(request: Request, services: ServicesDep) -> Response:
    """Kept by the service worker, for pages that it does not hold."""
    view = OfflinePage(
        site=services.pages.site,
        title=services.wording.words("page", "offline_page"),
        topics=as_topics(await find_questions(services)),
        hotlines=hotline_views(services.town),
    )
    return services.pages.public(request, view)


@router.get("/sw.js")
async def service_worker(request: Request) -> Response:
    """Names the hashed files of this release, so that a new release is a new worker."""
    assets: Assets = request.app.state.assets
    text = (STATIC / "sw.js").read_text(encoding="utf-8")
    names = {"'CSS'": f"'{assets.css.url}'", "'JS'": f"'{assets.js.url}'", "VERSION": assets.version}
    for name, value in names.items():
        text = text.replace(name, value)
    return Response(text, media_type="text/javascript", headers=AGAIN)


@router.get("/widget.js")
async def widget(services: ServicesDep) -> Response:
    """The loader that other sites take in; the same address for every release, so it is asked for again."""
    text = (STATIC / "widget.js").read_text(encoding="utf-8")
    words = {
        "BUTTON_WORDS": services.wording.words("buttons", "widget"),
        "SHORT_NAME": services.town.short_name,
        "LONG_NAME": services.town.assistant_name,
    }
    for name, value in words.items():
        text = text.replace(f"'{name}'", json.dumps(value, ensure_ascii=False))
    headers = AGAIN | {"Cross-Origin-Resource-Policy": "cross-origin"}
    return Response(text, media_type="text/javascript", headers=headers)


@router.get("/robots.txt")
async def robots(request: Request, services: ServicesDep) -> Response:
    rules = "\n".join(f"Disallow: {path}" for path in PRIVATE)
    sitemap = absolute(services, request, "/sitemap.xml")
    return PlainTextResponse(f"User-agent: *\n{rules}\nSitemap: {sitemap}\n", headers=AGAIN)


@router.get("/sitemap.xml")
async def sitemap(request: Request, services: ServicesDep) -> Response:
    """The fixed pages, every topic and every ready question."""
    found = await find_questions(services)
    paths = [*PAGES, *(f"/topics/{topic.slug}" for topic in found)]
    paths += [f"/entries/{entry.id}" for entries in found.values() for entry in entries]
    rows = "".join(f"<url><loc>{escape(absolute(services, request, path))}</loc></url>" for path in paths)
    text = f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'
    return Response(text, media_type="application/xml", headers=AGAIN)
