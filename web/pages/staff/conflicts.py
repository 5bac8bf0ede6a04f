"""What an upgrade changed under the desk's own texts and figures: the three side by side, and what to do about it."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from typing import Any

from fastapi import HTTPException
from starlette.responses import Response

from knowledge.database.desk_values import Outcome, VersionRow
from knowledge.database.staff_values import Role
from knowledge.overlay_figures import row_of
from knowledge.overlay_values import ChangeState, FigureChange, FigureOverlay
from knowledge.parameters import name_of
from knowledge.types import Parameter
from web.pages.staff.parameters import ALREADY
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.entry_pages import entry_groups, entry_url, is_conflict, working_row
from web.staff.holdings.entry_views import ConflictPage, ConflictRowView, ConflictsPage, FigureConflictPage
from web.staff.holdings.figure_pages import HERE as FIGURES
from web.staff.holdings.figure_words import words_by_start
from web.staff.holdings.present import holdings_of
from web.staff.holdings.upgraded import bundled_before, changes, plain_text, text_of, upgraded_under
from web.staff.life import ENDINGS
from web.staff.listing import version_url
from web.staff.roles import allow
from web.staff.routes import desk_router

router = desk_router()
HERE = "/staff/conflicts"
MENU_PAGE = "/staff/entries"
DONE = {"kept": "照旧用镇里的，记下了。"}
TAKE = "换成程序新带来的"
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
    return _ended(desk, outcome)


@router.get("/conflicts/figures/{name}")
@allow(Role.EDITOR)
async def figure_conflict(name: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_figure_view, desk, name))


@router.post("/conflicts/figures/{name}/keep")
@allow(Role.REVIEWER)
async def keep_figure(name: str, desk: DeskDep) -> Response:
    deed = desk.deed("keep_ours", name[:120])
    return _ended(desk, await asyncio.to_thread(holdings_of(desk).figures.keep_ours, name, deed))


@router.post("/conflicts/figures/{name}/take")
@allow(Role.EDITOR)
async def take_figure(name: str, desk: DeskDep) -> Response:
    """Theirs goes to the second look, as any new value does."""
    outcome = await asyncio.to_thread(_propose_theirs, desk, name)
    figure = f"{FIGURES}/{name}"
    if outcome is not Outcome.DONE:
        return desk.stop(ALREADY, 409, ("看这个数", figure))
    return desk.go(figure, "proposed")


def _propose_theirs(desk: Desk, name: str) -> Outcome:
    """Raises 404."""
    overlay, parameter = _overlaid(desk, name)
    assert overlay.bundled is not None
    change = FigureChange(
        secrets.token_hex(16), name, ChangeState.IN_REVIEW, overlay.bundled, row_of(parameter), desk.person.id, desk.now(), why=TAKE
    )
    deed = desk.deed("propose_figure", name, TAKE, name=name_of(parameter))
    return holdings_of(desk).figures.propose(change, deed)


def _ended(desk: Desk, outcome: Outcome) -> Response:
    if outcome is not Outcome.DONE:
        return desk.stop(ENDINGS[outcome], 409, ("回到要对照的", HERE))
    desk.parts.wake()
    return desk.go(HERE, "kept")


def _list(desk: Desk) -> ConflictsPage:
    shelf = desk.parts.shelf.rows()
    entries = [ConflictRowView(row.title, f"{HERE}/{row.document_id}", "条目") for row in shelf if is_conflict(row)]
    drafts = [
        ConflictRowView(draft.title, version_url(draft.document_id, draft.version), "草稿")
        for rows in entry_groups(shelf).values()
        if upgraded_under(rows) and (draft := working_row(rows))
    ]
    parameters = holdings_of(desk).figures.parameters()
    figures = [
        ConflictRowView(name_of(parameters[each.parameter_id]), f"{HERE}/figures/{each.parameter_id}", "数字")
        for each in holdings_of(desk).figures.overlays()
        if each.bundled is not None and each.parameter_id in parameters
    ]
    return ConflictsPage(desk.frame("程序升级带来的改动", MENU_PAGE, done=DONE), (*entries, *drafts, *figures))


def _theirs(desk: Desk, slug: str) -> VersionRow:
    """The newest bundled text that waits. Raises 404."""
    found = [row for row in desk.parts.shelf.rows(slug) if is_conflict(row)]
    if not found:
        raise HTTPException(404)
    return found[-1]


def _view(desk: Desk, slug: str) -> ConflictPage:
    theirs, rows = _theirs(desk, slug), desk.parts.shelf.rows(slug)
    old = text_of(desk, bundled_before(rows, theirs.ordinal))
    ours, new = desk.parts.shelf.published(slug), text_of(desk, theirs)
    assert new is not None
    return ConflictPage(
        frame=desk.frame(f"对照：{theirs.title}", MENU_PAGE),
        url=f"{HERE}/{slug}",
        public=f"/entries/{slug}" if ours is not None else "",
        old=plain_text(desk, old),
        ours=plain_text(desk, ours),
        theirs=plain_text(desk, new),
        theirs_changes=changes(desk, old, new),
        ours_changes=changes(desk, old, ours),
        take=version_url(slug, theirs.version),
        edit=f"{entry_url(slug)}?aside={theirs.version}" if ours is not None else "",
        can_take=desk.may(Role.REVIEWER),
    )


def _overlaid(desk: Desk, name: str) -> tuple[FigureOverlay, Parameter]:
    """What an upgrade brought of a figure, and what the town has. Raises 404 where there is nothing to compare."""
    overlay = next((each for each in holdings_of(desk).figures.overlays() if each.parameter_id == name), None)
    parameter = holdings_of(desk).figures.parameters().get(name)
    if overlay is None or overlay.bundled is None or parameter is None:
        raise HTTPException(404)
    return overlay, parameter


def _figure_view(desk: Desk, name: str) -> FigureConflictPage:
    overlay, parameter = _overlaid(desk, name)
    return FigureConflictPage(
        frame=desk.frame(f"对照：{name_of(parameter)}", MENU_PAGE),
        url=f"{HERE}/figures/{name}",
        edit=f"{FIGURES}/{name}",
        waits=any(each.state is ChangeState.IN_REVIEW for each in holdings_of(desk).figures.changes(name)),
        rows=_figure_rows(overlay, row_of(parameter)),
        can_settle=desk.may(Role.REVIEWER),
    )


def _figure_rows(overlay: FigureOverlay, ours: Mapping[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """Day by day on which a value begins in any of the three."""
    assert overlay.bundled is not None
    three = [words_by_start(each) for each in (overlay.base, ours, overlay.bundled)]
    days = sorted({day for each in three for day in each}, reverse=True)
    return tuple((f"从 {day or '以前'} 起", *(each.get(day, "没有") for each in three)) for day in days)  # type: ignore[misc]
