"""Text files from elsewhere: read with the checks of `pufa check`, and compared with what is published. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import InvalidOperation
from typing import Any

import yaml

from knowledge.check import Context, check
from knowledge.entries import parse_entry
from knowledge.entry_writing import with_front
from knowledge.instruments import instrument_of
from knowledge.overlay_check import context_of
from knowledge.overlay_export import whole_text
from knowledge.parameters import faults, parameter_of
from knowledge.problems import KnowledgeError, Problem
from knowledge.snapshot import Snapshot
from knowledge.town import read_town
from knowledge.types import DocumentKind, Entry, Hotline, Instrument, Office, Parameter, Town
from knowledge.yaml_files import line_of, read_yaml

ENTRY = re.compile(r"(?:policies/[a-z0-9-]+|report)/[a-z0-9-]+\.md")
TABLE = re.compile(r"(parameters|instruments)/[a-z0-9-]+\.yaml")
TOWN = "town.toml"


@dataclass(slots=True)
class Brought:
    """What the files hold. entries: id -> (path, text, entry). ignored: names of files that are none of ours."""

    entries: dict[str, tuple[str, str, Entry]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    instruments: dict[str, Instrument] = field(default_factory=dict)
    offices: dict[str, Office] = field(default_factory=dict)
    hotlines: dict[str, Hotline] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """Ids by what would happen to them; what is published already in the same words is in `same` (a count)."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    parameters: tuple[str, ...]
    instruments: tuple[str, ...]
    offices: tuple[str, ...]
    hotlines: tuple[str, ...]
    same: int

    @property
    def empty(self) -> bool:
        return not any((self.added, self.changed, self.parameters, self.instruments, self.offices, self.hotlines))


def read_files(files: Mapping[str, str], snapshot: Snapshot, town: Town) -> Brought:
    """Files may lean on what is published here. town: as it is now; problems: everything that must be mended first."""
    found = Brought(ignored=sorted(name for name in files if not is_ours(name)))
    _instruments(files, found)
    known = {**snapshot.instruments, **found.instruments}
    _parameters(files, found, known)
    _entries(files, found, known)
    _keep_kinds(found, snapshot)
    if TOWN in files:
        _town(files[TOWN], found)
    here = context_of(snapshot, town)
    whole = Context(town, {**here.parameters, **found.parameters}, known, {**here.entries, **found.entries})
    paths = {path for path, _, _ in found.entries.values()}
    found.problems += [problem for problem in check(whole) if problem.path in paths]
    return found


def is_ours(name: str) -> bool:
    return bool(ENTRY.fullmatch(name) or TABLE.fullmatch(name) or name == TOWN)


def plan_of(brought: Brought, snapshot: Snapshot, town: Town) -> ImportPlan:
    """What taking it over would change."""
    new = [name for name in brought.entries if name not in snapshot.versions]
    other = [name for name, (_, text, _) in brought.entries.items() if name in snapshot.versions and not _same(text, name, snapshot)]
    parameters = _differing(brought.parameters, snapshot.parameters)
    instruments = _differing(brought.instruments, snapshot.instruments)
    offices = _confirmed(brought.offices, town.offices)
    hotlines = _confirmed(brought.hotlines, town.hotlines)
    total = len(brought.entries) + len(brought.parameters) + len(brought.instruments)
    same = total - len(new) - len(other) - len(parameters) - len(instruments)
    return ImportPlan(tuple(new), tuple(other), parameters, instruments, offices, hotlines, same)


def _same(text: str, name: str, snapshot: Snapshot) -> bool:
    """Whether the text is published here word for word. Who reviewed it elsewhere is not brought in."""
    return unreviewed(text) == unreviewed(whole_text(snapshot.versions[name]))


def unreviewed(text: str) -> str:
    """The text of an entry without who reviewed it."""
    return with_front(text, {"reviewed_by": None, "reviewed_on": None})


