"""All that is written as text files: entries, staff answers, figures, laws, the town. Uploaded documents are not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

import yaml

from knowledge.entries import front_of, questions_of
from knowledge.entry_writing import with_front
from knowledge.normalise import matching_key
from knowledge.overlay_figures import instrument_row, row_of
from knowledge.snapshot import Snapshot
from knowledge.types import DocumentKind, Entry, Level, StoredVersion, Topic, Town

PARAMETERS, INSTRUMENTS, TOWN = "parameters/all.yaml", "instruments/all.yaml", "town.toml"
_WIDE = 200


def text_files(snapshot: Snapshot, town: Town) -> dict[str, str]:
    """Path -> text, as PUFA_KNOWLEDGE_DIR and PUFA_TOWN_FILE want them."""
    files = {
        path_of(entry): whole_text(snapshot.versions[name]) for name, entry in sorted(snapshot.entries.items())
    }
    files[PARAMETERS] = _yaml(row_of(each) for _, each in sorted(snapshot.parameters.items()))
    files[INSTRUMENTS] = _yaml(instrument_row(each) for _, each in sorted(snapshot.instruments.items()))
    files[TOWN] = town_text(town)
    return files


def path_of(entry: Entry) -> str:
    folder = "report" if entry.topic == "report" else f"policies/{entry.topic}"
    return f"{folder}/{entry.id}.md"


def whole_text(version: StoredVersion) -> str:
    """The text with what the desk keeps beside it and files hold inside: review, wordings given later, 工作人员编写."""
    wanted: dict[str, object] = {}
    if version.reviewed_by is not None:
        wanted |= {"reviewed_by": version.reviewed_by, "reviewed_on": version.reviewed_on}
    front = front_of(version.content)
    if version.kind is DocumentKind.STAFF_ANSWER:
        plain = {name: front[name] for name in ("written_on", "basis")}  # older ones point from one to the other
        wanted |= {"kind": version.kind.value} | plain
    known = {matching_key(question) for question in questions_of(version.content)}
    if given := [wording for wording in version.also_asked if matching_key(wording) not in known]:
        wanted["also_asked"] = [*(front.get("also_asked") or ()), *given]
    return with_front(version.content, wanted)


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
