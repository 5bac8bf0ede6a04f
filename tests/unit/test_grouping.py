"""Questions come together by what they share; groups stay, and the same questions always end the same way."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from functools import cache

import numpy as np
import pytest

from knowledge.asked_alike import Reading, Traits
from knowledge.group_likeness import NAMES, WEIGHTS, Likeness
from knowledge.grouping import Wording, grouped
from knowledge.homophones import Homophones
from knowledge.known_needs import Meaning
from knowledge.lexicon import Lexicon
from knowledge.thesaurus import Concept, Thesaurus, load_thesaurus
from knowledge.wiring import build_known_needs

DOGS = ("养狗要办证吗", "狗证哪里办", "给狗上户口", "狗要登记吗")
TREES = ("砍树要批吗", "自家的树能砍吗", "砍树找谁批")
USUAL = ("要办什么手续", "哪里办", "找谁办", "能办吗", "要多少钱", "怎么登记", "户口怎么上", "自家的能不能办", "要批吗", "给谁")


@cache
def reading() -> Reading:
    pets, wood = Concept("狗", "宠物", "land"), Concept("砍树", "林业", "land")
    words = dict.fromkeys(("狗", "养狗", "狗证"), pets) | dict.fromkeys(("砍树", "树", "树能砍"), wood)
    words |= {f"别的{number}": Concept(f"别的{number}", f"域{number}", "work") for number in range(20)}
    return Reading(Thesaurus(words), Lexicon((), Homophones.of(())), USUAL, build_known_needs().meaning)


def read(text: str) -> Traits:
    return reading().read(text)


def new(*texts: str) -> list[Wording]:
    return [Wording(text, text) for text in texts]


def apart(found: Mapping[str, str]) -> set[frozenset[str]]:
    return {frozenset(key for key in found if found[key] == name) for name in found.values()}


def test_wordings_of_one_need_are_one_group() -> None:
    assert apart(grouped(new(*DOGS, *TREES), read)) == {frozenset(DOGS), frozenset(TREES)}


def test_the_order_in_which_they_came_does_not_matter(rng: random.Random) -> None:
    texts = [*DOGS, *TREES]
    for _ in range(10):
        rng.shuffle(texts)
        assert apart(grouped(new(*texts), read)) == {frozenset(DOGS), frozenset(TREES)}


def test_a_new_wording_joins_the_group_that_is_there() -> None:
    held = [Wording(text, text, "dogs") for text in DOGS[:3]] + [Wording(text, text, "trees") for text in TREES]
    found = grouped([*held, *new(DOGS[3], "电费太贵")], read)
    assert found[DOGS[3]] == "dogs" and found["电费太贵"] == "new:电费太贵"
    assert {found[text] for text in DOGS[:3]} == {"dogs"}


def test_groups_that_turn_out_to_be_one_come_together_under_the_older_id() -> None:
    held = [Wording(DOGS[0], DOGS[0], "first"), Wording(DOGS[1], DOGS[1], "second")]
    assert set(grouped(held, read).values()) == {"first"}


def test_groups_that_were_worked_on_stay_apart_but_take_in_new_wordings() -> None:
    held = [Wording(DOGS[0], DOGS[0], "first", True), Wording(DOGS[1], DOGS[1], "second", True)]
    found = grouped([*held, *new(DOGS[2])], read)
    assert found[DOGS[0]] == "first" and found[DOGS[1]] == "second" and found[DOGS[2]] in ("first", "second")


def test_a_group_that_was_given_never_parts_though_a_stranger_stands_in_it() -> None:
    held = [Wording(text, text, "dogs") for text in (*DOGS, "电费太贵")]
    assert set(grouped(held, read).values()) == {"dogs"}


@pytest.mark.parametrize("near", [-99.0, 99.0])
def test_the_threshold_decides(near: float) -> None:
    texts = ("养狗要办证吗", "养狗要登记吗")
    assert len(apart(grouped(new(*texts), read, near))) == (1 if near < 0 else 2)


def test_nothing_and_words_that_say_nothing_are_no_fault() -> None:
    assert grouped([], read) == {}
    assert set(grouped(new("？", "！"), read)) == {"？", "！"}


def test_one_wording_is_judged_as_a_group_of_one() -> None:
    likeness = Likeness([read(text) for text in (*DOGS, *TREES)])
    every, count = likeness.to_each, len(DOGS) + len(TREES)
    for one in range(count):
        rest = [number for number in range(count) if number != one]
        assert np.allclose(likeness.to_group([one])[rest], every[rest, one], atol=1e-4)


def test_a_member_is_judged_by_the_others() -> None:
    likeness = Likeness([read(text) for text in (*DOGS, *TREES)])
    assert np.allclose(likeness.features([0, 1, 2])[2], likeness.features([0, 1])[2])


def test_what_is_shared_speaks_for_and_what_is_strange_against() -> None:
    weights = dict(zip(NAMES, WEIGHTS, strict=True))
    assert all(weights[name] > 0 for name in ("vector", "needs", "shared_signs"))
    assert weights["strange_thing"] < 0 and weights["strange_deed"] < 0


@pytest.mark.prove
def test_two_thousand_wordings_take_seconds(rng: random.Random) -> None:
    words = sorted(load_thesaurus().words)
    texts = ["".join(rng.choices(words, k=3)) for _ in range(2_000)]
    nothing = np.zeros(1, dtype=np.float32)
    of_words = Reading(load_thesaurus(), Lexicon((), Homophones.of(())), USUAL, lambda text: Meaning(nothing, nothing))
    began = time.monotonic()
    assert len(grouped(new(*texts), of_words.read)) == len(set(texts))
    assert time.monotonic() - began < 30
