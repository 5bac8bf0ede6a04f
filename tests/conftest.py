"""What every ring of tests shares: an offline process, a printed seed, the shared folder, result files."""

from __future__ import annotations

import os

# Before anything heavy is imported: the same sums on every machine, and no library asks the network.
os.environ.update(
    OMP_NUM_THREADS="1",
    OPENBLAS_NUM_THREADS="1",
    MKL_NUM_THREADS="1",
    TOKENIZERS_PARALLELISM="false",
    HF_HUB_OFFLINE="1",
    TRANSFORMERS_OFFLINE="1",
    HF_HUB_DISABLE_TELEMETRY="1",
    ANONYMIZED_TELEMETRY="false",
    LANGSMITH_TRACING="false",
)

import json
import random
from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from knowledge.library import Library
from knowledge.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_SEED = 20261122
KEPT_SETTINGS = ("PUFA_SHARED_DIR", "PUFA_TEST_")  # what a person may set for the tests themselves


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("pufa")
    group.addoption("--seed", type=int, default=DEFAULT_SEED, help="seed of everything sampled (printed)")
    group.addoption("--results", type=Path, help="write outcome, time and properties of each test here")
    group.addoption("--resume", action="store_true", help="leave out what the file of --results says passed")


def pytest_configure(config: pytest.Config) -> None:
    # Hypothesis draws from the same seed, so that one printed number repeats a whole run.
    if config.getoption("--hypothesis-seed", None) is None:
        config.option.hypothesisseed = str(config.getoption("--seed"))
    if path := config.getoption("--results"):
        config.pluginmanager.register(ResultFile(path, resume=config.getoption("--resume")), "pufa-results")


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed: {config.getoption('--seed')} (repeat with --seed)"


def proving(config: pytest.Config) -> bool:
    """Is this the ring where nothing may be skipped (make prove)?"""
    return str(config.getoption("markexpr")) == "prove"


def lacks(program: str) -> NoReturn:
    """Skip what needs a program that this machine has not; in CI (CI=true), where it is installed, that is a fault."""
    reason = f"no {program} on this machine (.ci/run installs it)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and proving(item.config) and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"make prove skips nothing, but this test wanted to: {report.longrepr}"
    return report


class ResultFile:
    """One JSON file that grows test by test, so that a run that was stopped goes on where it ended."""

    def __init__(self, path: Path, *, resume: bool) -> None:
        self.path = path
        self.resume = resume
        self.tests: dict[str, dict[str, object]] = {}
        if resume and path.is_file():
            held = json.loads(path.read_text(encoding="utf-8"))["tests"]
            self.tests = {name: row for name, row in held.items() if row["outcome"] == "passed"}

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        done = [item for item in items if item.nodeid in self.tests]
        items[:] = [item for item in items if item.nodeid not in self.tests]
        if done:
            config.hook.pytest_deselected(items=done)

    def pytest_report_collectionfinish(self) -> str:
        return f"results: {self.path.name}, {len(self.tests)} passed before and not run again"

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        row = self.tests.setdefault(report.nodeid, {"outcome": "passed", "seconds": 0.0, "properties": {}})
        row["seconds"] = round(float(str(row["seconds"])) + report.duration, 3)
        row["properties"] = dict(report.user_properties)
        if report.outcome != "passed":
            row["outcome"] = report.outcome
        if report.when == "teardown":
            self.write()

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        # Everything passed in an earlier run of this commit: that is a pass, not "no tests".
        if exitstatus == pytest.ExitCode.NO_TESTS_COLLECTED and self.tests:
            session.exitstatus = pytest.ExitCode.OK

    def write(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        outcomes = [row["outcome"] for row in self.tests.values()]
        whole = {
            "written": datetime.now(UTC).isoformat(timespec="seconds"),
            "passed": outcomes.count("passed"),
            "not_passed": len(outcomes) - outcomes.count("passed"),
            "tests": self.tests,
        }
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps(whole, ensure_ascii=False, indent=1, default=str) + "\n", encoding="utf-8")
        new.replace(self.path)


@pytest.fixture(autouse=True)
def clean_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of the person at the keyboard reaches a test."""
    for name in [name for name in os.environ if name.startswith("PUFA_")]:
        if not name.startswith(KEPT_SETTINGS):
            monkeypatch.delenv(name)


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, named by PUFA_DATA_DIR for what runs in this test and its child processes."""
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("PUFA_DATA_DIR", str(folder))
    return folder


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--seed"))


@pytest.fixture
def rng(seed: int, request: pytest.FixtureRequest) -> random.Random:
    """Random numbers of this test alone: the same whichever tests run before it."""
    return random.Random(f"{seed} {request.node.nodeid}")


@pytest.fixture(scope="session")
def shared_dir(request: pytest.FixtureRequest) -> Path:
    """The folder of reference facts and law texts. A user has none: skip, but fail in make prove."""
    folder = (ROOT / os.environ.get("PUFA_SHARED_DIR", "../shared")).resolve()
    if not folder.is_dir():
        reason = "no shared folder (set PUFA_SHARED_DIR)"
        pytest.fail(reason) if proving(request.config) else pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def bundled_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings with nothing set but a data folder of this run."""
    return Settings(_env_file=None, data_dir=tmp_path_factory.mktemp("bundled") / "data")  # type: ignore[call-arg]


@pytest.fixture(scope="session")
def bundled_library(bundled_settings: Settings) -> Library:
    """The knowledge of this repository, ingested and indexed once for the whole run. Read it, change nothing."""
    from web.opening import open_library

    return open_library(bundled_settings)
