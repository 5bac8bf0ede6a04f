"""Entries at the desk: read, approved as they are, changed in a form, and what an upgrade does under them."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.types import PartKind
from tests.builders import BODY, entry_text
from tests.integration.holdings_site import HOW, SLUG, HoldingsSite, a_holdings_site, errors_of, send

PAGE = f"/staff/entries/{SLUG}"
NEW_WORDS = "可以领：满80岁、户口在本镇的老人，每月{old-age}。〔a〕"


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    return a_holdings_site(tmp_path)


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> HoldingsSite:
    """For tests after which everything is as before."""
    return a_holdings_site(tmp_path_factory.mktemp("unchanged"))


def conclusion(held: HoldingsSite, slug: str = SLUG) -> str:
    part = held.card(slug).part(PartKind.CONCLUSION)
    assert part is not None
    return part.lines[0].text


def change(held: HoldingsSite, words: str = NEW_WORDS, who: str = "bian", **more: str) -> str:
    """An editor writes another conclusion and goes on to hand it in; returns the version's page."""
    editor = held.browser(who)
    page = editor.get(PAGE)
    answer = send(editor, page, PAGE, **{"part-conclusion": words, "do": "hand_in"} | more)
    assert answer.status_code == 303, errors_of(answer)
    return str(answer.headers["location"])


def publish(held: HoldingsSite, version: str, by: str = "bian", then: str = "fu") -> None:
    editor, reviewer = held.browser(by), held.browser(then)
    editor.get(version)
    assert editor.post(f"{version}/submit").status_code == 303
    reviewer.get(version)
    answer = reviewer.post(f"{version}/publish")
    assert answer.headers["location"].endswith("done=published"), answer.text


