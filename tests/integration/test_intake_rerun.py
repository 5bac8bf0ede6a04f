"""The question set asked again behind the page, and trying a text that is an entry."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import added_wordings
from knowledge.database.engine import writing
from knowledge.database.staff_values import Deed
from knowledge.database.states import VersionState
from knowledge.database.truth import SqlTruth
from knowledge.database.unanswered_values import Ending
from knowledge.library import Library
from knowledge.normalise import matching_key
from knowledge.settings import PACKAGE
from knowledge.trial import Change, trial_library
from knowledge.types import DocumentOrigin, Instrument
from knowledge.wiring import build_library, build_truth
from tests.builders import a_version, entry_text, settings_for, write_knowledge
from tests.fakes import NOW
from tests.integration.small_knowledge import quiet
from tests.staff_site import a_text
from web.staff.intake.comparing import Changed
from web.staff.intake.question_sets import Questions, questions_of_sets
from web.staff.intake.rerun import Rerun, rerun
from web.staff.intake.rerunning import Reruns, RunState
from web.staff.intake.trying import Bench, Trials, ask
from web.staff.intake.wiring import set_questions, trial_assistant

DAY = NOW.date()
BODY = "\n## 结论\n要登记：养狗的人家到便民窗口登记。〔a〕\n\n## 怎么办\n- 带狗的照片。〔b〕\n"
DOG = entry_text("buzhu-dog", BODY, question="养狗要不要登记？", examples=["狗儿登不登记", "养狗在哪里登记", "狗要办证不"])
CAT = DOG.replace("buzhu-dog", "buzhu-cat").replace("狗", "猫")
WAIT_S = 30


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    from ingest.service import sync_knowledge

    root = tmp_path_factory.mktemp("rerun")
    settings = settings_for(root / "data", write_knowledge(root / "knowledge", DOG, CAT), rate_limits="off")
    truth = build_truth(settings)
    sync_knowledge(settings, truth, quiet, NOW)
    made = build_library(settings, truth)
    made.ensure_index(quiet)
    made.__dict__["settings"] = settings
    yield made


def run(library: Library, version: Any, questions: Questions) -> Rerun:
    settings = library.__dict__["settings"]
    trials = Trials(trial_assistant)
    change = Change((version,))
    before, after = trials.settled(library, settings), trials.of(library, change, settings)
    return rerun(before, after, change, questions, (DAY,), lambda done, total: None)


def test_a_text_that_changes_nothing_changes_nothing(library: Library) -> None:
    result = run(library, a_text("pool", texts=("游泳馆六月开门。",), title="游泳馆"), Questions((), ("狗要办证不",)))
    assert result.changed == () and result.mark == ""
    assert result.kept == result.asked == len(library.shelf.snapshot.exact) + 1


def test_a_question_that_is_answered_otherwise_is_listed_with_both_answers(library: Library) -> None:
    texts = ("采茶补贴每人每月210元。", "采茶补贴到便民窗口申请。", "采茶补贴带身份证。")
    version = a_text("tea", texts=texts, title="采茶补贴办法")
    result = run(library, version, Questions(("采茶补贴每人每月多少元",), ("采茶补贴每月多少元？",)))
    assert [(one.question, one.before) for one in result.changed] == [("采茶补贴每月多少元？", "")]
    assert result.changed[0].after.startswith("《采茶补贴办法》"), result
    assert result.own == (1, 1)
    assert result.mark and result.kept == result.asked - 1


def test_an_entry_is_tried_like_any_other_text(library: Library) -> None:
    text = DOG.replace("狗儿登不登记", "狗崽崽登不登记")
    version = a_version(text, "v9", origin=DocumentOrigin.DESK, written_by="bian")
    trial = trial_library(library, Change((version,)))
    assert trial.shelf.snapshot.exact["狗崽崽登不登记"] == "buzhu-dog"
    assert "狗儿登不登记" not in trial.shelf.snapshot.exact
    changed = run(library, version, Questions((), ())).changed
    assert changed == (Changed("养狗要不要登记？", "养狗要不要登记？", ""),)


def test_an_entry_that_says_something_else_is_listed_once_with_all_its_wordings(library: Library) -> None:
    """By the line that differs, wherever it stands; a question of the sets that asks the same is not listed twice."""
    version = a_version(DOG.replace("带狗的照片", "带狗的两张照片"), "v9", origin=DocumentOrigin.DESK, written_by="bian")
    result = run(library, version, Questions((), ("狗要办证不",), ("养狗要登记吗", "养猫要不要登记")))
    (one,) = result.alike
    assert set(one[0]) >= {"养狗要不要登记？", "狗儿登不登记", "养狗在哪里登记", "狗要办证不", "养狗要登记吗"}
    assert one[1:] == ("《养狗要不要登记？》带狗的照片。", "《养狗要不要登记？》带狗的两张照片。")
    assert len(set(one[0])) == len(one[0]) == len(result.changed) and result.kept == result.asked - len(one[0])


def test_a_new_version_keeps_the_wordings_approved_for_the_old_one(library: Library) -> None:
    """None of them loses its answer, and all are asked again."""
    words = "我屋头那个看门的要上户口不"
    version = a_version(DOG.replace("照片", "相片"), "v9", origin=DocumentOrigin.DESK, written_by="bian")
    with an_approved_wording(library, words, "buzhu-dog"):
        assert trial_library(library, Change((version,))).shelf.snapshot.exact[matching_key(words)] == "buzhu-dog"
        trials, settings = Trials(trial_assistant), library.__dict__["settings"]
        assert ask(trials.of(library, Change((version,)), settings).assistant, words, DAY).documents == ("buzhu-dog",)
        result = run(library, version, Questions((), ()))
    assert words in {one.question for one in result.changed} and result.asked == len(library.shelf.snapshot.exact) + 1
    assert {said for one in result.changed for said in (one.before, one.after)} == {
        f"《养狗要不要登记？》带狗的{kind}片。" for kind in "照相"
    }


def test_what_was_just_published_is_not_taken_for_a_change(library: Library) -> None:
    """The index has not taken it in yet, a trial has: like is compared with like."""
    truth, question = library.truth, "采茶补贴每月多少元？"
    assert isinstance(truth, SqlTruth)
    truth.add(a_text("tea", texts=("采茶补贴每人每月210元。",), title="采茶补贴办法"), VersionState.PUBLISHED, NOW)
    library.refresh()
    assert library.lacking()
    result = run(library, a_text("pool", texts=("游泳馆六月开门。",), title="游泳馆"), Questions((), (question,)))
    truth.withdraw("tea", NOW, by="fu", reason="a test")
    library.refresh()
    assert result.changed == ()


@contextmanager
def an_approved_wording(library: Library, words: str, document: str) -> Iterator[None]:
    """It is asked, given to the entry by one person and approved by another; taken back in the end."""
    truth = library.truth
    assert isinstance(truth, SqlTruth)
    keys = [added_wordings.wording_key(words)]

    def deed(who: str) -> Deed:
        return Deed(who, "wordings", document, NOW)

    with writing(truth.engine) as connection:
        made = added_wordings.add(connection, truth.town, document, [words], "", deed("bian"))
        done = added_wordings.approve(connection, truth.town, "", keys, deed("fu"), two_person=True)
    assert (made, done) == (Ending.DONE, Ending.DONE)
    library.refresh()
    yield
    with writing(truth.engine) as connection:
        added_wordings.withdraw(connection, truth.town, "", keys, deed("fu"))
    library.refresh()


def test_only_single_questions_of_the_sets_one_may_look_at_are_asked(tmp_path: Path) -> None:
    rows = [{"id": "1", "turns": ["一"], "status": "answered"}, {"id": "2", "turns": ["一", "二"], "status": "answered"}]
    for name in ("dev", "unseen", "danger_dev", "danger"):
        said = [row | {"turns": [f"{name}{turn}" for turn in row["turns"]]} for row in rows]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, said)), encoding="utf-8")
    assert sorted(questions_of_sets(tmp_path)) == ["danger_dev一", "dev一"]
    assert questions_of_sets(tmp_path / "nothing") == []


def test_the_sets_are_about_the_repository_s_own_knowledge_only(library: Library) -> None:
    settings = library.__dict__["settings"]
    assert set_questions(settings) == []
    assert len(set_questions(settings.model_copy(update={"knowledge_dir": PACKAGE}))) > 1000


def test_a_rerun_is_told_while_it_goes_on_and_kept_when_it_is_done() -> None:
    reruns, go, calls = Reruns(), threading.Event(), []

    def work(told: Any) -> Rerun:
        calls.append(1)
        told(3, 9)
        go.wait(WAIT_S)
        return Rerun(9, 9, ())

    assert reruns.state("key", work, 0.05).under_way
    go.set()
    assert reruns.state("key", work, WAIT_S) == RunState(9, 9, Rerun(9, 9, ()))
    assert reruns.state("key", work, WAIT_S).result is not None and calls == [1]


def test_a_rerun_that_fails_says_so_and_is_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    reruns, calls = Reruns(), []

    def work(told: Any) -> Rerun:
        calls.append(1)
        if len(calls) == 1:
            raise ValueError("no")
        return Rerun(1, 1, ())

    assert reruns.state("key", work, WAIT_S).failed
    assert reruns.state("key", work, WAIT_S).result is not None


def test_only_the_last_results_are_kept() -> None:
    reruns = Reruns()
    for number in range(20):
        reruns.state(number, lambda told: Rerun(1, 1, ()), WAIT_S)
    assert len(reruns._jobs) < 10


def test_a_trial_on_another_paper_is_another_one(library: Library) -> None:
    """Also where the paper has the same id: it is the same text with another level or issuer beside it."""
    trials, settings, version = Trials(trial_assistant), library.__dict__["settings"], a_text("pool")
    paper = Instrument("paper", "办法", "某部", "国家")
    first, again, other = (Change((version,), instruments=(each,)) for each in (paper, replace(paper), replace(paper, issuer="某局")))
    assert trials.of(library, first, settings) is trials.of(library, again, settings)
    assert trials.of(library, first, settings) is not trials.of(library, other, settings)


def test_the_bench_of_now_is_made_once(library: Library) -> None:
    trials, settings = Trials(trial_assistant), library.__dict__["settings"]
    first = trials.present(library, settings)
    assert isinstance(first, Bench) and trials.present(library, settings) is first
