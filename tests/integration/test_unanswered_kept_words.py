"""没答上的: a refused form comes back with everything that was typed and says what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from knowledge.database.staff_values import Deed
from knowledge.database.unanswered import UnansweredStore
from knowledge.grouping import Wording
from knowledge.overlay_values import RecordKind, TownRecord
from tests.fakes import NOW
from tests.integration.test_unanswered_pages import ASKED, ask, group_of, logged, public
from tests.staff_site import Browser, StaffSite, a_staff_site

TYPED = {"question": "养狗怎么办证？", "conclusion": "到镇里办。", "steps": "带身份证。", "basis": "none"}


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    site = a_staff_site(tmp_path)
    for number, text in ASKED.items():
        ask(site, text, number)
    return site


def hidden(page: str, name: str) -> str:
    found: list[str] = re.findall(rf'name="{name}" value="([^"]*)"', page)
    return found[0]


def filled(editor: Browser, url: str) -> dict[str, str]:
    """What the form at the address remembers of its group."""
    page = editor.get(url).text
    return {name: hidden(page, name) for name in ("revision", "one_of")}


def into_the_first(wordings: Sequence[Wording]) -> Mapping[str, str]:
    """A grouping after which all is one need."""
    return {each.key: wordings[0].group for each in wordings}


def join_all(site: StaffSite) -> str:
    """All groups become the first one; the id of one that is gone."""
    store = site.desk.unanswered
    assert isinstance(store, UnansweredStore)
    before = {group.id for group in store.groups()}
    store._grouping = into_the_first
    ask(site, "狗牌多少钱一块", 8)
    store.gather(site.clock())
    (left,) = store.groups()
    return sorted(before - {left.id})[0]


@pytest.mark.parametrize("act", ["save", "submit"])
def test_the_second_of_two_clerks_keeps_her_answer(site: StaffSite, act: str) -> None:
    url, first, second = f"{group_of(site)}/answer", site.browser("bian"), site.browser("fu")
    held = filled(second, url)
    assert first.post(url, act="save", **filled(first, url), **TYPED | {"steps": "别人写的。"}).status_code == 303
    topic = site.app.state.services.town.topics[0].slug
    refused = second.post(url, act=act, **held, **TYPED, topic=topic)
    assert refused.status_code == 409 and "您写的还在下面" in refused.text
    assert "带身份证。" in refused.text and "到镇里办。" in refused.text and "别人写的。" not in refused.text
    assert "别人写的。" in first.get(url).text and logged(site) == ["save_answer"]
    again = {name: hidden(refused.text, name) for name in ("revision", "one_of")}
    assert second.post(url, act="save", **again, **TYPED).status_code == 303
    assert "带身份证。" in first.get(url).text


def test_an_answer_for_a_group_that_joined_another_goes_on_there(site: StaffSite) -> None:
    editor = site.browser("bian")
    ask(site, "外星飞船降落咋整", 7)
    group_of(site)
    store = site.desk.unanswered
    assert store is not None and len(store.groups()) > 1
    forms = {group.id: filled(editor, f"/staff/unanswered/{group.id}/answer") for group in store.groups()}
    gone = join_all(site)
    refused = editor.post(f"/staff/unanswered/{gone}/answer", act="save", **forms[gone], **TYPED)
    (left,) = store.groups()
    assert refused.status_code == 409 and "带身份证。" in refused.text
    assert f'action="/staff/unanswered/{left.id}/answer"' in refused.text
    closed = editor.post(f"/staff/unanswered/{gone}/close", reason="该找公安局", **forms[gone])
    assert closed.status_code == 409 and 'value="该找公安局"' in closed.text and left.id in closed.text
    assert store.groups()[0].draft is None and logged(site) == []


def test_a_step_on_a_changed_group_keeps_its_reason(site: StaffSite) -> None:
    url, editor = group_of(site), site.browser("bian")
    held = filled(editor, url)
    assert editor.post(f"{url}/close", reason="该找公安局", **held).status_code == 303
    handed = editor.post(f"{url}/hand-on", owner="fu", why="您管这个", **held)
    assert handed.status_code == 409 and 'value="您管这个"' in handed.text
    assert re.search(r'value="fu" selected', handed.text)


@pytest.mark.parametrize("words", ["", "字" * 501])
def test_a_reply_of_a_wrong_length_comes_back(site: StaffSite, words: str) -> None:
    number = public(site).hand_over(None, "a1", site.clock())
    editor, url = site.browser("bian"), group_of(site)
    assert 'maxlength="500"' in editor.get(url).text
    refused = editor.post(f"/staff/handovers/{number}/reply", words=words, back=url)
    assert refused.status_code == 422 and "1 到 500 个字" in refused.text
    assert f">{words}</textarea>" in refused.text and hidden(refused.text, "back") == url
    assert logged(site) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("请打 023-54230000 问", "先到“窗口”里登记"),
        ("请打13812345678问", "请去掉"),
        ("身份证500233199001011234收到了", "请去掉"),
    ],
)
def test_a_reply_with_a_number_that_is_not_ours_is_not_changed_in_silence(site: StaffSite, words: str, said: str) -> None:
    number = public(site).hand_over(None, "a1", site.clock())
    editor = site.browser("bian")
    group_of(site)
    refused = editor.post(f"/staff/handovers/{number}/reply", words=words)
    assert refused.status_code == 422 and said in refused.text and f">{words}</textarea>" in refused.text
    found = public(site).handover(str(number), site.clock())
    assert found is not None and not found.reply


@pytest.mark.parametrize("words", ["请打 023-54230000 问", "请打02354230000", "电话：54230000，问便民中心"])
def test_a_reply_may_name_a_phone_of_an_office(site: StaffSite, words: str) -> None:
    number = public(site).hand_over(None, "a1", site.clock())
    office = next(iter(site.app.state.services.town.offices))
    told = TownRecord(RecordKind.OFFICE, office, {"phone": "023-54230000"}, (), NOW.date(), "fu", NOW)
    assert site.desk.holdings is not None
    site.desk.holdings.records.confirm(told, Deed("fu", "confirm_record", office, NOW))
    editor = site.browser("bian")
    editor.get("/staff/unanswered")
    assert editor.post(f"/staff/handovers/{number}/reply", words=words).status_code == 303
    found = public(site).handover(str(number), NOW)
    assert found is not None and found.reply == words
