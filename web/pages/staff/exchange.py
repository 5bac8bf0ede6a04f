"""Export to and import from text files: the plan is shown first, and a second person takes it over."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import File, HTTPException, Request, UploadFile
from starlette.responses import Response

from ingest.errors import UnsupportedDocument
from ingest.originals import store_original
from ingest.signatures import MAX_FILE_BYTES
from knowledge.database.desk_values import Outcome
from knowledge.database.staff_values import Role
from knowledge.locks import originals_lock
from knowledge.overlay_values import Parcel
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.exchange import Opened, choices, exported, opened, take, versions_of
from web.staff.holdings.exchange_views import ExchangePage, ParcelPage, ParcelRowView
from web.staff.holdings.papers import BODY_BYTES
from web.staff.holdings.parcel import unpacked
from web.staff.holdings.parcel_changes import plans_of
from web.staff.holdings.present import holdings_of
from web.staff.intake.files import has_room, shown_name
from web.staff.life import ENDINGS, two_person
from web.staff.life_review import undecided
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
HERE = "/staff/exchange"
MENU_PAGE = "/staff/entries"
DONE = {"brought": "收到了，先看会改什么。", "taken": "导入好了，约 1 分钟内开始使用。", "dropped": "没有导入，压缩包不要了。"}
MAX_SHOWN = 100
SEEN_ANEW = "没有导入：您看的时候，这里的资料又变了。下面是对着现在的样子重新比的，请再看一遍。"


@router.get("/exchange")
@allow(Role.EDITOR)
async def exchange(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_page, desk))


@router.get("/exchange/export")
@allow(Role.EDITOR)
async def export(desk: DeskDep) -> Response:
    data = await asyncio.to_thread(exported, desk)
    name = f"pufa-{desk.today().isoformat()}.zip"
    return Response(
        data,
        media_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


@router.post("/exchange")
@allow(Role.ADMIN, max_body_bytes=BODY_BYTES)
async def bring(desk: DeskDep, file: Annotated[UploadFile | None, File()] = None) -> Response:
    """Nothing is changed yet: the parcel is kept and its plan shown."""
    data = await file.read(MAX_FILE_BYTES + 1) if file is not None else b""
    name = shown_name(file.filename if file is not None else "")
    fault = await asyncio.to_thread(_fault, desk, data, name)
    if fault:
        return desk.wrong(await asyncio.to_thread(_page, desk, FieldError("file", fault)))
    parcel = Parcel(
        secrets.token_hex(16), name, hashlib.sha256(data).hexdigest(), "waiting", desk.person.id, desk.now()
    )
    await asyncio.to_thread(_keep, desk, parcel, data)
    return desk.go(f"{HERE}/{parcel.id}", "brought")


@router.get("/exchange/{parcel_id}")
@allow(Role.EDITOR)
async def parcel_page(parcel_id: str, desk: DeskDep) -> Response:
    held = await asyncio.to_thread(_opened, desk, parcel_id)
    return desk.page(await asyncio.to_thread(_parcel_view, desk, held))


@router.post("/exchange/{parcel_id}/take")
@allow(Role.REVIEWER)
async def take_over(parcel_id: str, request: Request, desk: DeskDep) -> Response:
    """All of it, as it was shown: where anything was published since, it is shown anew instead."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    held = await asyncio.to_thread(_opened, desk, parcel_id)
    outcome = await asyncio.to_thread(_taken, desk, held, form)
    if isinstance(outcome, ParcelPage):
        return desk.wrong(outcome)
    if outcome is not Outcome.DONE:
        return desk.stop(_ending(outcome), 409, ("看这个压缩包", f"{HERE}/{held.parcel.id}"))
    desk.parts.wake()
    return desk.go(HERE, "taken")


@router.post("/exchange/{parcel_id}/drop")
@allow(Role.ADMIN)
async def drop(parcel_id: str, desk: DeskDep) -> Response:
    deed = desk.deed("drop_parcel", parcel_id[:40])
    outcome = await asyncio.to_thread(holdings_of(desk).parcels.drop, parcel_id, deed)
    if outcome is not Outcome.DONE:
        return desk.stop(_ending(outcome), 409, ("回到导出、导入", HERE))
    return desk.go(HERE, "dropped")


