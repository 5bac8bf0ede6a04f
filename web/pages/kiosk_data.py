"""What the kiosk's script asks for: ready answers, the dictionary, codes for phones, counts, its files."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import JSONResponse, Response

from web.asking import admit
from web.assets import STATIC
from web.kiosk_assets import kiosk_assets
from web.kiosk_build import ENTRIES, checked, reachable, short
from web.kiosk_counting import Opened, count_opened
from web.kiosk_ready import ReadyAnswers, ready_json
from web.kiosk_watch import KioskWatch, Seen
from web.kiosk_words import KioskWords
from web.qr import qr_svg
from web.schemas import Identifier, Model
from web.services import ServicesDep
from web.sharing import absolute, share

router = APIRouter(include_in_schema=False)
NO_STORE = {"Cache-Control": "no-store"}
FOREVER = {"Cache-Control": "public, max-age=31536000, immutable"}


@dataclass(slots=True)
class KioskState:
    """What the kiosk's routes keep between requests, in memory."""

    ready: ReadyAnswers = field(default_factory=lambda: ReadyAnswers(ready_json))
    words: KioskWords = field(default_factory=KioskWords)
    watch: KioskWatch = field(default_factory=KioskWatch)


def get_state(request: Request) -> KioskState:
    """One for each app, made when it is first asked for."""
    state = request.app.state
    if not hasattr(state, "kiosk"):
        state.kiosk = KioskState()
    held: KioskState = state.kiosk
    return held


StateDep = Annotated[KioskState, Depends(get_state)]


class HeartbeatIn(Model):
    device: Identifier
    event: Identifier | None = None
    screen: Identifier = "start"


class TakeIn(Model):
    answer_id: Identifier


class OpenedIn(Model):
    entry: Identifier
    conversation_id: Identifier
    event: Identifier | None = None
    device: Identifier | None = None


@router.get("/kiosk/ready.json")
async def ready(request: Request, services: ServicesDep, state: StateDep) -> Response:
    return _data(request, *await state.ready.text(services))


@router.get("/kiosk/words.json")
async def words(request: Request, services: ServicesDep, state: StateDep) -> Response:
    pack, _ = await state.ready.text(services)
    return _data(request, *await state.words.text(services.today(), pack, services.settings, services.town))


@router.get("/kiosk/qr/{slug}.svg")
async def entry_qr(slug: str, request: Request, services: ServicesDep) -> Response:
    """The code of a ready question's public page; 404 where phones cannot reach it."""
    url = absolute(services, request, f"{ENTRIES}{checked(slug)}")
    if not reachable(url):
        raise HTTPException(404)
    return Response(str(qr_svg(url)), media_type="image/svg+xml", headers=NO_STORE)


@router.post("/api/kiosk/take")
async def take(given: TakeIn, request: Request, services: ServicesDep) -> Response:
    """A page of its own for a typed answer, and its code. 404: the answer is gone, or phones could not open it."""
    admit(services, request, None)
    path = await share(services, given.answer_id)
    url = absolute(services, request, path) if path else ""
    if not path or not reachable(url) or (services.settings.kiosk_alone == "on" and not path.startswith(ENTRIES)):
        return JSONResponse({"url": None}, 404, NO_STORE)
    picture = base64.b64encode(qr_svg(url).encode()).decode()
    content = {"url": short(url), "lasts": path.startswith(ENTRIES), "qr": f"data:image/svg+xml;base64,{picture}"}
    return JSONResponse(content, headers=NO_STORE)


@router.post("/api/kiosk/opened")
async def opened(given: OpenedIn, request: Request, services: ServicesDep) -> Response:
    """A ready question was read on a kiosk: it counts like an answer."""
    admit(services, request, None)
    told = Opened(given.entry, given.conversation_id, given.event, given.device)
    return JSONResponse({"counted": await count_opened(services, told)}, headers=NO_STORE)


@router.post("/api/kiosk/heartbeat")
async def heartbeat(given: HeartbeatIn, request: Request, services: ServicesDep, state: StateDep) -> Response:
    """Heard from kiosks that the desk has paired; from any other nothing is kept."""
    admit(services, request, None)
    paired = services.standing.kiosks.stands(given.event, given.device)
    if paired:
        state.watch.hear(Seen(given.device, given.event or "", given.screen, services.now()))
    return JSONResponse({"heard": paired}, headers=NO_STORE)


@router.get("/kiosk/static/{name}")
async def static(name: str) -> Response:
    asset = kiosk_assets().named(name)
    if asset is None:
        raise HTTPException(404)
    return Response(asset.content, media_type=asset.media_type, headers=FOREVER)


@router.get("/kiosk-sw.js")
async def service_worker() -> Response:
    """Names the files of this release, so that a new release is a new worker."""
    assets = kiosk_assets()
    text = (STATIC / "kiosk_sw.js").read_text(encoding="utf-8")
    text = text.replace("'CSS'", f"'{assets.css.url}'").replace("'JS'", f"'{assets.js.url}'")
    return Response(text, media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def _data(request: Request, text: str, tag: str) -> Response:
    headers = {"Cache-Control": "no-cache", "ETag": tag}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(text, media_type="application/json", headers=headers)
