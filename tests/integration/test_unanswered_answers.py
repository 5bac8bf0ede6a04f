"""Twenty wordings of a need no text covers become one group; one approved answer answers them and changes no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.types import AnswerStatus, Channel, Origin
from knowledge.database.staff_values import Deed
from knowledge.database.unanswered_values import ApprovedQuestion
from knowledge.library import Library
from knowledge.settings import Settings
from tests.conftest import ROOT
from tests.fakes import NOW
from tests.integration.one_need import WRITTEN, ask_in_vain, gist, largest, others, publish, read_needs
from tests.integration.unanswered_site import GROUP, UnansweredSite, an_unanswered_site

pytestmark = pytest.mark.slow  # over the repository's own knowledge, indexed once for the whole run

(NEED,) = read_needs(ROOT / "tests" / "evaluation" / "unknown_need.jsonl").values()
SAMPLE = 60


@pytest.fixture(scope="module")
def site(
    bundled_settings: Settings, bundled_library: Library, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[UnansweredSite]:
    yield an_unanswered_site(tmp_path_factory.mktemp("unanswered"), bundled_settings)


def test_one_answer_answers_the_whole_group_and_changes_no_other(site: UnansweredSite) -> None:
    ask_in_vain(site, NEED)
    name, group = largest(site, NEED)
    assert len(NEED.same) == 20 and len(group) > 1
    asked = others(site, SAMPLE)
    before = [gist(answer) for answer in site.try_(asked)]
    document = publish(site, name)
    after = site.try_(group)
    assert {answer.status for answer in after} == {AnswerStatus.ANSWERED}
    assert {answer.documents for answer in after} == {(document,)}
    assert {answer.origin for answer in after} == {Origin.STAFF}
    assert [gist(answer) for answer in site.try_(asked)] == before
    assert {ApprovedQuestion(question, document) for question in group} <= set(site.desk.unanswered.approved_questions())  # type: ignore[union-attr]
    page = site.browser("bian").get(f"/staff/unanswered/{name}").text
    assert f"{len(group)} 种里，这一条答上了 {len(group)} 种" in page


def test_the_answer_says_what_it_is(site: UnansweredSite) -> None:
    document = site.desk.unanswered.approved_questions()[0].document_id  # type: ignore[union-attr]
    answer = site.ask("这件事怎么办？", Channel.STAFF)
    assert answer.documents == (document,)
    assert "经验答复" in answer.text and "12345" in answer.text
    assert answer.citations[0].basis.title == "经验答复，无文件依据"
    assert "网上转载" not in answer.text and answer.reviewed


def test_trying_is_never_counted(site: UnansweredSite) -> None:
    before = site.store.counts(NOW.date())
    site.browser("bian").get(f"/staff/unanswered/{site.groups()[0]}")
    assert site.store.counts(NOW.date()) == before


def test_withdrawn_its_wordings_are_open_again(site: UnansweredSite) -> None:
    document = site.desk.unanswered.approved_questions()[0].document_id  # type: ignore[union-attr]
    (group,) = [each for each in site.desk.unanswered.groups() if each.document_id == document]  # type: ignore[union-attr]
    site.desk.shelf.withdraw(document, Deed("bian", "withdraw", document, site.clock(), "写错了"))
    site.library.refresh()
    assert all(document not in answer.documents for answer in site.try_([each.text for each in group.wordings[:5]]))
    assert site.desk.unanswered.approved_questions() == ()  # type: ignore[union-attr]
    assert f"/staff/unanswered/{group.id}" in site.browser("fu").get("/staff/unanswered").text


def test_wordings_given_to_an_entry_are_answered_by_it(site: UnansweredSite) -> None:
    words = "我屋头那个苞谷酒坊的章子歪了咋整"
    assert site.ask(words).status is AnswerStatus.NO_BASIS
    (name,) = [name for name, wordings in site.members().items() if words in wordings]
    editor, reviewer, url = site.browser("bian"), site.browser("fu"), f"/staff/unanswered/{name}"
    editor.get(url)
    entry = sorted(site.library.shelf.snapshot.entries)[0]
    listed = re.findall(r'name="document_id" value="([^"]+)"', editor.pages[-1].text)
    unticked = editor.post(f"{url}/wordings", revision="0", document_id=listed[1])
    assert unticked.status_code == 422 and "请至少勾一种问法" in unticked.text
    assert f'value="{words}">' in unticked.text and f'value="{listed[1]}" checked>' in unticked.text
    unknown = editor.post(f"{url}/wordings", revision="0", wording=words, other="没有这一条")
    assert unknown.status_code == 422 and 'name="other" value="没有这一条"' in unknown.text
    assert f'value="{words}" checked>' in unknown.text and "在“别的条目”里写它的标准问法" in unknown.text
    stale = editor.post(f"{url}/wordings", revision="7", wording=words, other=entry)
    assert stale.status_code == 409 and f'name="other" value="{entry}"' in stale.text
    question = site.library.shelf.snapshot.entries[entry].question
    assert f'<option value="{question}">' in stale.text
    added = editor.post(f"{url}/wordings", revision="0", wording=words, other=question, document_id=listed[1])
    assert added.status_code == 303
    (key,) = re.findall(r'name="key" value="([0-9a-f]{64})"', reviewer.get(url).text)
    assert editor.post(f"{url}/wordings/approve", key=key).status_code == 403
    assert reviewer.post(f"{url}/wordings/approve", key=key).status_code == 303
    site.library.refresh()
    assert entry in site.ask(words, Channel.STAFF).documents
    assert reviewer.post(f"{url}/wordings/withdraw", key=key).status_code == 303
    site.library.refresh()
    assert entry not in site.ask(words, Channel.STAFF).documents


def test_a_ministrys_paper_is_never_cited_as_the_towns(site: UnansweredSite) -> None:
    words = "房顶上安个风向标要报哪个不"
    site.ask(words)
    (name,) = [name for name, wordings in site.members().items() if words in wordings]
    editor, url = site.browser("bian"), f"/staff/unanswered/{name}/answer"
    town = site.library.town
    paper = {"basis": "named", "basis_title": "风向标办法", "basis_number": "某令第9号", "basis_article": "第3条"}
    typed = WRITTEN | paper | {"question": "安风向标怎么登记？", "steps": "登记每只收50元。", "wordings": words}
    editor.get(url)
    refused = editor.post(url, act="submit", revision="0", **typed).text
    assert all(said in refused for said in ("哪个机关发的", "请选新文件的层级", "请选见过原文没有"))
    seen = {"basis_issuer": "某部", "basis_level": town.levels[0].name, "basis_seen": "secondhand"}
    assert "抄在“原话”里" in editor.post(url, act="submit", revision="0", **typed, **seen).text
    quoted = seen | {"basis_quote": "风向标每只收登记费50元。"}
    assert editor.post(url, act="save", revision="0", **typed, **quoted).status_code == 303
    card = editor.get(url).text
    assert "村民看到的样子" in card and "某部" in card.partition("村民看到的样子")[2]
    assert editor.post(url, act="submit", revision="1", **typed, **quoted).status_code == 303
    (group,) = [each for each in site.desk.unanswered.groups() if each.id == name]  # type: ignore[union-attr]
    rows = site.desk.shelf.rows(group.document_id)
    version = site.desk.shelf.version(group.document_id, rows[0].version)
    assert version is not None and "confidence: secondhand" in version.content
    instruments = site.desk.holdings.figures.instruments()  # type: ignore[union-attr]
    assert [(i.issuer, i.level) for i in instruments.values() if i.title == "风向标办法"] == [("某部", town.levels[0].name)]


def test_the_list_and_the_group_page_name_one_another(site: UnansweredSite) -> None:
    page = site.browser("bian").get("/staff/unanswered?shown=all").text
    assert set(GROUP.findall(page)) <= set(site.groups())


@pytest.mark.prove
def test_no_wording_of_any_entry_is_answered_otherwise(
    bundled_settings: Settings, bundled_library: Library, tmp_path: Path
) -> None:
    site = an_unanswered_site(tmp_path, bundled_settings)
    ask_in_vain(site, NEED)
    name, _ = largest(site, NEED)
    entries = site.library.shelf.snapshot.entries.values()
    asked = [question for entry in entries for question in (entry.question, *entry.examples)]
    before = [gist(answer) for answer in site.try_(asked)]
    publish(site, name)
    changed = [question for question, old, new in zip(asked, before, site.try_(asked), strict=True) if gist(new) != old]
    assert changed == []
