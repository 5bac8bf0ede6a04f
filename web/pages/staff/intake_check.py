"""② 核对信息: what the file says about itself, each field ticked by a person."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from fastapi import Request
from starlette.datastructures import FormData
from starlette.responses import Response

from ingest.draft import DraftBody, DraftField
from ingest.draft_version import faults_of
from ingest.findings import KIND_WORDS, dropped_words
from knowledge.database.draft_values import Draft
from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.intake.steps import DONE, HERE, number_of, open_draft, outdated, save, steps_of, url_of
from web.staff.intake.views import FieldView, IntakeCheckPage
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
MAX_VALUE_CHARS = 200
LABELS = {
    "title": ("名称", "文件的全名"),
    "document_number": ("文号", "例如：某府发〔2026〕12号；没有就空着"),
    "issuer": ("发文机关", "落款的单位"),
    "issued_on": ("成文日期", "写成 2026-03-05；没有就空着"),
    "effective_from": ("生效日期", "从哪天起用，写成 2026-04-01；没有写就空着"),
    "effective_to": ("有效到哪天", "最后有效的那一天，写成 2030-12-31；一直有效就空着"),
    "level": ("层级", "是哪一级发的"),
    "region": ("适用地区", "管哪里；不归这里管的问题不会用它来答"),
}
DAYS = ("issued_on", "effective_from", "effective_to")
CHOICES = ("level", "region")
NO_TOPIC = ("", "不归哪一类")
NEW = ("", "不替换，是新的文件")


@router.get("/intake/{draft_id}/check")
@allow(Role.EDITOR)
async def check(draft_id: str, desk: DeskDep) -> Response:
    draft, body = await open_draft(desk, draft_id)
    return desk.page(await asyncio.to_thread(_page, desk, draft, body))


@router.post("/intake/{draft_id}/check")
@allow(Role.EDITOR)
async def keep_fields(draft_id: str, request: Request, desk: DeskDep) -> Response:
    """`go` = next: every field must be right and ticked. Otherwise what was typed is kept as it is."""
    draft, body = await open_draft(desk, draft_id)
    form = await request.form()
    body = _filled(body, form, desk)
    going_on = str(form.get("go", "")) == "next"
    faults = [FieldError(fault.field, fault.sentence) for fault in faults_of(body, desk.services.town.levels)]
    faults += [
        FieldError(each.name, f"“{LABELS[each.name][0]}”核对过了，请打个勾。")
        for each in body.fields
        if not each.ticked and each.name not in {fault.field for fault in faults}
    ]
    if not await save(desk, draft, body, number_of(str(form.get("revision", "")))):
        return outdated(desk, draft)
    if going_on and faults:
        kept = replace(draft, revision=draft.revision + 1)
        return desk.wrong(await asyncio.to_thread(_page, desk, kept, body, *faults))
    return desk.go(f"{url_of(draft)}/{'parts' if going_on else 'check'}", done="saved")


def _filled(body: DraftBody, form: FormData, desk: Desk) -> DraftBody:
    """The form's values; a field that was changed since it was read says so."""
    held = []
    for each in body.fields:
        value = str(form.get(each.name, each.value)).strip()[:MAX_VALUE_CHARS]
        where = each.where if value == each.value else "您改过"
        held.append(DraftField(each.name, value, where, form.get(f"tick_{each.name}") == "1"))
    topics = {topic.slug for topic in desk.services.town.topics}
    topic = str(form.get("topic", body.topic))
    known = {value for value, _ in _documents(desk)}
    replaces = str(form.get("replaces", body.replaces))
    return replace(
        body,
        fields=tuple(held),
        topic=topic if topic in topics else "",
        replaces=replaces if replaces in known else "",
    )


def _page(desk: Desk, draft: Draft, body: DraftBody, *faults: FieldError) -> IntakeCheckPage:
    levels = [(level.name, level.name) for level in desk.services.town.levels]
    names = names_of(desk)
    seen = f"有个人信息，{names.get(body.seen_by, body.seen_by)}看过：{body.seen_why}" if body.seen_by else ""
    return IntakeCheckPage(
        frame=desk.frame("核对信息", HERE, done=DONE, errors=faults),
        steps=steps_of(draft, 1, confirmed=body.confirmed),
        name=draft.name,
        url=url_of(draft),
        revision=draft.revision,
        fields=tuple(_field(each, levels) for each in body.fields),
        topic=body.topic,
        topics=(NO_TOPIC, *((topic.slug, topic.name) for topic in desk.services.town.topics)),
        replaces=body.replaces,
        documents=(NEW, *_documents(desk)),
        dropped=tuple(dropped_words(body.dropped)),
        findings=tuple((KIND_WORDS.get(each.kind, each.kind), each.text) for each in body.findings),
        seen=seen,
        original=f"{url_of(draft)}/original",
    )


def _field(each: DraftField, levels: list[tuple[str, str]]) -> FieldView:
    label, hint = LABELS[each.name]
    kind = "choice" if each.name in CHOICES else "text"
    options = (("", "请选"), *levels) if kind == "choice" else ()
    return FieldView(each.name, label, hint, kind, each.value, each.where, each.ticked, options)


def _documents(desk: Desk) -> list[tuple[str, str]]:
    """Published free documents that a new version may replace: (id, title)."""
    rows = desk.parts.shelf.rows()
    found = {row.document_id: row.title for row in rows if row.state == "published" and row.kind in ("policy", "statute", "report")}
    entries = {row.document_id for row in rows if row.origin == "bundled"}
    return sorted(((key, title) for key, title in found.items() if key not in entries), key=lambda pair: pair[1])
