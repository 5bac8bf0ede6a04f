"""Export and import of text files: the round trip gives the same cards; the plan comes first, and a second person."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.service import sync_knowledge
from knowledge.check import check
from knowledge.content import load_content
from knowledge.database.engine import open_database
from knowledge.database.truth import SqlTruth
from knowledge.overlay_export import text_files
from knowledge.overlay_import import plan_of, read_files
from knowledge.render import Moment, Renderer
from knowledge.settings import Settings
from knowledge.shown import ShownEntry, show_entry
from knowledge.snapshot import Snapshot, take_snapshot
from knowledge.town import load_town
from knowledge.types import Town
from tests.builders import ON, TOWN, settings_for
from tests.integration.holdings_site import HoldingsSite, a_holdings_site, quiet, send
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
    town = load_town(held.settings.town_file)
    assert cards(take_snapshot(other.site.truth), town) == cards(take_snapshot(held.site.truth), town)
    assert [(record.id, record.fields["phone"]) for record in other.site.truth.town_records()] == [("window", "023-12345678")]
    again = bring(other, data)
    assert "一模一样" in other.browser("fu").get(again).text


def test_who_brings_it_does_not_take_it(held: HoldingsSite) -> None:
    data = _with(export(held), "policies/buzhu/buzhu-how.md", "先填表", "先填一张表")
    where = bring(held, data)
    admin = held.browser("guan")
    assert "要另一个复审的人" in admin.get(where).text
    assert admin.post(f"{where}/take").status_code == 409
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


def _files(data: bytes) -> list[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name).decode()) for name in archive.namelist()]


def _with(data: bytes, path: str, old: str, new: str) -> bytes:
    files = dict(_files(data))
    assert old in files[path]
    return packed(files | {path: files[path].replace(old, new)})
