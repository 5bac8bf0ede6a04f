"""Dated figures at the desk: what holds from when to when, and a new value on its way through two pairs of eyes."""

from __future__ import annotations

import asyncio
import secrets
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from knowledge.database.desk_values import Outcome
from knowledge.database.staff_values import Role
from knowledge.overlay_figures import row_of, value_row
from knowledge.overlay_values import ChangeState, FigureChange, RecordKind
from knowledge.parameters import name_of
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.figure_form import FigureForm, read_form, value_of_form
from web.staff.holdings.figure_pages import HERE, figure_page, figures_page, parameter_at
from web.staff.holdings.figure_words import value_words
from web.staff.holdings.instrument_form import new_instrument
from web.staff.holdings.papers import BODY_BYTES, GivenPaper, given_paper, with_paper
from web.staff.holdings.present import holdings_of
from web.staff.life import ENDINGS, two_person
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, FieldError, MenuItem

router = desk_router()
MENU = (MenuItem("数字", HERE, Role.EDITOR, order=35),)
ALREADY = "没有送：这个数已经有一个改动在等复审，先把那个处理掉。"
MAX_WHY = 300
Text = Annotated[str, Form()]


@router.get("/parameters")
@allow(Role.EDITOR)
async def figure_list(desk: DeskDep, words: str = "", seen: str = "") -> Response:
    return desk.page(await asyncio.to_thread(figures_page, desk, words.strip()[:60], seen))


@router.get("/parameters/{name}")
@allow(Role.EDITOR)
async def figure(name: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(figure_page, desk, name))


@router.post("/parameters/{name}")
@allow(Role.EDITOR, max_body_bytes=BODY_BYTES)
async def propose(name: str, request: Request, desk: DeskDep) -> Response:
    """A new value, or the same one confirmed, goes to the second look."""
    form = await request.form()
    typed = read_form(form)
    given = await given_paper(desk, form, RecordKind.FIGURE, name[:120])
    return await asyncio.to_thread(_proposed, desk, name, typed, given)


@router.post("/parameters/{name}/changes/{change_id}/publish")
@allow(Role.EDITOR)
async def publish(name: str, change_id: str, desk: DeskDep, why: Text = "") -> Response:
    """A reviewer's; an editor's too where the town works with one person."""
    if two_person(desk) and not desk.may(Role.REVIEWER):
        return desk.stop("没有发布：要由复审的人发布。", 403, ("回到这个数", f"{HERE}/{name}"))
    deed = desk.deed("publish_figure", name, why.strip()[:MAX_WHY], change=change_id)

    def act() -> Outcome:
        return holdings_of(desk).figures.publish(change_id, deed, two_person=two_person(desk))

    return _ended(desk, name, await asyncio.to_thread(act), "published")


@router.post("/parameters/{name}/changes/{change_id}/drop")
@allow(Role.EDITOR)
async def drop(name: str, change_id: str, desk: DeskDep, why: Text = "") -> Response:
    if not why.strip():
        error = FieldError("why_not", "请写为什么不用，填的人才知道改哪里。")
        return desk.wrong(await asyncio.to_thread(figure_page, desk, name, None, (error,)))
    deed = desk.deed("drop_figure", name, why.strip()[:MAX_WHY], change=change_id)
    return _ended(desk, name, await asyncio.to_thread(holdings_of(desk).figures.drop, change_id, deed), "dropped")


@router.post("/parameters/{name}/changes/{change_id}/undo")
@allow(Role.EDITOR)
async def undo(name: str, change_id: str, desk: DeskDep) -> Response:
    """One person is enough: what is wrong must be gone at once."""
    deed = desk.deed("undo_figure", name, change=change_id)
    return _ended(desk, name, await asyncio.to_thread(holdings_of(desk).figures.undo, change_id, deed), "undone")


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    if desk.parts.holdings is None:
        return ()
    waiting = sum(each.state is ChangeState.IN_REVIEW for each in desk.parts.holdings.figures.changes())
    return (CountView("个数字等复审", waiting, f"{HERE}?seen=waiting"),)


def _ended(desk: Desk, name: str, outcome: Outcome, done: str) -> Response:
    if outcome is not Outcome.DONE:
        return desk.stop(ENDINGS[outcome], 409, ("看现在的样子", f"{HERE}/{name}"))
    desk.parts.wake()
    return desk.go(f"{HERE}/{name}", done)


def _proposed(desk: Desk, name: str, typed: FigureForm, given: GivenPaper | FieldError | None) -> Response:
    figures, parameter = holdings_of(desk).figures, parameter_at(desk, name)
    levels = tuple(level.name for level in desk.services.town.levels)
    instrument, wrong = new_instrument(typed.new, levels)
    known = {**figures.instruments(), **({instrument.id: instrument} if instrument else {})}
    value, errors = value_of_form(typed, parameter, known, desk.today())
    errors = (*wrong, *errors, *((given,) if isinstance(given, FieldError) else ()))
    if errors or value is None or isinstance(given, FieldError):
        return desk.wrong(figure_page(desk, name, typed, errors))
    change = FigureChange(
        secrets.token_hex(16),
        name,
        ChangeState.IN_REVIEW,
        value_row(value),
        row_of(parameter),
        desk.person.id,
        desk.now(),
        why=typed.why[:MAX_WHY],
    )
    words = value_words(change.body, parameter.unit)
    deed = desk.deed("propose_figure", name, change.why, name=f"{name_of(parameter)}：{words}")
    outcome = with_paper(desk, given, lambda paper: figures.propose(change, deed, instrument, paper))
    if outcome is not Outcome.DONE:
        return desk.wrong(figure_page(desk, name, typed, (FieldError("", ALREADY),)))
    return desk.go(f"{HERE}/{name}", "proposed")
