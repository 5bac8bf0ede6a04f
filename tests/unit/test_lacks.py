"""A program that a machine lacks is a reason to skip; in CI, where it was installed, it is a fault."""

from __future__ import annotations

import pytest

from tests.conftest import lacks


@pytest.mark.parametrize(
    ("ci", "ends"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception), ("false", pytest.skip.Exception)]
)
def test_it_ends_the_test(monkeypatch: pytest.MonkeyPatch, ci: str, ends: type[BaseException]) -> None:
    monkeypatch.setenv("CI", ci)
    with pytest.raises(ends, match="no soffice"):
        lacks("soffice")
