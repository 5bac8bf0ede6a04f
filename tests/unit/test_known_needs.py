"""A wording is told by the known needs it is near to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from knowledge.known_needs import KnownNeeds, write_centres
from knowledge.wiring import build_known_needs
from tests.unit.small_index import HashedPairs

DOGS, TREES = ("养狗要办证吗", "狗证在哪里办"), ("砍树要批吗", "自家的树能砍吗")


@pytest.fixture
def known(tmp_path: Path) -> KnownNeeds:
    write_centres(tmp_path, HashedPairs(), [DOGS, TREES])
    return KnownNeeds.read(HashedPairs(), tmp_path)


def test_a_wording_is_nearest_to_its_own_need(known: KnownNeeds) -> None:
    assert [int(known.meaning(text).needs.argmax()) for text in (*DOGS, *TREES)] == [0, 0, 1, 1]


def test_shares_are_a_distribution_under_the_root(known: KnownNeeds) -> None:
    needs = known.meaning(DOGS[0]).needs
    assert needs.shape == (2,) and np.square(needs).sum() == pytest.approx(1.0, abs=1e-3)


def test_what_holds_no_known_sign_is_near_to_nothing() -> None:
    meaning = build_known_needs().meaning("☂☂☂")
    assert not meaning.vector.any() and not meaning.needs.any()


def test_the_bundled_needs_lie_in_the_space_of_the_bundled_table() -> None:
    meaning = build_known_needs().meaning("养狗要办证吗")
    assert meaning.needs.shape[0] > 1_000 and np.linalg.norm(meaning.vector) == pytest.approx(1.0, abs=1e-3)


def test_two_ways_to_ask_for_one_need_are_nearer_than_two_needs() -> None:
    """Of a need that the table has not seen, in words that have nothing in common."""
    known = build_known_needs()
    asked = ("河头的船翻了哪个来捞", "打鱼船沉到江里，打捞找什么部门", "娃儿的校服贵得很")
    one, other, third = (known.meaning(text).needs for text in asked)
    assert one @ other > one @ third
