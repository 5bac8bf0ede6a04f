"""The pages of one version and what is done with it, made in a worker thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fastapi import HTTPException

from ingest.findings import findings_in
from knowledge.database.desk_values import Succession, VersionRow
from knowledge.types import StoredVersion
from web.staff.desk import Desk
from web.staff.differences import differences
from web.staff.holdings.upgraded import upgrade_under
from web.staff.intake.checking import RERUN_S
from web.staff.leaning import cited_by
from web.staff.life import DONE, MAX_WHY, STEP_WORDS, Choices, can_undo, choices
from web.staff.life_review import Review, review_of
from web.staff.listing import HERE, KINDS, day_words, document_url, documents, state_view, version_url
from web.staff.names import names_of
from web.staff.version_bases import bases_of
from web.staff.version_views import ConfirmPage, PartView, StepView, VersionPage
from web.staff.views import FieldError

FROM_FILES = ("policy", "statute")
"""Kinds that have an original somebody sent in; the others are text of our own."""
PAPER = {"document_number": "文号", "issuer": "发文机关", "issued_on": "成文日期", "level": "层级"}


def _found(desk: Desk, document_id: str, version: str = "") -> tuple[VersionRow, Sequence[VersionRow]]:
    """The version (without one: the published or newest closed one) and all of its document. Raises 404."""
    rows = desk.parts.shelf.rows(document_id)
    if not rows:
        raise HTTPException(404)
    row = next((each for each in rows if each.version == version), None) if version else documents(rows)[0].main
    if row is None:
        raise HTTPException(404)
    return row, rows


def waiting_review(desk: Desk, document_id: str, version: str, chosen: Mapping[str, str]) -> Review | None:
    """Of a version that waits; None for any other, which cannot be published anyway."""
    row, _ = _found(desk, document_id, version)
    stored = desk.parts.shelf.version(document_id, version)
    if stored is None or row.state not in ("draft", "in_review"):
        return None
    return review_of(desk, stored, _followed(desk, document_id), chosen, RERUN_S)


def _followed(desk: Desk, document_id: str) -> str:
    """The document that this one takes over from, '' for none."""
    return next((p.document_id for p in desk.parts.shelf.successions() if p.successor_id == document_id), "")


def version_view(
    desk: Desk,
    document_id: str,
    version: str,
    errors: tuple[FieldError, ...] = (),
    typed: Mapping[str, str] | None = None,
) -> VersionPage:
    """typed: the form as it came, where it comes back with errors."""
    row, rows = _found(desk, document_id, version)
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
        upgraded=upgrade_under(desk, rows, version) if is_open else (),
        bases=bases_of(desk, stored),
    )


def _regions(desk: Desk) -> dict[str, str]:
    return {level.code: level.name for level in desk.services.town.levels}


def _may_follow(row: VersionRow, allowed: Choices) -> bool:
    """Free documents can take over from one another; an entry is changed by a new version of itself."""
    return row.kind in FROM_FILES and (allowed.submit or allowed.publish or allowed.send_back)


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
    free = sorted((row.title, row.document_id) for row in rows if row.kind in FROM_FILES)
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
        ("原文件", row.original_name if row.kind in FROM_FILES and row.original_name else "没有，是在这里写的"),
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


def withdraw_view(desk: Desk, document_id: str, errors: tuple[FieldError, ...] = ()) -> ConfirmPage:
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


def restore_view(
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
        grave=False,
    )