def test_the_list_finds_by_words_and_by_whether_it_was_reviewed(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    assert "哪些老人可以领高龄补助" in editor.get("/staff/entries?words=哪些老人").text
    assert "没有符合的" in editor.get("/staff/entries?words=彩礼").text
    assert "没有符合的" in editor.get("/staff/entries?seen=yes").text
    assert "一共 2 条" in editor.get("/staff/entries?seen=no&topic=buzhu").text


def test_approved_as_it_is_the_unreviewed_line_goes(held: HoldingsSite) -> None:
    assert not held.card().reviewed
    reviewer = held.browser("fu")
    page = reviewer.get(PAGE)
    assert "镇里还没有审核" in page.text
    answer = send(reviewer, page, f"{PAGE}/approve")
    assert answer.status_code == 303
    assert held.card().reviewed
    assert not held.card("buzhu-how").reviewed
    assert held.site.truth.version(SLUG, held.card().version).reviewed_by == "fu"  # type: ignore[union-attr]
    deeds = [deed.what for deed in held.site.desk.records.deeds(3, subject=SLUG)]
    assert deeds == ["approve_entry"]
    assert send(reviewer, page, f"{PAGE}/approve").status_code == 409


def test_an_editor_may_not_approve(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    assert "审核通过" not in editor.get(PAGE).text
    assert editor.post(f"{PAGE}/approve", version=held.card().version).status_code == 403


def test_an_upgrade_that_leaves_the_text_alone_leaves_the_approval(held: HoldingsSite) -> None:
    reviewer = held.browser("fu")
    send(reviewer, reviewer.get(PAGE), f"{PAGE}/approve")
    held.upgrade(entry_text(), HOW.replace("填表申请", "填一张表申请"))
    assert held.card().reviewed and not held.card("buzhu-how").reviewed


def test_a_change_goes_through_two_people_and_replaces_the_card(held: HoldingsSite) -> None:
    before = conclusion(held)
    version = change(held)
    assert conclusion(held) == before
    publish(held, version)
    assert conclusion(held) == "可以领：满80岁、户口在本镇的老人，每月100元。"
    assert held.card().reviewed
    stored = held.site.truth.version(SLUG, held.card().version)
    assert stored is not None and (stored.written_by, stored.reviewed_by, stored.origin.value) == ("bian", "fu", "desk")


def test_who_wrote_it_cannot_publish_it(held: HoldingsSite) -> None:
    version = change(held, who="fu")
    reviewer = held.browser("fu")
    reviewer.get(version)
    reviewer.post(f"{version}/submit")
    assert reviewer.post(f"{version}/publish").status_code == 409
    assert not held.card().reviewed


def test_the_look_shows_the_card_and_keeps_nothing(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    page = send(editor, editor.get(PAGE), PAGE, **{"part-conclusion": NEW_WORDS, "do": "look"})
    assert page.status_code == 200
    assert "满80岁、户口在本镇的老人，每月100元" in page.text and "还没有存" in page.text
    assert NEW_WORDS in page.text.replace("&#39;", "'")
    assert len(held.site.desk.shelf.rows(SLUG)) == 1


@pytest.mark.parametrize(
    ("field", "value", "at", "says"),
    [
        ("question", "", "question", "标准问法"),
        ("examples", "一条", "examples", "例问有 1 条"),
        ("examples", "一\n二\n三\nbuzhu-how例问甲", "examples", "里也有"),
        ("part-conclusion", "打电话给023-12345678。〔a〕", "part-conclusion", "直接写了电话"),
        ("part-conclusion", "满80岁能领。", "part-conclusion", "没有依据记号"),
        ("part-conclusion", "能领{no-such}。〔a〕", "part-conclusion", "没有这个参数"),
        ("part-conclusion", "能" * 41 + "。〔a〕", "part-conclusion", "结论有 42 字"),
        ("part-steps", "予以登记。〔b〕", "part-steps", "予以"),
        ("part-steps", "填表。〔z〕", "part-steps", "〔z〕没有写在"),
        ("instrument-a", "没有的办法", "instrument-a", "没有《没有的办法》"),
        ("checked_on-a", "去年", "instrument-a", "核对日期"),
        ("related", "no-such-entry", "related", "没有这个相关条目"),
        ("topic", "nonsense", "topic", "没有这个主题"),
    ],
)  # fmt: skip
def test_faults_stand_at_their_field_and_nothing_typed_is_lost(
    unchanged: HoldingsSite, field: str, value: str, at: str, says: str
) -> None:
    editor = unchanged.browser("bian")
    page = send(editor, editor.get(PAGE), PAGE, **{field: value, "part-note": "拿不准的先打{tel:12345}问，记着。", "do": "keep"})
    assert page.status_code == 422
    assert any(where == at and says in sentence for where, sentence in errors_of(page)), errors_of(page)
    assert f'id="{at}"' in page.text
    assert "拿不准的先打{tel:12345}问，记着。" in page.text
    assert len(unchanged.site.desk.shelf.rows(SLUG)) == 1


def test_two_editors_do_not_overwrite_each_other(held: HoldingsSite) -> None:
    first, second = held.browser("bian"), held.browser("guan")
    stale = second.get(PAGE)
    assert send(first, first.get(PAGE), PAGE, **{"part-conclusion": NEW_WORDS, "do": "keep"}).status_code == 303
    page = send(second, stale, PAGE, **{"part-conclusion": "领得到，每月{old-age}。〔a〕", "do": "keep"})
    assert page.status_code == 422 and "刚被别人改过" in page.text and "领得到" in page.text
    assert "可以领：满80岁" in first.get(PAGE).text


def test_a_draft_saved_again_takes_the_place_of_the_first(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    send(editor, editor.get(PAGE), PAGE, **{"part-conclusion": NEW_WORDS, "do": "keep"})
    send(editor, editor.get(PAGE), PAGE, **{"part-conclusion": "能领，每月{old-age}。〔a〕", "do": "keep"})
    states = [row.state for row in held.site.desk.shelf.rows(SLUG)]
    assert states == ["published", "draft"]


def test_a_new_entry_with_a_paper_that_is_not_in_the_list(held: HoldingsSite) -> None:
    editor = held.browser("bian")
    page = editor.get("/staff/entries/new")
    answer = send(
        editor, page, "/staff/entries/new",
        **{"question": "高龄补助哪天发？", "topic": "buzhu", "region": "town", "examples": "哪天发钱\n几号到账\n补助好久到\n发钱了没得",
           "part-conclusion": "每月15日前打到卡上。〔a〕", "part-note": "没到账先问窗口。", "instrument-a": "高龄补助发放通知",
           "new_title": "高龄补助发放通知", "new_issuer": "镇政府", "new_level": "青石镇", "do": "hand_in"},
    )  # fmt: skip
    assert answer.status_code == 303, errors_of(answer)
    version = answer.headers["location"]
    slug = version.split("/")[3]
    publish(held, version)
    assert conclusion(held, slug) == "每月15日前打到卡上。"
    assert held.card(slug).sources[0].basis.instrument.title == "高龄补助发放通知"
    again = send(editor, editor.get("/staff/entries/new"), "/staff/entries/new", **{"question": "高龄补助哪天发？"})
    assert again.status_code == 422


# -- an upgrade under the desk's text

MENDED = entry_text(body=BODY.replace("拿不准的先打", "弄不清楚的先打"))


@pytest.fixture
def clash(held: HoldingsSite) -> HoldingsSite:
    publish(held, change(held))
    result = held.upgrade(MENDED, HOW)
    assert result.conflicts == (SLUG,)
    return held


def test_a_clash_shows_three_texts_and_the_desk_keeps_answering(clash: HoldingsSite) -> None:
    assert conclusion(clash) == "可以领：满80岁、户口在本镇的老人，每月100元。"
    reviewer = clash.browser("fu")
    assert "哪些老人可以领高龄补助" in reviewer.get("/staff/conflicts").text
    page = reviewer.get(f"/staff/conflicts/{SLUG}").text
    for words in ("拿不准的先打{tel:12345}问", "弄不清楚的先打{tel:12345}问", "满80岁、户口在本镇的老人，每月{old-age}"):
        assert words in page
    assert "<del>" in page and "<ins>" in page
    assert "1</strong> 条程序升级带来的改动要对照" in reviewer.get("/staff").text


def test_a_draft_is_told_that_the_program_changed_under_it_and_can_be_published(held: HoldingsSite) -> None:
    version = change(held)
    editor, reviewer, said = held.browser("bian"), held.browser("fu"), "程序自带的这一条已经更新，先看看再发"
    assert said not in editor.get(version).text + editor.get(PAGE).text
    assert held.upgrade(MENDED, HOW).conflicts == ()
    page = editor.get(version).text
    assert said in page
    changed = page.partition('id="upgraded"')[2].partition("<h2>")[0]
    assert "拿不准的先打" in changed and "弄不清楚的先打" in changed and "满80岁、户口在本镇" not in changed
    assert said in editor.get(PAGE).text and f"{version}#upgraded" in editor.get(PAGE).text
    assert f'href="{version}"' in editor.get("/staff/conflicts").text
    assert "1</strong> 条程序升级带来的改动要对照" in editor.get("/staff").text
    publish(held, version)
    assert conclusion(held) == "可以领：满80岁、户口在本镇的老人，每月100元。"
    assert said not in reviewer.get(version).text + reviewer.get(PAGE).text
    assert "没有要对照的" in reviewer.get("/staff/conflicts").text


def test_a_draft_saved_again_after_the_upgrade_has_seen_it(held: HoldingsSite) -> None:
    change(held)
    held.upgrade(MENDED, HOW)
    editor = held.browser("bian")
    assert "程序自带的这一条已经更新" in editor.get(PAGE).text
    words = NEW_WORDS.replace("可以领：", "可以：")
    assert send(editor, editor.get(PAGE), PAGE, **{"part-conclusion": words, "do": "keep"}).status_code == 303
    assert "程序自带的这一条已经更新" not in editor.get(PAGE).text


@pytest.mark.ci
def test_ours_is_kept_and_the_next_start_does_not_ask_again(clash: HoldingsSite) -> None:
    reviewer = clash.browser("fu")
    page = reviewer.get(f"/staff/conflicts/{SLUG}")
    assert send(reviewer, page, f"/staff/conflicts/{SLUG}/keep").status_code == 303
    assert "满80岁" in conclusion(clash)
    assert "没有要对照的" in reviewer.get("/staff/conflicts").text
    assert clash.sync().conflicts == ()
    assert reviewer.get(f"/staff/documents/{SLUG}").text.count(">恢复</a>") <= 1  # ours may be undone, theirs was never in use


@pytest.mark.ci
def test_theirs_is_taken(clash: HoldingsSite) -> None:
    reviewer = clash.browser("fu")
    page = reviewer.get(f"/staff/conflicts/{SLUG}").text
    where = next(part for part in page.split('"') if part.startswith(f"/staff/documents/{SLUG}/versions/"))
    shown = reviewer.get(where)
    assert "会不会影响别的回答" in shown.text and "退回修改" not in shown.text
    assert send(reviewer, shown, f"{where}/publish").headers["location"].endswith("done=published")
    assert "年满80岁" in conclusion(clash) and clash.card().reviewed
    assert clash.sync().conflicts == ()


@pytest.mark.ci
def test_a_text_written_against_theirs_settles_it(clash: HoldingsSite) -> None:
    editor = clash.browser("bian")
    page = editor.get(f"/staff/conflicts/{SLUG}")
    where = next(link for link in page.text.split('"') if "aside=" in link)
    form = editor.get(where.replace("&amp;", "&"))
    answer = send(editor, form, PAGE, **{"part-note": "弄不清楚的先打{tel:12345}问。", "do": "hand_in"})
    assert answer.status_code == 303
    publish(clash, answer.headers["location"])
    assert "满80岁" in conclusion(clash)
    note = clash.card().part(PartKind.NOTE)
    assert note is not None and "弄不清楚" in note.text
    assert "没有要对照的" in editor.get("/staff/conflicts").text
    assert clash.sync().conflicts == ()


@pytest.mark.ci
def test_an_editor_may_look_at_a_clash_but_not_settle_it(clash: HoldingsSite) -> None:
    editor = clash.browser("bian")
    assert "等复审的人来定" in editor.get(f"/staff/conflicts/{SLUG}").text
    where = next(part for part in editor.get(f"/staff/documents/{SLUG}").text.split('"') if "/versions/" in part)
    assert editor.post(f"{where}/publish").status_code == 403
    assert editor.post(f"/staff/conflicts/{SLUG}/keep").status_code == 403
