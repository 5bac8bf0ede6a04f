"""Question rows: what is asked, and what a right answer must and must not hold (format: tests/evaluation/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

DEFAULT_DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Row:
    """turns: one conversation, the last judged. must: of each inner tuple one string has to stand in the answer."""

    id: str
    style: str
    turns: tuple[str, ...]
    status: str
    also_status: tuple[str, ...] = ()
    topic: str = ""
    need: str = ""
    facts: tuple[str, ...] = ()
    must: tuple[tuple[str, ...], ...] = ()
    must_not: tuple[str, ...] = ()
    allowed_figures: tuple[str, ...] = ()
    author: str = ""
    card: str | None = None
    card_also: tuple[str, ...] = ()
    carry: bool = True
    on: date = DEFAULT_DAY

    @property
    def covered(self) -> bool:
        """Whether an answer is expected."""
        return self.status in ("answered", "partial")


def read_rows(files: Iterable[Path]) -> list[Row]:
    """All rows of JSON-lines files. Raises ValueError naming file and line of a row that cannot be read."""
    found = []
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                try:
                    found.append(_row(json.loads(line)))
                except (KeyError, TypeError, ValueError) as error:
                    raise ValueError(f"{path.name}:{number}: {error}") from error
    return found


def _row(data: dict[str, object]) -> Row:
    def words(key: str) -> tuple[str, ...]:
        value = data.get(key) or ()
        return (value,) if isinstance(value, str) else tuple(value)  # type: ignore[arg-type]

    card = data.get("card")
    return Row(
        id=str(data["id"]),
        style=str(data.get("style", "plain")),
        turns=words("turns"),
        status=str(data["status"]),
        also_status=words("also_status"),
        topic=str(data.get("topic", "")),
        need=str(data.get("need", "")),
        facts=words("facts"),
        must=tuple((item,) if isinstance(item, str) else tuple(item) for item in data.get("must") or ()),  # type: ignore[attr-defined]
        must_not=words("must_not"),
        allowed_figures=words("allowed_figures"),
        author=str(data.get("author", "")),
        card=None if card is None else str(card),
        card_also=words("card_also"),
        carry=bool(data.get("carry", True)),
        on=date.fromisoformat(str(data.get("on", DEFAULT_DAY.isoformat()))),
    )
