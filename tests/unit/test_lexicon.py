"""The lexicon: rows add words, take nothing away, and each earns its place on a question of another author."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from knowledge.content import load_content
from knowledge.lexicon import SPECIAL, load_lexicon
from knowledge.normalise import normalise
from knowledge.problems import KnowledgeError
from knowledge.settings import PACKAGE
from knowledge.tokens import is_pair, tokenise
from knowledge.town import load_town
from tests.unit.small_index import a_lexicon

FOLDER = PACKAGE / "lexicon"
SETS = Path(__file__).parents[1] / "evaluation"
LEXICON = load_lexicon(FOLDER)


def asked() -> list[str]:
    """Every turn of every question set, all by other authors than the lexicon's."""
    lines = [line for path in sorted(SETS.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [normalise(turn) for line in lines for turn in json.loads(line).get("turns", ())]


def test_there_are_at_least_a_hundred_rows_and_each_fires() -> None:
    turns = asked()
    silent = [row.key for row in LEXICON.rows if not any(word in turn for turn in turns for word in row.say)]
    assert len(LEXICON.rows) >= 100
    assert not silent


def test_no_word_fires_two_rows_of_one_group() -> None:
    said = Counter((row.group, word) for row in LEXICON.rows for word in row.say)
    assert [word for word, times in said.items() if times > 1] == []


def test_every_row_leads_to_words_of_the_knowledge() -> None:
    """A row whose words stand nowhere, neither in an entry nor in the title of a law, cannot help anybody."""
    context = load_content(PACKAGE, load_town(PACKAGE / "town.toml")).context
    texts = [text for _, text, _ in context.entries.values()] + [law.title for law in context.instruments.values()]
    held = {token for text in texts for token in tokenise(text)}
    lost = [row.key for row in LEXICON.rows if not any(set(tokenise(word)) <= held for word in row.mean)]
    assert lost == []


def test_groups_are_files_and_word_lists_of_other_stages_are_not_among_them() -> None:
    groups = {row.group for row in LEXICON.rows}
    assert {"dialect", "kin", "time", "everyday", "insurance", "pension", "law", "abbreviations"} == groups
    assert not groups & SPECIAL
    assert {path.stem for path in FOLDER.glob("*.yaml")} == groups | SPECIAL


def test_a_row_fires_where_its_word_stands_and_adds_each_meaning_once() -> None:
    lexicon = a_lexicon((["娃儿", "奶娃"], ["孩子"]), (["细娃"], ["孩子", "小孩"]))
    assert [row.say[0] for row in lexicon.fired("屋头奶娃和细娃")] == ["娃儿", "细娃"]
    assert lexicon.expand("屋头奶娃和细娃") == ["孩子", "小孩"]
    assert lexicon.expand("老人") == []


def test_what_is_misheard_comes_after_what_is_meant() -> None:
    lexicon = a_lexicon((["娃儿"], ["孩子"]), terms=["低保"])
    assert lexicon.expand("娃儿的底堡") == ["孩子", "低保"]


def test_widths_do_not_matter() -> None:
    assert a_lexicon((["60岁"], ["满60岁"])).expand("６０岁") == ["满60岁"]


def test_the_terms_are_long_enough_to_be_heard() -> None:
    terms = (FOLDER / "terms.txt").read_text(encoding="utf-8").split()
    assert len(terms) == len(set(terms)) >= 80
    assert {len(term) for term in terms} <= {2, 3, 4}
    assert all(is_pair(term) for term in terms if len(term) == 2)


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "dialect.yaml").write_text("- {say: [啥", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="dialect"):
        load_lexicon(tmp_path)
