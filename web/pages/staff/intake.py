"""① 选文件: several files at once, a photo, or pasted text; and what becomes of each while it is read."""

from __future__ import annotations

import asyncio
import io
from typing import IO, Annotated

from fastapi import File, Form, Request, UploadFile
from starlette.responses import FileResponse, Response

from ingest.draft import as_json, from_json
from ingest.findings import NAMED_ROWS, PERSONAL_NUMBERS
from ingest.signatures import MAX_FILE_BYTES
from knowledge.database.draft_values import Draft, DraftState
from knowledge.database.staff_values import Deed, Role
from knowledge.locks import originals_lock
from web.staff.desk import Desk, DeskDep
from web.staff.intake.arrival_views import (
    DraftLine,
    IntakePersonalPage,
    IntakeReadingPage,
    IntakeRefusedPage,
    IntakeStartPage,
)
from web.staff.intake.files import FileTooLarge, KeptFile, drop_file, has_room, keep_file, path_of, shown_name
from web.staff.intake.steps import DONE, HERE, draft_of, intake_of, steps_of, url_of
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError, MenuItem

router = desk_router()
MENU = (MenuItem("加文件", HERE, Role.EDITOR, order=25),)
MAX_FILES = 10
ACCEPT = ".pdf,.docx,.xlsx,.doc,.xls,.png,.jpg,.jpeg,.html,.htm,.txt,.md,image/*"
REFRESH_S = 2
STATES = {
    DraftState.WAITING: ("等着读", "plain"),
    DraftState.READING: ("正在读", "plain"),
    DraftState.REFUSED: ("没收下", "danger"),
    DraftState.PERSONAL: ("有个人信息，等另一位同事看", "warn"),
    DraftState.OPEN: ("可以核对了", "ok"),
}
TOO_LARGE = "“{name}”超过 20 MB，没有收。请拆成几份，或者把图片调小再传。"
NO_ROOM = "磁盘快满了（不到 500 MB），暂时不能加文件，问答照常。请告诉管理员清理磁盘。"


@router.get("/intake")
@allow(Role.EDITOR)
async def start(desk: DeskDep) -> Response:
    return desk.page(await _start(desk))


@router.post("/intake/files")
@allow(Role.EDITOR, max_body_bytes=MAX_FILES * MAX_FILE_BYTES + 2**20)
async def add_files(desk: DeskDep, files: Annotated[list[UploadFile] | None, File()] = None) -> Response:
    """Each file becomes a draft of its own; one that is too large does not stop the others."""
    given = [each for each in files or () if each.filename or each.size]
    if not given:
        return desk.wrong(await _start(desk, FieldError("files", "还没有选文件。请先点“选择文件”。")))
    if len(given) > MAX_FILES:
        return desk.wrong(await _start(desk, FieldError("files", f"一次最多 {MAX_FILES} 份，请分几次加。")))
    faults, added = [], []
    for each in given:
        name = shown_name(each.filename)
        outcome = await asyncio.to_thread(_add, desk, each.file, name)
        if isinstance(outcome, str):
            faults.append(FieldError("files", outcome))
        else:
            added.append(outcome)
    if faults:
        return desk.wrong(await _start(desk, *faults))
    return desk.go(url_of(added[0]) if len(added) == 1 else HERE, done="added")


@router.post("/intake/pasted")
@allow(Role.EDITOR, max_body_bytes=3 * 2**20)
async def add_pasted(
    desk: DeskDep, title: Annotated[str, Form()] = "", text: Annotated[str, Form()] = ""
) -> Response:
    """Pasted text is kept as a text file under the name that was given."""
    if not text.strip():
        fault = FieldError("text", "还没有粘贴文字。")
        return desk.wrong(await _start(desk, fault, title=title, text=text))
    name = f"{shown_name(title) if title.strip() else '粘贴的文字'}.txt"
    outcome = await asyncio.to_thread(_add, desk, io.BytesIO(text.encode("utf-8", "replace")), name)
    if isinstance(outcome, str):
        return desk.wrong(await _start(desk, FieldError("text", outcome), title=title, text=text))
    return desk.go(url_of(outcome), done="added")


def _add(desk: Desk, source: IO[bytes], name: str) -> Draft | str:
    """The new draft, being read; or why there is none."""
    settings, intake = desk.services.settings, intake_of(desk)
    if not has_room(settings):
        return NO_ROOM
    try:
        kept = keep_file(settings, source)
    except FileTooLarge:
        return TOO_LARGE.format(name=name)
    draft = _new_draft(desk, kept, name)
    intake.drafts.add(draft, desk.deed("add_file", draft.id, name=name))
    intake.reading.ensure(draft, settings, desk.services.town, desk.services.now)
    return draft


def _new_draft(desk: Desk, kept: KeptFile, name: str) -> Draft:
    now = desk.now()
    return Draft(kept.id, DraftState.WAITING, name, kept.size, kept.sha256, desk.person.id, now, now)


