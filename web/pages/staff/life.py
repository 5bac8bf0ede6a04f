"""One version: read it, hand it in, publish it, send it back; withdraw a document, and undo that within a day."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import Form, HTTPException, Request
from starlette.responses import Response

from knowledge.database.desk_values import Outcome, Succession
from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.life import ENDINGS, MAX_WHY, two_person
from web.staff.life_pages import restore_view, version_view, waiting_review, withdraw_view
from web.staff.life_review import faults_of_review
from web.staff.listing import HERE, document_url, version_url
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.version_views import ConfirmPage
from web.staff.views import FieldError

router = desk_router()
ONE = "/documents/{document_id}/versions/{version}"
Why = Annotated[str, Form()]


@router.get(ONE)
@allow(Role.EDITOR)
async def version_page(document_id: str, version: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(version_view, desk, document_id, version))


@router.post(f"{ONE}/submit")
@allow(Role.EDITOR)
async def submit(document_id: str, version: str, desk: DeskDep, why: Why = "") -> Response:
    deed = desk.deed("submit", document_id, why[:MAX_WHY], version=version)
    outcome = await asyncio.to_thread(desk.parts.shelf.submit, document_id, version, deed)
    return await _ended(desk, outcome, document_id, version, "submitted")


@router.post(f"{ONE}/send-back")
@allow(Role.EDITOR)
async def send_back(document_id: str, version: str, desk: DeskDep, why: Why = "") -> Response:
    if not why.strip():
        error = FieldError("why", "请写退回的原因，写的人才知道改哪里。")
        return desk.wrong(await asyncio.to_thread(version_view, desk, document_id, version, (error,)))
    deed = desk.deed("send_back", document_id, why[:MAX_WHY], version=version)
    outcome = await asyncio.to_thread(desk.parts.shelf.send_back, document_id, version, deed)
    return await _ended(desk, outcome, document_id, version, "sent_back")


@router.post(f"{ONE}/publish")
@allow(Role.EDITOR)
async def publish(
    document_id: str, version: str, request: Request, desk: DeskDep, why: Why = "", changes: Why = ""
) -> Response:
    """A reviewer's; an editor's too where the town works with one person.

    Every contradiction to what is in force has to be decided, and the answers that change to be looked at, first.
    """
    if two_person(desk) and not desk.may(Role.REVIEWER):
        return desk.stop("没有发布：要由复审的人发布。", 403, ("看这一版", version_url(document_id, version)))
    chosen = {name: str(value) for name, value in (await request.form()).items()}
    review = await asyncio.to_thread(waiting_review, desk, document_id, version, chosen)
    if review is not None and (faults := faults_of_review(review, changes)):
        return desk.wrong(await asyncio.to_thread(version_view, desk, document_id, version, faults, chosen))
    details = {"version": version} | (review.said() if review is not None else {})
    deed = desk.deed("publish", document_id, why[:MAX_WHY], **details)

    def act() -> Outcome:
        return desk.parts.shelf.publish(
            document_id,
            version,
            deed,
            desk.today(),
            two_person=two_person(desk),
            closings=review.closings() if review is not None else (),
            seen=review.revision if review is not None else None,
        )

    return await _ended(desk, await asyncio.to_thread(act), document_id, version, "published")


@router.post(f"{ONE}/follow")
@allow(Role.EDITOR)
async def follow(
    document_id: str, version: str, desk: DeskDep, old: Annotated[str, Form()] = ""
) -> Response:
    """Say before publishing that this document takes over from another one on its own first day."""
    held = await asyncio.to_thread(desk.parts.shelf.version, document_id, version)
    if held is None:
        raise HTTPException(404)
    if old and held.period.start is None:
        error = FieldError("old", "先填好这份文件的生效日期，才知道旧文件哪天停用。")
        return desk.wrong(await asyncio.to_thread(version_view, desk, document_id, version, (error,)))
    if old and held.period.start is not None and old != document_id:
        plan = Succession(old, document_id, held.period.start)
        deed = desk.deed("plan_succession", document_id, old=old, since=str(plan.since))
        outcome = await asyncio.to_thread(desk.parts.shelf.plan_succession, plan, deed)
        return await _ended(desk, outcome, document_id, version, "planned")
    deed = desk.deed("drop_succession", document_id)
    outcome = await asyncio.to_thread(desk.parts.shelf.drop_succession, document_id, deed)
    return await _ended(desk, outcome, document_id, version, "unplanned")


@router.get(f"{ONE}/delete")
@allow(Role.EDITOR)
async def delete_page(document_id: str, version: str, desk: DeskDep) -> Response:
    here = version_url(document_id, version)
    view = ConfirmPage(
        desk.frame("删掉草稿", HERE),
        "删了就找不回来。发布过的版本不受影响。",
        f"{here}/delete",
        "删掉这份草稿",
        here,
        needs_why=False,
    )
    return desk.page(view)


@router.post(f"{ONE}/delete")
@allow(Role.EDITOR)
async def delete(document_id: str, version: str, desk: DeskDep) -> Response:
    deed = desk.deed("delete_draft", document_id, version=version)
    outcome = await asyncio.to_thread(desk.parts.shelf.delete_draft, document_id, version, deed)
    if outcome is Outcome.DONE:
        return desk.go(HERE, "deleted")
    return desk.stop(ENDINGS[outcome], 409, ("回文件列表", HERE))


@router.get("/documents/{document_id}/withdraw")
@allow(Role.EDITOR)
async def withdraw_page(document_id: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(withdraw_view, desk, document_id))


@router.post("/documents/{document_id}/withdraw")
@allow(Role.EDITOR)
async def withdraw(document_id: str, desk: DeskDep, why: Why = "") -> Response:
    """One person is enough: what is wrong must be gone at once."""
    if not why.strip():
        error = FieldError("why", "请写撤回的原因。")
        return desk.wrong(await asyncio.to_thread(withdraw_view, desk, document_id, (error,)))
    deed = desk.deed("withdraw", document_id, why.strip()[:MAX_WHY])
    outcome = await asyncio.to_thread(desk.parts.shelf.withdraw, document_id, deed)
    return await _ended(desk, outcome, document_id, "", "withdrawn")


@router.get(f"{ONE}/restore")
@allow(Role.EDITOR)
async def restore_page(document_id: str, version: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(restore_view, desk, document_id, version))


@router.post(f"{ONE}/restore")
@allow(Role.EDITOR)
async def restore(document_id: str, version: str, desk: DeskDep, why: Why = "") -> Response:
    if not why.strip():
        error = FieldError("why", "请写恢复的原因。")
        return desk.wrong(await asyncio.to_thread(restore_view, desk, document_id, version, (error,)))
    deed = desk.deed("restore", document_id, why.strip()[:MAX_WHY], version=version)
    outcome = await asyncio.to_thread(desk.parts.shelf.restore, document_id, version, deed)
    return await _ended(desk, outcome, document_id, "", "restored")


async def _ended(desk: Desk, outcome: Outcome, document_id: str, version: str, done: str) -> Response:
    """On to the page that shows it, or why it was not done. version '': the document's page."""
    back = version_url(document_id, version) if version else document_url(document_id)
    if outcome is not Outcome.DONE:
        return desk.stop(ENDINGS[outcome], 409, ("看现在的样子", back), ("回文件列表", HERE))
    if done in ("published", "withdrawn", "restored"):
        desk.parts.wake()
    return desk.go(back, done)
