"""The checks of `pufa check` (and `--style`) for one entry as it is being written, each fault at its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.check import Context, check
from knowledge.entries import parse_entry
from knowledge.entry_writing import field_of_line
from knowledge.problems import KnowledgeError, Problem
from knowledge.render import Moment
from knowledge.snapshot import Snapshot
from knowledge.style import check_style
from knowledge.types import Entry, Instrument, Town


@dataclass(frozen=True, slots=True)
class EntryFault:
    """field: as `field_of_line` names it, '' for the whole entry."""

    field: str
    sentence: str


def context_of(snapshot: Snapshot, town: Town) -> Context:
    """What entries may refer to: all that is published."""
    entries = {
        name: (f"{name}.md", snapshot.versions[name].content, entry) for name, entry in snapshot.entries.items()
    }
    return Context(town, snapshot.parameters, snapshot.instruments, entries)


def read_checked(
    text: str, entry_id: str, context: Context, moment: Moment, more: Mapping[str, Instrument]
) -> tuple[Entry | None, list[EntryFault]]:
    """The entry (None where the text cannot be read) and every fault. more: laws the context lacks."""
    path = f"{entry_id}.md"
    context = replace(context, instruments={**context.instruments, **more})
    try:
        entry = parse_entry(text, path, context.instruments)
    except KnowledgeError as error:
        return None, [_at_field(text, problem) for problem in error.problems]
    others = {name: held for name, held in context.entries.items() if name != entry_id}
    whole = replace(context, entries={**others, entry_id: (path, text, entry)})
    problems = [problem for problem in check(whole) if problem.path == path]
    if not problems:
        problems = check_style(replace(context, entries={entry_id: (path, text, entry)}), moment)
    return entry, [_at_field(text, problem) for problem in problems]


def _at_field(text: str, problem: Problem) -> EntryFault:
    return EntryFault(field_of_line(text, problem.line), f"{problem.what}：{problem.remedy}。")
