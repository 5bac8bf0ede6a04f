"""All that is published as the text files it could be read from again: entries, figures, laws, the town."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from knowledge.entry_writing import with_front
from knowledge.overlay_figures import instrument_row, row_of
from knowledge.snapshot import Snapshot
from knowledge.types import Entry, Level, StoredVersion, Topic, Town

PARAMETERS, INSTRUMENTS, TOWN = "parameters/all.yaml", "instruments/all.yaml", "town.toml"
_WIDE = 200


def text_files(snapshot: Snapshot, town: Town) -> dict[str, str]:
    """Path -> text, as PUFA_KNOWLEDGE_DIR and PUFA_TOWN_FILE want them."""
    files = {
        path_of(entry): reviewed_text(snapshot.versions[name]) for name, entry in sorted(snapshot.entries.items())
    }
    files[PARAMETERS] = _yaml(row_of(each) for _, each in sorted(snapshot.parameters.items()))
    files[INSTRUMENTS] = _yaml(instrument_row(each) for _, each in sorted(snapshot.instruments.items()))
    files[TOWN] = town_text(town)
    return files


def path_of(entry: Entry) -> str:
    folder = "report" if entry.topic == "report" else f"policies/{entry.topic}"
    return f"{folder}/{entry.id}.md"


def reviewed_text(version: StoredVersion) -> str:
    """The text with who reviewed it: at the desk this is kept beside the text, in files inside it."""
    wanted = {"reviewed_by": version.reviewed_by, "reviewed_on": version.reviewed_on}
    said = with_front(version.content, wanted)
    return said if version.reviewed_by is not None else version.content


def town_text(town: Town) -> str:
    """`town.toml`, with what the desk has confirmed in it."""
    names = ("name", "assistant_name", "short_name", "operator", "region", "website")
    head = {"town": town.id, **{name: getattr(town, name) for name in names}, "filings": list(town.filings)}
    lines = [f"{key} = {_toml(value)}" for key, value in head.items() if value]
    lines += ["levels = [", *(f"  {_inline(level)}," for level in town.levels), "]"]
    for table, rows in (
        ("topics", town.topics),
        ("offices", town.offices.values()),
        ("hotlines", town.hotlines.values()),
    ):
        for row in rows:
            lines += ["", f"[[{table}]]", *(f"{key} = {_toml(value)}" for key, value in _told(row).items())]
    return "\n".join(lines) + "\n"


def _told(row: Any) -> Mapping[str, Any]:
    """Fields that say something."""
    return {key: value for key, value in asdict(row).items() if value}


def _inline(level: Level | Topic) -> str:
    return "{ " + ", ".join(f"{key} = {_toml(value)}" for key, value in asdict(level).items()) + " }"


def _toml(value: object) -> str:
    """Strings, lists of strings and booleans are written alike in JSON and TOML."""
    return json.dumps(value, ensure_ascii=False)


def _yaml(rows: Iterable[Mapping[str, Any]]) -> str:
    return yaml.safe_dump(list(rows), allow_unicode=True, sort_keys=False, width=_WIDE)
