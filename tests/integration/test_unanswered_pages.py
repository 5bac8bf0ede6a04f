"""The pages of 没答上的 and 反馈 over a real database: what is shown, refused, kept and logged."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.store import SqlStore
from bot.types import AnswerStatus, Channel, Question
from tests.fakes import NOW, full_answer
from tests.staff_site import StaffSite, a_staff_site

ASKED = {1: "养狗要办证吗", 2: "狗证在哪里办", 3: "养狗要不要登记办证"}


def public(site: StaffSite) -> SqlStore:
    return SqlStore(site.truth.engine, site.truth.town)


def ask(site: StaffSite, text: str, number: int, status: AnswerStatus = AnswerStatus.NO_BASIS) -> str:
    answer = replace(full_answer(), answer_id=f"a{number}", conversation_id=f"c{number}", status=status, understood=text)
    public(site).save(Question(text, NOW.date(), Channel.PHONE, f"c{number}"), answer, None, NOW)
    return answer.answer_id


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    site = a_staff_site(tmp_path)
    for number, text in ASKED.items():
        ask(site, text, number)
    return site


def group_of(site: StaffSite, who: str = "bian") -> str:
    """Address of the first group in the list."""
    page = site.browser(who).get("/staff/unanswered?shown=all").text
    return re.findall(r'href="(/staff/unanswered/[0-9a-f]{24})"', page)[0]


def logged(site: StaffSite) -> list[str]:
    return [deed.what for deed in site.desk.records.deeds(50) if deed.what not in ("sign_in", "add_account")]


def test_the_first_page_counts_what_waits(site: StaffSite) -> None:
    public(site).hand_over(None, "a1", NOW)
    public(site).feedback("a2", False, "没说清", None, NOW)
    words = re.sub(r"<[^>]+>|\s", "", site.browser("bian").get("/staff").text)
    assert re.search(r"[123]组没答上的", words) and "1个取件号等答复" in words and "1条没帮上的反馈没看" in words


def test_a_group_shows_every_wording_and_what_can_be_done(site: StaffSite) -> None:
    page = site.browser("bian").get(group_of(site)).text
    assert "写答案" in page and "补文件" in page and "转给他" in page and "不归我们管" in page
    assert "没有依据" in page and "手机" in page
    assert f"<title>{ASKED[1]}" not in page and "没答上的问题 - " in page


def test_not_ours_needs_a_reason_and_can_be_opened_again(site: StaffSite) -> None:
    url, editor = group_of(site), site.browser("bian")
    editor.get(url)
    assert editor.post(f"{url}/close", revision="0", reason=" ").status_code == 422
    assert editor.post(f"{url}/close", revision="0", reason="该找公安局").status_code == 303
    assert "该找公安局" in editor.get(url).text
    assert url not in editor.get("/staff/unanswered").text
    assert editor.post(f"{url}/close", revision="0", reason="再来一次").status_code == 409
    assert editor.post(f"{url}/reopen", revision="1").status_code == 303
    assert url in editor.get("/staff/unanswered").text
    assert sorted(logged(site)) == ["close_group", "reopen_group"]
    assert not any(text in deed.subject for deed in site.desk.records.deeds(50) for text in ASKED.values())


def test_handed_on_it_waits_with_the_other_person(site: StaffSite) -> None:
    url, editor, other = group_of(site), site.browser("bian"), site.browser("fu")
    editor.get(url)
    assert editor.post(f"{url}/hand-on", revision="0", owner="nobody").status_code == 422
    assert editor.post(f"{url}/hand-on", revision="0", owner="fu", why="您管这个").status_code == 303
    assert url in other.get("/staff/unanswered?shown=mine").text
    assert url not in editor.get("/staff/unanswered?shown=mine").text


def test_the_reply_is_read_under_the_number_alone(site: StaffSite) -> None:
    number = public(site).hand_over(None, "a1", NOW)
    editor = site.browser("bian")
    waiting = editor.get("/staff/unanswered?shown=waiting").text
    url = re.findall(r'href="(/staff/unanswered/[0-9a-f]{24})"', waiting)[0]
    assert str(number) in editor.get(url).text
    reply = f"/staff/handovers/{number}/reply"
    assert editor.post(reply, words=" ", back=url).status_code == 422
    assert editor.post(reply, words="每周三在镇上办。", back="https://elsewhere.example/").headers["location"].startswith("/staff/")
    found = public(site).handover(str(number), NOW)
    assert found is not None and found.reply == "每周三在镇上办。"
    assert url not in editor.get("/staff/unanswered?shown=waiting").text
    assert editor.post("/staff/handovers/000000/reply", words="好").status_code == 409
    assert logged(site) == ["reply_handover"]


def test_a_draft_is_kept_with_its_faults_named_on_submit(site: StaffSite) -> None:
    url, editor = f"{group_of(site)}/answer", site.browser("bian")
    assert ASKED[1] in editor.get(url).text or ASKED[2] in editor.pages[-1].text
    typed = {"question": "养狗怎么办证？", "conclusion": "到镇里办。", "steps": "交50元。", "basis": "none"}
    assert editor.post(url, act="save", revision="0", **typed).status_code == 303
    assert "交50元。" in editor.get(url).text
    refused = editor.post(url, act="submit", revision="1", **typed)
    assert refused.status_code == 422 and "没有文件依据的不能写" in refused.text and "交50元。" in refused.text
    assert "请选归哪一类" in refused.text
    assert editor.post(url, act="save", revision="0", **typed).status_code == 409
    assert logged(site) == ["save_answer"]


def test_feedback_shows_the_card_of_that_day_and_who_looked(site: StaffSite) -> None:
    ask(site, "八十岁有补助没得", 9, AnswerStatus.ANSWERED)
    public(site).feedback("a9", False, "没说清", "还是不晓得", NOW)
    public(site).feedback("a1", True, None, None, NOW)
    public(site).hand_over("意见反馈：字太小了", None, NOW)
    editor = site.browser("bian")
    page = editor.get("/staff/feedback").text
    assert page.index("八十岁有补助没得") < page.index(ASKED[1]) and "字太小了" in page
    one = editor.get("/staff/feedback/a9").text
    assert "还是不晓得" in one and full_answer().blocks[0].text.splitlines()[0] in one
    assert "后来换了或者撤了" in one  # nothing of it is published here
    assert editor.post("/staff/feedback/a9/seen").status_code == 303
    assert "张编辑" in editor.get("/staff/feedback").text
    assert editor.get("/staff/feedback/nothing").status_code == 404
    assert logged(site) == ["see_feedback"]


def test_pages_of_groups_that_are_not_there(site: StaffSite) -> None:
    editor = site.browser("bian")
    for path in ("/staff/unanswered/none", "/staff/unanswered/none/answer"):
        assert editor.get(path).status_code == 404


def test_a_reason_is_shown_in_the_words_that_were_pressed(site: StaffSite) -> None:
    public(site).feedback("a2", False, "unreadable", None, NOW)
    editor = site.browser("bian")
    pages = [editor.get("/staff/feedback").text, editor.get("/staff/feedback/a2").text]
    assert all("看不懂" in page and "unreadable" not in page for page in pages)
