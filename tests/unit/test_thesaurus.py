"""The list of everyday things: how its files are read, and how their words are found in what people say."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.homophones import Homophones
from knowledge.lexicon import Lexicon, Row
from knowledge.problems import KnowledgeError
from knowledge.thesaurus import FOLDER, Thesaurus, load_thesaurus

PETS = "# 一行一样东西\n[养的]\n狗 狗子 土狗\n狗证 养犬登记证\n\n[住的]\n房屋 房子  # 平房也算\n"


def a_thesaurus(folder: Path, text: str = PETS) -> Thesaurus:
    (folder / "things.txt").write_text(text, encoding="utf-8")
    return load_thesaurus(folder)


def named(thesaurus: Thesaurus, text: str) -> list[str]:
    return [found.concept.name for found in thesaurus.find(text)]


def test_the_first_word_of_a_line_names_the_thing(tmp_path: Path) -> None:
    words = a_thesaurus(tmp_path).words
    assert {(words[word].name, words[word].field, words[word].kind) for word in ("狗子", "土狗")} == {("狗", "养的", "things")}
    assert words["房子"].field == "住的" and "平房也算" not in words


@pytest.mark.parametrize("more", ["猫 狗子\n", "猫 猫\n"])
def test_a_word_that_stands_twice_is_refused_with_its_line(tmp_path: Path, more: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        a_thesaurus(tmp_path, PETS + more)
    (problem,) = refused.value.problems
    assert problem.line == 8 and "写了两回" in problem.what and problem.remedy


def test_a_word_stands_once_in_all_files_together(tmp_path: Path) -> None:
    (tmp_path / "acts.txt").write_text("遛狗 狗子\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="狗子"):
        a_thesaurus(tmp_path)


@pytest.mark.parametrize("head", ["[养的", "[]"])
def test_a_broken_head_is_refused(tmp_path: Path, head: str) -> None:
    with pytest.raises(KnowledgeError, match="域"):
        a_thesaurus(tmp_path, f"{head}\n狗\n")


def test_the_longest_word_counts(tmp_path: Path) -> None:
    held = a_thesaurus(tmp_path)
    assert named(held, "养犬登记证哪里办") == ["狗证"]
    assert named(held, "狗证和土狗") == ["狗证", "狗"]


def test_a_slip_of_the_same_sound_is_heard_and_is_not_sure(tmp_path: Path) -> None:
    (found,) = a_thesaurus(tmp_path).find("养全登记证哪里办")
    assert (found.concept.name, found.sure) == ("狗证", False)
    assert a_thesaurus(tmp_path).find("天气好") == []


def test_a_local_word_leads_to_the_thing_it_stands_for(tmp_path: Path) -> None:
    lexicon = Lexicon((Row("dialect", ("屋头",), ("房屋里",)),), Homophones.of(()))
    (found,) = a_thesaurus(tmp_path).find_said("屋头漏雨", lexicon)
    assert (found.concept.name, found.sure) == ("房屋", False)
    assert a_thesaurus(tmp_path).find("屋头漏雨") == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_each_bundled_file_is_read(path: Path, tmp_path: Path) -> None:
    words = a_thesaurus(tmp_path, path.read_text(encoding="utf-8")).words
    assert len(words) > 500 and all(concept.field for concept in words.values())


def test_the_bundled_files_go_together() -> None:
    kinds = {concept.kind for concept in load_thesaurus().words.values()}
    assert {"deeds", "people"} < kinds