@router.get("/intake/{draft_id}")
@allow(Role.EDITOR)
async def one(draft_id: str, desk: DeskDep) -> Response:
    """Wherever the draft is: being read, refused, stopped, or in the steps."""
    draft = await draft_of(desk, draft_id)
    intake_of(desk).reading.ensure(draft, desk.services.settings, desk.services.town, desk.services.now)
    if draft.state is DraftState.OPEN:
        return desk.go(f"{url_of(draft)}/check")
    steps = steps_of(draft, 0)
    if draft.state is DraftState.PERSONAL:
        return desk.page(_personal(desk, draft))
    if draft.state is DraftState.REFUSED:
        frame = desk.frame("这份文件没有收下", HERE)
        return desk.page(
            IntakeRefusedPage(frame, steps, draft.name, draft.reason, draft.remedy, url_of(draft))
        )
    frame = desk.frame("正在读文件", HERE, done=DONE)
    view = IntakeReadingPage(
        frame, steps, draft.name, draft.pages_done, draft.pages_total, url_of(draft)
    )
    response = desk.page(view)
    response.headers["Refresh"] = f"{REFRESH_S}; url={url_of(draft)}"  # works without scripts
    return response


@router.post("/intake/{draft_id}/personal")
@allow(Role.REVIEWER)
async def release(draft_id: str, desk: DeskDep, why: Annotated[str, Form()] = "") -> Response:
    """A second person has looked at the personal data and lets the file go on."""
    draft = await draft_of(desk, draft_id, DraftState.PERSONAL)
    if draft.made_by == desk.person.id:
        return desk.stop("要另一位同事来看，加文件的人自己不能放行。", 403, ("回到加文件", HERE))
    if not why.strip():
        return desk.wrong(_personal(desk, draft, FieldError("why", "请写为什么可以用。")))
    body = as_json(from_json(draft.body)) | {"seen_by": desk.person.id, "seen_why": why.strip()[:300]}
    deed = desk.deed("release_file", draft.id, why.strip()[:300], name=draft.name)
    saved = await asyncio.to_thread(
        intake_of(desk).drafts.save, draft, body, desk.now(), deed, DraftState.OPEN
    )
    return desk.go(f"{url_of(draft)}/check" if saved else url_of(draft), done="released" if saved else "")


@router.post("/intake/{draft_id}/delete")
@allow(Role.EDITOR)
async def delete(draft_id: str, desk: DeskDep) -> Response:
    draft = await draft_of(desk, draft_id)
    deed = desk.deed("delete_file", draft.id, name=draft.name)
    await asyncio.to_thread(_delete, desk, draft.id, deed)
    return desk.go(HERE, done="deleted")


def _delete(desk: Desk, draft_id: str, deed: Deed) -> None:
    """Row and file together, seen from a backup."""
    settings = desk.services.settings
    with originals_lock(settings.data_dir, "desk"):
        if intake_of(desk).drafts.delete(draft_id, deed):
            drop_file(settings, draft_id)


@router.get("/intake/{draft_id}/original")
@allow(Role.EDITOR)
async def original(draft_id: str, request: Request, desk: DeskDep) -> Response:
    """The bytes as they came: saved, never shown by the browser."""
    draft = await draft_of(desk, draft_id)
    path = path_of(desk.services.settings, draft.id)
    return FileResponse(
        path, media_type="application/octet-stream", filename=draft.name, headers={"Cache-Control": "no-store"}
    )


async def _start(desk: Desk, *faults: FieldError, title: str = "", text: str = "") -> IntakeStartPage:
    drafts = await asyncio.to_thread(intake_of(desk).drafts.drafts)
    names = await asyncio.to_thread(names_of, desk)
    for draft in drafts:
        intake_of(desk).reading.ensure(draft, desk.services.settings, desk.services.town, desk.services.now)
    lines = tuple(_line(draft, names.get(draft.made_by, draft.made_by)) for draft in drafts)
    frame = desk.frame("加文件", HERE, done=DONE, errors=faults)
    return IntakeStartPage(frame, steps_of(None, 0), lines, ACCEPT, title, text)


def _line(draft: Draft, who: str) -> DraftLine:
    words, tone = STATES[draft.state]
    if draft.state is DraftState.READING and draft.pages_total:
        words = f"正在读，{draft.pages_total} 页读了 {draft.pages_done} 页"
    size = f"{draft.size / 2**20:.1f} MB" if draft.size >= 2**20 else f"{max(1, draft.size // 1024)} KB"
    return DraftLine(draft.name, url_of(draft), words, tone, who, size)


def _personal(desk: Desk, draft: Draft, *faults: FieldError) -> IntakePersonalPage:
    personal = from_json(draft.body).personal
    return IntakePersonalPage(
        desk.frame("文件里有个人信息，先停下", HERE, errors=faults),
        steps_of(draft, 0),
        draft.name,
        personal.numbers if personal.numbers >= PERSONAL_NUMBERS else 0,
        personal.names if personal.names >= NAMED_ROWS else 0,
        personal.shown,
        desk.may(Role.REVIEWER) and draft.made_by != desk.person.id,
        url_of(draft),
    )
