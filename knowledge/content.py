"""The whole content folder, read once: instruments, parameters, entries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from knowledge.check import Context
from knowledge.entries import parse_entry
from knowledge.instruments import load_instruments
from knowledge.parameters import load_parameters
from knowledge.problems import KnowledgeError, Problem
from knowledge.types import Entry, Town


@dataclass(frozen=True, slots=True)
class Content:
    context: Context
    problems: tuple[Problem, ...]


def entry_files(folder: Path) -> list[Path]:
    """Every entry file below policies/ and report/, in path order."""
    return sorted([*folder.glob("policies/**/*.md"), *folder.glob("report/*.md")])


def load_content(folder: Path, town: Town) -> Content:
    """Read everything; files that cannot be read are problems, the others are still checked."""
    problems: list[Problem] = []
    instruments = {}
    parameters = {}
    try:
        instruments = load_instruments(folder / "instruments")
        parameters = load_parameters(folder / "parameters", instruments)
    except KnowledgeError as error:
        problems += error.problems
    entries: dict[str, tuple[str, str, Entry]] = {}
    for path in entry_files(folder):
        name = path.relative_to(folder).as_posix()
        text = path.read_text(encoding="utf-8")
        try:
            entry = parse_entry(text, name, instruments)
        except KnowledgeError as error:
            problems += error.problems
            continue
        if entry.id in entries:
            problems.append(Problem(name, 2, f"编号 {entry.id} 在 {entries[entry.id][0]} 里已经有了", "换一个编号"))
        entries[entry.id] = (name, text, entry)
    return Content(Context(town, parameters, instruments, entries), tuple(problems))
