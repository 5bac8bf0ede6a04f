"""`pufa serve`: one server per data folder, others work beside it, and it takes over what they publish."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import entry_text
from tests.command_line import Installation, Served, installation

pytestmark = pytest.mark.slow  # each command is a process of its own

ROW = {
    "id": "1", "author": "x", "style": "plain", "topic": "buzhu", "turns": ["哪些老人可以领高龄补助？"],
    "status": "answered", "facts": ["F-1"], "must": [["80岁"]], "must_not": [], "allowed_figures": ["100元"],
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return installation(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def server(place: Installation) -> Iterator[Served]:
    with place.serving() as served:
        yield served


def test_it_says_where_it_is_when_it_is_ready(server: Served) -> None:
    assert server.said == f"好了，打开 http://127.0.0.1:{server.port}/\n"
    assert server.get("/readyz")[0] == server.get("/healthz")[0] == 200


def test_it_answers_what_the_command_answers(place: Installation, server: Served) -> None:
    served = server.chat("哪些老人可以领高龄补助？")
    asked = json.loads(place.pufa("ask", "--json", "哪些老人可以领高龄补助？").out)
    for field in ("status", "text", "understood", "citations", "contacts", "origin"):
        assert served[field] == asked[field], field


def test_a_second_server_on_the_folder_ends_with_one_sentence(place: Installation, server: Served) -> None:
    done = place.pufa("serve", "--port", str(server.port + 1 if server.port < 65000 else server.port - 1))
    assert done.code == 1
    (sentence,) = done.err.strip().splitlines()
    assert "已经有一个服务" in sentence and str(server.process.pid) in sentence and "PUFA_DATA_DIR" in sentence
    assert server.get("/healthz")[0] == 200


def test_a_taken_port_ends_with_one_sentence(server: Served, tmp_path: Path) -> None:
    done = installation(tmp_path).pufa("serve", "--port", str(server.port))
    assert done.code == 1
    (sentence,) = done.err.strip().splitlines()
    assert str(server.port) in sentence and "--port" in sentence


def test_ask_ingest_and_evaluate_run_beside_it(place: Installation, server: Served) -> None:
    rows = place.root / "rows.jsonl"
    rows.write_text(json.dumps(ROW, ensure_ascii=False), encoding="utf-8")
    for words in (["ask", "哪些老人可以领高龄补助？"], ["ingest"], ["evaluate", rows], ["check"]):
        done = place.pufa(*words)
        assert done.code == 0, done.err
    assert server.get("/readyz")[0] == 200


def test_what_another_process_publishes_reaches_its_answers(place: Installation, server: Served) -> None:
    question = "补助存折掉了到哪里补办"
    assert server.chat(question)["status"] != "answered"
    folder = place.knowledge / "policies" / "buzhu"
    lost = entry_text("buzhu-lost", question="补助存折掉了怎么办？", examples=[question, "存折掉了", "存折不见了", "补存折"])
    (folder / "buzhu-lost.md").write_text(lost, encoding="utf-8")
    assert place.pufa("ingest").code == 0
    pause = threading.Event()
    for _ in range(120):
        answer = server.chat(question)
        if answer["status"] == "answered":
            break
        pause.wait(0.5)
    assert answer["status"] == "answered"
    assert answer["citations"][0]["passage"]["document_id"] == "buzhu-lost"


def test_a_folder_is_free_again_when_the_server_has_ended(tmp_path: Path) -> None:
    place = installation(tmp_path)
    for _ in range(2):
        with place.serving() as served:
            assert served.said.startswith("好了")
        assert served.process.returncode in (0, -signal.SIGTERM)


def test_bad_knowledge_stops_nothing_but_is_told(tmp_path: Path) -> None:
    place = installation(tmp_path)
    (place.knowledge / "policies" / "buzhu" / "bad.md").write_text("没有信息栏", encoding="utf-8")
    with place.serving() as served:
        assert served.get("/readyz")[0] == 200
        assert served.chat("哪些老人可以领高龄补助？")["status"] == "answered"
