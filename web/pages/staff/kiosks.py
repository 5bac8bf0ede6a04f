"""大屏: which are paired, and whether they have spoken lately."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Sequence
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, HTTPException
from starlette.responses import Response

from knowledge.database.counts_values import CountImport, Event, EventChange, Pairing
from knowledge.database.staff_values import Role
from web.kiosk_build import qr_for
from web.kiosk_watch import Seen
from web.pages.kiosk_data import get_state
from web.sharing import absolute
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of as people_of
from web.staff.needs.event_form import NAME
from web.staff.needs.gathering import counts_of, names_of
from web.staff.needs.kiosk_lines import ALWAYS, line_of, lines_of
from web.staff.needs.views import ImportLine, KiosksPage, KiosksPairPage, Options
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, FieldError, MenuItem

router = desk_router()
HERE = "/staff/kiosks"
MENU = (MenuItem("大屏", HERE, Role.EDITOR, order=54),)
DONE = {
    "paired": "配对好了。把下面的网址输到那台大屏上，或者扫码打开。",
    "unpaired": "不再配对了：那台大屏还能用，次数不再算在活动下。",
    "taken": "人次导进来了，活动和普法需求里都能看到。",
}
DEVICE_RULE = "机器名只用英文字母、数字、- 和 _，最多 60 个，例如 kiosk-1。写在机器上贴着，好认。"
TWICE = "这台机器在这里已经配对了，网址在上面的表里。"
GONE_EVENT = "没有这场活动，也许刚删了。请重新选。"


@router.get("/kiosks")
@allow(Role.EDITOR)
async def kiosk_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(list_page, desk))


@router.post("/kiosks")
@allow(Role.EDITOR)
async def pair_kiosk(
    desk: DeskDep, device: Annotated[str, Form()] = "", event: Annotated[str, Form()] = ""
) -> Response:
    typed = (device.strip()[:60], event.strip()[:60])
    if not NAME.fullmatch(device.strip()):
        return desk.wrong(await asyncio.to_thread(list_page, desk, (FieldError("device", DEVICE_RULE),), typed))
    pairing = Pairing(secrets.token_hex(8), typed[1], typed[0], desk.person.id, desk.now())
    deed = desk.deed("pair_kiosk", pairing.device, event=pairing.event)
    outcome = await asyncio.to_thread(counts_of(desk).pair, pairing, deed)
    if outcome is not EventChange.DONE:
        exists = outcome is EventChange.EXISTS
        error = FieldError("device", TWICE) if exists else FieldError("event", GONE_EVENT)
        return desk.wrong(await asyncio.to_thread(list_page, desk, (error,), typed))
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(f"{HERE}/{pairing.id}", "paired")


@router.get("/kiosks/{pairing_id}")
@allow(Role.EDITOR)
async def pair_page(pairing_id: str, desk: DeskDep) -> Response:
    """The address of one kiosk and its code."""
    return desk.page(await asyncio.to_thread(_one, desk, pairing_id))


@router.post("/kiosks/{pairing_id}/end")
@allow(Role.EDITOR)
async def unpair_kiosk(pairing_id: str, desk: DeskDep) -> Response:
    held = await asyncio.to_thread(_pairing, desk, pairing_id)
    deed = desk.deed("unpair_kiosk", held.device, event=held.event)
    await asyncio.to_thread(counts_of(desk).unpair, held.id, deed)
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(f"/staff/events/{held.event}" if held.event else HERE, "unpaired")


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page: kiosks that should be on today and have said nothing for a while."""
    held = counts_of(desk)
    days = {event.id: event.day for event in held.events()}
    due = [pairing for pairing in held.pairings() if days.get(pairing.event, desk.today()) == desk.today()]
    lines = lines_of(due, _seen(desk), names_of(desk, []), desk.now()) if due else ()
    return (CountView("台大屏没有声音", sum(line.tone != "ok" for line in lines), HERE),)


def _seen(desk: Desk) -> tuple[Seen, ...]:
    return get_state(desk.request).watch.devices()


def _pairing(desk: Desk, pairing_id: str) -> Pairing:
    """Raises 404."""
    for pairing in counts_of(desk).pairings():
        if pairing.id == pairing_id:
            return pairing
    raise HTTPException(404)


def list_page(desk: Desk, errors: tuple[FieldError, ...] = (), typed: tuple[str, str] = ("", "")) -> KiosksPage:
    """typed: (device, event) of a pairing that was refused."""
    held = counts_of(desk)
    events, people = held.events(), people_of(desk)
    own = sum(row.questions for day in held.own()[1] for row in day.rows)
    return KiosksPage(
        frame=desk.frame("大屏", HERE, done=DONE, errors=errors),
        pairings=lines_of(held.pairings(), _seen(desk), names_of(desk, events), desk.now()),
        events=_events(events, desk),
        device=typed[0],
        event=typed[1],
        own=own,
        imports=tuple(_import(item, people) for item in held.imports()),
    )


def _events(events: Sequence[Event], desk: Desk) -> Options:
    """What a kiosk can still go to."""
    coming = [event for event in events if event.day >= desk.today()]
    coming.sort(key=lambda event: event.day)
    return (("", ALWAYS), *((event.id, f"{event.day.isoformat()} {event.name}") for event in coming))


def _import(item: CountImport, people: dict[str, str]) -> ImportLine:
    return ImportLine(
        installation=item.installation[:8],
        days=f"{item.first_day} 到 {item.last_day}" if item.first_day else "—",
        questions=item.questions,
        sessions=item.sessions,
        who=people.get(item.taken_by, item.taken_by),
        at=item.taken_at,
    )


def _one(desk: Desk, pairing_id: str) -> KiosksPairPage:
    pairing = _pairing(desk, pairing_id)
    event = counts_of(desk).event(pairing.event) if pairing.event else None
    seen = next((one for one in _seen(desk) if (one.event, one.device) == (pairing.event, pairing.device)), None)
    named = {"event": pairing.event} if pairing.event else {}
    address = _address(desk, f"/kiosk?{urlencode(named | {'device': pairing.device})}")
    return KiosksPairPage(
        frame=desk.frame(f"大屏 {pairing.device}", HERE, done=DONE),
        pairing=line_of(pairing, seen, names_of(desk, [event] if event else []), desk.now()),
        day=event.day.isoformat() if event else "",
        address=address,
        qr=qr_for(address),
    )


def _address(desk: Desk, path: str) -> str:
    """A kiosk that serves itself opens itself; the public address is the town's."""
    if desk.services.settings.kiosk_alone == "on":
        return str(desk.request.base_url).rstrip("/") + path
    return absolute(desk.services, desk.request, path)
