"""The desk: what it works with, and one request of a signed-in person."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from knowledge.database.staff_values import Deed, Role, StaffAccount
from knowledge.library import Library
from web.services import Services
from web.staff.cookies import is_secure
from web.staff.csrf import token_of
from web.staff.holdings.parts import Holdings
from web.staff.intake.parts import Intake
from web.staff.needs.parts import Counts as CountsOfTown
from web.staff.pages import DeskPages
from web.staff.passwords import Passwords
from web.staff.records import Records
from web.staff.shelf import Shelf
from web.staff.throttle import Throttle
from web.staff.unanswered.parts import Unanswered
from web.staff.views import CountView, DeskStopPage, FieldError, Frame, MenuItem, MenuLink
from web.standing import Standing

ROLE_WORDS = {Role.EDITOR: "编辑", Role.REVIEWER: "复审", Role.ADMIN: "管理员"}
NOBODY = StaffAccount("", "", Role.EDITOR, disabled=True)


@dataclass(frozen=True, slots=True)
class DeskParts:
    """Built once in `web/staff/wiring.py`. wake: tells the running server that something was published.

    library: what is published now, with its index; None only in tests that need none.
    """

    records: Records
    shelf: Shelf
    passwords: Passwords
    throttle: Throttle
    standing: Standing
    wake: Callable[[], None]
    library: Library | None = None
    intake: Intake | None = None
    counts: CountsOfTown | None = None
    holdings: Holdings | None = None
    unanswered: Unanswered | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """One request. secret: the value of the cookie, from which the token of its forms comes."""

    request: Request
    services: Services
    parts: DeskParts
    pages: DeskPages
    menu: tuple[MenuItem, ...]
    person: StaffAccount
    secret: str

    def now(self) -> datetime:
        return self.services.now()

    def today(self) -> date:
        return self.services.today()

    def may(self, role: Role) -> bool:
        return self.person.may(role, self.today())

    def deed(self, what: str, subject: str, why: str = "", **details: str) -> Deed:
        """An action for the log: who and when are this person's, now."""
        return Deed(self.person.id, what, subject, self.now(), why, details)

    def frame(
        self,
        title: str,
        here: str = "",
        *,
        done: Mapping[str, str] | None = None,
        errors: tuple[FieldError, ...] = (),
    ) -> Frame:
        """The layout's part of a view. here: the menu's address of this page. done: slug -> green line."""
        said = (done or {}).get(self.request.query_params.get("done", ""), "")
        return Frame(
            site=self.services.pages.site,
            title=title,
            person=self.person.name,
            role=ROLE_WORDS[self.person.role] if self.person.id else "",
            menu=self._menu(here),
            csrf=token_of(self.secret),
            css_url=self.pages.css_url,
            js_url=self.pages.js_url,
            plain_http=not is_secure(self.request, self.services.settings),
            done=said,
            errors=errors,
        )

    def page(self, view: object, status: int = 200) -> Response:
        return self.pages.render(view, status)

    def wrong(self, view: object) -> Response:
        """The page again, with what was typed and what is wrong with it."""
        return self.pages.render(view, 422)

    def go(self, path: str, done: str = "") -> Response:
        """303 to a page of the desk. path: ours, never what a person typed."""
        mark = "&" if "?" in path else "?"
        return RedirectResponse(f"{path}{mark}done={done}" if done else path, 303)

    def stop(self, sentence: str, status: int, *ways: tuple[str, str]) -> Response:
        """What was not done and why, with ways on (words, address)."""
        held = ways or (("回工作台首页", "/staff"),)
        return self.page(DeskStopPage(self.frame("没有做成"), sentence, held), status)

    def _menu(self, here: str) -> tuple[MenuLink, ...]:
        if not self.person.id:
            return ()
        items = sorted(self.menu, key=lambda item: item.order)
        return tuple(MenuLink(item.words, item.url, item.url == here) for item in items if self.may(item.role))


Counts = Callable[[Desk], Sequence[CountView]]
"""What an area says about its own work on the first page; called in a worker thread."""


def get_desk(request: Request) -> Desk:
    """The desk that the door made for this request."""
    desk: Desk = request.state.desk
    return desk


DeskDep = Annotated[Desk, Depends(get_desk)]
