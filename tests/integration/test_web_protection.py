"""Who may post from where, and what every response carries. The routes are read from the app itself."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute

from tests.integration.web_site import HOST, Site, a_site
from web.app import ROUTERS

OURS = (None, HOST, "https://testserver", "https://pufa.example")
FOREIGN = (
    "null",
    "https://evil.example",
    "http://testserver.evil.example",
    "file://",
    "",
    "http://testserver:81",
)


@pytest.fixture(scope="module")
def site() -> Site:
    return a_site(
        public_url="https://pufa.example", frame_ancestors="https://county.example", rate_limits="off"
    )


def post_routes() -> list[str]:
    routes = [route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute)]
    paths = [re.sub(r"{\w+}", "c1", route.path) for route in routes if "POST" in route.methods]
    assert len(paths) >= 6
    return paths


def post(site: Site, path: str, origin: str | None) -> int:
    headers = {} if origin is None else {"Origin": origin}
    if path.startswith("/api/"):
        json = {"question": "补助", "answer_id": "a1", "useful": True}
        return site.client.post(path, json=json, headers=headers).status_code
    return site.client.post(path, data={"question": "补助"}, headers=headers).status_code


@pytest.mark.parametrize("path", post_routes())
@pytest.mark.parametrize("origin", FOREIGN)
def test_no_post_is_taken_from_another_site(site: Site, path: str, origin: str) -> None:
    asked = len(site.assistant.questions)
    assert post(site, path, origin) == 403
    assert len(site.assistant.questions) == asked


@pytest.mark.parametrize("path", post_routes())
@pytest.mark.parametrize("origin", OURS)
def test_our_own_pages_and_clients_without_pages_may_post(site: Site, path: str, origin: str | None) -> None:
    assert post(site, path, origin) in (200, 303, 404, 422)


def test_a_refused_form_is_a_page_and_a_refused_call_is_json(site: Site) -> None:
    foreign = {"Origin": "https://evil.example"}
    page = site.client.post("/", data={"question": "补助"}, headers=foreign)
    assert page.headers["content-type"].startswith("text/html") and "没有处理" in page.text
    call = site.client.post("/api/chat", json={"question": "补助"}, headers=foreign)
    assert call.json()["status"] == "error" and "没有处理" in call.json()["text"]


@pytest.mark.parametrize(
    "path", ["/", "/about", "/api/topics", "/nothing", "/openapi.json", "/healthz", "/entries/buzhu"]
)
def test_every_response_carries_the_policy(site: Site, path: str) -> None:
    headers = site.client.get(path).headers
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert policy["img-src"] == "'self' data:"
    assert policy["object-src"] == policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'self' https://county.example"
    assert re.fullmatch(r"'self' 'sha256-[A-Za-z0-9+/=]{44}'", policy["script-src"])
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in headers


def test_nobody_may_frame_the_pages_unless_named() -> None:
    assert "frame-ancestors 'none'" in a_site().client.get("/").headers["content-security-policy"]


def test_refusals_carry_the_policy_too(site: Site) -> None:
    refused = site.client.post("/", headers={"Origin": "null"})
    assert refused.status_code == 403 and "content-security-policy" in refused.headers


def test_no_cookie_is_ever_set(site: Site) -> None:
    answers = [site.client.get("/"), site.client.post("/", data={"question": "补助"})]
    assert all("set-cookie" not in answer.headers for answer in answers)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_other_methods_are_refused_from_anywhere(site: Site, method: str) -> None:
    assert site.client.request(method, "/api/chat").status_code == 405
    assert site.client.request(method, "/api/chat", headers={"Origin": "null"}).status_code == 403
