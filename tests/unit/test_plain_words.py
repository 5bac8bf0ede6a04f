"""Spoken forms are read in plain words, whole words stay whole, and each form earns its place on a question."""

from __future__ import annotations

import json
from itertools import chain
from pathlib import Path

import pytest

from knowledge.normalise import normalise
from knowledge.plain_words import PAUSE, PlainWords, bundled, load_plain_words
from knowledge.problems import KnowledgeError
from knowledge.tokens import tokenise, version

SETS = Path(__file__).parents[1] / "evaluation"
WORDS = PlainWords.of({"什么": ["啥子", "啥"], "家里": ["屋头"], "没有": ["没得"]}, ["嘛", "我想问哈"], ["没得到"])


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("啥子低保", "什么低保"),
        ("屋头有啥嘛", f"家里有什么{PAUSE}"),
        ("我想问哈低保", f"{PAUSE}低保"),
        ("没得工作", "没有工作"),
        ("没得到补偿", "没得到补偿"),
        ("低保", "低保"),
    ],
)
def test_a_form_is_read_as_the_texts_write_it(said: str, read: str) -> None:
    assert WORDS.read(said) == read


def test_dialect_and_plain_wordings_give_the_same_tokens() -> None:
    assert tokenise("屋头没得钱啷个办嘛") == tokenise("家里没有钱怎么办")
    assert tokenise("而今领低保要好久") == tokenise("现在领低保要多久")


def test_another_meaning_keeps_its_own_tokens() -> None:
    assert tokenise("没得到补偿") != tokenise("没有到补偿")


def test_what_is_read_is_plain_already() -> None:
    words = bundled()
    assert [form for form in words.forms.values() if words.read(form) != form] == []


def test_every_line_is_said_in_a_question() -> None:
    """All sets are by other authors than the forms; a line of which nobody says a word is taken out."""
    lines = chain.from_iterable(path.read_text(encoding="utf-8").splitlines() for path in sorted(SETS.glob("*.jsonl")))
    turns = "\n".join(normalise(turn) for line in lines for turn in json.loads(line).get("turns", ()))
    forms = {form: [said for said, other in bundled().forms.items() if other == form] for form in bundled().forms.values()}
    whole = {said for said, form in bundled().forms.items() if said == form}
    assert len(forms) > 30
    assert [form for form, said in forms.items() if form not in whole and not any(word in turns for word in said)] == []


def test_an_index_knows_which_forms_it_was_read_with(monkeypatch: pytest.MonkeyPatch) -> None:
    before = version()
    monkeypatch.setattr("knowledge.tokens.bundled", lambda: WORDS)
    assert version() != before


def test_a_folder_without_the_file_reads_as_typed(tmp_path: Path) -> None:
    assert load_plain_words(tmp_path).read("屋头啥子") == "屋头啥子"


def test_a_file_without_its_three_parts_is_named(tmp_path: Path) -> None:
    (tmp_path / "plain.yaml").write_text("plain: {}\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="plain.yaml"):
        load_plain_words(tmp_path)
