"""Who may come where: every route under /staff, as everybody; a route that names no role is never made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.responses import Response

from knowledge.database.staff_values import Role
from tests.staff_site import ORIGIN, StaffSite, a_staff_site
from web.pages.staff import AREAS
from web.staff.roles import RoleMissing, Rule, allow, rule_of
from web.staff.routes import DeskRoute, desk_router

OPEN = {("GET", "/staff/login"), ("POST", "/staff/login")}
WHO = ("anonymous", "kiosk", "bian", "fu", "guan")
RANK = {"bian": Role.EDITOR, "fu": Role.REVIEWER, "guan": Role.ADMIN}


def routes() -> list[tuple[str, str, Rule]]:
    """(method, path, rule) of every route of the desk."""
    return [
        (method, route.path, rule_of(route.endpoint))
        for area in AREAS
        for route in area.router.routes
        if isinstance(route, APIRoute)
        for method in sorted(route.methods - {"HEAD"})
    ]


def every_route(app: FastAPI) -> Iterator[APIRoute]:
    """The real table, routers inside routers too."""
    open_: list[object] = list(app.router.routes)
    while open_:
        held = open_.pop()
        if isinstance(held, APIRoute):
            yield held
        inner = getattr(held, "original_router", None) or getattr(held, "router", None)
        open_ += list(getattr(inner, "routes", ()))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> StaffSite:
    return a_staff_site(tmp_path_factory.mktemp("desk"))


def test_the_table_of_the_app_and_of_the_areas_are_one(site: StaffSite) -> None:
    served = {(route.path, *sorted(route.methods)) for route in every_route(site.app) if route.path.startswith("/staff")}
    assert served == {(path, method) for method, path, _ in routes()}
    assert len(served) > 25
    assert all(
        isinstance(route, DeskRoute) for route in every_route(site.app) if route.path.startswith("/staff")
    )


def test_only_the_sign_in_page_is_open() -> None:
    assert {(method, path) for method, path, rule in routes() if rule.role is None} == OPEN


@pytest.mark.parametrize("who", WHO)
def test_everybody_is_let_in_where_the_rule_says_and_nowhere_else(site: StaffSite, who: str) -> None:
    browser = site.browser(who if who in RANK else "")
    role = RANK.get(who)
    wrong = []
    for method, path, rule in routes():
        if (method, path) in OPEN or path.endswith(("/logout", "/disable", "/reset", "/role")):
            continue
        answer = _ask(browser.client, method, path, who)
        if rule.role is None or role is None:
            let_in = answer.status_code not in (303, 401) or not _to_sign_in(answer)
            expected = False
        else:
            let_in = "没有这个权限" not in answer.text
            expected = role.covers(rule.role)
        if let_in != expected:
            wrong.append((method, path, answer.status_code))
    assert wrong == []


def _ask(client: object, method: str, path: str, who: str) -> Response:
    """With the right Origin and no token: the role is judged before the form is."""
    address = re.sub(r"\{\w+\}", "nothing", path) + ("?event=e1&device=d1" if who == "kiosk" else "")
    headers = {"origin": ORIGIN} if method == "POST" else {}
    return client.request(method, address, headers=headers)  # type: ignore[attr-defined, no-any-return]


def _to_sign_in(answer: Response) -> bool:
    location = answer.headers.get("location", "")
    return location.startswith("/staff/login") or answer.status_code == 401


@pytest.mark.parametrize(
    ("who", "path"), [("bian", "/staff/accounts/bian/role"), ("fu", "/staff/accounts/fu/role")]
)
def test_nobody_gives_themselves_a_role(site: StaffSite, who: str, path: str) -> None:
    browser = site.browser(who)
    assert browser.post(path, role="admin").status_code == 403
    held = site.desk.records.account(who)
    assert held is not None and held[0].role is RANK[who]


def test_a_route_without_a_role_is_not_made() -> None:
    router = desk_router()

    async def forgotten() -> Response:
        return Response("here I am")

    with pytest.raises(RoleMissing):
        router.add_api_route("/forgotten", forgotten)


def test_a_deputy_is_a_reviewer_up_to_the_last_day(tmp_path: Path) -> None:
    site = a_staff_site(tmp_path)
    admin, editor = site.browser("guan"), site.browser("bian")
    until = site.clock().date().isoformat()
    admin.get("/staff/accounts/bian")
    assert admin.post("/staff/accounts/bian/deputy", until=until).status_code == 303
    editor.get("/staff/switches")
    assert editor.post("/staff/switches/model", to="off", why="试一下").status_code == 303
    site.clock.on(days=1)
    later = site.browser("bian")
    later.get("/staff/switches")
    assert later.post("/staff/switches/model", to="on", why="试一下").status_code == 403


@pytest.mark.parametrize("origin", [None, "null", "http://elsewhere.example", "https://testserver.example"])
def test_a_form_must_say_that_it_comes_from_here(site: StaffSite, origin: str | None) -> None:
    browser = site.browser("guan")
    browser.get("/staff/switches")
    headers = {} if origin is None else {"origin": origin}
    fields = {"csrf": browser.token, "to": "off", "why": "试"}
    assert browser.client.post("/staff/switches/all", data=fields, headers=headers).status_code == 403
    assert site.desk.standing.now().open is not False


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_form_must_carry_the_token_of_its_session(site: StaffSite, token: str) -> None:
    browser, other = site.browser("guan"), site.browser("fu")
    other.get("/staff/switches")
    for given in (token, other.token):
        fields = {"csrf": given, "to": "off", "why": "试"}
        answer = browser.client.post("/staff/switches/all", data=fields, headers={"origin": ORIGIN})
        assert answer.status_code == 403
    assert site.desk.standing.now().open


def test_a_body_larger_than_the_route_allows_is_not_read(site: StaffSite) -> None:
    browser = site.browser("guan")
    answer = browser.post("/staff/notices", words="长" * 200_000)
    assert answer.status_code == 413
    assert "内容太大" in answer.text


def test_allow_is_what_rule_of_reads() -> None:
    @allow(Role.REVIEWER, max_body_bytes=5)
    async def page() -> Response:
        return Response()

    assert rule_of(page) == Rule(Role.REVIEWER, 5)
