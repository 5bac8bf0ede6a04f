"""Scans and photos: at least 98 % of the characters come out, offline, within the child's limits."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from difflib import SequenceMatcher

import pytest

from ingest.paper import Paper, Paragraph
from ingest.read_file import read_file
from ingest.readers.recognise import skew
from tests.office_files import Wear, page_picture, photo, scanned_pdf

pytestmark = pytest.mark.ci
LEAST_RIGHT = 0.98
PAGES = [
    [
        "关于做好城乡居民养老保险缴费工作的通知",
        "各村（社区）居民委员会：",
        "一、缴费对象。年满16周岁、没有参加职工养老保险的城乡居",
        "民，可以在户籍地参加居民养老保险，按年缴费。",
        "二、缴费档次。每年200元、500元、1000元、2000元，由本人",
        "自己选择，多缴多得，长缴多得。",
        "三、办理地点。便民服务中心2号窗口，星期一到星期五上午9点",
        "到12点，下午2点到5点半。",
    ],
    [
        "四、所需材料。身份证原件、户口簿和本人银行卡，委托别人办",
        "理的，还要带委托书。",
        "五、困难群体。低保对象、特困人员和重度残疾人由政府按每人",
        "每年100元代缴，不用自己申请。",
        "本通知自2026年3月1日起施行。",
    ],
]
WEARS = {
    "scan": Wear(),
    "turned the other way": Wear(degrees=-2.5, blur=0.8),
    "blurred": Wear(degrees=0.6, blur=1.6, noise=8),
    "grey copy": Wear(degrees=1.0, blur=1.0, noise=16, paper=205),
}


def read(data: bytes, name: str) -> tuple[Paper, list[tuple[int, int]]]:
    seen: list[tuple[int, int]] = []
    with tempfile.TemporaryFile() as file:
        file.write(data)
        return read_file(file, name, lambda done, total: seen.append((done, total))), seen


def share(paper: Paper, lines: list[str]) -> float:
    """Characters of the page that come out in order, of all of them."""
    said = "".join(block.text for block in paper.blocks if isinstance(block, Paragraph)).replace(" ", "")
    wanted = "".join(lines)
    matched = SequenceMatcher(None, wanted, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in matched) / len(wanted)


@pytest.mark.parametrize("wear", WEARS)
def test_a_worn_scan_is_read(wear: str, record_property: Callable[[str, object], None]) -> None:
    paper, _ = read(scanned_pdf([PAGES[0]], WEARS[wear]), "扫描.pdf")
    right = share(paper, PAGES[0])
    record_property("right", round(right, 4))
    assert right >= LEAST_RIGHT, paper.blocks


def test_pages_come_one_by_one_and_paragraphs_run_over_their_ends() -> None:
    paper, seen = read(scanned_pdf(PAGES), "扫描.pdf")
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert share(paper, [line for page in PAGES for line in page]) >= LEAST_RIGHT
    texts = [block.text for block in paper.blocks if isinstance(block, Paragraph)]
    assert len(texts) == 8, texts


def test_a_photo_is_read() -> None:
    paper, seen = read(photo(PAGES[0]), "照片.jpg")
    assert seen == [(0, 1), (1, 1)]
    assert share(paper, PAGES[0]) >= LEAST_RIGHT


@pytest.mark.parametrize("degrees", [-4.0, -1.2, 0.0, 2.6])
def test_the_angle_of_a_page_is_found(degrees: float) -> None:
    import numpy as np

    picture = page_picture(PAGES[0], Wear(degrees=degrees, noise=0))
    assert abs(skew(np.asarray(picture)) + degrees) <= 0.5
