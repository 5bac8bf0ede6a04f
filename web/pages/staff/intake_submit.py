"""④ 送去复审: what will change, what contradicts what is in force, and the last press."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request
from starlette.responses import Response

from ingest.conflicts import Conflict
from ingest.draft import DraftBody
from ingest.draft_version import facts_of, faults_of
from ingest.originals import store_original
from knowledge.database.desk_values import Outcome
from knowledge.database.draft_values import Draft
from knowledge.database.staff_values import Role
from knowledge.locks import originals_lock
from web.pages.staff.intake_check import LABELS
from web.staff.desk import Desk, DeskDep
from web.staff.intake.checking import contradictions, run_with
from web.staff.intake.files import drop_file
from web.staff.intake.making import Made, made_of
from web.staff.intake.rerunning import RunState
from web.staff.intake.steps import (
    DONE,
    HERE,
    intake_of,
    number_of,
    open_draft,
    outdated,
    save,
    steps_of,
    url_of,
)
from web.staff.intake.views import IntakeRerunPage, IntakeSubmitPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
NOTHING = "一段也没有留下，没有东西可以发布。请回到上一步，至少留一段。"
OUTCOMES = {
    Outcome.GONE: "这份草稿刚被别人改过或者送过了，没有再送。",
    Outcome.EMPTY: NOTHING,
}
MAX_WHY_CHARS = 300
WAIT_S = 2.0
"""So long the page itself waits; after that it shows how far the rerun is."""
REFRESH_S = 2


@router.get("/intake/{draft_id}/submit")
@allow(Role.EDITOR)
async def look(draft_id: str, desk: DeskDep) -> Response:
    draft, body = await open_draft(desk, draft_id)
    if not body.confirmed or faults_of(body, desk.services.town.levels):
        return desk.go(f"{url_of(draft)}/check")
    run = await asyncio.to_thread(_run, desk, draft, body)
    if not run.under_way:
        return desk.page(await asyncio.to_thread(_page, desk, draft, body, run))
    frame = desk.frame("先试一遍，看会不会影响别的回答", HERE)
    view = IntakeRerunPage(frame, steps_of(draft, 3, confirmed=True), draft.name, run.done, run.total, url_of(draft))
    response = desk.page(view)
    response.headers["Refresh"] = f"{REFRESH_S}; url={url_of(draft)}/submit"  # works without scripts
    return response


@router.post("/intake/{draft_id}/submit")
@allow(Role.EDITOR)
async def submit(draft_id: str, request: Request, desk: DeskDep) -> Response:
    draft, body = await open_draft(desk, draft_id)
    form = await request.form()
    if not body.confirmed or faults_of(body, desk.services.town.levels):
        return desk.go(f"{url_of(draft)}/check")
    why = str(form.get("why", "")).strip()[:MAX_WHY_CHARS]
    body = replace(body, settled=tuple(str(key) for key in form.getlist("settled")))
    if not await save(desk, draft, body, number_of(str(form.get("revision", "")))):
        return outdated(desk, draft)
    draft = replace(draft, revision=draft.revision + 1)
    made = await asyncio.to_thread(made_of, desk, draft, body)
    if not body.kept:
        return desk.wrong(await _again(desk, draft, body, why, FieldError("", NOTHING)))
    found = await asyncio.to_thread(_conflicts, desk, made)
    open_ones = [each for each in found if each.key not in body.settled]
    if open_ones:
        fault = FieldError("conflicts", f"还有 {len(open_ones)} 处和现在用的数字不一样，请一处一处看过、打勾。")
        return desk.wrong(await _again(desk, draft, body, why, fault))
    outcome = await asyncio.to_thread(_submit, desk, draft, body, made, why)
    if outcome is not Outcome.DONE:
        return desk.stop(OUTCOMES.get(outcome, OUTCOMES[Outcome.GONE]), 409, ("回到加文件", HERE))
    return desk.go(f"/staff/documents/{made.version.document_id}", done="submitted")


async def _again(desk: Desk, draft: Draft, body: DraftBody, why: str, fault: FieldError) -> IntakeSubmitPage:
    run = await asyncio.to_thread(_run, desk, draft, body)
    return await asyncio.to_thread(_page, desk, draft, body, run, why, fault)


def _submit(desk: Desk, draft: Draft, body: DraftBody, made: Made, why: str) -> Outcome:
    """The original first, then the version and all that belongs to it in one transaction."""
    settings, version = desk.services.settings, made.version
    deed = desk.deed("submit", version.document_id, why, title=version.title, version=version.version)
    with originals_lock(settings.data_dir, "desk"):
        store_original(settings.originals_dir, made.original)
        outcome = intake_of(desk).drafts.submit(draft, version, facts_of(body), deed, made.follows)
        if outcome is Outcome.DONE:
            drop_file(settings, draft.id)
    return outcome


def _page(
    desk: Desk, draft: Draft, body: DraftBody, run: RunState, why: str = "", *faults: FieldError
) -> IntakeSubmitPage:
    made = made_of(desk, draft, body)
    return IntakeSubmitPage(
        frame=desk.frame("送去复审", HERE, done=DONE, errors=faults),
        steps=steps_of(draft, 3, confirmed=True),
        name=draft.name,
        url=url_of(draft),
        revision=draft.revision,
        facts=_facts(desk, body),
        conflicts=tuple((each, each.key in body.settled) for each in _conflicts(desk, made)),
        run=run,
        findings=body.findings,
        why=why,
    )


def _conflicts(desk: Desk, made: Made) -> Sequence[Conflict]:
    following = made.follows.document_id if made.follows is not None else ""
    found = contradictions(desk.parts.library, made.version, desk.today(), following)
    return [each.conflict for each in found]


def _run(desk: Desk, draft: Draft, body: DraftBody) -> RunState:
    """What the question set says with the document in place."""
    own = [each.text for each in body.examples if each.ticked]
    return run_with(desk, made_of(desk, draft, body).version, own, WAIT_S)


def _facts(desk: Desk, body: DraftBody) -> tuple[tuple[str, str], ...]:
    topics = {topic.slug: topic.name for topic in desk.services.town.topics}
    rows = [(LABELS[each.name][0], each.value or "没有") for each in body.fields]
    rows.append(("归哪一类", topics.get(body.topic, "没有")))
    rows.append(("片段", f"{len(body.kept)} 段（去掉了 {len(body.parts) - len(body.kept)} 段）"))
    if body.replaces:
        title = next((row.title for row in desk.parts.shelf.rows(body.replaces)), body.replaces)
        rows.append(("替换", title))
    return tuple(rows)
