"""The answer threshold is fitted when the index is built, on examples left out and on questions of other things."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.asked import NOTHING
from knowledge.calibrate import (
    Bench,
    Lessons,
    Machinery,
    calibrate,
    read_covered,
    read_lessons,
    read_negatives,
)
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
READ = Machinery(an_index, lambda text: read_query(text, a_lexicon(), HashedPairs()), NOTHING)
LESSONS = Lessons(NEGATIVES)


def test_questions_of_other_things_stay_below_the_threshold() -> None:
    fitted = calibrate(ROWS, LESSONS, READ)
    assert fitted.fitted
    assert fitted.negatives_passing <= 0.12
    assert fitted.positives_kept >= 0.9


def test_the_same_rows_give_the_same_calibration() -> None:
    assert calibrate(ROWS, LESSONS, READ) == calibrate(ROWS, LESSONS, READ)


@pytest.mark.parametrize(("rows", "negatives"), [(ROWS[:10], NEGATIVES), (ROWS, NEGATIVES[:10]), ([], [])])
def test_too_little_to_fit_on_takes_the_fallback(rows: list[object], negatives: list[str]) -> None:
    assert calibrate(rows, Lessons(negatives), READ) is FALLBACK  # type: ignore[arg-type]


def test_free_documents_are_no_positives() -> None:
    documents = [a_row(f"d{number}", text="柑橘多少钱一斤", tier=DOCUMENT) for number in range(30)]
    assert calibrate(documents, LESSONS, READ) is FALLBACK


def test_the_best_entry_is_asked_not_a_better_document() -> None:
    bench = Bench.of([*ROWS, a_row("d", text="低保怎么办理？低保啷个办", tier=DOCUMENT)], READ)
    found = bench.ask("低保怎么办理")
    assert found is not None
    assert found.row.document_id == "e0"
    assert bench.ask("嗯") is None


def test_covered_questions_are_learnt_from_where_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.calibrate.MIN_COVERED", 20)
    covered = [(f"{thing}要找哪个办理", (f"e{number}",)) for number, thing in enumerate(THINGS)]
    fitted = calibrate(ROWS, Lessons(NEGATIVES, covered), READ)
    assert fitted.fitted
    assert "要找" in fitted.models.wording.tokens
    assert "要找" not in calibrate(ROWS, Lessons(NEGATIVES, covered[:10]), READ).models.wording.tokens


def test_a_covered_question_that_finds_another_entry_teaches_nothing() -> None:
    bench = Bench.of(ROWS, READ)
    assert len(bench.answered([("低保怎么办理", ("e0",)), ("低保怎么办理", ("e1",))])) == 1


def test_the_committed_negatives_are_many_and_never_an_example() -> None:
    negatives = read_negatives(PACKAGE / "calibration")
    assert len(negatives) >= 2000
    assert len(negatives) == len(set(negatives))


def test_the_committed_covered_questions_name_entries_that_exist() -> None:
    lessons = read_lessons(PACKAGE / "calibration")
    entries = {path.stem for path in PACKAGE.glob("policies/*/*.md")} | {path.stem for path in PACKAGE.glob("report/*.md")}
    assert len(lessons.covered) >= 1000
    assert {name for _, names in lessons.covered for name in names} <= entries
    assert not {question for question, _ in lessons.covered} & set(lessons.negatives)


def test_comments_and_empty_lines_are_no_questions(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("# 说明\n\n天气好不好 \n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("几点了", encoding="utf-8")
    assert read_negatives(tmp_path) == ["几点了", "天气好不好"]


def test_covered_questions_are_read_with_their_entries(tmp_path: Path) -> None:
    path = tmp_path / "covered.tsv"
    assert read_covered(path) == []
    path.write_text("# 说明\n低保啷个办\tdibao-how,dibao-who\n", encoding="utf-8")
    assert read_covered(path) == [("低保啷个办", ("dibao-how", "dibao-who"))]
