"""Things people often ask about that this town has no texts on: said so at once, with the phone to ring."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from knowledge.normalise import normalise
from knowledge.yaml_files import read_yaml


@dataclass(frozen=True, slots=True)
class NotHeld:
    """say: normalised words that name it. what: how the answer calls it. ask: a hotline, or '' for none."""

    say: tuple[str, ...]
    what: str
    ask: str


def load_not_held(path: Path) -> tuple[NotHeld, ...]:
    """Rows of `lexicon/not_held.yaml`; none when there is no such file."""
    rows = read_yaml(path.read_text(encoding="utf-8"), str(path)) or [] if path.is_file() else []
    return tuple(NotHeld(_words(row["say"]), str(row["what"]), str(row["ask"])) for row in rows)


def _words(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(normalise(word) for word in words)


def named(text: str, rows: Iterable[NotHeld]) -> NotHeld | None:
    """The first row one of whose words stands in the normalised text."""
    return next((row for row in rows if any(word in text for word in row.say)), None)
