"""With the office program itself: the reports open in it, and files in the old formats are read through it."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from ingest.errors import UnsupportedDocument
from ingest.office import read_office_document
from ingest.read_file import converter
from knowledge.database.staff_values import Deed
from tests.conftest import lacks
from tests.counted import a_count, an_event, put_counts, recount
from tests.office_files import docx, xlsx
from tests.staff_site import StaffSite, a_staff_site

pytestmark = [pytest.mark.ci, pytest.mark.slow]
FILTERS = {"doc": "doc:MS Word 97", "xls": "xls:MS Excel 97", "pdf": "pdf"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a profile of our own. Skips where the program is missing (.ci/run installs it)."""
    if converter() is None:
        lacks("soffice")
    return tmp_path_factory.mktemp("office")


def convert(office: Path, data: bytes, old: str, new: str) -> Path:
    """The file in another format, as the program writes it."""
    source = office / f"in.{old}"
    source.write_bytes(data)
    out = office / f"to-{new[:3]}"
    shutil.rmtree(out, ignore_errors=True)
    command = [converter() or "", "--headless", "--norestore", f"-env:UserInstallation=file://{office}/profile"]
    command += ["--convert-to", FILTERS.get(new, new), "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, env={**os.environ, "HOME": str(office)}, check=False)
    assert done.returncode == 0, done.stderr
    return next(out.iterdir()) if len(list(out.iterdir())) == 1 else out


def bare(text: str) -> str:
    """Without white space, quotes, brackets and hyphens: a PDF sets them apart from the line they belong to."""
    return "".join(sign for sign in text if sign.isalnum() or sign in "：，。、%[]")


def text_of(pdf: Path) -> str:
    with pypdfium2.PdfDocument(pdf) as held:
        return "".join(page.get_textpage().get_text_range() for page in held)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> StaffSite:
    """A year of counts whose texts are gone: there never were any."""
    made = a_staff_site(tmp_path_factory.mktemp("desk"))
    assert made.desk.counts is not None
    counted = [
        a_count(100 + month, 40, day=date(2026, month, 5), topic=topic, channel="kiosk", event="fair-1" if month == 3 else "")
        for month in range(1, 12)
        for topic in ("dibao", "yibao", "land")
    ]
    put_counts(made.truth.engine, made.truth.town, [*counted, a_count(23, status="no_basis", topic="wages")])
    made.desk.counts.add_event(an_event("fair-1", date(2026, 3, 5)), Deed("bian", "add_event", "fair-1", made.clock()))
    return made


def facts(site: StaffSite) -> dict[str, int]:
    """What the report must say, from the table itself."""
    year = (date(2026, 1, 1), date(2027, 1, 1))
    topics = recount(site.truth.engine, site.truth.town, *year, lambda row: row.topic)
    events = recount(site.truth.engine, site.truth.town, *year, lambda row: row.event)
    return {"all": topics.total(), "dibao": topics["dibao"], "wages": topics["wages"], "fair": events["fair-1"]}


def test_the_yearly_docx_opens_and_says_the_same(office: Path, site: StaffSite) -> None:
    content = site.browser("bian").get("/staff/needs/2026.docx").content
    said = bare(text_of(convert(office, content, "docx", "pdf")))
    found = facts(site)
    for words in (
        "普法需求年报（2026年）",
        "[程序测算]",
        f"普法助手接到提问{found['all']}次",
        f"“低保、救助”（{found['dibao']}次）",
        f"活动fair-12026-03-05赶集日镇街上120{found['fair']}",
        f"“工钱、打工”问了{found['wages']}次，{found['wages']}次没答上",
        "没有用大模型",
    ):
        assert bare(words) in said, words


def test_the_yearly_xlsx_opens_and_says_the_same(office: Path, site: StaffSite) -> None:
    content = site.browser("bian").get("/staff/needs/2026.xlsx").content
    out = convert(office, content, "xlsx", 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1')
    sheets = {
        path.stem.removeprefix("in-"): list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in out.iterdir()
    }
    found = facts(site)
    assert ["问题数", str(found["all"])] in [row[:2] for row in sheets["总的数"]]
    assert ["低保、救助", str(found["dibao"])] in [row[:2] for row in sheets["按主题"]]
    months = {row[0]: row[1] for row in sheets["每个月的问题数"]}
    assert months["2026年3月"] == str(3 * 103) and months["2026年12月"] == "0"
    assert any("[程序测算]" in row[0] for row in sheets["报告"])
    assert any(row[5:6] == [str(found["fair"])] for row in sheets["活动"])


DOC_TEXT = ["# 关于临时救助的通知", "第一次申请的，每户最多给321元。", [["项目", "标准"], ["住院", "七成"], ["门诊", "五成"]]]
SHEET = [["村", "户数"], ["黄泥坝村", "321"], ["白杨村", "87"]]


def test_an_old_word_file_is_read_with_its_tables(office: Path) -> None:
    old = convert(office, docx(DOC_TEXT), "docx", "doc").read_bytes()  # type: ignore[arg-type]
    assert old.startswith(b"\xd0\xcf\x11\xe0")
    read = read_office_document(old, "救助通知.doc")
    assert "每户最多给321元" in read.content
    assert "住院" in read.content and "七成" in read.content
    assert read.cuts


def test_an_old_sheet_is_read_with_its_rows(office: Path) -> None:
    old = convert(office, xlsx({"名单": SHEET}), "xlsx", "xls").read_bytes()
    assert old.startswith(b"\xd0\xcf\x11\xe0")
    read = read_office_document(old, "户数.xls")
    assert "黄泥坝村" in read.content and "321" in read.content


def test_an_old_file_that_is_broken_is_refused_in_words(office: Path) -> None:
    old = convert(office, docx(DOC_TEXT), "docx", "doc").read_bytes()  # type: ignore[arg-type]
    with pytest.raises(UnsupportedDocument) as caught:
        read_office_document(old[:600] + b"\0" * 600, "坏了.doc")
    assert caught.value.remedy
