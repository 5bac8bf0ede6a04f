"""One version: read it, hand it in, publish it, send it back; withdraw a document, and undo that within a day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from fastapi import Form, HTTPException, Request
from starlette.responses import Response

from ingest.findings import findings_in
from knowledge.database.desk_values import Outcome, Succession, VersionRow
from knowledge.database.staff_values import Role
from knowledge.types import StoredVersion
from web.pages.staff.documents import DONE, HERE, can_undo
from web.staff.desk import Desk, DeskDep
from web.staff.differences import differences
from web.staff.leaning import cited_by
from web.staff.life import ENDINGS, STEP_WORDS, Choices, choices, two_person
from web.staff.life_review import Review, faults_of_review, review_of
from web.staff.life_views import ConfirmPage, PartView, StepView, VersionPage
from web.staff.listing import KINDS, day_words, document_url, documents, state_view, version_url
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import FieldError

router = desk_router()
ONE = "/documents/{document_id}/versions/{version}"
MAX_WHY = 500
RERUN_S = 20.0
"""So long publishing waits for the rerun that the page began."""
PAPER = {"document_number": "文号", "issuer": "发文机关", "issued_on": "成文日期", "level": "层级"}
Why = Annotated[str, Form()]


@router.get(ONE)
@allow(Role.EDITOR)
async def version_page(document_id: str, version: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, document_id, version))


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
        return desk.wrong(await asyncio.to_thread(_view, desk, document_id, version, (error,)))
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
    review = await asyncio.to_thread(_review, desk, document_id, version, chosen)
    if review is not None and (faults := faults_of_review(review, changes)):
        return desk.wrong(await asyncio.to_thread(_view, desk, document_id, version, faults, chosen))
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
        return desk.wrong(await asyncio.to_thread(_view, desk, document_id, version, (error,)))
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
    return desk.page(await asyncio.to_thread(_withdraw_view, desk, document_id))


@router.post("/documents/{document_id}/withdraw")
@allow(Role.EDITOR)
async def withdraw(document_id: str, desk: DeskDep, why: Why = "") -> Response:
    """One person is enough: what is wrong must be gone at once."""
    if not why.strip():
        error = FieldError("why", "请写撤回的原因。")
        return desk.wrong(await asyncio.to_thread(_withdraw_view, desk, document_id, (error,)))
    deed = desk.deed("withdraw", document_id, why.strip()[:MAX_WHY])
    outcome = await asyncio.to_thread(desk.parts.shelf.withdraw, document_id, deed)
    return await _ended(desk, outcome, document_id, "", "withdrawn")


@router.get(f"{ONE}/restore")
@allow(Role.EDITOR)
async def restore_page(document_id: str, version: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_restore_view, desk, document_id, version))


@router.post(f"{ONE}/restore")
@allow(Role.EDITOR)
async def restore(document_id: str, version: str, desk: DeskDep, why: Why = "") -> Response:
    if not why.strip():
        error = FieldError("why", "请写恢复的原因。")
        return desk.wrong(await asyncio.to_thread(_restore_view, desk, document_id, version, (error,)))
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


# -- views, made in a worker thread


def _found(desk: Desk, document_id: str, version: str = "") -> tuple[VersionRow, Sequence[VersionRow]]:
    """The version (without one: the published or newest closed one) and all of its document. Raises 404."""
    rows = desk.parts.shelf.rows(document_id)
    if not rows:
        raise HTTPException(404)
    row = next((each for each in rows if each.version == version), None) if version else documents(rows)[0].main
    if row is None:
        raise HTTPException(404)
    return row, rows


def _review(desk: Desk, document_id: str, version: str, chosen: Mapping[str, str]) -> Review | None:
    """Of a version that waits; None for any other, which cannot be published anyway."""
    row, _ = _found(desk, document_id, version)
    stored = desk.parts.shelf.version(document_id, version)
    if stored is None or row.state not in ("draft", "in_review"):
        return None
    return review_of(desk, stored, _followed(desk, document_id), chosen, RERUN_S)


def _followed(desk: Desk, document_id: str) -> str:
    """The document that this one takes over from, '' for none."""
    return next((p.document_id for p in desk.parts.shelf.successions() if p.successor_id == document_id), "")


def _view(
    desk: Desk,
    document_id: str,
    version: str,
    errors: tuple[FieldError, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> VersionPage:
    """typed: the form as it came, where it comes back with errors."""
    row, _ = _found(desk, document_id, version)
    stored = desk.parts.shelf.version(document_id, version)
    assert stored is not None
    steps = desk.parts.shelf.steps(document_id, version)
    allowed, names = choices(desk, row, steps), names_of(desk)
    is_open = row.state in ("draft", "in_review")
    plan = next((p for p in desk.parts.shelf.successions() if p.successor_id == document_id), None)
    old, against = _compared(desk, document_id, plan) if is_open else (None, "")
    others = _others(desk, document_id) if is_open else ()
    titles = dict(others)
    return VersionPage(
        frame=desk.frame(row.title, HERE, done=DONE, errors=errors),
        document_id=document_id,
        version=version,
        state=state_view(row, desk.today()),
        facts=(*_facts(row, names.get), *_paper(desk, document_id, version)),
        review=review_of(desk, stored, _followed(desk, document_id), typed) if is_open else None,
        parts=_parts(stored),
        steps=tuple(
            StepView(STEP_WORDS.get(step.step, step.step), names.get(step.who, step.who), step.at, step.why)
            for step in steps
        ),
        differences=differences(old, stored, _regions(desk)) if old is not None else (),
        against=against,
        cited=cited_by(desk, old.document_id) if old is not None else None,
        can_submit=allowed.submit,
        can_publish=allowed.publish,
        can_send_back=allowed.send_back,
        can_delete=allowed.delete,
        can_follow=_may_follow(row, allowed),
        why_not=allowed.why_not,
        others=others,
        plan=(titles.get(plan.document_id, plan.document_id), str(plan.since)) if plan and is_open else ("", ""),
        why=(typed or {}).get("why", "")[:MAX_WHY],
    )


def _regions(desk: Desk) -> dict[str, str]:
    return {level.code: level.name for level in desk.services.town.levels}


def _may_follow(row: VersionRow, allowed: Choices) -> bool:
    """Free documents can take over from one another; an entry is changed by a new version of itself."""
    return row.kind in ("policy", "statute") and (allowed.submit or allowed.publish or allowed.send_back)


def _compared(desk: Desk, document_id: str, plan: Succession | None) -> tuple[StoredVersion | None, str]:
    """The text that this version takes the place of, and how the page calls it."""
    own = desk.parts.shelf.published(document_id)
    if own is not None:
        return own, "现在用的那一版"
    if plan is not None:
        return desk.parts.shelf.published(plan.document_id), "被接替的旧文件"
    return None, ""


def _others(desk: Desk, document_id: str) -> tuple[tuple[str, str], ...]:
    rows = [row for row in desk.parts.shelf.rows() if row.state == "published" and row.document_id != document_id]
    free = sorted((row.title, row.document_id) for row in rows if row.kind in ("policy", "statute"))
    return (("", "不接替"), *((name, title) for title, name in free))


def _facts(row: VersionRow, name_of: Callable[[str, str], str]) -> tuple[tuple[str, str], ...]:
    reviewed = f"{name_of(row.reviewed_by, row.reviewed_by)}，{row.reviewed_on}" if row.reviewed_by else "还没有"
    facts = (
        ("种类", KINDS.get(row.kind, row.kind)),
        ("第几版", f"第 {row.ordinal} 版"),
        ("生效", day_words(row.period.start)),
        ("失效", day_words(row.period.end)),
        ("谁写的", name_of(row.written_by, row.written_by)),
        ("复审", reviewed),
        ("原文件", row.original_name or "没有"),
        ("状态说明", row.reason or ""),
    )
    return tuple((name, value) for name, value in facts if value)


def _paper(desk: Desk, document_id: str, version: str) -> tuple[tuple[str, str], ...]:
    """What was confirmed of the paper when it came in."""
    facts = desk.parts.intake.drafts.facts(document_id, version) if desk.parts.intake is not None else {}
    return tuple((words, str(facts[name])) for name, words in PAPER.items() if facts.get(name))


def _parts(stored: StoredVersion) -> tuple[PartView, ...]:
    before: tuple[str, ...] = ()
    found = []
    for passage in stored.passages:
        heading = " / ".join(passage.heading[1:]) if passage.heading != before else ""
        before = passage.heading
        lines = (line for line in passage.text.split("\n") if line.strip())
        found.append(PartView(heading, tuple((line, bool(findings_in([line]))) for line in lines)))
    return tuple(found)


def _withdraw_view(desk: Desk, document_id: str, errors: tuple[FieldError, ...] = ()) -> ConfirmPage:
    row, _ = _found(desk, document_id)
    if row.state != "published":
        raise HTTPException(404)
    return ConfirmPage(
        frame=desk.frame(f"撤回：{row.title}", HERE, errors=errors),
        sentence="撤回以后，约 1 分钟内所有回答、搜索、办事卡都不再用它。24 小时内可以恢复。",
        action=f"{document_url(document_id)}/withdraw",
        button="撤回",
        back=document_url(document_id),
        needs_why=True,
        cited=cited_by(desk, document_id),
    )


def _restore_view(
    desk: Desk, document_id: str, version: str, errors: tuple[FieldError, ...] = ()
) -> ConfirmPage:
    row, rows = _found(desk, document_id, version)
    if not can_undo(desk, row, rows):
        raise HTTPException(404)
    again = "恢复以后，约 1 分钟内重新用它。"
    if row.state == "replaced":
        again = "恢复以后，约 1 分钟内重新用这一版，后来换上的那一版撤下来。"
    return ConfirmPage(
        frame=desk.frame(f"恢复：{row.title}", HERE, errors=errors),
        sentence=again,
        action=f"{version_url(document_id, version)}/restore",
        button="恢复",
        back=document_url(document_id),
        needs_why=True,
    )
