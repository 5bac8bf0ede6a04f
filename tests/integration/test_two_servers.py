"""One server to a data folder, and the other commands beside it: real processes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from tests.builders import write_knowledge

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
SOON_S = 60
NOTICE = (
    "清扫街道的通知\n一、什么时候\n每月初一清扫街道，各家门前自己扫。\n二、谁来管\n村里的保洁员负责检查。\n"
)
ROW = {
    "id": "two-1",
    "status": "answered",
    "turns": ["哪些老人可以领高龄补助？"],
    "must": ["80岁"],
    "facts": ["F-1"],
}


@dataclass(frozen=True, slots=True)
class Installation:
    """A small knowledge folder, and the settings every process gets. address: where the server listens."""

    folder: Path
    environment: dict[str, str]
    address: str = ""

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "web.cli", *arguments]

    def pufa(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def soon(true: Callable[[], bool]) -> bool:
    """Whether it becomes true within SOON_S."""
    tick = threading.Event()
    return any(true() or tick.wait(0.2) for _ in range(5 * SOON_S))


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """An installation with its server up."""
    folder = tmp_path_factory.mktemp("two")
    knowledge = write_knowledge(folder / "knowledge")
    settings = {
        "PUFA_DATA_DIR": str(folder / "data"),
        "PUFA_KNOWLEDGE_DIR": str(knowledge),
        "PUFA_TOWN_FILE": str(knowledge / "town.toml"),
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PUFA_")}
    port = free_port()
    place = Installation(folder, kept | settings, f"http://127.0.0.1:{port}")
    with subprocess.Popen(
        place.command("serve", "--port", str(port)),
        cwd=ROOT,
        env=place.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        assert any(place.address in line for line in server.stdout), f"ended with {server.wait()}"
        assert soon(lambda: answers(f"{place.address}/readyz"))
        yield place
        server.terminate()


def answers(url: str) -> bool:
    try:
        return httpx2.get(url).status_code == 200
    except httpx2.TransportError:
        return False


def test_a_second_server_on_the_folder_ends_with_one_sentence(running: Installation) -> None:
    second = running.pufa("serve", "--port", str(free_port()))
    assert (second.returncode, second.stdout) == (1, "")
    (sentence,) = second.stderr.splitlines()
    assert "已经有一个服务在用" in sentence and "PUFA_DATA_DIR" in sentence
    assert answers(f"{running.address}/readyz")


def test_a_port_that_is_taken_ends_with_one_sentence(running: Installation, tmp_path: Path) -> None:
    port = running.address.rpartition(":")[2]
    elsewhere = Installation(tmp_path, running.environment | {"PUFA_DATA_DIR": str(tmp_path / "data")})
    other = elsewhere.pufa("serve", "--port", port)
    assert (other.returncode, len(other.stderr.splitlines())) == (1, 1)
    assert port in other.stderr


def test_ask_beside_a_server(running: Installation) -> None:
    asked = running.pufa("ask", "--json", "--on", "2026-11-22", "哪些老人可以领高龄补助？")
    assert asked.returncode == 0, asked.stderr
    answer = json.loads(asked.stdout)
    assert (answer["status"], "80岁" in answer["text"]) == ("answered", True)


def test_ingest_beside_a_server_reaches_it(running: Installation) -> None:
    file = running.folder / "street-cleaning.txt"
    file.write_text(NOTICE, encoding="utf-8")
    page = f"{running.address}/documents/street-cleaning"
    assert not answers(page)
    ingested = running.pufa("ingest", str(file))
    assert ingested.returncode == 0, ingested.stderr
    assert ingested.stdout.splitlines()[-1] == "新增 1，更新 0，撤下 0，没变 0"
    assert soon(lambda: answers(page))


def test_evaluate_beside_a_server(running: Installation) -> None:
    rows = running.folder / "rows.jsonl"
    rows.write_text(json.dumps(ROW, ensure_ascii=False) + "\n", encoding="utf-8")
    out = running.folder / "results"
    ran = running.pufa("evaluate", str(rows), "--out", str(out))
    assert ran.returncode == 0, ran.stderr
    (line,) = next(out.glob("*/rows.jsonl")).read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["status"] == "answered"


def test_doctor_and_backup_beside_a_server(running: Installation) -> None:
    doctor = running.pufa("doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    file = running.folder / "backup.tar.gz"
    backup = running.pufa("backup", str(file))
    assert (backup.returncode, file.is_file()) == (0, True), backup.stderr
