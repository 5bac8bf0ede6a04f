"""/score shows the figures that were shipped, in plain words, and says who wrote the questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluation.report import summary
from tests.integration.web_page import parse
from tests.integration.web_site import a_site
from web import score, score_file
from web.pages import score as page
from web.score import ScoreUnreadable, read_score

SHARES = {
    "rows": 12,
    "covered": 10,
    "right": 0.9,
    "refused": 0.1,
    "cited": 0.9,
    "uncovered": 2,
    "abstained": 1.0,
    "wrong_figures": 3,
}
FIGURES: dict[str, Any] = SHARES | {
    "follow_ups": SHARES | {"covered": 4, "right": 0.9996},
    "by_style": {"dialect": SHARES, "plain": SHARES | {"covered": 0, "right": None}},
    "by_topic": {},
}


@pytest.fixture
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of results; docs/score.json stands in the temporary folder."""
    (tmp_path / "dev.summary.json").write_text(json.dumps(FIGURES), encoding="utf-8")
    monkeypatch.setattr(score_file, "FILE", tmp_path / "score.json")
    monkeypatch.setattr(page, "read_score", lambda: read_score(tmp_path / "score.json"))
    return tmp_path


def test_a_run_becomes_the_page(results: Path) -> None:
    assert score_file.main([str(results)]) == 0
    main = parse(a_site().client.get("/score").text).one("main")
    assert "出题的人没有看过我们的资料" in main.text
    assert "有依据的 10 题：答对 90.0%。能答却没答 10.0%。" in main.text
    assert "没有依据的 2 题：老实说没有的 100%。" in main.text and "数字说错：3 处" in main.text
    rows = [
        " ".join(cell.text for cell in row.walk() if cell.tag in ("th", "td"))
        for row in main.one("tbody").all("tr")
    ]
    assert rows == ["土话 10 90.0% 10.0%", "接着上一句问 4 99.9% 10.0%"]


def test_without_results_the_page_says_so(results: Path) -> None:
    response = a_site().client.get("/score")
    assert response.status_code == 200 and "还没有附上测试结果" in response.text


def test_a_damaged_file_breaks_no_page(results: Path) -> None:
    (results / "score.json").write_text('{"sets": []}', encoding="utf-8")
    with pytest.raises(ScoreUnreadable):
        read_score(results / "score.json")
    assert "还没有附上测试结果" in a_site().client.get("/score").text


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["{}/empty"], 1)])
def test_the_script_says_what_it_needs(
    results: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int
) -> None:
    assert score_file.main([argument.format(results) for argument in arguments]) == code
    assert "文件夹" in capsys.readouterr().err


def test_the_shape_is_the_one_that_evaluate_writes() -> None:
    written = summary([])
    assert written.keys() == FIGURES.keys() and written["follow_ups"].keys() == SHARES.keys()


def test_the_shipped_file_can_be_read() -> None:
    shipped = read_score(score.FILE)
    assert shipped is not None and all(one.whole.asked for one in shipped.sets)
