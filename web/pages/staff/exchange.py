"""Export to and import from text files: the plan is shown first, and a second person takes it over."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import File, HTTPException, Request, UploadFile
from starlette.responses import Response

from ingest.signatures import MAX_FILE_BYTES
from knowledge.database.desk_values import Outcome
from knowledge.database.staff_values import Role
from knowledge.overlay_values import Parcel
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.exchange import Opened, choices, exported, opened, take, versions_of
from web.staff.holdings.exchange_views import ExchangePage, ParcelPage, ParcelRowView
from web.staff.holdings.papers import BODY_BYTES
from web.staff.holdings.parcel_arrival import fault_of, keep
from web.staff.holdings.parcel_page import DONE, HERE, MENU_PAGE, parcel_view
from web.staff.holdings.parcel_run import run_of
from web.staff.holdings.present import holdings_of
from web.staff.intake.checking import RERUN_S
from web.staff.intake.files import shown_name
from web.staff.life import ENDINGS
from web.staff.life_review import not_looked_at, undecided
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
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
    fault = await asyncio.to_thread(fault_of, desk, data, name)
    if fault:
        return desk.wrong(await asyncio.to_thread(_page, desk, FieldError("file", fault)))
    parcel = Parcel(
        secrets.token_hex(16), name, hashlib.sha256(data).hexdigest(), "waiting", desk.person.id, desk.now()
    )
    await asyncio.to_thread(keep, desk, parcel, data)
    return desk.go(f"{HERE}/{parcel.id}", "brought")


@router.get("/exchange/{parcel_id}")
@allow(Role.EDITOR)
async def parcel_page(parcel_id: str, desk: DeskDep) -> Response:
    held = await asyncio.to_thread(parcel_of, desk, parcel_id)
    return desk.page(await asyncio.to_thread(parcel_view, desk, held))


@router.post("/exchange/{parcel_id}/take")
@allow(Role.REVIEWER)
async def take_over(parcel_id: str, request: Request, desk: DeskDep) -> Response:
    """All of it, as it was shown: where anything was published since, it is shown anew instead."""
    form = {name: str(value) for name, value in (await request.form()).items()}
    held = await asyncio.to_thread(parcel_of, desk, parcel_id)
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


def _taken(desk: Desk, held: Opened, form: Mapping[str, str]) -> Outcome | ParcelPage:
    """The page again where it cannot be taken as it is."""
    if held.lost or held.brought.problems:
        return parcel_view(desk, held)
    if form.get("seen") != str(held.snapshot.revision):
        return parcel_view(desk, held, form, (FieldError("", SEEN_ANEW),))
    versions = versions_of(desk, held)
    decided, run = choices(desk, held, versions.values(), form), run_of(desk, held, versions, RERUN_S)
    if faults := (*undecided(decided), *not_looked_at(run, form.get("changes", ""), "导入")):
        return parcel_view(desk, held, form, faults)
    return take(desk, held, versions, decided, run)


def parcel_of(desk: Desk, parcel_id: str) -> Opened:
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
