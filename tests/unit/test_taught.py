"""What other people's questions teach the ranking: learnt, kept on disk, and never louder than the words themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.fusion import Weights
from knowledge.index import in_order, read_query, score
from knowledge.taught import Taught, lessons_of, teach
from knowledge.tokens import tokenise
from tests.unit.small_index import HashedPairs, a_lexicon, a_row, an_index

ROWS = sorted(
    (
        a_row("pension", "养老金怎么领？", "几时领养老金", "养老金去哪里领"),
        a_row("funeral", "丧葬费怎么领？", "丧葬费去哪里领", "领丧葬费要什么"),
        a_row("hospital", "住院怎么报销？", "住院报多少", "报销要什么"),
    ),
    key=lambda row: row.digest,
)
PLACE = {row.document_id: number for number, row in enumerate(ROWS)}
COVERED = [
    ("老汉落气了那笔钱找哪个要", ("funeral",)),
    ("屋头老汉落气了有没有钱", ("funeral", "pension")),
    ("老汉落气要做啥子", ("gone", "funeral")),
    ("满了六十那笔钱找哪个要", ("pension",)),
]


def lessons(covered: Sequence[tuple[str, Sequence[str]]] = COVERED) -> list[tuple[Sequence[str], int]]:
    return lessons_of(ROWS, covered, tokenise)


def best(taught: Taught, text: str) -> int:
    return int(np.argmax(taught.lift(tokenise(text))))


def test_words_of_other_people_lead_to_the_entry_that_answered_them() -> None:
    taught = teach(len(ROWS), lessons())
    assert best(taught, "我老汉落气了") == PLACE["funeral"]
    assert best(taught, "满了六十找哪个") == PLACE["pension"]


def test_an_entry_that_is_no_longer_held_is_passed_over_for_the_next() -> None:
    asked = [row for tokens, row in lessons() if tokens == tokenise(COVERED[2][0])]
    assert asked == [PLACE["funeral"]]


def test_nobody_asked_means_nothing_is_learnt() -> None:
    """Examples alone are read twice already."""
    assert lessons([]) == [] and lessons([("老汉落气了", ("gone",))]) == []
    assert not teach(len(ROWS), []).lift(tokenise("丧葬费怎么领")).any()


def test_nothing_is_taken_from_an_entry() -> None:
    assert (teach(len(ROWS), lessons()).lift(tokenise("住院养老金丧葬费")) >= 0).all()


def test_what_was_learnt_is_the_same_each_time_and_on_disk(tmp_path: Path) -> None:
    first, again = teach(len(ROWS), lessons()), teach(len(ROWS), lessons())
    first.save(tmp_path)
    tokens = tokenise("老汉落气了那笔钱")
    expected = first.lift(tokens).tolist()
    assert again.lift(tokens).tolist() == expected == Taught.load(tmp_path).lift(tokens).tolist()


def test_a_folder_without_it_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="taught"):
        Taught.load(tmp_path)


def test_the_ranking_follows_it_by_its_weight() -> None:
    index = replace(an_index(ROWS), taught=teach(len(ROWS), lessons()))
    query = read_query("老汉落气了找哪个", a_lexicon(), HashedPairs())
    points = score(index, query)[0]
    assert int(np.argmax(in_order(index, query, points))) == PLACE["funeral"]
    unheard = replace(index, weights=Weights(taught=0.0))
    assert in_order(unheard, query, points).tolist() == points.tolist()
