"""Switches and notices: what the public pages do and say, without a restart."""

from __future__ import annotations

import asyncio
import secrets
from datetime import date, timedelta
from typing import Annotated

from fastapi import Form, HTTPException
from starlette.responses import Response

from knowledge.database.staff_values import Notice, Role, Switch, SwitchName
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of
from web.staff.people_views import NoticeView, SwitchesPage, SwitchView
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
HERE = "/staff/switches"
MENU = (MenuItem("开关和通知", HERE, Role.EDITOR, order=70),)
TITLES = {
    SwitchName.MODEL: ("大模型", "关了以后不再用大模型，照样从资料里摘录回答。"),
    SwitchName.TYPED: ("打字提问", "关了以后不能打字问，常用问题、办事卡、电话照常。"),
    SwitchName.ALL: ("整个问答", "关了以后所有页面只剩电话。"),
}
MAX_NOTICE = 60
DONE = {
    "off": "关了，1 分钟内所有页面都会变。",
    "on": "打开了，1 分钟内所有页面都会变。",
    "notice": "通知发好了，1 分钟内显示。",
    "ended": "通知撤下了。",
}
Text = Annotated[str, Form()]


@router.get("/switches")
@allow(Role.EDITOR)
async def switches_page(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk))


@router.post("/switches/{name}")
@allow(Role.REVIEWER)
async def set_switch(name: str, desk: DeskDep, to: Text = "", why: Text = "") -> Response:
    """Turn off or on, with a reason. to: off | on."""
    if name not in {each.value for each in SwitchName} or to not in ("off", "on"):
        raise HTTPException(404)
    if not why.strip():
        error = FieldError(f"why-{name}", "请写原因，会留在记录里。")
        return desk.wrong(await asyncio.to_thread(_view, desk, (error,)))
    switch = Switch(SwitchName(name), to == "off", why.strip()[:200], desk.person.id, desk.now())
    deed = desk.deed(f"switch_{to}", TITLES[switch.name][0], switch.reason)
    await asyncio.to_thread(desk.parts.records.set_switch, switch, deed)
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(HERE, to)


@router.post("/notices")
@allow(Role.EDITOR)
async def add_notice(desk: DeskDep, words: Text = "", start: Text = "", end: Text = "") -> Response:
    """A line on the public pages, from a day to a day (both included)."""
    typed = (words.strip(), start.strip(), end.strip())
    errors, notice = _notice(desk, *typed)
    if notice is None:
        return desk.wrong(await asyncio.to_thread(_view, desk, errors, typed))
    deed = desk.deed("add_notice", notice.words, "", start=typed[1], end=typed[2])
    await asyncio.to_thread(desk.parts.records.add_notice, notice, deed)
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(HERE, "notice")


@router.post("/notices/{notice_id}/end")
@allow(Role.EDITOR)
async def end_notice(notice_id: str, desk: DeskDep) -> Response:
    found = next((item for item in await asyncio.to_thread(desk.parts.records.notices) if item.id == notice_id), None)
    if found is None:
        raise HTTPException(404)
    deed = desk.deed("end_notice", found.words)
    await asyncio.to_thread(desk.parts.records.end_notice, notice_id, desk.today(), deed)
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(HERE, "ended")


def _notice(desk: Desk, words: str, start: str, end: str) -> tuple[tuple[FieldError, ...], Notice | None]:
    errors = []
    if not 1 <= len(words) <= MAX_NOTICE:
        errors.append(FieldError("words", f"写一句话，最多 {MAX_NOTICE} 个字。"))
    first, last = _day(start) or (desk.today() if not start else None), _day(end)
    if first is None:
        errors.append(FieldError("start", "开始日期要写成 2024-09-01 这样。"))
    if end and last is None:
        errors.append(FieldError("end", "结束日期要写成 2024-09-01 这样。"))
    if first is not None and last is not None and last < max(first, desk.today()):
        errors.append(FieldError("end", "结束日期要在开始日期之后，也不能已经过了。"))
    if errors or first is None:
        return tuple(errors), None
    after = last + timedelta(days=1) if last else None
    return (), Notice(secrets.token_hex(16), words, first, after, desk.person.id, desk.now())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _view(
    desk: Desk, errors: tuple[FieldError, ...] = (), typed: tuple[str, str, str] = ("", "", "")
) -> SwitchesPage:
    names, on = names_of(desk), desk.today()
    held = desk.parts.records.switches()
    return SwitchesPage(
        frame=desk.frame("开关和通知", HERE, done=DONE, errors=errors),
        switches=tuple(
            SwitchView(held[name], *words, names.get(held[name].by, held[name].by))
            for name, words in TITLES.items()
        ),
        notices=tuple(
            NoticeView(item, names.get(item.by, item.by), item.stands(on), item.end is not None and item.end <= on)
            for item in desk.parts.records.notices()
        ),
        can_switch=desk.may(Role.REVIEWER),
        today=on.isoformat(),
        words=typed[0],
        start=typed[1],
        end=typed[2],
    )
