"""All that is published, read once per revision: what search may return and what cards are made of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from knowledge.about import about
from knowledge.entries import PLACEHOLDER, parse_entry
from knowledge.normalise import matching_key
from knowledge.parameters import parameters_named
from knowledge.ports import Truth
from knowledge.rows import IndexRow, rows_of_document, rows_of_entry
from knowledge.types import DocumentKind, Entry, Instrument, Parameter, Passage, Period, StoredVersion

ENTRY_KINDS = frozenset({DocumentKind.ENTRY, DocumentKind.REPORT, DocumentKind.STAFF_ANSWER})
_YEAR = re.compile(r"(20\d\d)年")


@dataclass(frozen=True)
class Snapshot:
    """versions, entries: by document id. targets: index row digest -> rows that have it. exact: wording -> entry."""

    revision: int
    versions: Mapping[str, StoredVersion]
    entries: Mapping[str, Entry]
    passages: Mapping[str, Passage]
    parameters: Mapping[str, Parameter]
    instruments: Mapping[str, Instrument]
    rows: tuple[IndexRow, ...]
    targets: Mapping[str, tuple[IndexRow, ...]]
    exact: Mapping[str, str]
    years: Mapping[str, frozenset[int]]
    """Years that a report entry speaks of; other kinds are not listed."""
    bygone: Mapping[str, Period] = field(default_factory=dict)
    """The time an entry is told of, where its own question names one by its year (2020年的标准)."""
    changes: Mapping[str, Period] = field(default_factory=dict)
    """The same where figures of it hold still."""


def take_snapshot(truth: Truth) -> Snapshot:
    """Read truth as it is now. Raises KnowledgeError when a published entry cannot be read."""
    revision = truth.revision()
    instruments, parameters = truth.instruments(), truth.parameters()
    versions = {version.document_id: version for version in truth.published()}
    entries = {
        name: with_added(parse_entry(version.content, version.original_name or name, instruments), version)
        for name, version in versions.items()
        if is_entry(version)
    }
    return snapshot_of(revision, versions, entries, parameters, instruments)


def snapshot_of(
    revision: int,
    versions: Mapping[str, StoredVersion],
    entries: Mapping[str, Entry],
    parameters: Mapping[str, Parameter],
    instruments: Mapping[str, Instrument],
) -> Snapshot:
    """All that follows from what is published. versions, entries: by document id, in that order."""
    rows: list[IndexRow] = []
    for name, version in versions.items():
        rows += rows_of_entry(entries[name], parameters) if name in entries else rows_of_document(version, version.passages)
    return Snapshot(
        revision,
        versions,
        entries,
        {passage.id: passage for version in versions.values() for passage in version.passages},
        parameters,
        instruments,
        tuple(rows),
        _targets(rows),
        exact_table(entries.values()),
        {name: _years(entry) for name, entry in entries.items() if entry.kind is DocumentKind.REPORT},
        _told(entries, parameters, still=False),
        _told(entries, parameters, still=True),
    )


def with_added(entry: Entry, version: StoredVersion) -> Entry:
    """With the wordings that were given to it at the desk."""
    return replace(entry, also_asked=(*entry.also_asked, *version.also_asked)) if version.also_asked else entry


def is_entry(version: StoredVersion) -> bool:
    """Whether the version is written in the entry format (a raw report file is not)."""
    return version.kind in ENTRY_KINDS and version.content.startswith("---\n")


def _targets(rows: Iterable[IndexRow]) -> dict[str, tuple[IndexRow, ...]]:
    found: dict[str, list[IndexRow]] = defaultdict(list)
    for row in rows:
        found[row.digest].append(row)
    return {digest: tuple(items) for digest, items in found.items()}


def exact_table(entries: Iterable[Entry]) -> dict[str, str]:
    """Wording, made comparable -> entry that is asked so; the first that claims it."""
    table: dict[str, str] = {}
    for entry in entries:
        for question in (entry.question, *entry.examples, *entry.also_asked):
            table.setdefault(matching_key(question), entry.id)
    return table


def _told(entries: Mapping[str, Entry], parameters: Mapping[str, Parameter], *, still: bool) -> dict[str, Period]:
    """Entries told of a time, with that time. still: those of which a figure holds still, else those of which none does."""
    times = {name: told_of(entry) for name, entry in entries.items()}
    return {
        name: told
        for name, told in times.items()
        if told is not None and _holds_still(entries[name], parameters) is still
    }


def told_of(entry: Entry) -> Period | None:
    """The time that the question of an entry names by its year; None for reports, which have years of their own."""
    if entry.kind is DocumentKind.REPORT or not _YEAR.search(entry.question):
        return None
    said = about(entry.question, entry.written_on or date.max)
    return said.period if said.said else None


def _holds_still(entry: Entry, parameters: Mapping[str, Parameter]) -> bool:
    """Whether a figure of it has no end."""
    names = [name for part in entry.parts for claim in part.claims for name in PLACEHOLDER.findall(claim.text)]
    named = parameters_named(names, parameters)
    return any(value.period.end is None for parameter in named for value in parameter.values)


def _years(entry: Entry) -> frozenset[int]:
    text = "\n".join([entry.question, *(claim.text for part in entry.parts for claim in part.claims)])
    started = {basis.instrument.effective_from.year for basis in entry.bases.values() if basis.instrument.effective_from}
    return frozenset(started | {int(year) for year in _YEAR.findall(text)})
