"""The answer threshold is fitted when the index is built, on examples left out and on questions of other things."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.calibrate import Bench, Machinery, calibrate, count_odds, read_negatives
from knowledge.confidence import FALLBACK
from knowledge.index import read_query
from knowledge.rows import DOCUMENT
from knowledge.settings import PACKAGE
from tests.unit.small_index import HashedPairs, a_lexicon, a_row, an_index

THINGS = ("低保", "医保", "养老金", "特困", "临时救助", "残疾证", "承包地", "宅基地", "工伤", "彩礼", "遗嘱", "信访",
          "复议", "借条", "担保", "欠薪", "仲裁", "普法", "赡养", "高龄津贴", "起付线", "丧葬费", "认证", "备案")  # fmt: skip
ROWS = [
    a_row(f"e{number}", f"{thing}怎么办理？", f"{thing}啷个办", f"想办{thing}", f"{thing}去哪里办", f"我妈的{thing}咋个办")
    for number, thing in enumerate(THINGS)
]
NEGATIVES = [f"{thing}多少钱一斤" for thing in ("柑橘", "榨菜", "猪肉", "稻谷", "鲫鱼", "鸡蛋", "豆腐", "辣椒", "花生", "红苕",
             "玉米", "高粱", "黄豆", "芝麻", "核桃", "板栗", "枇杷", "李子", "桃子", "西瓜", "南瓜", "冬瓜")]  # fmt: skip
READ = Machinery(an_index, lambda text: read_query(text, a_lexicon(), HashedPairs()))


def test_questions_of_other_things_stay_below_the_threshold() -> None:
    fitted = calibrate(ROWS, NEGATIVES, READ)
    assert fitted.fitted
    assert fitted.negatives_passing <= 0.12
    assert fitted.positives_kept >= 0.9


def test_the_same_rows_give_the_same_calibration() -> None:
    assert calibrate(ROWS, NEGATIVES, READ) == calibrate(ROWS, NEGATIVES, READ)


@pytest.mark.parametrize(("rows", "negatives"), [(ROWS[:10], NEGATIVES), (ROWS, NEGATIVES[:10]), ([], [])])
def test_too_little_to_fit_on_takes_the_fallback(rows: list[object], negatives: list[str]) -> None:
    assert calibrate(rows, negatives, READ) is FALLBACK  # type: ignore[arg-type]


def test_free_documents_are_no_positives() -> None:
    documents = [a_row(f"d{number}", text="柑橘多少钱一斤", tier=DOCUMENT) for number in range(30)]
    assert calibrate(documents, NEGATIVES, READ) is FALLBACK


def test_the_best_entry_is_asked_not_a_better_document() -> None:
    bench = Bench.of([*ROWS, a_row("d", text="低保怎么办理？低保啷个办", tier=DOCUMENT)], NEGATIVES, READ)
    found = bench.ask(READ.read("低保怎么办理"))
    assert found is not None
    assert found[0].document_id == "e0"
    assert bench.ask(READ.read("嗯")) is None


def test_odds_are_above_nothing_for_what_is_answered_and_below_for_what_is_not() -> None:
    odds = count_odds(["低保怎么办", "低保去哪里办"], ["柑橘多少钱", "猪肉多少钱"])
    assert odds["低保"] > 0 > odds["多少"]
    assert "柑橘" not in odds, "one question is no evidence"
    assert "" not in odds
    assert list(odds) == sorted(odds)


def test_odds_of_nothing_are_nothing() -> None:
    assert count_odds([], []) == {}


def test_the_committed_negatives_are_many_and_never_an_example() -> None:
    negatives = read_negatives(PACKAGE / "calibration")
    assert len(negatives) >= 500
    assert len(negatives) == len(set(negatives))


def test_comments_and_empty_lines_are_no_questions(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("# 说明\n\n天气好不好 \n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("几点了", encoding="utf-8")
    assert read_negatives(tmp_path) == ["几点了", "天气好不好"]
