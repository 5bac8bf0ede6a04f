"""普法需求, 活动 and 大屏 at the desk: what pages and reports say equals the table, files are taken once, all is logged."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from httpx import Response
from openpyxl import load_workbook

from bot.adapters.store import SqlStore
from knowledge.database.staff_values import Deed
from tests.counted import a_count, an_event, put_counts, recount
from tests.fakes import NOW, ON
from tests.integration.web_page import Node, parse
from tests.staff_site import ORIGIN, Browser, StaffSite, a_staff_site
from web.staff.needs.counts_file import CHANGED, FOREIGN
from web.staff.needs.own_counts import own_counts

YEAR = (date(2026, 1, 1), date(2027, 1, 1))
OLD = date(2026, 1, 5)


@pytest.fixture
def site(tmp_path: Path) -> StaffSite:
    return a_staff_site(tmp_path)


@pytest.fixture
def editor(site: StaffSite) -> Browser:
    return site.browser("bian")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """An editor of a desk that nothing was added to, for tests after which that is still so."""
    return a_staff_site(tmp_path_factory.mktemp("empty")).browser("bian")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Browser:
    """An editor of a desk with counts, for tests that only read."""
    site = a_staff_site(tmp_path_factory.mktemp("filled"))
    fill(site)
    return site.browser("bian")


def fill(site: StaffSite) -> None:
    """This month, last month, and a day whose texts are long gone."""
    counts = site.desk.counts
    assert counts is not None
    counts.add_event(an_event("fair-1"), deed(site))
    counts.add_event(an_event("fair-2", OLD, None), deed(site))
    put_counts(
        site.truth.engine,
        site.truth.town,
        [
            a_count(40, 20, channel="kiosk", event="fair-1"),
            a_count(12, 5, topic="yibao", status="no_basis"),
            a_count(3, 3, topic="land"),
            a_count(2, 1, topic="wages", status="partial", entry="x"),
            a_count(8, 4, day=date(2026, 10, 9)),
            a_count(31, 11, day=OLD, channel="kiosk", event="fair-2", entry="gone-entry"),
        ],
    )
    SqlStore(site.truth.engine, site.truth.town).purge(NOW, ON)


def deed(site: StaffSite) -> Deed:
    return Deed("bian", "add_event", "x", site.clock())


def tables(tree: Node) -> dict[str, list[list[str]]]:
    """Caption -> rows of words."""
    return {
        table.one("caption").text: [[cell.text for cell in row.walk() if cell.tag in ("th", "td")] for row in table.all("tr")][1:]
        for table in tree.all("table")
    }


def test_the_page_says_what_the_table_holds(filled: Browser) -> None:
    held = tables(parse(filled.get("/staff/needs").text))
    assert held["总的数"][2:4] == [["问题数", "57"], ["人次", "29"]]
    assert held["按主题"] == [["低保、救助", "40", "8"], ["看病、医保", "12", "0"], ["其他（每样不到5次）", "5", "—"]]
    assert held["没答上的和只答了一部分的"] == [["看病、医保", "12"], ["其他（每样不到5次）", "不到5"]]
    assert held["问得多起来的主题"][0] == ["低保、救助", "40", "8"]
    assert held["在哪场活动上问的"][0] == ["活动fair-1", "40", "20"]
    assert held["每个月的问题数"][-2:] == [["2026年10月", "8", "不到5"], ["2026年11月", "57", "29"]]


def test_choices_narrow_what_is_counted(filled: Browser) -> None:
    for chosen, number in (("channel=kiosk", "40"), ("event=fair-1", "40"), ("topic=yibao", "12"), ("topic=none", "0")):
        assert tables(parse(filled.get(f"/staff/needs?{chosen}").text))["总的数"][2] == ["问题数", number]


def test_a_chart_stands_beside_its_table_without_style_or_script(filled: Browser) -> None:
    tree = parse(filled.get("/staff/needs").text)
    charts = tree.all("svg", role="img")
    assert len(charts) == 4
    assert not any("style" in node.attrs for node in tree.walk())
    assert [node.attrs.get("src") for node in tree.all("script")] == [tree.one("script").attrs["src"]]


@pytest.mark.parametrize("when", ["2026-12", "2019", "x", "2026-11-22"])
def test_a_time_that_is_none_is_a_page_that_says_so(empty: Browser, when: str) -> None:
    assert empty.get(f"/staff/needs?when={when}").status_code == 404
    assert empty.get(f"/staff/needs/{when}.docx").status_code == 404


def test_an_empty_installation_has_a_page_and_a_report(empty: Browser) -> None:
    assert "再早没有记录" in empty.get("/staff/needs").text
    for kind in ("docx", "xlsx"):
        assert empty.get(f"/staff/needs/2026.{kind}").status_code == 200


def a_docx(editor: Browser, when: str = "2026") -> tuple[Any, bytes]:
    answer = editor.get(f"/staff/needs/{when}.docx")
    assert answer.headers["content-disposition"] == f'attachment; filename="report-{when}.docx"'
    return Document(io.BytesIO(answer.content)), answer.content


def test_the_yearly_report_equals_a_recount_also_for_days_whose_texts_are_gone(site: StaffSite, editor: Browser) -> None:
    fill(site)
    document, _ = a_docx(editor)
    cells = {table.rows[0].cells[0].text: [[cell.text for cell in row.cells] for row in table.rows] for table in document.tables}
    topics = recount(site.truth.engine, site.truth.town, *YEAR, lambda row: row.topic)
    assert topics["dibao"] == 40 + 8 + 31
    by_heading = dict(cells["项目"][1:])
    assert by_heading["问题数"] == str(topics.total()) and by_heading["活动场次"] == "2"
    months = {row[0]: row[1] for row in cells["月份"][1:]}
    assert (months["2026年1月"], months["2026年10月"], months["2026年11月"]) == ("31", "8", "57")
    assert ["活动fair-2", "2026-01-05", "赶集日", "镇街上", "没填", "31", "11"] in cells["活动"]
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert f"“低保、救助”（{topics['dibao']} 次）" in said
    assert "2 场活动里有 1 场没填到场人次（活动fair-2）" in said


def parts_of(file: bytes) -> list[bytes]:
    """Content of every part of an office file."""
    with zipfile.ZipFile(io.BytesIO(file)) as opened:
        return [opened.read(name) for name in opened.namelist()]


def test_both_files_carry_the_words_of_the_label_and_no_entry_of_a_model(filled: Browser) -> None:
    document, content = a_docx(filled)
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "[程序测算] 2026-11-22" in said and "没有用大模型" in said
    assert "[程序测算]" in document.sections[0].footer.paragraphs[0].text
    sheets = filled.get("/staff/needs/2026.xlsx").content
    book = load_workbook(io.BytesIO(sheets))
    assert all("[程序测算]" in str(sheet["A2"].value) for sheet in book.worksheets)
    assert not any(b"AIGC" in part for file in (content, sheets) for part in parts_of(file))


def test_the_sheets_hold_numbers_as_numbers_and_words_as_words(site: StaffSite, editor: Browser) -> None:
    fill(site)
    assert site.desk.counts is not None
    site.desk.counts.change_event(replace(an_event("fair-1"), name='=HYPERLINK("http://x")'), deed(site))
    book = load_workbook(io.BytesIO(editor.get("/staff/needs/2026.xlsx").content))
    sheet = book["活动"]
    names = [sheet.cell(row, 1) for row in range(4, 6)]
    assert {(cell.value, cell.data_type) for cell in names} == {("活动fair-2", "s"), ('=HYPERLINK("http://x")', "s")}
    assert {sheet.cell(row, 6).value for row in range(4, 6)} == {31, 40}
    assert "其他（每样不到5次）" in [cell.value for cell in book["按主题"]["A"]]


# -- events


NEW = {"name": "黄泥坝院坝会", "kind": "yard", "day": "2026-11-22", "place": "黄泥坝", "present": "１２０"}


def test_an_event_is_added_changed_and_deleted_and_the_log_knows(site: StaffSite, editor: Browser) -> None:
    editor.get("/staff/events")
    page = editor.post("/staff/events", **NEW).headers["location"].partition("?")[0]
    assert "黄泥坝院坝会" in editor.get("/staff/events").text and "120" in editor.get(page).text
    assert editor.post(page, **{**NEW, "present": "150"}).status_code == 303
    assert 'value="150"' in editor.get(page).text
    assert editor.post(f"{page}/delete").headers["location"] == "/staff/events?done=deleted"
    assert editor.get(page).status_code == 404
    said = editor.get("/staff/log").text
    assert all(words in said for words in ("加了活动", "改了活动", "删了活动", "到场人次：150"))


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "写上活动的名称"),
        ("name", "长" * 31, "最多 30 个字"),
        ("kind", "party", "请选一种"),
        ("day", "明天", "2024-09-01"),
        ("day", "2000-01-01", "最早三年前"),
        ("day", "2031-01-01", "最晚一年后"),
        ("place", "", "写上在哪里"),
        ("present", "很多", "写数字"),
        ("present", "-3", "写数字"),
        ("present", "9999999", "写数字"),
        ("id", "赶集", "编号只有英文字母"),
    ],
)
def test_a_wrong_field_is_said_and_nothing_typed_is_lost(empty: Browser, field: str, value: str, says: str) -> None:
    empty.get("/staff/events")
    answer = empty.post("/staff/events", **{**NEW, field: value})
    assert answer.status_code == 422 and says in answer.text
    tree = parse(answer.text)
    kept = {node.attrs["name"]: node.attrs.get("value", "") for node in tree.all("input") if node.attrs.get("id")}
    for name in ("name", "place", "present"):
        assert kept[name] == (value if name == field else NEW[name])
    assert tree.all("a", href=f"#{field}")


def test_an_event_somebody_asked_at_is_not_deleted(site: StaffSite, editor: Browser) -> None:
    fill(site)
    editor.get("/staff/events/fair-1")
    answer = editor.post("/staff/events/fair-1/delete")
    assert answer.status_code == 409 and "已经有人问过" in answer.text
    assert "删这场活动" not in editor.get("/staff/events/fair-1").text


def test_the_kiosks_counts_stand_beside_the_number_present(filled: Browser) -> None:
    rows = {row[0]: row for row in next(iter(tables(parse(filled.get("/staff/events").text)).values()))}
    assert rows["活动fair-1"][4:] == ["120", "40", "20"]
    assert rows["活动fair-2"][4:] == ["没填", "31", "11"]


# -- kiosks


def asked_at(site: StaffSite, event: str = "fair-1") -> int:
    return recount(site.truth.engine, site.truth.town, *YEAR, lambda row: row.event)[event]


def pair(editor: Browser, event: str = "fair-1", device: str = "kiosk-1") -> str:
    editor.get("/staff/kiosks")
    answer = editor.post("/staff/kiosks", event=event, device=device)
    assert answer.status_code == 303
    return answer.headers["location"].partition("?")[0]


def test_pairing_gives_an_address_whose_questions_count_and_whose_word_is_heard(site: StaffSite, editor: Browser) -> None:
    fill(site)
    site.app.state.services = replace(site.app.state.services, store=SqlStore(site.truth.engine, site.truth.town))
    told = {"entry": "buzhu", "conversation_id": "c1", "event": "fair-1", "device": "kiosk-1"}
    editor.client.post("/api/kiosk/opened", json=told, headers={"origin": ORIGIN})
    assert asked_at(site) == 40, "nobody paired it"
    page = pair(editor)
    shown = parse(editor.get(page).text)
    assert f"{ORIGIN}/kiosk?event=fair-1&device=kiosk-1" in shown.text and shown.all("svg")
    assert "还没报过平安" in shown.text
    editor.client.post("/api/kiosk/opened", json=told, headers={"origin": ORIGIN})
    assert asked_at(site) == 41
    heartbeat = {"device": "kiosk-1", "event": "fair-1", "screen": "attract"}
    assert editor.client.post("/api/kiosk/heartbeat", json=heartbeat, headers={"origin": ORIGIN}).json() == {"heard": True}
    assert "开着，停在“开头”" in editor.get("/staff/kiosks").text
    assert "<strong>0</strong> 台大屏没有声音" in editor.get("/staff").text
    site.clock.on(minutes=9)
    assert "9 分钟没有声音" in editor.get("/staff/events/fair-1").text
    assert "<strong>1</strong> 台大屏没有声音" in editor.get("/staff").text
    assert editor.post(f"{page}/end").status_code == 303
    editor.client.post("/api/kiosk/opened", json=told, headers={"origin": ORIGIN})
    assert asked_at(site) == 41
    assert "取消了大屏的配对" in editor.get("/staff/log").text


def test_a_kiosk_of_every_day_needs_no_event_and_one_alone_opens_itself(tmp_path: Path) -> None:
    site = a_staff_site(tmp_path, kiosk_alone="on", public_url="https://pufa.example")
    editor = site.browser("bian")
    editor.get("/staff/kiosks")
    headers = {"origin": "https://pufa.example"}
    fields = {"csrf": editor.token, "event": "", "device": "hall"}
    answer = editor.client.post("/staff/kiosks", data=fields, headers=headers)
    shown = parse(editor.get(answer.headers["location"]).text).text
    assert f"{ORIGIN}/kiosk?device=hall" in shown and "pufa.example" not in shown


@pytest.mark.parametrize(("device", "event", "says"), [("", "", "机器名只用"), ("大屏", "", "机器名只用"), ("k1", "none", "没有这场活动")])
def test_a_pairing_that_cannot_be(empty: Browser, device: str, event: str, says: str) -> None:
    empty.get("/staff/kiosks")
    answer = empty.post("/staff/kiosks", device=device, event=event)
    assert answer.status_code == 422 and says in answer.text


def test_a_kiosk_is_not_paired_twice(site: StaffSite, editor: Browser) -> None:
    fill(site)
    pair(editor)
    answer = editor.post("/staff/kiosks", device="kiosk-1", event="fair-1")
    assert answer.status_code == 422 and "已经配对了" in answer.text


# -- counts carried by file


@pytest.fixture
def laptop(tmp_path_factory: pytest.TempPathFactory) -> StaffSite:
    """A kiosk that served itself at a fair."""
    site = a_staff_site(tmp_path_factory.mktemp("laptop"))
    assert site.desk.counts is not None
    own = SqlStore(site.truth.engine, site.truth.town).installation(NOW)
    site.desk.counts.add_event(an_event("yard-7", ON), deed(site))
    put_counts(
        site.truth.engine,
        site.truth.town,
        [a_count(9, 4, channel="kiosk", event="yard-7", installation=own), a_count(6, 2, day=OLD, installation=own)],
    )
    return site


def exported(laptop: StaffSite) -> bytes:
    answer = laptop.browser("bian").get("/staff/kiosks/counts")
    assert "attachment" in answer.headers["content-disposition"] and answer.status_code == 200
    return answer.content


def bring(editor: Browser, data: bytes) -> Response:
    editor.get("/staff/kiosks")
    return editor.client.post(
        "/staff/kiosks/counts",
        data={"csrf": editor.token},
        files={"file": ("pufa-counts.json", data)},
        headers={"origin": ORIGIN},
    )


def test_counts_go_from_the_laptop_to_the_town_once(site: StaffSite, editor: Browser, laptop: StaffSite) -> None:
    data = exported(laptop)
    assert bring(editor, data).status_code == 303
    rows = {row[0]: row for row in next(iter(tables(parse(editor.get("/staff/events").text)).values()))}
    assert rows["活动yard-7"][4:] == ["120", "9", "不到5"]
    before = recount(site.truth.engine, site.truth.town, *YEAR, lambda row: row.topic)
    again = bring(editor, data)
    assert again.status_code == 422 and "已经导过了" in again.text
    assert recount(site.truth.engine, site.truth.town, *YEAR, lambda row: row.topic) == before
    said = editor.get("/staff/log").text
    assert said.count("导入了大屏的人次") == 1 and "问题数：15" in said


def test_the_file_holds_numbers_and_events_and_nothing_else(laptop: StaffSite) -> None:
    content = json.loads(exported(laptop))
    assert set(content) == {"what", "format", "town", "installation", "made_at", "events", "days", "digest"}
    assert [event["id"] for event in content["events"]] == ["yard-7"]
    assert "bian" not in json.dumps(content)


def test_own_counts_and_an_older_file_are_refused(site: StaffSite, editor: Browser, laptop: StaffSite) -> None:
    assert "自己的人次" in bring(laptop.browser("bian"), exported(laptop)).text
    counts = laptop.desk.counts
    assert counts is not None
    early = own_counts(counts, laptop.truth.town, NOW - timedelta(hours=3))
    assert early is not None
    bring(editor, exported(laptop))
    answer = bring(editor, early.encode())
    assert answer.status_code == 422 and "更早的" in answer.text


def test_a_file_that_cannot_be_taken_is_said_and_changes_nothing(site: StaffSite, editor: Browser, laptop: StaffSite) -> None:
    content = json.loads(exported(laptop))
    content["days"][ON.isoformat()][0]["questions"] = 900
    for wrong, says in ((json.dumps(content).encode(), CHANGED), (b"no counts", FOREIGN), (b"", "还没有选文件")):
        answer = bring(editor, wrong)
        assert answer.status_code == 422 and says in parse(answer.text).text
    assert recount(site.truth.engine, site.truth.town, *YEAR, lambda row: row.topic) == {}
    assert "yard-7" not in editor.get("/staff/events").text
