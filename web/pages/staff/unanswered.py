"""没答上的: the list of needs nobody could answer, and one need with everything that can be done about it."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from starlette.responses import Response

from knowledge.database.staff_values import Role
from web.staff.desk import Desk, DeskDep
from web.staff.names import names_of
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.unanswered.group_page import group_view
from web.staff.unanswered.listing import HERE, TABS, line_of, rows_by_document, tab_of, under_tab
from web.staff.unanswered.steps import DONE, unanswered_of
from web.staff.unanswered.views import UnansweredPage
from web.staff.views import CountView, MenuItem

router = desk_router()
MENU = (MenuItem("没答上的", HERE, Role.EDITOR, order=30),)
AT_ONCE = 40


@router.get("/unanswered")
@allow(Role.EDITOR)
async def group_list(desk: DeskDep, shown: str = "open", skip: int = 0) -> Response:
    return desk.page(await asyncio.to_thread(_list, desk, shown, max(0, skip)))


@router.get("/unanswered/{group_id}")
@allow(Role.EDITOR)
async def group_page(group_id: str, desk: DeskDep) -> Response:
    return desk.page(await asyncio.to_thread(group_view, desk, group_id))


def counts(desk: Desk) -> tuple[CountView, ...]:
    """For the first page."""
    if desk.parts.unanswered is None:
        return ()
    desk.parts.unanswered.gather(desk.now())
    rows = rows_by_document(desk)
    tabs = [tab_of(group, rows.get(group.document_id), desk) for group in desk.parts.unanswered.groups()]
    waiting = sum(not item.reply for item in desk.parts.unanswered.handed_over(desk.now()))
    return (
        CountView("组没答上的", sum(under_tab(tab, "open") for tab in tabs), HERE),
        CountView("组转给您的", tabs.count("mine"), f"{HERE}?shown=mine"),
        CountView("个取件号等答复", waiting, f"{HERE}?shown=waiting"),
    )


def _list(desk: Desk, shown: str, skip: int) -> UnansweredPage:
    store = unanswered_of(desk)
    store.gather(desk.now())
    rows, names, handed = rows_by_document(desk), names_of(desk), store.handed_over(desk.now())
    lines = []
    numbers = dict.fromkeys((slug for slug, _ in TABS), 0) | {"waiting": 0}
    for group in store.groups():
        row = rows.get(group.document_id)
        line, tab = line_of(group, row, desk, names, handed), tab_of(group, row, desk)
        under = [slug for slug in numbers if under_tab(tab, slug) or (slug == "waiting" and line.waiting)]
        for slug in under:
            numbers[slug] += 1
        if shown in under:
            lines.append(line)
    tabs = (*TABS[:2], ("waiting", "等答复取件号"), *TABS[2:])
    more = urlencode({"shown": shown, "skip": str(skip + AT_ONCE)})
    return UnansweredPage(
        frame=desk.frame("没答上的", HERE, done=DONE),
        groups=tuple(lines[skip : skip + AT_ONCE]),
        shown=shown,
        tabs=tuple((slug, words, numbers[slug]) for slug, words in tabs),
        more=f"{HERE}?{more}" if len(lines) > skip + AT_ONCE else "",
    )
