"""大屏: counts of a kiosk that serves itself, handed out on its own desk and brought in at the town's."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import File, UploadFile
from starlette.responses import Response

from knowledge.database.counts_values import SentCounts, Taken
from knowledge.database.staff_values import Role
from web.pages.staff.kiosks import HERE, list_page
from web.staff.desk import Desk, DeskDep
from web.staff.needs.counts_file import MAX_FILE_BYTES, UnreadableCounts, read
from web.staff.needs.gathering import counts_of
from web.staff.needs.own_counts import own_counts
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
NOT_TAKEN = {
    Taken.SAME: "这份文件已经导过了，没有重复加，什么都没有变。",
    Taken.OLDER: "这台机器后来导出的一份已经导过了，这份是更早的，没有用，什么都没有变。",
    Taken.OWN: "这是这台机器自己的人次，本来就算着，不用导。",
    Taken.EMPTY: "文件里还没有人次，不用导。",
}
NOTHING = "这台机器还没有人次，没有可导出的。"
NO_FILE = "还没有选文件。请先选从大屏上导出的那个文件。"


@router.get("/kiosks/counts")
@allow(Role.EDITOR)
async def export_counts(desk: DeskDep) -> Response:
    """The counts of this installation, to be carried to the town's desk."""
    made = await asyncio.to_thread(own_counts, counts_of(desk), desk.services.town.id, desk.now())
    if made is None:
        return desk.stop(NOTHING, 404, ("回大屏", HERE))
    headers = {
        "Content-Disposition": f'attachment; filename="pufa-counts-{desk.today():%Y%m%d}.json"',
        "Cache-Control": "no-store",
    }
    return Response(made, media_type="application/json", headers=headers)


@router.post("/kiosks/counts")
@allow(Role.EDITOR, max_body_bytes=MAX_FILE_BYTES + 2**16)
async def import_counts(desk: DeskDep, file: Annotated[UploadFile | None, File()] = None) -> Response:
    data = await file.read() if file is not None else b""
    sentence = await asyncio.to_thread(_take, desk, data) if data else NO_FILE
    if sentence:
        return desk.wrong(await asyncio.to_thread(list_page, desk, (FieldError("file", sentence),)))
    await asyncio.to_thread(desk.parts.standing.refresh)
    return desk.go(HERE, "taken")


def _take(desk: Desk, data: bytes) -> str:
    """'' when the counts were taken, else why not."""
    try:
        sent = read(data, desk.services.town.id, desk.now())
    except UnreadableCounts as error:
        return error.sentence
    outcome = counts_of(desk).take(sent, desk.deed("take_counts", sent.installation[:8], **_said(sent)))
    return NOT_TAKEN.get(outcome, "")


def _said(sent: SentCounts) -> dict[str, str]:
    if not sent.days:
        return {}
    return {
        "start": sent.days[0].day.isoformat(),
        "end": sent.days[-1].day.isoformat(),
        "questions": str(sent.questions),
        "sessions": str(sent.sessions),
    }