def _differing(brought: Mapping[str, Any], held: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name, value in brought.items() if held.get(name) != value)


def _confirmed(brought: Mapping[str, Any], held: Mapping[str, Any]) -> tuple[str, ...]:
    """Records of offices or hotlines that we know and that somebody has confirmed otherwise."""
    return tuple(
        name for name, value in brought.items() if value.confirmed_on and name in held and held[name] != value
    )


def _instruments(files: Mapping[str, str], found: Brought) -> None:
    for path, text, row in _rows(files, "instruments", found):
        missing = [key for key in ("id", "title", "issuer", "level") if not row.get(key)]
        try:
            if missing:
                raise ValueError(f"缺 {'、'.join(missing)}")
            made = instrument_of(row)
        except (KeyError, TypeError, ValueError) as error:
            found.problems.append(_unreadable(path, text, row, "文件", error))
            continue
        found.instruments[made.id] = made


def _parameters(files: Mapping[str, str], found: Brought, known: Mapping[str, Instrument]) -> None:
    for path, text, row in _rows(files, "parameters", found):
        try:
            made = parameter_of(row, known)
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            found.problems.append(_unreadable(path, text, row, "参数", error))
            continue
        line = line_of(text, f"id: {made.id}")
        found.problems += [Problem(path, line, what, remedy) for what, remedy in faults(made)]
        found.parameters[made.id] = made


def _entries(files: Mapping[str, str], found: Brought, known: Mapping[str, Instrument]) -> None:
    for path in sorted(filter(ENTRY.fullmatch, files)):
        try:
            entry = parse_entry(files[path], path, known)
        except KnowledgeError as error:
            found.problems += error.problems
            continue
        found.entries[entry.id] = (path, files[path], entry)


def _keep_kinds(found: Brought, snapshot: Snapshot) -> None:
    """What is published as an answer of the desk stays one, whatever its file says."""
    for name, (path, text, entry) in found.entries.items():
        held = snapshot.versions.get(name)
        if held is not None and held.kind is DocumentKind.STAFF_ANSWER:
            found.entries[name] = (path, text, replace(entry, kind=held.kind))


def _town(text: str, found: Brought) -> None:
    try:
        town = read_town(text, TOWN)
    except KnowledgeError as error:
        found.problems += error.problems
        return
    records: list[Office | Hotline] = [*town.offices.values(), *town.hotlines.values()]
    for record in records:
        if record.confirmed_on and not _is_day(record.confirmed_on):
            line = line_of(text, f'"{record.confirmed_on}"')
            found.problems.append(Problem(TOWN, line, f"{record.name} 的确认日期不对", "写成 2024-09-01 这样"))
    found.offices, found.hotlines = dict(town.offices), dict(town.hotlines)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) is not None
    except ValueError:
        return False


def _rows(files: Mapping[str, str], folder: str, found: Brought) -> Iterable[tuple[str, str, dict[str, Any]]]:
    """(path, text, mapping) of every row of the tables in a folder."""
    for path in sorted(files):
        match = TABLE.fullmatch(path)
        if not match or match[1] != folder:
            continue
        try:
            rows = read_yaml(files[path], path) or []
        except KnowledgeError as error:
            found.problems += error.problems
            continue
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            found.problems.append(Problem(path, 1, "应当是一串“- id: …”", "每一条以“- ”开头"))
            continue
        yield from ((path, files[path], row) for row in rows)


def _unreadable(path: str, text: str, row: Mapping[str, Any], what: str, error: Exception) -> Problem:
    line = line_of(text, f"id: {row.get('id')}")
    return Problem(path, line, f"{what} {row.get('id')} 读不出来：{error}", "照 docs/entry-format.md 改")


def has_references(text: str) -> bool:
    """Whether a YAML text points back into itself (& and *): a few lines of that can unfold without end."""
    try:
        return any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError:
        return False  # the reader says where the fault is
