"""Dated figures at the desk: what holds from when to when, and a new value on its way through two pairs of eyes."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import Form, HTTPException, Request
from starlette.responses import Response

from knowledge.database.desk_values import UNDO, Outcome
from knowledge.database.staff_values import Role
from knowledge.overlay_figures import held_on, row_of, value_row, with_value
from knowledge.overlay_values import ChangeState, FigureChange, RecordKind
from knowledge.parameters import value_of
from knowledge.types import Confidence, Instrument, Parameter
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.figure_conflicts import entries_using, warnings_of
from web.staff.holdings.figure_form import FigureForm, form_of, read_form, value_of_form
from web.staff.holdings.figure_views import (
    ChangeView,
    FigurePage,
    FigureRowView,
    FiguresPage,
    PastChangeView,
    ValueRowView,
)
from web.staff.holdings.figure_words import name_of, state_view, told, unit_of, value_words
from web.staff.holdings.instrument_form import choices_of, new_instrument
from web.staff.holdings.papers import BODY_BYTES, GivenPaper, given_paper, papers_of, with_paper
from web.staff.holdings.present import holdings_of, snapshot_of, town_of
from web.staff.life import ENDINGS, two_person
from web.staff.listing import day_words
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, FieldError, MenuItem

router = desk_router()
HERE = "/staff/parameters"
MENU = (MenuItem("数字", HERE, Role.EDITOR, order=35),)
DONE = {
    "proposed": "送去复审了，另一个人发布以后才用。",
    "published": "发布了，约 1 分钟内所有回答都用新的数；旧数留着，问以前的事还照旧数答。",
    "dropped": "没有用，记下了原因。",
    "undone": "恢复成改之前的样子了，约 1 分钟内生效。",
}
SEENS = (("", "全部"), ("open", "要核实的"), ("waiting", "等复审的"))
SETTLED = {ChangeState.PUBLISHED: "发布", ChangeState.UNDONE: "发布后又恢复", ChangeState.DROPPED: "没有用"}
ALREADY = "没有送：这个数已经有一个改动在等复审，先把那个处理掉。"
MAX_WHY = 300
SHOWN_PAST = 10
Text = Annotated[str, Form()]


@router.get("/parameters")
@allow(Role.EDITOR)
async def figure_list(desk: DeskDep, words: str = "", seen: str = "") -> Response:
    return desk.page(await asyncio.to_thread(_list, desk, words.strip()[:60], seen))


@router.get("/parameters/{name}")
@allow(Role.EDITOR)
async def figure(name: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, name))


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
        return desk.wrong(await asyncio.to_thread(_view, desk, name, None, (error,)))
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
    figures, parameter = holdings_of(desk).figures, _parameter(desk, name)
    levels = tuple(level.name for level in desk.services.town.levels)
    instrument, wrong = new_instrument(typed.new, levels)
    known = {**figures.instruments(), **({instrument.id: instrument} if instrument else {})}
    value, errors = value_of_form(typed, parameter, known, desk.today())
    errors = (*wrong, *errors, *((given,) if isinstance(given, FieldError) else ()))
    if errors or value is None or isinstance(given, FieldError):
        return desk.wrong(_view(desk, name, typed, errors))
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
        return desk.wrong(_view(desk, name, typed, (FieldError("", ALREADY),)))
    return desk.go(f"{HERE}/{name}", "proposed")


def _parameter(desk: Desk, name: str) -> Parameter:
    """Raises 404."""
    found = holdings_of(desk).figures.parameters().get(name)
    if found is None:
        raise HTTPException(404)
    return found


def _list(desk: Desk, words: str, seen: str) -> FiguresPage:
    figures = holdings_of(desk).figures
    waiting = {each.parameter_id for each in figures.changes() if each.state is ChangeState.IN_REVIEW}
    rows = [_row(desk, each, each.id in waiting) for each in figures.parameters().values() if words in name_of(each) + each.id]
    if seen == "waiting":
        rows = [row for row in rows if row.note]
    if seen == "open":
        rows = [row for row in rows if row.state.tone in ("warn", "danger")]
    return FiguresPage(
        frame=desk.frame("数字", HERE, done=DONE),
        rows=tuple(sorted(rows, key=lambda row: (not row.note, row.name))),
        total=len(rows),
        words=words,
        seen=seen,
        seens=SEENS,
    )


def _row(desk: Desk, parameter: Parameter, waits: bool) -> FigureRowView:
    held = held_on(parameter, desk.today())
    return FigureRowView(
        name=name_of(parameter),
        url=f"{HERE}/{parameter.id}",
        now=told(parameter, held) if held is not None else "没有",
        since=day_words(held.period.start if held is not None else None),
        state=state_view(held, desk.today()),
        recheck=day_words(held.recheck_on if held is not None else None),
        note="等另一个人复审" if waits else "",
    )


def _view(desk: Desk, name: str, typed: FigureForm | None = None, errors: tuple[FieldError, ...] = ()) -> FigurePage:
    holdings, parameter = holdings_of(desk), _parameter(desk, name)
    known, snapshot, town = holdings.figures.instruments(), snapshot_of(desk), town_of(desk)
    changes = holdings.figures.changes(name)
    waiting = next((each for each in changes if each.state is ChangeState.IN_REVIEW), None)
    names = names_of(desk)
    asked = [town.offices[item].name if item in town.offices else item for item in parameter.ask]
    overlay = next((each for each in holdings.figures.overlays() if each.parameter_id == name), None)
    change = None
    if waiting is not None:
        value = value_of(waiting.body, known)
        warnings = warnings_of(parameter, value, snapshot, desk.today())
        change = ChangeView(
            waiting.id,
            names.get(waiting.made_by, waiting.made_by),
            waiting.made_at,
            waiting.why,
            warnings,
            _values(desk, with_value(parameter, value)),
            _why_not(desk, waiting),
        )
    return FigurePage(
        frame=desk.frame(name_of(parameter), HERE, done=DONE, errors=errors),
        url=f"{HERE}/{name}",
        unit=unit_of(parameter),
        ask="、".join(asked),
        values=_values(desk, parameter),
        change=change,
        past=_past(desk, changes, parameter, names),
        entries=entries_using(name, snapshot),
        papers=papers_of(desk, RecordKind.FIGURE, name),
        form=typed or form_of(parameter, known, desk.today()),
        instruments=choices_of(known),
        levels=tuple((level.name, level.name) for level in town.levels),
        conflict=f"/staff/conflicts/figures/{name}" if overlay is not None and overlay.bundled is not None else "",
    )


def _values(desk: Desk, parameter: Parameter) -> tuple[ValueRowView, ...]:
    """Newest first."""
    return tuple(
        ValueRowView(
            told(parameter, value),
            day_words(value.period.start),
            day_words(value.period.end),
            state_view(value, desk.today()),
            _source(value.basis.instrument, value.basis.article),
            "见过原文" if value.basis.confidence is Confidence.VERIFIED else "只见过转载",
        )
        for value in reversed(parameter.values)
    )


def _source(instrument: Instrument, article: str | None) -> str:
    return f"《{instrument.title}》{article or ''}"


def _why_not(desk: Desk, change: FigureChange) -> str:
    if not two_person(desk):
        return ""
    if not desk.may(Role.REVIEWER):
        return "等复审的人发布。"
    return "这是您填的，要另一个人复审。" if change.made_by == desk.person.id else ""


def _past(
    desk: Desk, changes: Sequence[FigureChange], parameter: Parameter, names: Mapping[str, str]
) -> tuple[PastChangeView, ...]:
    settled = [each for each in changes if each.settled_at is not None][:SHOWN_PAST]
    newest = max((each for each in settled), key=lambda each: each.settled_at or each.made_at, default=None)
    return tuple(
        PastChangeView(
            f"{value_words(each.body, parameter.unit)}，从 {each.body['from']} 起",
            names.get(each.made_by, each.made_by),
            each.made_at,
            f"{SETTLED[each.state]}：{names.get(each.settled_by, each.settled_by)}" + (f"（{each.why}）" if each.why else ""),
            each.id if each is newest and _can_undo(desk, each) else "",
        )
        for each in settled
    )


def _can_undo(desk: Desk, change: FigureChange) -> bool:
    fresh = change.settled_at is not None and desk.now() - change.settled_at < UNDO
    return change.state is ChangeState.PUBLISHED and fresh
