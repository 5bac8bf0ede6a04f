"""The twenty questions of first light, and who must get a phone: asked of the real pipeline on the bundled knowledge.

The words that must stand in each answer were written from the fact lists, not from the entries.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.adapters.memory_store import MemoryStore
from bot.pipeline import Pipeline
from bot.types import Answer, AnswerStatus, BlockKind, Channel, Question
from bot.wiring import build_assistant
from knowledge.library import Library
from knowledge.settings import Settings
from tests.project_files import ROOT

ON = date(2026, 11, 22)

MUST: dict[str, tuple[str, ...]] = {
    # question: strings of which each must stand in the text; "a|b": one of them
    "我妈60了，低保啷个办": ("申请", "便民服务中心", "收入", "30个工作日", "不是到了多大年纪就有|不看年纪|不是满60"),
    "哪些人可以吃低保": ("收入", "财产", "低保标准", "一家人|全家|按户"),
    "一家人有车还能不能申请低保": ("要看情况", "没查到", "12345|12349", "残疾人"),
    "农村低保一个月好多钱": ("630元", "2025年7月", "之后有没有调", "12349|便民服务中心"),
    "低保申请了要等好久": ("30个工作日", "公示7天", "重庆"),
    "低保不批怎么办": ("书面", "60日", "复议", "12348"),
    "五保户是啥子条件": ("特困", "劳动能力", "生活来源", "60岁", "16岁"),
    "医保今年交多少钱": ("一档", "400元", "二档", "775元", "征求意见稿", "2027年度", "12393"),
    "娃儿刚生下来医保啷个办": ("90天", "出生那天|出生之日|出生当天", "12月31日", "12393"),
    "医保断了几年再交有啥影响": ("3个月", "每多断1年", "多等1个月", "6个月", "12393"),
    "在镇卫生院住院报多少": ("一档", "80%", "二档", "85%", "起付线", "100元", "12393"),
    "在外地打工看病能不能报": ("备案", "医保码", "12393"),
    "养老保险没交满15年咋办": ("居民养老", "职工养老", "一次补够|一次性补", "12333"),
    "我60岁了一个月能领多少养老钱": ("基础养老金", "个人账户", "139个月", "没查到", "12333"),
    "一年交好多档次的养老保险划算": ("200元", "4000元", "13档", "40元", "175元", "12333"),
    "老人去世了养老账户的钱咋办": ("个人账户", "继承", "12333"),
    "镇里去年搞了几场普法": ("2025年", "10场次", "1.8万余人次", "8000余份"),
    "去年政府合同审了多少份": ("2025年", "15份", "1项"),
    "镇里法治工作还有啥没搞好": ("普法", "基层治理", "不够"),
    "白石镇2025年开了几次普法会": ("白石镇", "12345"),
}
MUST_NOT: dict[str, tuple[str, ...]] = {
    "农村低保一个月好多钱": ("610元",),
    "医保今年交多少钱": ("380元", "755元"),
    "我60岁了一个月能领多少养老钱": ("155元", "163元", "165元"),
    "镇里去年搞了几场普法": ("没查到",),
    "白石镇2025年开了几次普法会": ("10场次", "12场次"),
}
UNANSWERED = "白石镇2025年开了几次普法会"
CASES_SIDE_BY_SIDE = ("医保今年交多少钱", "在镇卫生院住院报多少", "养老保险没交满15年咋办")


@pytest.fixture(scope="session")
def assistant(bundled_settings: Settings, bundled_library: Library) -> Pipeline:
    return build_assistant(
        bundled_settings, bundled_library, MemoryStore(), lambda: datetime(2026, 11, 22, 2, 21, tzinfo=UTC)
    )


@pytest.fixture(scope="session")
def answers(assistant: Pipeline) -> dict[str, Answer]:
    return {text: ask(assistant, text) for text in MUST}


def ask(assistant: Pipeline, text: str, on: date = ON) -> Answer:
    return assistant.answer(Question(text, on, Channel.CLI))


def test_there_are_twenty() -> None:
    assert len(MUST) == 20


@pytest.mark.parametrize("text", MUST)
def test_each_of_the_twenty_is_right(answers: dict[str, Answer], text: str) -> None:
    answer = answers[text]
    expected = AnswerStatus.NO_BASIS if text == UNANSWERED else AnswerStatus.ANSWERED
    assert answer.status is expected, answer.text
    missing = [words for words in MUST[text] if not any(word in answer.text for word in words.split("|"))]
    assert missing == [], answer.text
    assert [words for words in MUST_NOT.get(text, ()) if words in answer.text] == []


@pytest.mark.parametrize("text", [text for text in MUST if text != UNANSWERED])
def test_each_answer_is_cited_leads_with_a_short_conclusion_and_goes_on(
    answers: dict[str, Answer], text: str
) -> None:
    answer = answers[text]
    first = answer.blocks[0]
    assert first.kind is BlockKind.CONCLUSION
    assert len(first.text.split("\n")[0]) <= 40
    assert first.citations and answer.citations
    numbers = {citation.number for citation in answer.citations}
    assert all(set(block.citations) <= numbers for block in answer.blocks)
    assert {BlockKind.STEPS, BlockKind.WHERE, BlockKind.NOTE} & {block.kind for block in answer.blocks}
    assert answer.contacts


def test_the_sum_for_towns_is_no_sum_for_villages(answers: dict[str, Answer]) -> None:
    lines = answers["农村低保一个月好多钱"].text.split("\n")
    assert "770元" not in answers["农村低保一个月好多钱"].blocks[0].text
    assert all("城" in line for line in lines if "770元" in line)


@pytest.mark.parametrize("text", CASES_SIDE_BY_SIDE)
def test_two_cases_stand_side_by_side_rather_than_a_question_back(answers: dict[str, Answer], text: str) -> None:
    (comparison,) = [block for block in answers[text].blocks if block.kind is BlockKind.COMPARISON]
    assert 2 <= len(comparison.text.split("\n")) <= 5


def test_the_one_without_a_basis_gives_a_phone_and_no_figure(answers: dict[str, Answer]) -> None:
    answer = answers[UNANSWERED]
    assert (answer.blocks, answer.citations) == ((), ())
    assert {"12345"} <= {contact.phone for contact in answer.contacts}


@pytest.mark.parametrize(
    "text", ["怎么办护照", "火星上的房子怎么继承", "比特币挖矿补贴有好多", "飞行执照去哪里考", "航母上的伙食标准"]
)
def test_what_nothing_covers_gets_a_phone(assistant: Pipeline, text: str) -> None:
    answer = ask(assistant, text)
    assert answer.status in (AnswerStatus.NO_BASIS, AnswerStatus.OUT_OF_SCOPE)
    assert answer.blocks == ()
    assert any(contact.phone in ("12345", "12348") for contact in answer.contacts)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("我男人又在打我，我怕得很", "110"),
        ("婆婆喝了农药，低保啷个办", "120"),
        ("我不想活了", "120|110"),
    ],
)
def test_danger_comes_first(assistant: Pipeline, text: str, first: str) -> None:
    answer = ask(assistant, text)
    assert answer.blocks[0].kind is BlockKind.DANGER
    assert answer.contacts[0].phone in first.split("|")
    assert answer.text.startswith(answer.blocks[0].text)


@pytest.mark.parametrize(
    ("text", "on", "figure", "state"),
    [
        ("农村低保一个月好多钱", date(2026, 6, 30), "630元", "之后有没有调"),
        ("2024年12月农村低保一个月好多钱", ON, "610元", "旧数"),
        ("去年农村低保一个月好多钱", ON, "610元|630元", "旧数"),
    ],
)
def test_a_figure_is_that_of_the_time_asked_about(
    assistant: Pipeline, text: str, on: date, figure: str, state: str
) -> None:
    answer = ask(assistant, text, on)
    assert answer.status is AnswerStatus.ANSWERED
    assert all(word in answer.text for word in figure.split("|")), answer.text
    assert state in answer.text


def test_the_same_question_gives_the_same_words(assistant: Pipeline, answers: dict[str, Answer]) -> None:
    for text, before in list(answers.items())[:5]:
        assert ask(assistant, text).text == before.text


def test_a_follow_up_is_about_the_same_thing(assistant: Pipeline) -> None:
    for text in ("我妈60了，低保啷个办", "要带什么"):
        answer = assistant.answer(Question(text, ON, Channel.CLI, "follow-up"))
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.documents[0].startswith("dibao")
    assert "户口簿" in answer.text


def test_the_table_in_the_readme_is_these_twenty() -> None:
    readme = (Path(ROOT) / "README.md").read_text(encoding="utf-8")
    assert [text for text in MUST if text not in readme] == []
