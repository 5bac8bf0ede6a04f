"""`pufa ask`: one object on stdout, everything else elsewhere; hits with reasons; one sentence when it fails."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import BODY, entry_text
from tests.command_line import Installation, installation

pytestmark = pytest.mark.slow  # each command is a process of its own

WHO = entry_text(
    "buzhu-who", examples=["哪些老人有高龄补助", "我妈80岁了有补助没得", "八十岁老人领钱", "老人补助给哪些人"]
)
HOW = entry_text(
    "buzhu-how",
    question="高龄补助怎么申请？",
    examples=["补助到哪里办", "申请补助手续", "补助啷个申请", "高龄补助要交啥子"],
    body=BODY.replace("可以领：年满80岁、户口在本镇的老人，每月有{old-age}", "到便民窗口填表申请")
    + "\n## 带什么\n- 身份证、户口簿。〔b〕\n",
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Asked once, so that its index is there."""
    made = installation(tmp_path_factory.mktemp("ask"), WHO, HOW)
    first = made.pufa("ask", "高龄补助怎么申请？")
    assert first.code == 0, first.err
    assert "建词索引" in first.err and "建词索引" not in first.out, "progress is no part of the answer"
    assert "到便民窗口填表申请。" in first.out
    return made


def test_the_second_time_nothing_is_built(place: Installation) -> None:
    done = place.pufa("ask", "哪些老人有高龄补助")
    assert (done.code, done.err) == (0, "")
    assert "每月有100元" in done.out and "12345" in done.out


def test_json_is_one_object_of_the_public_contract(place: Installation) -> None:
    done = place.pufa("ask", "--json", "--on", "2026-11-22", "哪些老人有高龄补助")
    answer = json.loads(done.out)
    assert (answer["status"], answer["origin"], answer["as_of"]) == ("answered", "extract", "2026-11-22")
    assert {
        "answer_id", "conversation_id", "understood", "text", "blocks", "citations", "contacts", "suggestions"
    } <= answer.keys()  # fmt: skip
    assert answer["blocks"][0]["kind"] == "conclusion"
    assert answer["citations"][0]["basis"]["title"] == "高龄补助办法"
    assert answer["citations"][0]["passage"]["url"] == "/entries/buzhu-who#conclusion"


def test_several_questions_are_one_conversation_and_json_is_the_last(place: Installation) -> None:
    done = place.pufa("ask", "--json", "高龄补助怎么申请？", "要带什么")
    answer = json.loads(done.out)
    assert answer["status"] == "answered"
    assert "户口簿" in answer["text"]


def test_until_retrieve_shows_hits_and_rejects_with_reasons(place: Installation) -> None:
    done = place.pufa("ask", "--until", "retrieve", "高龄补助怎么申请？")
    used = [line.split()[-1] for line in done.out.splitlines() if line.strip().startswith("用")]
    assert used[0] == "buzhu-how"
    refused = place.pufa("ask", "--until", "retrieve", "白石镇的高龄补助怎么申请")
    lines = [line.split() for line in refused.out.splitlines() if line.strip().startswith("不用")]
    assert {words[-1] for words in lines} == {"buzhu-who", "buzhu-how"}, refused.out
    assert {words[-2] for words in lines} == {"other-place"}


def test_what_nothing_covers_is_told_so_with_a_phone(place: Installation) -> None:
    answer = json.loads(place.pufa("ask", "--json", "比特币矿机散热").out)
    assert answer["status"] in ("no_basis", "out_of_scope")
    assert answer["contacts"]


def test_a_danger_comes_first(place: Installation) -> None:
    answer = json.loads(place.pufa("ask", "--json", "我男人又在打我，我怕得很").out)
    assert answer["blocks"][0]["kind"] == "danger"
    assert answer["contacts"][0]["phone"] == "110"


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--until", "cook", "问"], "retrieve"), (["--on", "2026-13-01", "问"], "--on"), (["--on", "明天", "问"], "--on")],
)
def test_what_cannot_be_done_is_one_sentence(place: Installation, words: list[str], told: str) -> None:
    done = place.pufa("ask", *words)
    assert (done.code, done.out) == (1, "")
    assert told in done.err and len(done.err.strip().splitlines()) == 1


def test_asking_keeps_nothing(place: Installation) -> None:
    place.pufa("ask", "老人补助给哪些人")
    held = b"".join(path.read_bytes() for path in Path(place.root / "data").glob("pufa.sqlite3*"))
    assert "老人补助给哪些人".encode() in held, "as an example of the entry"
    place.pufa("ask", "我家住在后山那棵黄桷树旁边有补助没得")
    held = b"".join(path.read_bytes() for path in Path(place.root / "data").rglob("*") if path.is_file())
    assert "黄桷树".encode() not in held


@pytest.mark.parametrize("words", [["ask"], ["none"], ["ask", "--colour", "x"], ["serve", "--port", "x"]])
def test_wrong_usage_ends_with_2(place: Installation, words: list[str]) -> None:
    assert place.pufa(*words).code == 2
