"""Questions come together by what they share; groups stay, and the same questions always end the same way."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from knowledge.grouping import Wording, grouped

DOGS = ("养狗要办证吗", "狗证哪里办", "给狗上户口", "狗要登记吗")
TREES = ("砍树要批吗", "自家的树能砍吗", "砍树找谁批")


def signs(text: str) -> Mapping[str, float]:
    """Each sign once; those that say little count little."""
    return {sign: 0.1 if sign in "要吗哪里办找谁能的" else 1.0 for sign in text}


def new(*texts: str) -> list[Wording]:
    return [Wording(text, text) for text in texts]


def apart(found: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(key for key in found if found[key] == name) for name in found.values()}


def test_wordings_of_one_need_are_one_group() -> None:
    assert apart(grouped(new(*DOGS, *TREES), signs)) == {frozenset(DOGS), frozenset(TREES)}


def test_the_order_in_which_they_came_does_not_matter(rng: random.Random) -> None:
    texts = [*DOGS, *TREES]
    for _ in range(10):
        rng.shuffle(texts)
        assert apart(grouped(new(*texts), signs)) == {frozenset(DOGS), frozenset(TREES)}


def test_a_new_wording_joins_the_group_that_is_there() -> None:
    held = [Wording(text, text, "dogs") for text in DOGS[:3]] + [Wording(text, text, "trees") for text in TREES]
    found = grouped([*held, *new(DOGS[3], "电费太贵")], signs)
    assert found[DOGS[3]] == "dogs" and found["电费太贵"] == "new:电费太贵"
    assert {found[text] for text in DOGS[:3]} == {"dogs"}


def test_groups_that_turn_out_to_be_one_come_together_under_the_older_id() -> None:
    held = [Wording(DOGS[0], DOGS[0], "first"), Wording(DOGS[1], DOGS[1], "second")]
    assert set(grouped(held, signs).values()) == {"first"}


def test_groups_that_were_worked_on_stay_apart_but_take_in_new_wordings() -> None:
    held = [Wording(DOGS[0], DOGS[0], "first", True), Wording(DOGS[1], DOGS[1], "second", True)]
    found = grouped([*held, *new(DOGS[2])], signs)
    assert found[DOGS[0]] == "first" and found[DOGS[1]] == "second" and found[DOGS[2]] in ("first", "second")


@pytest.mark.parametrize("near", [0.0001, 0.999])
def test_the_threshold_decides(near: float) -> None:
    texts = ("养狗要办证吗", "养狗要登记吗")
    assert len(apart(grouped(new(*texts), signs, near))) == (1 if near < 0.5 else 2)


def test_nothing_and_words_without_tokens_are_no_fault() -> None:
    assert grouped([], signs) == {}
    assert len(apart(grouped(new("？", "！"), lambda text: {}))) == 2
