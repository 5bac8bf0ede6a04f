"""记录: who did what, when and why. Nobody can change it."""

from __future__ import annotations

import asyncio
from urllib.parse import urlencode

from starlette.responses import Response

from knowledge.database.staff_values import Deed, Role
from web.staff.deeds import ABOUT_DOCUMENTS, DETAILS, words_of
from web.staff.desk import Desk, DeskDep
from web.staff.listing import document_url
from web.staff.names import names_of
from web.staff.people_views import DeedView, LogPage
from web.staff.roles import allow
from web.staff.routes import desk_router
from web.staff.views import MenuItem

router = desk_router()
HERE = "/staff/log"
MENU = (MenuItem("记录", HERE, Role.EDITOR, order=90),)
AT_ONCE = 100
NAMES = ("title", "name")
"""Details that name the subject better than its id does."""


@router.get("/log")
@allow(Role.EDITOR)
async def log_page(desk: DeskDep, who: str = "", subject: str = "", skip: int = 0) -> Response:
    return desk.page(await asyncio.to_thread(_view, desk, who, subject, max(0, skip)))


def _view(desk: Desk, who: str, subject: str, skip: int) -> LogPage:
    names = names_of(desk)
    titles = {row.document_id: row.title for row in desk.parts.shelf.rows()}
    found = desk.parts.records.deeds(AT_ONCE + 1, skip, who, subject)
    older = {"who": who, "subject": subject, "skip": str(skip + AT_ONCE)}
    return LogPage(
        frame=desk.frame("记录", HERE),
        deeds=tuple(_line(deed, names, titles) for deed in found[:AT_ONCE]),
        who=who,
        subject=subject,
        people=(("", "所有人"), *sorted(names.items())),
        older=f"{HERE}?{urlencode(older)}" if len(found) > AT_ONCE else "",
    )


def _line(deed: Deed, names: dict[str, str], titles: dict[str, str]) -> DeedView:
    is_document = deed.what in ABOUT_DOCUMENTS and deed.subject in titles
    named = next((str(deed.details[name]) for name in NAMES if deed.details.get(name)), deed.subject)
    subject = titles[deed.subject] if is_document else names.get(deed.subject, named)
    details = {name: str(value) for name, value in deed.details.items() if name not in NAMES or str(value) != subject}
    return DeedView(
        at=deed.at,
        who=names.get(deed.who, deed.who),
        words=words_of(deed.what),
        subject=subject,
        url=document_url(deed.subject) if is_document else "",
        why=deed.why,
        details=tuple((DETAILS.get(name, name), value) for name, value in sorted(details.items())),
    )
