"""活动: market days and talks in yards, kept in forms, with the kiosk's counts beside."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Form, HTTPException
from starlette.responses import Response

from knowledge.database.counts_values import Choice, Event, EventChange
from knowledge.database.staff_values import Role
from web.pages.kiosk_data import get_state
from web.staff.desk import Desk, DeskDep
from web.staff.needs import tables
from web.staff.needs.event_form import KIND_OPTIONS, event_of, fields_of
from web.staff.needs.figures import Figures, figures
from web.staff.needs.gathering import counts_of, names_of
from web.staff.needs.hiding import cell
from web.staff.needs.kiosk_lines import lines_of
from web.staff.needs.names import KINDS
from web.staff.needs.spans import ALL_TIME
from web.staff.needs.views import EventFields, EventLine, EventsOnePage, EventsPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
HERE = "/staff/events"
MENU = (MenuItem("活动", HERE, Role.EDITOR, order=52),)
DONE = {
    "added": "活动加好了。要带大屏去，就在下面配对。",
    "changed": "改好了。",
    "deleted": "活动删了。",
    "unpaired": "不再配对了：那台大屏还能用，次数不再算在这场活动下。",
}
COUNTED = "没有删：这场活动下面已经有人问过，要留着。写错了的话，改名称、日期、地点就行。"
TAKEN = FieldError("id", "这个编号已经有一场活动了，换一个，或者空着。")
Text = Annotated[str, Form()]


def read_fields(
    name: Text = "", kind: Text = "", day: Text = "", place: Text = "", present: Text = "", id: Text = ""
) -> EventFields:
    """The form as it was typed."""
    return EventFields(name, kind, day, place, present, id)


Typed = Annotated[EventFields, Depends(read_fields)]


@router.get("/events")
@allow(Role.EDITOR)
async def event_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk))


@router.post("/events")
@allow(Role.EDITOR)
async def add_event(desk: DeskDep, typed: Typed) -> Response:
    event, errors = event_of(typed, desk.person.id, desk.now(), desk.today())
    if event is None:
        return desk.wrong(await asyncio.to_thread(_list, desk, errors, typed))
    deed = desk.deed("add_event", event.id, name=event.name, day=event.day.isoformat(), place=event.place)
    if await asyncio.to_thread(counts_of(desk).add_event, event, deed) is not EventChange.DONE:
        return desk.wrong(await asyncio.to_thread(_list, desk, (TAKEN,), typed))
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(f"{HERE}/{event.id}", "added")


@router.get("/events/{event_id}")
@allow(Role.EDITOR)
async def event_page(event_id: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_one, desk, event_id))


@router.post("/events/{event_id}")
@allow(Role.EDITOR)
async def change_event(event_id: str, desk: DeskDep, typed: Typed) -> Response:
    held = await asyncio.to_thread(_event, desk, event_id)
    typed = replace(typed, id=held.id)
    event, errors = event_of(typed, held.made_by, held.made_at, desk.today())
    if event is None:
        return desk.wrong(await asyncio.to_thread(_one, desk, event_id, errors, typed))
    deed = desk.deed("change_event", event.id, **_changes(held, event))
    await asyncio.to_thread(counts_of(desk).change_event, event, deed)
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(f"{HERE}/{event.id}", "changed")


@router.post("/events/{event_id}/delete")
@allow(Role.EDITOR)
async def delete_event(event_id: str, desk: DeskDep) -> Response:
    held = await asyncio.to_thread(_event, desk, event_id)
    deed = desk.deed("delete_event", held.id, name=held.name)
    if await asyncio.to_thread(counts_of(desk).remove_event, held.id, deed) is EventChange.COUNTED:
        return desk.stop(COUNTED, 409, ("回这场活动", f"{HERE}/{held.id}"))
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(HERE, "deleted")


def _changes(before: Event, after: Event) -> dict[str, str]:
    """What is another than before, for the log; the name always."""
    old, new = fields_of(before), fields_of(after)
    changed = {field: getattr(new, field) for field in ("day", "place", "present") if getattr(old, field) != getattr(new, field)}
    return {"name": after.name} | changed


def _event(desk: Desk, event_id: str) -> Event:
    """Raises 404."""
    found = counts_of(desk).event(event_id)
    if found is None:
        raise HTTPException(404)
    return found


def _list(desk: Desk, errors: tuple[FieldError, ...] = (), typed: EventFields | None = None) -> EventsPage:
    counts = counts_of(desk)
    asked = figures(counts.sums(*ALL_TIME))
    return EventsPage(
        frame=desk.frame("活动", HERE, done=DONE, errors=errors),
        events=tuple(_line(event, asked) for event in counts.events()),
        kinds=KIND_OPTIONS,
        typed=typed or EventFields(day=desk.today().isoformat()),
    )


def _line(event: Event, asked: Figures) -> EventLine:
    return EventLine(
        name=event.name,
        url=f"{HERE}/{event.id}",
        day=event.day.isoformat(),
        kind=KINDS[event.kind],
        place=event.place,
        present="没填" if event.present is None else str(event.present),
        asked=cell(asked.events.get(event.id, 0)),
        came=cell(asked.event_sessions.get(event.id, 0)),
    )


def _one(
    desk: Desk, event_id: str, errors: tuple[FieldError, ...] = (), typed: EventFields | None = None
) -> EventsOnePage:
    counts, event = counts_of(desk), _event(desk, event_id)
    now = figures(counts.sums(*ALL_TIME, Choice(event=event.id)))
    names = names_of(desk, [event])
    paired = [pairing for pairing in counts.pairings() if pairing.event == event.id]
    return EventsOnePage(
        frame=desk.frame(event.name, HERE, done=DONE, errors=errors),
        id=event.id,
        fields=replace(typed or fields_of(event), id=event.id),
        kinds=KIND_OPTIONS,
        asked=cell(now.questions),
        came=cell(now.sessions),
        tables=(
            tables.ranked("问了哪些主题", "主题", now.topics, names.topic),
            tables.outcome_table(now),
            tables.missed_table(now, names),
        ),
        pairings=lines_of(paired, get_state(desk.request).watch.devices(), names, desk.now()),
        may_delete=not now.questions,
    )
