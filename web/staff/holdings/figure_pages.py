"""The pages of the dated figures: their list; one figure with its values, the change that waits and those gone by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import HTTPException

from knowledge.database.desk_values import UNDO
from knowledge.database.staff_values import Role
from knowledge.overlay_figures import changed, held_on
from knowledge.overlay_values import ChangeState, FigureChange, RecordKind
from knowledge.parameters import name_of
from knowledge.types import Instrument, Parameter
from web.staff.desk import Desk
from web.staff.holdings.entry_words import SEEN
from web.staff.holdings.figure_conflicts import entries_using, warnings_of_change
from web.staff.holdings.figure_form import FigureForm, form_of
from web.staff.holdings.figure_views import (
    ChangeView,
    FigurePage,
    FigureRowView,
    FiguresPage,
    PastChangeView,
    ValueRowView,
)
from web.staff.holdings.figure_words import body_words, state_view, told, unit_of
from web.staff.holdings.instrument_form import choices_of
from web.staff.holdings.papers import papers_of
from web.staff.holdings.present import holdings_of, snapshot_of, town_of
from web.staff.life import two_person
from web.staff.listing import day_words
from web.staff.names import names_of
from web.staff.views import FieldError

HERE = "/staff/parameters"
DONE = {
    "proposed": "送去复审了，另一个人发布以后才用。",
    "published": "发布了，约 1 分钟内所有回答都用新的数；旧数留着，问以前的事还照旧数答。",
    "dropped": "没有用，记下了原因。",
    "undone": "恢复成改之前的样子了，约 1 分钟内生效。",
}
SEENS = (("", "全部"), ("open", "要核实的"), ("waiting", "等复审的"))
SETTLED = {ChangeState.PUBLISHED: "发布", ChangeState.UNDONE: "发布后又恢复", ChangeState.DROPPED: "没有用"}
SHOWN_PAST = 10


def parameter_at(desk: Desk, name: str) -> Parameter:
    """Raises 404."""
    found = holdings_of(desk).figures.parameters().get(name)
    if found is None:
        raise HTTPException(404)
    return found


def figures_page(desk: Desk, words: str, seen: str) -> FiguresPage:
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


def figure_page(desk: Desk, name: str, typed: FigureForm | None = None, errors: tuple[FieldError, ...] = ()) -> FigurePage:
    holdings, parameter = holdings_of(desk), parameter_at(desk, name)
    known, snapshot, town = holdings.figures.instruments(), snapshot_of(desk), town_of(desk)
    changes = holdings.figures.changes(name)
    waiting = next((each for each in changes if each.state is ChangeState.IN_REVIEW), None)
    names = names_of(desk)
    asked = [town.offices[item].name if item in town.offices else item for item in parameter.ask]
    overlay = next((each for each in holdings.figures.overlays() if each.parameter_id == name), None)
    change = None
    if waiting is not None:
        warnings = warnings_of_change(parameter, waiting.body, known, snapshot, desk.today())
        change = ChangeView(
            waiting.id,
            names.get(waiting.made_by, waiting.made_by),
            waiting.made_at,
            waiting.why,
            warnings,
            _values(desk, changed(parameter, waiting.body, known)),
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
            SEEN[value.basis.confidence],
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
    """Only the newest that was published can be undone, whatever was dropped since."""
    settled = [each for each in changes if each.settled_at is not None][:SHOWN_PAST]
    published = [each for each in settled if each.state is ChangeState.PUBLISHED]
    newest = max(published, key=lambda each: each.settled_at or each.made_at, default=None)
    return tuple(
        PastChangeView(
            body_words(each.body, parameter.unit) + _because(each.why),
            names.get(each.made_by, each.made_by),
            each.made_at,
            f"{SETTLED[each.state]}：{names.get(each.settled_by, each.settled_by)}" + _because(each.settled_why),
            each.id if each is newest and _can_undo(desk, each) else "",
        )
        for each in settled
    )


def _because(why: str) -> str:
    return f"（{why}）" if why else ""


def _can_undo(desk: Desk, change: FigureChange) -> bool:
    fresh = change.settled_at is not None and desk.now() - change.settled_at < UNDO
    return change.state is ChangeState.PUBLISHED and fresh
