"""Signing in, sessions, passwords, accounts, switches and notices, over HTTP."""

from __future__ import annotations

import re
import statistics
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from knowledge.database.staff_values import Role
from tests.staff_site import ORIGIN, PASSWORD, StaffSite, a_staff_site
from web.staff.csrf import hash_of
from web.staff.passwords import Passwords, fault_of, new_password
from web.staff.throttle import Throttle

WRONG = "账号或密码不对"


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    return a_staff_site(tmp_path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> StaffSite:
    """For tests that leave the desk as it was."""
    return a_staff_site(tmp_path_factory.mktemp("desk"))


def test_a_session_gets_a_new_id_and_only_its_hash_is_kept(site: StaffSite) -> None:
    browser = site.browser()
    browser.client.cookies.set("pufa-desk", "chosen-by-somebody-else", domain="testserver.local")
    answer = browser.sign_in("bian")
    set_cookie = answer.headers["set-cookie"]
    secret = re.search(r"pufa-desk=([^;]+)", set_cookie)
    assert secret is not None and secret[1] != "chosen-by-somebody-else"
    assert "HttpOnly" in set_cookie and "SameSite=strict" in set_cookie and "Secure" not in set_cookie
    with site.truth.engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM staff_sessions").all()
    assert hash_of(secret[1]) in str(rows) and secret[1] not in str(rows)


def test_over_https_the_cookie_is_host_only_and_secure_and_the_warning_is_gone(shared: StaffSite) -> None:
    client = TestClient(shared.app, base_url="https://testserver", follow_redirects=False)
    page = client.get("/staff/login")
    token = re.search(r'name="csrf" value="(\w+)"', page.text)
    assert token is not None and "不是 https" not in page.text
    answer = client.post(
        "/staff/login",
        data={"csrf": token[1], "account": "bian", "password": PASSWORD},
        headers={"origin": "https://testserver"},
    )
    assert answer.status_code == 303
    assert "__Host-pufa-desk=" in answer.headers["set-cookie"] and "Secure" in answer.headers["set-cookie"]
    assert client.get("/staff").status_code == 200


def test_plain_http_works_with_a_loud_warning(shared: StaffSite) -> None:
    assert "这个网址不是 https" in shared.browser("bian").get("/staff").text


@pytest.mark.parametrize(("step", "alive"), [({"minutes": 29}, True), ({"minutes": 30}, False), ({"hours": -1}, False)])
def test_a_session_ends_after_half_an_hour_of_rest_and_when_the_clock_goes_back(
    site: StaffSite, step: dict[str, float], alive: bool
) -> None:
    browser = site.browser("bian")
    site.clock.on(**step)
    assert (browser.get("/staff").status_code == 200) is alive


def test_a_session_ends_after_twelve_hours_of_work(site: StaffSite) -> None:
    browser = site.browser("bian")
    for _ in range(47):
        site.clock.on(minutes=15)
        assert browser.get("/staff").status_code == 200
    site.clock.on(minutes=15)
    assert browser.get("/staff").status_code == 303


def test_words_of_a_form_survive_the_end_of_the_session(site: StaffSite) -> None:
    browser = site.browser("bian")
    browser.get("/staff/switches")
    site.clock.on(minutes=31)
    asked = browser.post("/staff/notices", words="周五停电", start="2026-11-27", end="")
    assert asked.status_code == 401 and "刚才写的字还在" in asked.text
    wrong = browser.post(
        "/staff/login", account="bian", password="x", next="/staff/notices", **{"kept-words": "周五停电"}
    )
    assert wrong.status_code == 401 and "周五停电" in wrong.text
    back = browser.post(
        "/staff/login", account="bian", password=PASSWORD, next="/staff/notices", **{"kept-words": "周五停电"}
    )
    assert back.status_code == 200 and 'action="/staff/notices"' in back.text and "周五停电" in back.text
    assert browser.post("/staff/notices", words="周五停电").status_code == 303
    assert [notice.words for notice in site.desk.records.notices()] == ["周五停电"]


def test_words_of_a_stranger_are_not_carried_along(shared: StaffSite) -> None:
    stranger = shared.browser()
    answer = stranger.post("/staff/notices", words="转账到这里")
    assert answer.status_code == 401 and "转账到这里" not in answer.text


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/staff/../", "/staff\\evil", "/"])
def test_signing_in_goes_on_to_the_desk_only(shared: StaffSite, next_: str) -> None:
    browser = shared.browser()
    browser.get("/staff/login")
    answer = browser.post("/staff/login", account="bian", password=PASSWORD, next=next_)
    assert answer.headers["location"] == "/staff"


def test_every_failure_says_the_same(site: StaffSite) -> None:
    admin = site.browser("guan")
    admin.get("/staff/accounts/fu")
    assert admin.post("/staff/accounts/fu/disable").status_code == 303
    said = set()
    for account, password in (("bian", "falsch"), ("nobody", PASSWORD), ("fu", PASSWORD), ("", "")):
        answer = site.browser().sign_in(account, password)
        assert answer.status_code == 401
        said.add(re.sub(r'value="[^"]*"', "", answer.text))
    assert len(said) == 1 and WRONG in said.pop()


def test_the_sixth_try_has_to_wait_and_the_right_password_too(site: StaffSite) -> None:
    clock = [0.0]
    object.__setattr__(site.desk, "throttle", Throttle(lambda: clock[0]))
    for _ in range(5):
        assert site.browser().sign_in("bian", "falsch").status_code == 401
    waiting = site.browser().sign_in("bian")
    assert waiting.status_code == 429 and "请等 180 秒" in waiting.text
    assert site.browser().sign_in("fu").status_code == 303
    clock[0] += 180
    assert site.browser().sign_in("bian").status_code == 303


def test_twenty_failures_from_one_address_slow_everybody_there() -> None:
    clock = [0.0]
    throttle = Throttle(lambda: clock[0])
    for number in range(20):
        assert throttle.wait_s(f"a{number}", "here") == 0
        throttle.failed(f"a{number}", "here")
    assert throttle.wait_s("new", "here") == 45
    assert throttle.wait_s("new", "elsewhere") == 0
    clock[0] += 901
    assert throttle.wait_s("a1", "here") == 0


def test_disabling_ends_the_sessions_at_once(site: StaffSite) -> None:
    editor, admin = site.browser("bian"), site.browser("guan")
    admin.get("/staff/accounts/bian")
    assert admin.post("/staff/accounts/bian/disable").status_code == 303
    assert editor.get("/staff").status_code == 303
    assert admin.post("/staff/accounts/bian/enable").status_code == 303
    assert site.browser().sign_in("bian").status_code == 303


def test_the_last_admin_can_neither_be_disabled_nor_lowered(site: StaffSite) -> None:
    admin = site.browser("guan")
    admin.get("/staff/accounts/guan")
    assert admin.post("/staff/accounts/guan/disable").status_code == 409
    assert admin.post("/staff/accounts/guan/role", role="editor").status_code == 409
    assert admin.post("/staff/accounts/bian/role", role="admin").status_code == 303
    assert admin.post("/staff/accounts/guan/role", role="editor").status_code == 303


def test_a_new_account_gets_a_password_once_and_must_change_it(site: StaffSite) -> None:
    admin = site.browser("guan")
    admin.get("/staff/accounts")
    made = admin.post("/staff/accounts", id="xin", name="新来的", role="editor")
    given = re.search(r"<strong>(\w{4}-\w{4}-\w{4})</strong>", made.text)
    assert given is not None
    new = site.browser()
    assert new.sign_in("xin", given[1]).status_code == 303
    assert new.get("/staff/documents").headers["location"] == "/staff/password"
    short = new.post("/staff/password", old=given[1], new="kurz", again="kurz")
    assert short.status_code == 422 and "至少要 10 个字符" in short.text
    good = "又一句记得住的话 7"
    assert new.post("/staff/password", old=given[1], new=good, again=good).status_code == 303
    assert new.get("/staff").status_code == 303
    assert site.browser().sign_in("xin", good).status_code == 303
    assert given[1] not in str(site.desk.records.deeds(50))


@pytest.mark.parametrize(("id_", "name"), [("Z", "张"), ("1abc", "张"), ("bian", "张"), ("zhang", ""), ("张三", "张")])
def test_an_account_needs_a_free_login_name_and_a_name(shared: StaffSite, id_: str, name: str) -> None:
    admin = shared.browser("guan")
    admin.get("/staff/accounts")
    answer = admin.post("/staff/accounts", id=id_, name=name, role="editor")
    assert answer.status_code == 422 and "desk-errors" in answer.text
    assert len(shared.desk.records.accounts()) == 3


def test_good_passwords() -> None:
    assert fault_of(new_password(), "bian") == ""
    assert fault_of("bian-2026-huangjin", "bian") != ""
    assert fault_of("aaaaaaaaaaaa", "bian") != ""
    assert fault_of("x" * 129, "bian") != ""


def test_the_real_hash_is_argon2id_with_64_mebibytes() -> None:
    hashed = Passwords().hash("一句记得住的话 2026")
    assert hashed.startswith("$argon2id$") and "m=65536" in hashed


@pytest.mark.prove
def test_a_name_that_nobody_has_takes_as_long_as_a_wrong_password() -> None:
    passwords = Passwords()
    passwords.warm_up()
    hashed = passwords.hash(PASSWORD)

    def took_s(held: str | None) -> float:
        began = time.perf_counter()
        assert not passwords.fits("falsch", held)
        return time.perf_counter() - began

    pairs = [(took_s(hashed), took_s(None)) for _ in range(15)]
    known, unknown = (statistics.median(times) for times in zip(*pairs, strict=True))
    assert abs(known - unknown) <= 0.2 * max(known, unknown)


# -- switches and notices, as the public sees them


def test_switches_need_a_reason_and_a_reviewer_and_are_logged(site: StaffSite) -> None:
    editor = site.browser("bian")
    assert "要复审或者管理员" in editor.get("/staff/switches").text
    assert editor.post("/staff/switches/typed", to="off", why="x").status_code == 403
    reviewer = site.browser("fu")
    reviewer.get("/staff/switches")
    assert reviewer.post("/staff/switches/typed", to="off", why=" ").status_code == 422
    assert site.desk.standing.now().typed
    site.clock.on(seconds=1)
    assert reviewer.post("/staff/switches/typed", to="off", why="有人乱问").status_code == 303
    assert not site.desk.standing.now().typed
    deed = site.desk.records.deeds(1)[0]
    assert (deed.what, deed.who, deed.why, deed.subject) == ("switch_off", "fu", "有人乱问", "打字提问")


def switch(site: StaffSite, name: str, to: str = "off") -> None:
    reviewer = site.browser("fu")
    reviewer.get("/staff/switches")
    assert reviewer.post(f"/staff/switches/{name}", to=to, why="试").status_code == 303


def test_typed_questions_off_leaves_ready_questions_phones_and_danger(site: StaffSite) -> None:
    public = TestClient(site.app, base_url=ORIGIN, follow_redirects=False)
    ready = next(iter(site.app.state.services.library.questions(site.clock().date()).values()))[0].question
    switch(site, "typed")
    home = public.get("/")
    assert home.status_code == 200 and "现在不能打字问" in home.text and "<textarea" not in home.text
    refused = public.post("/", data={"question": "我随便问一句"})
    assert refused.status_code == 503 and "现在不能打字问" in refused.text
    assert public.post("/", data={"question": ready}).status_code == 303
    assert public.post("/api/chat", json={"question": "我随便问一句"}).status_code == 503
    assert public.post("/api/chat", json={"question": ready}).status_code == 200
    switch(site, "typed", "on")
    assert "<textarea" in public.get("/").text
    assert public.post("/", data={"question": "我随便问一句"}).status_code == 303


def test_everything_off_leaves_the_phones_and_the_desk(site: StaffSite) -> None:
    public = TestClient(site.app, base_url=ORIGIN, follow_redirects=False)
    switch(site, "all")
    for path in ("/", "/topics", "/entries/any", "/answers/any", "/about", "/score", "/a/any"):
        page = public.get(path)
        assert page.status_code == 503, path
        assert "tel:110" in page.text and "问答暂时关了" in page.text and "<textarea" not in page.text
    for path in ("/api/search", "/api/chat"):
        assert public.post(path, json={"question": "低保"}).status_code == 503
    assert public.get("/hotlines").status_code == 200
    assert public.get("/healthz").status_code == 200
    assert site.browser("fu").get("/staff").status_code == 200
    switch(site, "all", "on")
    assert public.get("/").status_code == 200


def test_a_notice_stands_on_public_pages_from_its_first_to_its_last_day(site: StaffSite) -> None:
    public = TestClient(site.app, base_url=ORIGIN, follow_redirects=False)
    site.desk.standing._today = lambda: site.clock().date()
    editor = site.browser("bian")
    editor.get("/staff/switches")
    words = "周一 <b>停电</b>"
    assert editor.post("/staff/notices", words=words, start="2026-11-23", end="2026-11-23").status_code == 303
    shown = []
    for _ in range(3):
        page = public.get("/").text
        assert words not in page
        shown.append("周一 &lt;b&gt;停电&lt;/b&gt;" in page)
        site.clock.on(days=1)
    assert shown == [False, True, False]


def test_a_notice_can_be_taken_down(site: StaffSite) -> None:
    editor = site.browser("bian")
    editor.get("/staff/switches")
    editor.post("/staff/notices", words="今天下乡", start="", end="")
    (notice,) = site.desk.records.notices()
    assert site.desk.standing.now().notices == ("今天下乡",)
    editor.get("/staff/switches")
    assert editor.post(f"/staff/notices/{notice.id}/end").status_code == 303
    assert site.desk.standing.now().notices == ()


@pytest.mark.parametrize(
    ("words", "start", "end"), [("", "", ""), ("长" * 61, "", ""), ("好", "明天", ""), ("好", "2026-11-23", "2026-11-22")]
)
def test_a_wrong_notice_is_not_taken_and_nothing_typed_is_lost(
    shared: StaffSite, words: str, start: str, end: str
) -> None:
    editor = shared.browser("bian")
    editor.get("/staff/switches")
    answer = editor.post("/staff/notices", words=words, start=start, end=end)
    assert answer.status_code == 422 and words in answer.text
    assert shared.desk.records.notices() == []


def test_roles_rank() -> None:
    assert [role for role in Role if Role.REVIEWER.covers(role)] == [Role.EDITOR, Role.REVIEWER]