def _ending(outcome: Outcome) -> str:
    if outcome is Outcome.SAME_PERSON:
        return "没有导入：传压缩包的人不能自己导入，要另一个复审的人来。"
    return ENDINGS[outcome]


def _fault(desk: Desk, data: bytes, name: str) -> str:
    """Why the file cannot be taken in, '' where it can."""
    if not data:
        return "还没有选文件。请选一个从工作台导出的压缩包（.zip）。"
    if len(data) > MAX_FILE_BYTES:
        return f"“{name}”超过 20 MB，没有收。"
    if not has_room(desk.services.settings):
        return "磁盘快满了，暂时不能传。请告诉管理员清理磁盘。"
    try:
        unpacked(data, name)
    except UnsupportedDocument as error:
        return f"“{name}”没有收：{error.reason}。{error.remedy}。"
    return ""


def _keep(desk: Desk, parcel: Parcel, data: bytes) -> None:
    settings = desk.services.settings
    with originals_lock(settings.data_dir, "desk"):
        store_original(settings.originals_dir, data)
        holdings_of(desk).parcels.add(parcel, desk.deed("bring_parcel", parcel.id, name=parcel.name))


def _taken(desk: Desk, held: Opened, form: Mapping[str, str]) -> Outcome | ParcelPage:
    """The page again where it cannot be taken as it is."""
    if held.lost or held.brought.problems:
        return _parcel_view(desk, held)
    if form.get("seen") != str(held.snapshot.revision):
        return _parcel_view(desk, held, form, (FieldError("", SEEN_ANEW),))
    versions = versions_of(desk, held)
    decided = choices(desk, held, versions.values(), form)
    if faults := undecided(decided):
        return _parcel_view(desk, held, form, faults)
    return take(desk, held, versions, decided)


def _opened(desk: Desk, parcel_id: str) -> Opened:
    """Raises 404."""
    parcel = next((each for each in holdings_of(desk).parcels.parcels() if each.id == parcel_id), None)
    if parcel is None:
        raise HTTPException(404)
    return opened(desk, parcel)


def _page(desk: Desk, *errors: FieldError) -> ExchangePage:
    names = names_of(desk)
    return ExchangePage(
        frame=desk.frame("导出、导入", MENU_PAGE, done=DONE, errors=errors),
        parcels=tuple(
            ParcelRowView(each.name, f"{HERE}/{each.id}", names.get(each.made_by, each.made_by), each.made_at)
            for each in holdings_of(desk).parcels.parcels()
        ),
        can_bring=desk.may(Role.ADMIN),
    )


def _parcel_view(
    desk: Desk, held: Opened, form: Mapping[str, str] | None = None, errors: tuple[FieldError, ...] = ()
) -> ParcelPage:
    """form: the choices as they came, where it comes back with errors. Nothing is compared in what has to be mended."""
    problems = held.brought.problems
    versions = {} if problems else versions_of(desk, held)
    return ParcelPage(
        frame=desk.frame(f"导入：{held.parcel.name}", MENU_PAGE, done=DONE, errors=errors),
        url=f"{HERE}/{held.parcel.id}",
        plans=() if problems else plans_of(desk, held, versions),
        same=held.plan.same,
        ignored=tuple(held.brought.ignored[:MAX_SHOWN]),
        problems=tuple(str(problem) for problem in problems[:MAX_SHOWN]),
        more_problems=max(0, len(problems) - MAX_SHOWN),
        choices=choices(desk, held, versions.values(), form or {}),
        seen=held.snapshot.revision,
        why_not=_why_not(desk, held),
        can_drop=desk.may(Role.ADMIN),
    )


def _why_not(desk: Desk, held: Opened) -> str:
    """Why taking over is not offered, '' where it is."""
    if held.lost:
        return held.lost
    if held.brought.problems:
        return "里面有要改的地方，改好了再传一次。现在什么都没有变。"
    if held.plan.empty:
        return "里面的和现在用的一模一样，不用导入。"
    if not desk.may(Role.REVIEWER):
        return "等复审的人导入。"
    if two_person(desk) and held.parcel.made_by == desk.person.id:
        return "这是您传的，要另一个复审的人来导入。"
    return ""
