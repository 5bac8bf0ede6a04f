"""Twenty questions that only tables answer: the files go in by the real command's way, the answers come by the real pipeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.pipeline import Pipeline
from bot.types import Channel, Question
from bot.wiring import build_assistant
from ingest.service import ingest_paths
from knowledge.wiring import build_library, build_truth
from tests.builders import settings_for
from tests.office_files import SAME, WIDE, docx, xlsx

pytestmark = pytest.mark.ci
ON = date(2026, 11, 22)
HOSPITAL = [
    ["参保档次", "住院报销比例", WIDE, WIDE, "起付线（元）"],
    [SAME, "一级医院", "二级医院", "三级医院", SAME],
    ["一档", "80%", "60%", "40%", "300"],
    ["二档", "85%", "65%", "45%", SAME],
]
RELIEF = [
    ["困难类型", "家庭情况", "救助金额（元）", "办理时限"],
    ["火灾", "房屋部分烧毁", "3000", "5个工作日"],
    [SAME, "房屋全部烧毁", "8000", SAME],
    ["旱灾", "庄稼绝收", "6000", "7个工作日"],
    [SAME, "庄稼减产", "4000", SAME],
]
TREES = [
    ["树种", "每亩补助（元）", "验收月份"],
    ["柑橘", "350", "10月"],
    ["笋竹", "280", "11月"],
    ["花椒", "310", "8月"],
]
TRAINING = [
    ["培训班一览表", WIDE, WIDE, WIDE],
    ["班次", "开班时间", "地点", "补贴（元）"],
    ["电工班", "3月5日", "镇成人学校", "800"],
    ["月嫂班", "4月12日", "文化站二楼", "1000"],
    ["厨师班", "5月20日", "老粮站", "1200.5"],
]
WINDOWS = [
    ["事项", "窗口", "要带的材料"],
    ["残疾证", "3号窗口", "两寸照片三张"],
    ["建房许可", "7号窗口", "宅基地批准书"],
    ["种粮补贴", "9号窗口", "一卡通存折"],
]
QUESTIONS = (
    ("二档三级医院报多少", "45%"),
    ("一档在二级医院住院报销比例是多少", "60%"),
    ("二档一级医院住院报多少", "85%"),
    ("一档三级医院能报百分之几", "40%"),
    ("二档的起付线是好多", "300元"),
    ("一档的起付线是多少", "300元"),
    ("火灾房屋全部烧毁救助金额是多少", "8000元"),
    ("火灾房屋部分烧毁救助好多钱", "3000元"),
    ("旱灾庄稼绝收救助多少钱", "6000元"),
    ("旱灾的办理时限是几天", "7个工作日"),
    ("火灾救助的办理时限要多久", "5个工作日"),
    ("柑橘每亩补助多少", "350元"),
    ("笋竹每亩补助好多钱", "280元"),
    ("花椒的验收月份是几月", "8月"),
    ("电工班的开班时间是哪天", "3月5日"),
    ("月嫂班的地点在哪里", "文化站二楼"),
    ("厨师班的补贴是多少", "1200.5元"),
    ("残疾证在哪个窗口办", "3号窗口"),
    ("建房许可要带的材料是什么", "宅基地批准书"),
    ("种粮补贴在几号窗口", "9号窗口"),
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pipeline]:
    folder, knowledge, data = (tmp_path_factory.mktemp(name) for name in ("files", "knowledge", "data"))
    word = docx(
        ["一、住院报销比例", HOSPITAL, "二、意外灾害救助标准", RELIEF, "三、林木补助标准", TREES],
        title="关于调整几项补助标准的通知",
    )
    (folder / "notice.docx").write_bytes(word)
    (folder / "lists.xlsx").write_bytes(xlsx({"培训": TRAINING, "办事窗口": WINDOWS}))
    settings = settings_for(data, knowledge_dir=knowledge)
    truth = build_truth(settings)
    result = ingest_paths(
        [folder / "notice.docx", folder / "lists.xlsx"], settings, truth, _quiet, datetime.now(UTC)
    )
    assert (len(result.added), result.problems) == (2, ())
    library = build_library(settings, truth)
    library.ensure_index(_quiet)
    yield build_assistant(settings, library, MemoryStore(), lambda: datetime.now(UTC))


def _quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


def test_twenty_of_twenty(assistant: Pipeline, record_property: Callable[[str, object], None]) -> None:
    wrong = []
    for number, (asked, wanted) in enumerate(QUESTIONS):
        answer = assistant.answer(Question(asked, ON, Channel.CLI, f"table-{number}"))
        conclusion = answer.blocks[0].text if answer.blocks else ""
        if answer.status != "answered" or wanted not in conclusion or not answer.citations:
            wrong.append((asked, wanted, answer.status, conclusion))
    record_property("right", f"{len(QUESTIONS) - len(wrong)} of {len(QUESTIONS)}")
    assert not wrong, "\n".join(map(str, wrong))


@pytest.mark.parametrize("asked", ["三档三级医院报多少", "枇杷每亩补助多少", "焊工班的补贴是多少"])
def test_a_row_that_is_not_there_is_not_answered(assistant: Pipeline, asked: str) -> None:
    answer = assistant.answer(Question(asked, ON, Channel.CLI, asked))
    assert answer.status not in ("answered", "partial"), answer.text
