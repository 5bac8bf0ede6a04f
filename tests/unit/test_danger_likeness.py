"""The weights of the two sieves: up to date with their sentences, learned as they say, whole in their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.danger import DANGER, ambulance_kinds, load_danger_rules, load_phones
from bot.likeness import ANY, RARITY, LexiconFiles, Likeness, grams, read_examples
from bot.likeness_file import WEIGHTS, read_sieve, stamp, write_sieves
from bot.likeness_learning import HONEST, digest, learn, learn_folder, read_kinds
from bot.stages.refusals import REFUSALS
from knowledge.problems import KnowledgeError
from tests.project_files import ROOT

LEXICON = ROOT / "knowledge" / "lexicon"
BOTH = pytest.mark.parametrize("files", [DANGER, REFUSALS], ids=["danger", "refusals"])
SMALL = {
    "suicide": ["我不想活了", "活起没得意思", "不想活了，太累"],
    "violence": ["他打我", "他又打我了", "他拿刀要打我"],
    HONEST: ["低保怎么申请", "医保怎么交", "打工的钱怎么要", "养老金怎么领"],
}


@BOTH
def test_the_weights_are_those_of_the_sentences(files: LexiconFiles) -> None:
    """Red after a change of the sentences or of how they are read: run `python -m bot.likeness_learning`."""
    assert read_sieve(LEXICON, files.sieve).learned_from == digest(read_kinds(LEXICON, files))


@BOTH
def test_no_sentence_stands_on_two_sides(files: LexiconFiles) -> None:
    kinds = read_examples((LEXICON / files.examples).read_text(encoding="utf-8"))
    honest = set(kinds.pop(HONEST))
    assert honest.isdisjoint(line for lines in kinds.values() for line in lines)


def test_every_kind_of_danger_has_phones() -> None:
    kinds = read_examples((LEXICON / DANGER.examples).read_text(encoding="utf-8"))
    assert set(kinds) - {HONEST} == set(load_phones(LEXICON))


def test_what_is_learned_tells_its_own_sentences_apart() -> None:
    learned = learn(SMALL, frozenset({"suicide"}))
    for kind in ("suicide", "violence"):
        assert all(learned.score(line) > 0 for line in SMALL[kind])
        assert all(learned.score(line, kind) > 0 for line in SMALL[kind])
    assert all(learned.score(line) < 0 for line in SMALL[HONEST])


def test_the_ambulance_has_a_side_of_its_own() -> None:
    learned = learn(SMALL, frozenset({"suicide"}))
    assert learned.score("我不想活了", "ambulance") > 0 > learned.score("他又打我了", "ambulance")


def bytes_of(folder: Path, sieve: Likeness) -> bytes:
    write_sieves(folder, {"small": sieve})
    return (folder / WEIGHTS).read_bytes()


def test_learning_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    assert bytes_of(tmp_path, learn(SMALL)) == bytes_of(tmp_path, learn(SMALL))


def test_weights_survive_the_file(tmp_path: Path) -> None:
    learned = learn(SMALL, frozenset({"suicide"}))
    write_sieves(tmp_path, {"other": learn({**SMALL, HONEST: ["天气好"]}), "small": learned})
    read = read_sieve(tmp_path, "small")
    assert (read.learned_from, read.sides) == (learned.learned_from, ("ambulance", "any", "suicide", "violence"))
    for line in (*SMALL["suicide"], *SMALL[HONEST], "没见过的话"):
        assert read.scores(line, read.sides) == learned.scores(line, read.sides)


def test_a_score_is_the_sum_of_its_grams_over_their_length() -> None:
    """Beside a second, slow sum of the same; a gram without rarity counts for nothing."""
    rarity = {"打": 3.0, "我": 4.0}
    small = Likeness.of({ANY: {"": 0.5, "打": 2.0, "我": -1.0, "他": 9.0}, RARITY: rarity})
    assert small.score("他打我") == pytest.approx((2.0 - 1.0) / 5.0 + 0.5)
    assert small.score("没有", "no such side") == 0.0 and small.score("没有") == 0.5


def test_what_is_too_small_is_not_held() -> None:
    small = Likeness.of({ANY: {"打": 0.099, "我": 0.1}, RARITY: {"我": 1.0}})
    assert small.known.split("\n") == ["", "我"] and small.table.tolist() == [[0], [10]]


@pytest.mark.parametrize("kept", [None, 0, 5, -10])
def test_weights_that_are_missing_or_cut_short_are_named_at_the_start(tmp_path: Path, kept: int | None) -> None:
    """Without them nobody would be heard: the file is looked at whole before the first question."""
    (tmp_path / DANGER.rules).write_text("rules: [{name: suicide, phones: ['120']}]\nphones: {}\n", encoding="utf-8")
    if kept is not None:
        write_sieves(tmp_path, {DANGER.sieve: learn(SMALL)})
        load_danger_rules(tmp_path)
        (tmp_path / WEIGHTS).write_bytes((tmp_path / WEIGHTS).read_bytes()[:kept])
    with pytest.raises(KnowledgeError, match="likeness_learning"):
        load_danger_rules(tmp_path)


def test_a_file_without_this_sieve_is_no_silent_sieve(tmp_path: Path) -> None:
    write_sieves(tmp_path, {"other": learn(SMALL)})
    with pytest.raises(KnowledgeError, match="danger"):
        read_sieve(tmp_path, DANGER.sieve)


def test_what_was_learned_anew_is_read_anew(tmp_path: Path) -> None:
    before = stamp(tmp_path)
    write_sieves(tmp_path, {"small": learn(SMALL)})
    assert before == (0, 0) != stamp(tmp_path)


def test_texts_of_unknown_signs_are_alike() -> None:
    learned = learn(SMALL)
    assert learned.score("🙂", ANY) == learned.score("☃", ANY)


def test_the_shortest_text_has_grams() -> None:
    assert "^$" in grams("")


def test_ambulance_kinds_are_those_that_ring_120_first() -> None:
    assert ambulance_kinds({"a": ("120", "110"), "b": ("110", "120")}) == {"a"}


def test_a_folder_is_learned_and_written(tmp_path: Path) -> None:
    rules = "rules: [{name: suicide, phones: ['120']}, {name: violence, phones: ['110']}]\nphones: {}\n"
    (tmp_path / DANGER.rules).write_text(rules, encoding="utf-8")
    (tmp_path / REFUSALS.rules).write_text("rules: []\n", encoding="utf-8")
    for files in (DANGER, REFUSALS):
        text = "".join(f"[{kind}]\n" + "\n".join(lines) + "\n" for kind, lines in SMALL.items())
        (tmp_path / files.examples).write_text("# remark\n" + text, encoding="utf-8")
    learn_folder(tmp_path)
    assert read_sieve(tmp_path, DANGER.sieve).score("我不想活了") > 0
    assert "ambulance" not in read_sieve(tmp_path, REFUSALS.sieve).sides
