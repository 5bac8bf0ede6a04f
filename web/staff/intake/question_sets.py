"""The questions that are asked again: those that came with a text, those approved at the desk, the repository's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.evaluation.rows import read_rows
from knowledge.library import Library


@dataclass(frozen=True, slots=True)
class Questions:
    """own: those that came with the text. given: approved at the desk. sets: the repository's, where present."""

    own: Sequence[str]
    given: Sequence[str]
    sets: Sequence[str] = ()

    def __len__(self) -> int:
        return len(self.own) + len(self.given) + len(self.sets)


def approved_questions(library: Library, facts: Mapping[tuple[str, str], Mapping[str, Any]]) -> list[str]:
    """The questions that documents in use were tried with when they came in."""
    versions = library.shelf.snapshot.versions
    return [
        str(question)
        for (document_id, version), body in facts.items()
        if document_id in versions and versions[document_id].version == version
        for question in body.get("examples", ())
    ]


def questions_of_sets(folder: Path) -> list[str]:
    """Single questions of the development sets; those that nobody may look at are left alone. [] without a folder."""
    files = sorted({*folder.glob("dev*.jsonl"), *folder.glob("fresh*.jsonl"), *folder.glob("*_dev.jsonl")})
    return _single(row.turns for row in read_rows(files))


def _single(conversations: Iterable[tuple[str, ...]]) -> list[str]:
    return list(dict.fromkeys(turns[0] for turns in conversations if len(turns) == 1))
