"""Entries at the desk: the list, and one entry read as its card, edited in a form, approved as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form, HTTPException, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from ingest.slugs import slug_of
from knowledge.database.desk_values import Outcome, VersionRow
from knowledge.database.staff_values import Role
from knowledge.entries import parse_entry
from knowledge.snapshot import Snapshot
from knowledge.types import StoredVersion
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.entry_form import EntryForm, form_of, read_form, with_spare_rows
from web.staff.holdings.entry_pages import (
    HERE,
    KIND_SLUGS,
    STAFF_ANSWER,
    choices_of,
    entry_groups,
    entry_url,
    links_of,
    may_approve,
    page_of_answer,
    row_view,
    unreviewed,
    working_row,
)
from web.staff.holdings.entry_views import EntriesPage, EntryLinks, EntryPage
from web.staff.holdings.entry_work import card_of, save, version_of, write
from web.staff.holdings.present import holdings_of, snapshot_of, town_of
from web.staff.holdings.upgraded import to_compare, upgraded_under
from web.staff.listing import documents, version_url
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, FieldError, MenuItem
from web.views import CardView

router = desk_router()
MENU = (MenuItem("条目", HERE, Role.EDITOR, order=30),)
AT_ONCE = 50
NEW = "new"
FORM_KINDS = KIND_SLUGS - {STAFF_ANSWER}
DONE = {
    "saved": "草稿存好了，还没有送复审。",
    "approved": "审核通过了，约 1 分钟内，村民看到的卡上不再写“镇里还没有审核”。",
}
SEENS = (("", "全部"), ("no", "镇里还没有审核"), ("yes", "审核过的"), ("open", "有草稿或等复审"))
CHANGED = "没有存：这一条刚被别人改过，或者正在等复审。您写的还在下面，请另开一页看现在的样子，再决定。"


@router.get("/entries")
@allow(Role.EDITOR)
async def entry_list(desk: DeskDep, words: str = "", topic: str = "", seen: str = "", skip: int = 0) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk, words.strip()[:60], topic, seen, max(0, skip)))


@router.get("/entries/{slug}")
@allow(Role.EDITOR)
async def entry_page(slug: str, desk: DeskDep, aside: str = "") -> Response:
    """aside: a bundled version that the text to be written answers (from the page of a conflict)."""
    elsewhere = await asyncio.to_thread(_elsewhere, desk, slug)
    return desk.go(elsewhere) if elsewhere else desk.page(await asyncio.to_thread(_entry, desk, slug, None, (), aside))


@router.post("/entries/{slug}")
@allow(Role.EDITOR)
async def write_entry(slug: str, request: Request, desk: DeskDep) -> Response:
    """do: look (the card, nothing kept) | keep (a draft) | hand_in (kept, then on to 送复审)."""
    form = await request.form()
    return await asyncio.to_thread(_written, desk, slug, form)


@router.post("/entries/{slug}/approve")
@allow(Role.REVIEWER)
async def approve(slug: str, desk: DeskDep, version: Annotated[str, Form()] = "") -> Response:
    """The published text stands as it is; from now on somebody of the town has read it."""
    deed = desk.deed("approve_entry", slug, version=version)
    outcome = await asyncio.to_thread(holdings_of(desk).overlays.approve, slug, version, deed, desk.today())
    if outcome is not Outcome.DONE:
        return desk.stop(
            "没有审核：这一版换过了，或者别人刚审核过，或者是您自己写的。", 409, ("看现在的样子", entry_url(slug[:120]))
        )
    desk.parts.wake()
    return desk.go(entry_url(slug), "approved")


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    groups = entry_groups(desk.parts.shelf.rows())
    waiting = sum(unreviewed(documents(rows)[0].main) for rows in groups.values())
    clashes = sum(to_compare(rows) for rows in groups.values())
    return (
        CountView("条镇里还没有审核", waiting, f"{HERE}?seen=no"),
        CountView("条程序升级带来的改动要对照", clashes, "/staff/conflicts"),
    )


def _list(desk: Desk, words: str, topic: str, seen: str, skip: int) -> EntriesPage:
    town, names = desk.services.town, names_of(desk)
    topics = {item.slug: item.name for item in town.topics}
    groups = entry_groups(desk.parts.shelf.rows())
    fitting = [rows for rows in groups.values() if _fits(rows, words, topic, seen)]
    fitting.sort(key=lambda rows: (documents(rows)[0].main.topic, rows[0].document_id))
    more = {"words": words, "topic": topic, "seen": seen, "skip": str(skip + AT_ONCE)}
    return EntriesPage(
        frame=desk.frame("条目", HERE, done=DONE),
        rows=tuple(row_view(desk, rows, topics, names) for rows in fitting[skip : skip + AT_ONCE]),
        total=len(fitting),
        unreviewed=sum(unreviewed(documents(rows)[0].main) for rows in groups.values()),
        conflicts=sum(to_compare(rows) for rows in groups.values()),
        words=words,
        topic=topic,
        seen=seen,
        topics=(("", "全部"), *topics.items()),
        seens=SEENS,
        more=f"{HERE}?{urlencode(more)}" if len(fitting) > skip + AT_ONCE else "",
    )


def _fits(rows: Sequence[VersionRow], words: str, topic: str, seen: str) -> bool:
    main = documents(rows)[0].main
    if (topic and main.topic != topic) or not (words in main.title or words in main.document_id):
        return False
    if seen == "open":
        return any(row.state in ("draft", "in_review") for row in rows)
    return not seen or unreviewed(main) is (seen == "no")


def _written(desk: Desk, slug: str, form: FormData) -> Response:
    rows = desk.parts.shelf.rows(slug)
    held = EntryForm(slug) if slug == NEW else _held(desk, slug, rows)[0]
    typed = read_form(form, held)
    if slug == NEW:
        typed = replace(typed, id=slug_of(typed.question)[:60] if typed.question else NEW)
        rows = desk.parts.shelf.rows(typed.id)
    snapshot, aside = snapshot_of(desk), str(form.get("aside", ""))[:40]
    written = write(desk, typed, snapshot)
    if written.errors or written.entry is None:
        return desk.wrong(_entry(desk, slug, typed, written.errors, aside))
    if slug == NEW and rows:
        return desk.wrong(_entry(desk, slug, typed, (FieldError("question", "已经有这个问法的条目了，请去改那一条。"),), aside))
    version = version_of(desk, written, snapshot, rows)
    if form.get("do") == "look":
        return desk.page(_entry(desk, slug, typed, (), aside, version))
    outcome = save(desk, written, version, str(form.get("over", ""))[:40], aside)
    if outcome is not Outcome.DONE:
        return desk.wrong(_entry(desk, slug, typed, (FieldError("", CHANGED),), aside))
    if form.get("do") == "hand_in":
        return desk.go(version_url(typed.id, version.version))
    return desk.go(entry_url(typed.id), "saved")


def _held(desk: Desk, slug: str, rows: Sequence[VersionRow]) -> tuple[EntryForm, StoredVersion]:
    """The form filled with the text being worked on, else with what is published. Raises 404."""
    row = _row_to_show(rows)
    version = desk.parts.shelf.version(slug, row.version) if row is not None else None
    if version is None or row is None or row.kind not in FORM_KINDS or not version.content.startswith("---\n"):
        raise HTTPException(404)
    instruments = holdings_of(desk).figures.instruments()
    return form_of(parse_entry(version.content, slug, instruments), instruments), version


def _elsewhere(desk: Desk, slug: str) -> str:
    """The page where a staff answer is changed, '' for what is changed here."""
    rows = desk.parts.shelf.rows(slug)
    return page_of_answer(desk, slug) if rows and rows[0].kind == STAFF_ANSWER else ""


def _row_to_show(rows: Sequence[VersionRow]) -> VersionRow | None:
    if not rows:
        return None
    return working_row(rows) or documents(rows)[0].main


def _entry(
    desk: Desk,
    slug: str,
    typed: EntryForm | None,
    errors: tuple[FieldError, ...],
    aside: str = "",
    tried: StoredVersion | None = None,
) -> EntryPage:
    """typed: what was sent, shown again. tried: the version that it would make, shown as a card."""
    snapshot, is_new = snapshot_of(desk), slug == NEW
    rows = () if is_new else tuple(desk.parts.shelf.rows(slug))
    held, version = (EntryForm(slug), None) if is_new else _held(desk, slug, rows)
    form, shown = typed or held, tried or version
    working = working_row(rows)
    main = documents(rows)[0].main if rows else None
    instruments = {**snapshot.instruments, **holdings_of(desk).figures.instruments()}
    names = names_of(desk)
    return EntryPage(
        frame=desk.frame(form.question if not is_new and form.question else "写一条新的", HERE, done=DONE, errors=errors),
        url=entry_url(slug),
        is_new=is_new,
        form=with_spare_rows(form),
        shown=_whose(working, tried),
        card=_card(desk, shown, snapshot, working is not None or tried is not None),
        over=working.version if working is not None and working.state == "draft" else "",
        aside=aside,
        approve=may_approve(desk, main, rows) if main is not None and working is None and tried is None else "",
        reviewed=_reviewed(main, names.get(main.reviewed_by or "", "")) if main is not None else "",
        links=links_of(main, rows, bool(upgraded_under(rows))) if main is not None else EntryLinks(),
        choices=choices_of(town_of(desk), snapshot, instruments),
    )


def _card(desk: Desk, shown: StoredVersion | None, snapshot: Snapshot, reviewed: bool) -> CardView | None:
    return card_of(desk, shown, snapshot, reviewed=reviewed) if shown is not None else None


def _whose(working: VersionRow | None, tried: StoredVersion | None) -> str:
    if tried is not None:
        return "发布以后村民看到的样子（还没有存）"
    if working is None:
        return "村民现在看到的样子"
    return "等复审的这一版" if working.state == "in_review" else "草稿：发布以后的样子"


def _reviewed(main: VersionRow, name: str) -> str:
    if main.state != "published" or main.reviewed_by is None:
        return ""
    return f"{name or main.reviewed_by}，{main.reviewed_on}"
