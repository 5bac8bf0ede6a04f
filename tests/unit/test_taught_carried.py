"""What was learnt from questions follows its rows to another index."""

from __future__ import annotations

import numpy as np

from knowledge.taught import teach

OLD = ("a", "b", "c", "d")
LESSONS = [((f"token{row}", f"word{row}", "all"), row) for row in range(4) for _ in range(4)]


def test_what_speaks_for_a_row_speaks_for_it_in_its_new_place() -> None:
    taught = teach(4, LESSONS)
    moved = taught.carried(OLD, ("new", "d", "b"))
    for token in ("token1", "token3"):
        before, after = taught.lift([token, "all"]), moved.lift([token, "all"])
        assert after[1] == before[3] and after[2] == before[1]
        assert after.shape == (3,)
    assert np.argmax(moved.lift(["token3", "word3"])) == 1


def test_what_is_new_or_gone_has_nothing_for_it() -> None:
    moved = teach(4, LESSONS).carried(OLD, ("new", "d"))
    assert moved.lift(["token0", "word0", "all"])[0] == 0
    assert not (moved.rows == 0).any()
