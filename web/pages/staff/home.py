"""The desk's first page: what the town still has to supply, until that is done, and what waits for somebody."""

from __future__ import annotations

import asyncio

from starlette.responses import Response

from knowledge.database.staff_values import Role, SwitchName
from web.incidents import record
from web.staff.desk import Desk, DeskDep
from web.staff.holdings.present import missing_of, url_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import CountView, DeskHomePage, MenuItem

router = desk_router()
MENU = (MenuItem("首页", "/staff", Role.EDITOR, order=10),)
FILL_IN = ("/staff/offices", "/staff/parameters", "/staff/hotlines")
OFF_WORDS = {SwitchName.MODEL: "大模型关着", SwitchName.TYPED: "打字提问关着", SwitchName.ALL: "整个问答关着"}


@router.get("")
@allow(Role.EDITOR)
async def home(desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk))


def _view(desk: Desk) -> DeskHomePage:
    return DeskHomePage(
        frame=desk.frame("工作台", "/staff"),
        counts=_counts(desk),
        missing=_missing(desk),
        fill_in=tuple((item.words, item.url) for item in desk.menu if item.url in FILL_IN),
        off=tuple(OFF_WORDS[name] for name, switch in desk.parts.records.switches().items() if switch.off),
    )


def _counts(desk: Desk) -> tuple[CountView, ...]:
    """An area that cannot count does not take the page with it."""
    found: list[CountView] = []
    for counts in desk.request.app.state.desk_counts:
        try:
            found += counts(desk)
        except Exception as error:
            record(error, "staff.counts")
    return tuple(sorted(found, key=lambda view: view.number == 0))


def _missing(desk: Desk) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    if desk.parts.holdings is None:
        return ()
    groups = sorted(missing_of(desk).items())
    return tuple((owner, tuple((item.words, url_of(item)) for item in items)) for owner, items in groups)
