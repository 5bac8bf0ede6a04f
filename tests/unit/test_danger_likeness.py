"""The weights of the two sieves: readable, up to date with their sentences, and learned as they say."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.danger import DANGER, ambulance_kinds, load_phones
from bot.likeness import ANY, LexiconFiles, grams, read_examples, read_weights, weights_text
from bot.likeness_learning import HONEST, digest, learn, learn_folder, read_kinds
from bot.stages.refusals import REFUSALS
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
    held = read_weights((LEXICON / files.weights).read_text(encoding="utf-8"))
    assert held.learned_from == digest(read_kinds(LEXICON, files))


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


def test_learning_twice_gives_the_same() -> None:
    assert learn(SMALL) == learn(SMALL)


def test_weights_survive_the_file() -> None:
    learned = learn(SMALL)
    read = read_weights(weights_text(learned, "remark"))
    assert read.learned_from == learned.learned_from
    assert set(read.sides) == set(learned.sides)
    assert all(abs(read.score(line) - learned.score(line)) < 0.05 for line in SMALL["suicide"])


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
    assert read_weights((tmp_path / DANGER.weights).read_text(encoding="utf-8")).score("我不想活了") > 0
    assert "ambulance" not in read_weights((tmp_path / REFUSALS.weights).read_text(encoding="utf-8")).sides
