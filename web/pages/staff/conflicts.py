"""What an upgrade changed under the desk's own texts and figures: the three side by side, and what to do about it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.database.desk_values import Outcome, VersionRow
from knowledge.database.staff_values import Role
from knowledge.overlay_figures import row_of
from knowledge.overlay_values import FigureOverlay
from knowledge.types import StoredVersion
from web.staff.desk import Desk, DeskDep
from web.staff.differences import DifferenceRow, differences
from web.staff.holdings.entry_pages import entry_url, is_conflict
from web.staff.holdings.entry_views import ConflictPage, ConflictRowView, ConflictsPage, FigureConflictPage
from web.staff.holdings.entry_words import readable
from web.staff.holdings.figure_words import name_of, value_words
from web.staff.holdings.present import holdings_of
from web.staff.life import ENDINGS, two_person
from web.staff.roles import allow
from web.staff.routes import desk_router

router = desk_router()
HERE = "/staff/conflicts"
MENU_PAGE = "/staff/entries"
DONE = {"kept": "照旧用镇里的，记下了。", "taken": "换上程序带来的新文字了，约 1 分钟内开始使用。"}
ASIDE = "对照过，照旧用镇里写的"


@router.get("/conflicts")
@allow(Role.EDITOR)
async def conflict_list(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk))


@router.get("/conflicts/{slug}")
@allow(Role.EDITOR)
async def conflict(slug: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, slug))


@router.post("/conflicts/{slug}/keep")
@allow(Role.REVIEWER)
async def keep(slug: str, desk: DeskDep) -> Response:
    """Ours stays; the new bundled text is kept among the versions, and this is settled."""
    theirs = await asyncio.to_thread(_theirs, desk, slug)
    deed = desk.deed("keep_ours", slug, ASIDE, version=theirs.version)
    outcome = await asyncio.to_thread(holdings_of(desk).overlays.set_aside, slug, theirs.version, deed)
    return _ended(desk, outcome, "kept")


@router.post("/conflicts/{slug}/take")
@allow(Role.REVIEWER)
async def take(slug: str, desk: DeskDep) -> Response:
    """The new bundled text is published in place of ours, as any version is."""
    theirs = await asyncio.to_thread(_theirs, desk, slug)
    deed = desk.deed("publish", slug, version=theirs.version)

    def act() -> Outcome:
        return desk.parts.shelf.publish(slug, theirs.version, deed, desk.today(), two_person=two_person(desk))

    return _ended(desk, await asyncio.to_thread(act), "taken")


@router.get("/conflicts/figures/{name}")
@allow(Role.EDITOR)
async def figure_conflict(name: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_figure_view, desk, name))


@router.post("/conflicts/figures/{name}/keep")
@allow(Role.REVIEWER)
async def keep_figure(name: str, desk: DeskDep) -> Response:
    return await _settled(desk, name, theirs=False)


@router.post("/conflicts/figures/{name}/take")
@allow(Role.REVIEWER)
async def take_figure(name: str, desk: DeskDep) -> Response:
    return await _settled(desk, name, theirs=True)


async def _settled(desk: Desk, name: str, *, theirs: bool) -> Response:
    deed = desk.deed("take_theirs" if theirs else "keep_ours", name[:120])

    def act() -> Outcome:
        return holdings_of(desk).figures.resolve(name, deed, theirs=theirs)

    return _ended(desk, await asyncio.to_thread(act), "taken" if theirs else "kept")


def _ended(desk: Desk, outcome: Outcome, done: str) -> Response:
    if outcome is not Outcome.DONE:
        return desk.stop(ENDINGS[outcome], 409, ("回到要对照的", HERE))
    desk.parts.wake()
    return desk.go(HERE, done)


def _list(desk: Desk) -> ConflictsPage:
    entries = [
        ConflictRowView(row.title, f"{HERE}/{row.document_id}", "条目") for row in desk.parts.shelf.rows() if is_conflict(row)
    ]
    parameters = holdings_of(desk).figures.parameters()
    figures = [
        ConflictRowView(name_of(parameters[each.parameter_id]), f"{HERE}/figures/{each.parameter_id}", "数字")
        for each in holdings_of(desk).figures.overlays()
        if each.bundled is not None and each.parameter_id in parameters
    ]
    return ConflictsPage(desk.frame("程序升级带来的改动", MENU_PAGE, done=DONE), (*entries, *figures))


def _theirs(desk: Desk, slug: str) -> VersionRow:
    """The newest bundled text that waits. Raises 404."""
    found = [row for row in desk.parts.shelf.rows(slug) if is_conflict(row)]
    if not found:
        raise HTTPException(404)
    return found[-1]


def _view(desk: Desk, slug: str) -> ConflictPage:
    theirs, rows = _theirs(desk, slug), desk.parts.shelf.rows(slug)
    old = _text(desk, _newest_before(rows, theirs))
    ours, new = desk.parts.shelf.published(slug), _text(desk, theirs)
    assert new is not None
    return ConflictPage(
        frame=desk.frame(f"对照：{theirs.title}", MENU_PAGE),
        url=f"{HERE}/{slug}",
        public=f"/entries/{slug}" if ours is not None else "",
        old=_body(desk, old),
        ours=_body(desk, ours),
        theirs=_body(desk, new),
        theirs_changes=_changes(desk, old, new),
        ours_changes=_changes(desk, old, ours),
        take=f"{HERE}/{slug}/take",
        edit=f"{entry_url(slug)}?aside={theirs.version}" if ours is not None else "",
        can_take=desk.may(Role.REVIEWER),
    )


def _newest_before(rows: Sequence[VersionRow], theirs: VersionRow) -> VersionRow | None:
    older = [row for row in rows if row.origin == "bundled" and row.ordinal < theirs.ordinal and row.published_at]
    return older[-1] if older else None


def _text(desk: Desk, row: VersionRow | None) -> StoredVersion | None:
    return desk.parts.shelf.version(row.document_id, row.version) if row is not None else None


def _body(desk: Desk, version: StoredVersion | None) -> str:
    """What the entry says, in plain lines."""
    return readable(version, holdings_of(desk).figures.instruments()) if version is not None else ""


def _changes(desk: Desk, old: StoredVersion | None, new: StoredVersion | None) -> tuple[DifferenceRow, ...]:
    if old is None or new is None:
        return ()
    regions = {level.code: level.name for level in desk.services.town.levels}
    before, after = (replace(each, content=_body(desk, each)) for each in (old, new))
    return differences(before, after, regions)


def _figure_view(desk: Desk, name: str) -> FigureConflictPage:
    overlay = next((each for each in holdings_of(desk).figures.overlays() if each.parameter_id == name), None)
    parameter = holdings_of(desk).figures.parameters().get(name)
    if overlay is None or overlay.bundled is None or parameter is None:
        raise HTTPException(404)
    return FigureConflictPage(
        frame=desk.frame(f"对照：{name_of(parameter)}", MENU_PAGE),
        url=f"{HERE}/figures/{name}",
        edit=f"/staff/parameters/{name}",
        rows=_figure_rows(overlay, row_of(parameter)),
        can_settle=desk.may(Role.REVIEWER),
    )


def _figure_rows(overlay: FigureOverlay, ours: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """Day by day on which a value begins in any of the three."""
    assert overlay.bundled is not None
    three = [_by_start(each) for each in (overlay.base, ours, overlay.bundled)]
    days = sorted({day for each in three for day in each}, reverse=True)
    return tuple((f"从 {day or '以前'} 起", *(each.get(day, "没有") for each in three)) for day in days)  # type: ignore[misc]


def _by_start(row: Mapping[str, Any]) -> dict[str, str]:
    return {str(value["from"] or ""): value_words(value, str(row["unit"])) for value in row["values"]}
