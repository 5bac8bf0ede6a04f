"""Export and import of text files: the round trip gives the same cards; the plan comes first, and a second person."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from httpx import Response

from ingest.service import sync_knowledge
from ingest.staff_answer import AnswerBasis, StaffAnswer, experience, version_of_answer
from knowledge.check import check
from knowledge.content import load_content
from knowledge.database.added_wordings import add, approve, wording_key
from knowledge.database.engine import open_database, writing
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.entries import parse_entry
from knowledge.overlay_export import text_files
from knowledge.overlay_import import plan_of, read_files
from knowledge.render import Moment, Renderer
from knowledge.settings import Settings
from knowledge.shown import ShownEntry, show_entry
from knowledge.snapshot import Snapshot, take_snapshot
from knowledge.town import load_town
from knowledge.types import DocumentKind, PartKind, Town
from tests.builders import ON, TOWN, settings_for
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, quiet, send
from tests.integration.web_page import parse
from tests.staff_site import ORIGIN, a_staff_site
from web.staff.holdings.parcel import packed

pytestmark = pytest.mark.ci  # zips and two installations: more than a few seconds
PAGE = "/staff/exchange"


@pytest.fixture
def held(tmp_path: Path) -> HoldingsSite:
    return a_holdings_site(tmp_path / "one")


@pytest.fixture(scope="module")
def unchanged(tmp_path_factory: pytest.TempPathFactory) -> HoldingsSite:
    """For tests after which everything is as before."""
    return a_holdings_site(tmp_path_factory.mktemp("unchanged"))


def cards(snapshot: Snapshot, town: Town) -> dict[str, ShownEntry]:
    """Every card of today, but for the opaque name of its version."""
    renderer = Renderer(snapshot.parameters, town.hotlines, town.offices)
    found = {}
    for name, entry in snapshot.entries.items():
        shown = show_entry(entry, snapshot, renderer, Moment.today(ON))
        sources = tuple(replace(source, passage_id="") for source in shown.sources)
        found[name] = replace(shown, version="", sources=sources)
    return found


def changed_at_the_desk(held: HoldingsSite) -> None:
    """A reviewed entry, a new figure, a confirmed office."""
    reviewer, editor = held.browser("fu"), held.browser("bian")
    entry, figure, office = "/staff/entries/buzhu-who", "/staff/parameters/old-age", "/staff/offices/window"
    send(reviewer, reviewer.get(entry), f"{entry}/approve")
    send(editor, editor.get(figure), figure, {}, value="120.5", since="2026-07-01")
    page = reviewer.get(figure)
    send(reviewer, page, next(part for part in page.text.split('"') if part.endswith("/publish")))
    send(editor, editor.get(office), office, {}, phone="023-12345678", without=["address"])


def export(held: HoldingsSite) -> bytes:
    answer = held.browser("bian").get(f"{PAGE}/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment")
    return answer.content


def bring(held: HoldingsSite, data: bytes, who: str = "guan", name: str = "资料.zip") -> str:
    browser = held.browser(who)
    answer = send(browser, browser.get(PAGE), PAGE, {"file": (name, data)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].partition("?")[0]


def test_the_exported_folder_is_read_again_with_the_same_cards(held: HoldingsSite, tmp_path: Path) -> None:
    changed_at_the_desk(held)
    data = export(held)
    assert data == export(held)
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    town = load_town(folder / "town.toml")
    assert (town.offices["window"].phone, town.offices["window"].without) == ("023-12345678", ("address",))
    content = load_content(folder, town)
    assert content.problems == () and check(content.context) == []
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", knowledge_dir=folder, town_file=folder / "town.toml")  # type: ignore[call-arg]
    truth = SqlTruth(open_database(settings.database, migrate=True), town.id)
    sync_knowledge(settings, truth, quiet, held.site.clock())
    assert cards(take_snapshot(truth), town) == cards(take_snapshot(held.site.truth), town)
    truth.engine.dispose()


def test_imported_into_an_empty_installation_the_cards_are_the_same(held: HoldingsSite, tmp_path: Path) -> None:
    changed_at_the_desk(held)
    data = export(held)
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "two").mkdir()
    empty = tmp_path / "empty"
    other = HoldingsSite(a_staff_site(tmp_path / "two", knowledge_dir=empty, town_file=empty / "town.toml"), empty)
    where = bring(other, data)
    assert take_snapshot(other.site.truth).entries == {}
    page = other.browser("fu").get(where)
    assert "新的条目 2 个" in page.text and "数字 1 个" in page.text and "窗口 1 个" in page.text
    assert send(other.browser("fu"), page, f"{where}/take").status_code == 303
    town, theirs = load_town(held.settings.town_file), cards(take_snapshot(held.site.truth), load_town(held.settings.town_file))
    read_now = {name: replace(card, reviewed=True) for name, card in theirs.items()}
    assert cards(take_snapshot(other.site.truth), town) == read_now
    assert not theirs["buzhu-how"].reviewed
    assert [(record.id, record.fields["phone"]) for record in other.site.truth.town_records()] == [("window", "023-12345678")]
    again = bring(other, data)
    assert "一模一样" in other.browser("fu").get(again).text


def test_who_brings_it_does_not_take_it(held: HoldingsSite) -> None:
    data = _with(export(held), "policies/buzhu/buzhu-how.md", "先填表", "先填一张表")
    where = bring(held, data)
    admin = held.browser("guan")
    assert "要另一个复审的人" in admin.get(where).text
    seen = str(held.site.truth.revision())
    assert admin.post(f"{where}/take", seen=seen).status_code == 409
    reviewer = held.browser("fu")
    page = reviewer.get(where)
    assert "换掉的条目 1 个" in page.text
    assert send(reviewer, page, f"{where}/take").status_code == 303
    assert held.sync().conflicts == ()  # the bundled text is the one that everybody knew
    assert reviewer.post(f"{where}/take").status_code == 404


def test_a_fault_stops_all_of_it_and_says_where(held: HoldingsSite) -> None:
    data = _with(export(held), "policies/buzhu/buzhu-how.md", "〔b〕", "〔z〕")
    where = bring(held, data)
    reviewer = held.browser("fu")
    page = reviewer.get(where)
    assert "〔z〕没有写在 basis" in page.text and "policies/buzhu/buzhu-how.md" in page.text
    revision = held.site.truth.revision()
    assert reviewer.post(f"{where}/take").status_code == 422
    assert held.site.truth.revision() == revision


def test_an_editor_brings_nothing(unchanged: HoldingsSite) -> None:
    for who in ("bian", "fu"):
        browser = unchanged.browser(who)
        assert "请管理员来传" in browser.get(PAGE).text
        answer = browser.client.post(
            PAGE, data={"csrf": browser.token}, files={"file": ("a.zip", export(unchanged))}, headers={"origin": ORIGIN}
        )
        assert answer.status_code == 403


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({}, "里面没有条目"),
        ({"../../etc/passwd": "x", "readme.txt": "y"}, "里面没有条目"),
        ({"policies/buzhu/a.md": "---\nid: &a [x]\nb: *a\n---\n"}, "不该有的写法"),
        ({"parameters/a.yaml": "- &a {id: x}\n- *a\n"}, "不该有的写法"),
        ({"policies/buzhu/a.md": "x" * (2 * 2**20 + 1)}, "太"),
    ],
)
def test_hostile_parcels_are_refused_in_words(unchanged: HoldingsSite, files: dict[str, str], says: str) -> None:
    admin = unchanged.browser("guan")
    page = send(admin, admin.get(PAGE), PAGE, {"file": ("坏.zip", packed(files))})
    assert page.status_code == 422 and says in page.text
    assert unchanged.site.desk.holdings.parcels.parcels() == []  # type: ignore[union-attr]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_parcel_damaged_on_its_way_is_refused_in_words(unchanged: HoldingsSite, method: int) -> None:
    admin = unchanged.browser("guan")
    page = send(admin, admin.get(PAGE), PAGE, {"file": ("坏.zip", damaged(method))})
    assert page.status_code == 422 and "policies/buzhu/a.md 读不出来" in page.text


def damaged(method: int) -> bytes:
    """A zip of one text whose packed bytes are not what they were."""
    out, path = io.BytesIO(), "policies/buzhu/a.md"
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr(path, "一段话。" * 500)
        start = archive.getinfo(path).header_offset + 30 + len(path)
    data = bytearray(out.getvalue())
    data[start + 4 : start + 40] = b"\xff" * 36
    return bytes(data)


def test_what_is_no_zip_and_what_is_no_file_is_refused(unchanged: HoldingsSite) -> None:
    admin = unchanged.browser("guan")
    assert "打不开" in send(admin, admin.get(PAGE), PAGE, {"file": ("a.zip", b"nothing")}).text
    assert "还没有选文件" in send(admin, admin.get(PAGE), PAGE, {}).text


def test_names_outside_the_folder_are_never_taken(held: HoldingsSite) -> None:
    good = dict(_files(export(held)))
    where = bring(held, packed(good | {"../../evil.md": "x", "lexicon/kin.yaml": "y"}))
    page = held.browser("fu").get(where).text
    assert "../../evil.md" in page and "不认识" in page


def test_the_bundled_knowledge_comes_back_whole(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    town = load_town(settings.town_file)
    truth = SqlTruth(open_database(settings.database, migrate=True), town.id)
    sync_knowledge(settings, truth, quiet)
    snapshot = take_snapshot(truth)
    brought = read_files(text_files(snapshot, town), snapshot, town)
    assert brought.problems == [] and brought.ignored == []
    assert len(brought.entries) == len(snapshot.entries) > 300
    assert plan_of(brought, snapshot, town).empty
    truth.engine.dispose()


# -- what the second person is shown, and has to decide

FIGURE_FILE, HOW_FILE = "parameters/all.yaml", "policies/buzhu/buzhu-how.md"


def take(held: HoldingsSite, where: str, who: str = "fu", **changes: str) -> Response:
    browser = held.browser(who)
    return send(browser, browser.get(where), f"{where}/take", **changes)


def test_every_change_is_shown_old_beside_new(held: HoldingsSite) -> None:
    data = _with(export(held), FIGURE_FILE, "'100'", "'1000'")
    data = _with(data, HOW_FILE, "先填表", "先填一张表")
    data = _with(data, "town.toml", 'name = "便民窗口"', 'name = "便民窗口"\nphone = "023-12345678"\nconfirmed_on = "2026-11-20"')
    page = parse(held.browser("fu").get(bring(held, data)).text)
    old, new = ([node.text for node in page.all(tag)] for tag in ("del", "ins"))
    assert any("100元" in said and "1000元" not in said for said in old) and any("1000元" in said for said in new)
    assert any("先填表" in said for said in old) and any("先填一张表" in said for said in new)
    assert "电话：没有" in old and "电话：023-12345678" in new
    loud = [node.text for node in page.all("p") if "desk-loud" in node.attrs.get("class", "")]
    assert any("多写、少写一位" in said for said in loud) and any("这是更正" in said for said in loud)


def test_a_phone_that_the_form_refuses_is_refused_here(held: HoldingsSite) -> None:
    line = 'name = "便民窗口"\nphone = "找老王"\nconfirmed_on = "2026-11-20"'
    where = bring(held, _with(export(held), "town.toml", 'name = "便民窗口"', line))
    assert "便民窗口：这不像电话号码" in held.browser("fu").get(where).text
    assert take_bare(held, where).status_code == 422
    assert list(held.site.truth.town_records()) == []


def take_bare(held: HoldingsSite, where: str) -> Response:
    """As somebody would send it past the page."""
    browser = held.browser("fu")
    browser.get(where)
    return browser.post(f"{where}/take", seen=str(held.site.truth.revision()))


def test_who_takes_it_has_reviewed_it_whatever_the_file_says(held: HoldingsSite) -> None:
    data = _with(export(held), HOW_FILE, "reviewed_by: null", "reviewed_by: 王镇长")
    data = _with(data, HOW_FILE, "先填表", "先填一张表")
    where = bring(held, data)
    assert "王镇长" not in held.browser("fu").get(where).text
    assert take(held, where).status_code == 303
    stored = next(each for each in held.site.truth.published() if each.document_id == "buzhu-how")
    assert (stored.reviewed_by, stored.reviewed_on) == ("fu", held.site.clock().date()) and "王镇长" not in stored.content
    steps = held.site.desk.shelf.steps("buzhu-how", stored.version)
    assert [(step.step, step.who) for step in steps] == [("publish", "fu")]
    assert "一模一样" in held.browser("fu").get(bring(held, data)).text


def test_a_name_in_the_review_line_alone_changes_nothing(held: HoldingsSite) -> None:
    data = _with(export(held), HOW_FILE, "reviewed_by: null", "reviewed_by: 王镇长")
    assert "一模一样" in held.browser("fu").get(bring(held, data)).text


def test_a_sum_that_contradicts_a_figure_has_to_be_decided(held: HoldingsSite) -> None:
    said = "先填表，80岁以上的高龄补助每人每月200元"
    where = bring(held, _with(export(held), HOW_FILE, "先填表", said))
    page = held.browser("fu").get(where).text
    assert "这份文件：200" in page and "现在用的：100元" in page
    refused = take(held, where)
    assert refused.status_code == 422 and "还有 1 处和现在用的数字不一样" in refused.text
    key = next(node.attrs["name"] for node in parse(page).all("input") if node.attrs.get("name", "").startswith("choice_"))
    assert take(held, where, **{key: "end"}).status_code == 303
    (value,) = held.site.truth.parameters()["old-age"].values
    assert value.period.end == held.site.clock().date()
    deed = next(deed for deed in held.site.desk.records.deeds(9) if deed.what == "take_parcel")
    assert "高龄补助" in deed.details["ended"]


def test_what_was_published_since_the_look_is_shown_first(held: HoldingsSite) -> None:
    where = bring(held, _with(export(held), HOW_FILE, "先填表", "先填一张表"))
    reviewer = held.browser("fu")
    page = reviewer.get(where)
    changed_at_the_desk(held)
    answer = send(reviewer, page, f"{where}/take")
    assert answer.status_code == 422 and "这里的资料又变了" in answer.text
    assert "120.5" in answer.text and "先填一张表" in answer.text, "compared anew"
    assert send(reviewer, answer, f"{where}/take").status_code == 303


def test_a_parcel_whose_original_is_gone_can_only_be_let_go(held: HoldingsSite) -> None:
    where = bring(held, _with(export(held), HOW_FILE, "先填表", "先填一张表"))
    (parcel,) = held.site.desk.holdings.parcels.parcels()  # type: ignore[union-attr]
    (held.settings.originals_dir / parcel.sha256).unlink()
    admin = held.browser("guan")
    page = admin.get(where)
    assert page.status_code == 200 and "压缩包的原件打不开了" in page.text and "不要这个压缩包" in page.text
    assert take_bare(held, where).status_code == 422
    assert send(admin, page, f"{where}/drop").status_code == 303
    assert held.site.desk.holdings.parcels.parcels() == []  # type: ignore[union-attr]


# -- answers of the desk, and wordings given there


def with_a_staff_answer(held: HoldingsSite) -> None:
    answer = StaffAnswer("狗证哪里办？", "buzhu", "town", {PartKind.CONCLUSION: ("到派出所办。",)}, wordings=("狗证咋办",))
    basis = AnswerBasis(experience("青石镇人民政府", "青石镇"))
    version = version_of_answer(answer, basis, document_id="gouzheng", ordinal=1, written_by="bian", on=ON)
    held.site.truth.put_figures(held.site.truth.parameters(), {basis.instrument.id: basis.instrument}, held.site.clock())
    old_days = version.content.replace("written_on: 2026-11-22", "written_on: &id001 2026-11-22")
    old_days = old_days.replace("checked_on: 2026-11-22", "checked_on: *id001")  # so they were written once
    assert "*id001" in old_days
    version = replace(version, content=old_days)
    held.site.truth.add(replace(version, reviewed_by="fu", reviewed_on=ON), VersionState.PUBLISHED, held.site.clock())


def test_a_staff_answer_stays_one_on_its_way_out_and_in(held: HoldingsSite, tmp_path: Path) -> None:
    with_a_staff_answer(held)
    data = export(held)
    assert "没有变的 6 个" in held.browser("fu").get(bring(held, data)).text
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    content = load_content(folder, load_town(folder / "town.toml"))
    assert content.problems == () and check(content.context) == []
    assert content.context.entries["gouzheng"][2].kind is DocumentKind.STAFF_ANSWER
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "town.toml").write_text(TOWN, encoding="utf-8")
    (tmp_path / "two").mkdir()
    site = a_staff_site(tmp_path / "two", knowledge_dir=tmp_path / "empty", town_file=tmp_path / "empty" / "town.toml")
    other = HoldingsSite(site, tmp_path / "empty")
    assert take(other, bring(other, data)).status_code == 303
    assert other.card("gouzheng").staff and not other.card("buzhu-how").staff


def test_a_staff_answer_brought_without_its_kind_line_stays_one(held: HoldingsSite) -> None:
    with_a_staff_answer(held)
    path = "policies/buzhu/gouzheng.md"
    data = _with(_with(export(held), path, "kind: staff_answer\n", ""), path, "到派出所办", "到镇派出所办")
    assert take(held, bring(held, data)).status_code == 303
    assert held.card("gouzheng").staff


def test_a_staff_answer_is_not_changed_in_the_form_of_entries(held: HoldingsSite) -> None:
    with_a_staff_answer(held)
    editor = held.browser("bian")
    answer = editor.get("/staff/entries/gouzheng")
    assert (answer.status_code, answer.headers["location"]) == (303, "/staff/documents/gouzheng")
    assert editor.post("/staff/entries/gouzheng", do="keep", question="狗证哪里办？").status_code == 404
    assert [row.kind for row in held.site.desk.shelf.rows("gouzheng")] == ["staff_answer"]


def test_wordings_given_at_the_desk_go_out_with_their_entry(held: HoldingsSite) -> None:
    engine = held.site.truth.engine
    with writing(engine) as connection:
        deeds = [Deed(who, what, "buzhu-how", held.site.clock()) for who, what in (("bian", "add"), ("fu", "approve"))]
        add(connection, "qingshi", "buzhu-how", ["老汉的钱啷个领"], "g1", deeds[0])
        approve(connection, "qingshi", "g1", [wording_key("老汉的钱啷个领")], deeds[1], two_person=True)
    data = export(held)
    entry = parse_entry(dict(_files(data))[HOW_FILE], HOW_FILE, held.site.truth.instruments())
    assert entry.also_asked == ("老汉的钱啷个领",)
    assert "一模一样" in held.browser("fu").get(bring(held, data)).text
    assert "上传的文件" in held.browser("bian").get(PAGE).text


def _files(data: bytes) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name).decode()) for name in archive.namelist()]


def _with(data: bytes, path: str, old: str, new: str) -> bytes:
    files = dict(_files(data))
    assert old in files[path]
    return packed(files | {path: files[path].replace(old, new)})
